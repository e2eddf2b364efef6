"""How long money and remittance may be apart, and how a deposit stands to the payments there are. Pure.

The operating rules for electronic transfers (CAQH CORE 370) let a remittance come three business days before
or after its money; on the fourth it is missing. A check has to be carried, so it is given ten.
"""

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from portico.domains.claims.deadline_rules import Workdays

TRANSFER_DAYS: Final = 3
CHECK_DAYS: Final = 10
CHECK: Final = "CHK"
NO_MONEY: Final = "NON"
_LONGEST: Final = 60
_DAY: Final = timedelta(days=1)


class Standing(StrEnum):
    """How a deposit stands: matched to the cent, differing, or without a payment: yet, or for too long."""

    MATCHED = "matched"
    DIFFERS = "differs"
    WAITING = "waiting"
    OVERDUE = "overdue"


def standing(*, amount: Decimal, deposited_on: date, paid: Decimal | None, overdue_before: date) -> Standing:
    """How a deposit stands; `paid` is the amount of the payment of its number, None where there is none.

    What was deposited before `overdue_before` should have its remittance by now.
    """
    if paid is not None:
        return Standing.MATCHED if paid == amount else Standing.DIFFERS
    return Standing.OVERDUE if deposited_on < overdue_before else Standing.WAITING


def overdue_before(today: date, days: int, workdays: Workdays) -> date:
    """Whatever happened before this day has had more than so many business days until today.

    The day itself has had exactly so many, and may still be waited for. With no business days at all every
    day counts.
    """
    day, left = today, days
    for _ in range(_LONGEST):
        if not left:
            break
        left -= workdays.holds(day) or not workdays.weekdays
        day -= _DAY
    return day
