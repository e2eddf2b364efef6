"""Writes accumulators.csv (layout: docs/reference/feeds.md): what each member has used so far."""

from datetime import date
from typing import IO

from portico.demo import days, identifiers
from portico.demo.households import Household, Used

HEADER = "member_id,plan_code,year_from,year_to,kind,scope,network,service_type,used,as_of"


class AccumulatorFile:
    """An open accumulators.csv, told today's date once; nothing in it needs quoting."""

    def __init__(self, target: IO[str], today: date) -> None:
        self._write, self.rows = target.write, 0
        self._as_of = {0: today.isoformat(), -1: days.year_end(today, -1).isoformat()}
        self._period = {
            year: f"{days.year_start(today, year)},{days.year_end(today, year)}" for year in (-1, 0)
        }
        self._write(f"{HEADER}\r\n")

    def add(self, household: Household) -> None:
        """Write the rows of everybody on one policy."""
        for person in household.people:
            member_id = identifiers.member_id(household.subscriber_id, person.suffix)
            for used in person.used:
                self._write(self._row(member_id, used))
                self.rows += 1

    def _row(self, member_id: str, used: Used) -> str:
        period, as_of = self._period[used.year], self._as_of[used.year]
        what = f"{used.kind},{used.scope},{used.network},{used.service_type}"
        return f"{member_id},{used.plan.code},{period},{what},{_amount(used)},{as_of}\r\n"


def _amount(used: Used) -> str:
    """Dollars with two places, or for a limit its count."""
    if used.kind == "limit":
        return str(used.amount)
    return f"{used.amount // 100}.{used.amount % 100:02d}"
