"""The access report's sums: failed sign-ins and access cases per 100 sign-ins, by cause. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import Final

MONTHS: Final = 6
"""How many months a report shows, this one among them."""
_TENTH: Final = Decimal("0.1")


class Cause(StrEnum):
    """Why a sign-in failed."""

    PASSWORD = "password"  # noqa: S105 - a cause, no secret
    SECOND_STEP = "second_step"
    LOCKED = "locked"
    NETWORK = "network"
    WRONG_PAGE = "wrong_page"


_CAUSES: Final[Mapping[str, Cause]] = {
    "refused": Cause.PASSWORD,
    "locked": Cause.LOCKED,
    "network_closed": Cause.NETWORK,
    "wrong_audience": Cause.WRONG_PAGE,
    "passkey_refused": Cause.SECOND_STEP,
    "code_refused": Cause.SECOND_STEP,
    "recovery_code_refused": Cause.SECOND_STEP,
    "code_locked": Cause.LOCKED,
    "recovery_code_locked": Cause.LOCKED,
}
_SIGNED_IN: Final = "signed_in"


@dataclass(frozen=True, slots=True)
class Month:
    """One month, from its first instant until before the next one's; `first_on` names it."""

    first_on: date
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class SignIns:
    """The sign-ins of a month: how many there were, and how many failed, by cause."""

    succeeded: int
    failed: Mapping[Cause, int]

    @property
    def failures(self) -> int:
        """How many failed, whatever the cause."""
        return sum(self.failed.values())


def months(today: date, zone: tzinfo) -> tuple[Month, ...]:
    """The months of a report, the latest first."""
    firsts = [_shifted(today.replace(day=1), -back) for back in range(MONTHS)]
    return tuple(Month(first, _begins(first, zone), _begins(_shifted(first, 1), zone)) for first in firsts)


def sign_ins(conclusions: Mapping[str, int]) -> SignIns:
    """The sign-ins, of how uses of the function `sign_in` ended."""
    failed = dict.fromkeys(Cause, 0)
    for code, count in conclusions.items():
        if code in _CAUSES:
            failed[_CAUSES[code]] += count
    succeeded = sum(count for code, count in conclusions.items() if code.endswith(_SIGNED_IN))
    return SignIns(succeeded, failed)


def per_hundred(count: int, sign_ins: int) -> Decimal | None:
    """How many on 100 sign-ins, to one place; None where nobody signed in."""
    return (Decimal(count * 100) / sign_ins).quantize(_TENTH) if sign_ins else None


def _shifted(first: date, months: int) -> date:
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def _begins(first: date, zone: tzinfo) -> datetime:
    return datetime.combine(first, time(), zone)
