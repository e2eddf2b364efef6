"""Loads the list of licences: what a row says replaces what is held; a row that is missing ends nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate, Settle
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import freshness
from portico.domains.plan.freshness import Feed
from portico.domains.registration import list_loading, models
from portico.domains.registration.claims import licence_key


@dataclass(frozen=True, slots=True)
class SentLicence:
    """A licence as a state's board has it; `name` as the board writes it."""

    place: int
    state: str
    number: str
    name: str
    status: str
    is_active: bool
    kind: str = ""
    expires_on: date | None = None

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from others."""
        return self.state, licence_key(self.number)


def load(
    *,
    actor: Actor,
    leased: Leased,
    rows: Sequence[SentLicence],
    as_of: datetime,
    settle: Settle,
    is_last: bool = False,
) -> None:
    """Apply a chunk of the list, as `members.enrolment.load` does. Raises ListToCome, NotPermitted."""
    list_loading.check_day(as_of, today=actor.today)
    with permit(actor, Function.LOADING) as given:
        wanted = {
            row.key: {
                "number": row.number,
                "name": row.name,
                "kind": row.kind,
                "status": row.status,
                "is_active": row.is_active,
                "expires_on": row.expires_on,
            }
            for row in rows
        }
        touched = list_loading.put(leased, models.Licence, ("state", "key"), wanted, as_of)
        if is_last:
            freshness.note(given, feed=Feed.LICENCES, as_of=as_of)
        settle(given, [_fate(row, touched) for row in rows])
        given.conclude("loaded")


def _fate(row: SentLicence, touched: frozenset[tuple[str, ...]]) -> Fate:
    return Fate(row.place, RowOutcome.ACCEPTED if row.key in touched else RowOutcome.UNCHANGED)
