"""How an office keeps its directory entries true: which fields, from when, how often it confirms. Pure.

    sent -> accepted -> confirmed      the provider file says the same
      |        `------> contradicted   it says something else than before and after
      |-> refused, with a reason
      `-> taken back by the office

Decided and published within two business days. What an entry says is confirmed every 90 days; reminded 30, 14
and 7 days before; not confirmed by then, it is marked so for everybody (decision record 0057).
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from portico.domains.directory import overlay, rules
from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours

DAY: Final = timedelta(days=1)
EVERY: Final = 90 * DAY
REMIND_DAYS: Final = (30, 14, 7)
GOAL_DAYS: Final = Decimal(2)
"""In how many business days a change is decided, and is published once its day has come."""
FURTHEST_BACK: Final = timedelta(days=90)
FURTHEST_AHEAD: Final = timedelta(days=180)
LONGEST_WHY: Final = 300
KEEP_DOCUMENTS: Final = timedelta(days=365)
_LONGEST: Final = {"address": 160, "city": 80, "state": 2, "postal_code": 10}
_ZIP: Final = re.compile(r"[0-9]{5}(-[0-9]{4})?")
_NOT_DIGITS: Final = re.compile(r"[^0-9]")
_NO_LETTERS: Final = re.compile(r"[0-9\s().+-]*")
_TELEPHONE: Final = re.compile(r"[2-9][0-9]{9}")
_DIGITS: Final = 10


class Kind(StrEnum):
    """What a field holds (overlay): yes or no, a number to call, some of a list, a place, or a day."""

    FLAG = "flag"
    TELEPHONE = "telephone"
    LIST = "list"
    ADDRESS = "address"
    DAY = "day"


FIELDS: Final[Mapping[str, Kind]] = {
    "accepts_new_patients": Kind.FLAG,
    "telephone": Kind.TELEPHONE,
    "fax": Kind.TELEPHONE,
    overlay.ADDRESS: Kind.ADDRESS,
    "languages": Kind.LIST,
    "telehealth": Kind.FLAG,
    "accessibility": Kind.LIST,
    overlay.LAST_ON: Kind.DAY,
}
"""What an office changes, in the order of pages. Names, NPIs and networks are changed with the contract."""
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "languages": tuple(sorted(set(rules.LANGUAGES.values()) - {rules.EVERYBODY_SPEAKS})),
    "accessibility": rules.ACCESSIBILITY,
}
MAY_BE_EMPTY: Final = ("fax", "languages", "accessibility", overlay.LAST_ON)


class Fault(StrEnum):
    """Why a change is not taken as it was typed."""

    MISSING = "missing"
    TELEPHONE = "telephone_format"
    ZIP_CODE = "zip_code_format"
    STATE = "state_format"
    TOO_LONG = "too_long"
    DAY = "day_format"
    UNKNOWN = "unknown_value"
    SAME = "same"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    WAITS = "waits_already"


class Said(StrEnum):
    """What the provider file says of a change that is published."""

    NOTHING_NEW = "nothing_new"
    THE_SAME = "the_same"
    SOMETHING_ELSE = "something_else"


def tidied(field: str, value: Any) -> Any:
    """The value of a field in canonical form (overlay); lists in order, each once, telephones ten digits."""
    kind = FIELDS[field]
    if kind is Kind.FLAG:
        return bool(value)
    if kind is Kind.TELEPHONE:
        return _digits(str(value or ""))
    if kind is Kind.ADDRESS:
        return _tidy_address(value or {})
    return (
        sorted({str(each) for each in value or ()}) if kind is Kind.LIST else (str(value) if value else None)
    )


def fault_of(field: str, value: Any, *, now: Any = None) -> Fault | None:
    """What is wrong with a value in canonical form; what a list holds `now` it may hold on."""
    if not value and field in MAY_BE_EMPTY:
        return None
    kind = FIELDS[field]
    if kind is Kind.TELEPHONE:
        return None if _TELEPHONE.fullmatch(value) else Fault.TELEPHONE
    if kind is Kind.LIST:
        return None if set(value) <= {*OPTIONS[field], *(now or ())} else Fault.UNKNOWN
    if kind is Kind.ADDRESS:
        return _of_address(value)
    return _of_day(value) if kind is Kind.DAY else None


def fault_of_day(effective_on: date, *, today: date) -> Fault | None:
    """Is the day from which it holds near enough? Both ends count."""
    if effective_on < today - FURTHEST_BACK:
        return Fault.TOO_EARLY
    return Fault.TOO_LATE if effective_on > today + FURTHEST_AHEAD else None


def is_same(field: str, one: Any, other: Any) -> bool:
    """Do two values of a field say the same, however they are written?"""
    return bool(_compared(field, one) == _compared(field, other))


def said_of(field: str, *, before: Any, afters: Sequence[Any], sent: Any) -> tuple[Said, ...]:
    """What the provider file, which now has `sent`, says of changes of one field, in the order they began.

    It had `before` when the first of them was accepted. Where it says the same as one, it has caught up with
    those that went before that one too.
    """
    caught_up = max(
        (place for place, after in enumerate(afters, 1) if is_same(field, sent, after)), default=0
    )
    if not caught_up and not is_same(field, sent, before):
        return (Said.SOMETHING_ELSE,) * len(afters)
    return (Said.THE_SAME,) * caught_up + (Said.NOTHING_NEW,) * (len(afters) - caught_up)


def due_at(hours: Hours, sent_at: datetime) -> datetime:
    """Until when the plan decides."""
    return business_time.after(hours, sent_at, GOAL_DAYS)


def took(hours: Hours, *, sent_at: datetime, begins_at: datetime, published_at: datetime) -> Decimal:
    """How many business days a change waited to be published, once it came and its own day had begun."""
    return business_time.elapsed(hours, max(sent_at, begins_at), published_at)


def attest_by(on: date) -> date:
    """Until when an entry confirmed on a day is confirmed again; that day counts."""
    return on + EVERY


def due_until(today: date) -> date:
    """Entries that are to be confirmed by this day, or an earlier one, are due: the first reminder's days."""
    return today + max(REMIND_DAYS) * DAY


def to_remind(until: date, reminded: Collection[int], *, today: date) -> tuple[int, ...]:
    """The reminders whose day has come and that were not told, the earliest first; none once it is over."""
    left = (until - today).days
    return tuple(days for days in REMIND_DAYS if 0 <= left <= days and days not in reminded)


def is_unconfirmed(until: date | None, *, today: date) -> bool:
    """Was an entry not confirmed in time? Its last day is within it; None: it was never asked."""
    return until is not None and today > until


def digest(shown: Mapping[str, Any]) -> str:
    """The SHA-256 of what was shown of an entry, in hexadecimal digits."""
    text = json.dumps(shown, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def differing(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that say something else than before, with what was there; none where nothing was kept."""
    return {
        field: before[field]
        for field in FIELDS
        if field in before and not is_same(field, before[field], now.get(field))
    }


def _tidy_address(value: Mapping[str, Any]) -> dict[str, str]:
    found = {name: " ".join(str(value.get(name) or "").split()) for name in _LONGEST}
    return {**found, "state": found["state"].upper()}


def _digits(typed: str) -> str:
    """Ten digits, without the country's 1; what is no number stays as it is, for the check to refuse."""
    if not _NO_LETTERS.fullmatch(typed):
        return typed
    digits = _NOT_DIGITS.sub("", typed)
    digits = digits[1:] if len(digits) == _DIGITS + 1 and digits.startswith("1") else digits
    return digits if len(digits) == _DIGITS else typed


def _compared(field: str, value: Any) -> Any:
    """Small letters, and of a ZIP code its first five digits."""
    tidy = tidied(field, value)
    if FIELDS[field] is not Kind.ADDRESS:
        return tidy
    return {**{name: text.casefold() for name, text in tidy.items()}, "postal_code": tidy["postal_code"][:5]}


def _of_address(value: Mapping[str, str]) -> Fault | None:
    if not all(value.values()):
        return Fault.MISSING
    if any(len(value[name]) > longest for name, longest in _LONGEST.items() if name != "state"):
        return Fault.TOO_LONG
    if not re.fullmatch(r"[A-Z]{2}", value["state"]):
        return Fault.STATE
    return None if _ZIP.fullmatch(value["postal_code"]) else Fault.ZIP_CODE


def _of_day(value: str) -> Fault | None:
    try:
        date.fromisoformat(value)
    except ValueError:
        return Fault.DAY
    return None
