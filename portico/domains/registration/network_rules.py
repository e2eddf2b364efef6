"""Wishes to take part in the plan's network: what they say, how far they are, how they are answered. Pure.

    received -> in_review (somebody of the plan has it) -> invited | declined
        `-------------------`-> withdrawn by whoever asked

Nobody who asks has shown who they are, and the form takes nothing that could point at a patient: no field is
free text, and names hold no numbers. Nothing is looked up before somebody of the plan does, so the answer to
a wish tells nobody what is on file (decision record 0042).
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours
from portico.domains.registration import field_checks
from portico.domains.registration.catalogue_rows import AccountType

GOAL_DAYS: Final = Decimal(10)
"""In how many business days the plan means to have answered."""
KEEP: Final = timedelta(days=365)
"""How long after the answer notes, and whom to reach, are kept."""
LONGEST_NOTE: Final = 2_000
LONGEST_SPECIALTY: Final = 120
MOST_DIGITS: Final = 4
MISSING: Final = field_checks.MISSING
_CHECKED: Final = {
    "office_name": "office_name",
    "npi": "npi",
    "tax_id": "tax_id",
    "contact_name": "last_name",
    "email": "email",
    "telephone": "telephone",
}
_SPECIALTY: Final = re.compile(r"[^\W\d_](?:[^\W\d_]|[ &/,.()'’-])*")


class Stage(StrEnum):
    """How far a wish is."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    INVITED = "invited"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


OPEN: Final = (Stage.RECEIVED, Stage.IN_REVIEW)


class Decline(StrEnum):
    """Why the plan says no; the list is closed, and its words are the edges'."""

    TAKES_PART = "takes_part_already"
    NO_NEED = "no_need_now"
    REGION_NOT_SERVED = "region_not_served"
    NOT_CREDENTIALED = "not_credentialed"
    FACTS_DIFFER = "facts_differ"
    NOT_REACHED = "not_reached"
    ASKED_TWICE = "asked_twice"


@dataclass(frozen=True, slots=True)
class Wish:
    """What an office says of itself; `regions` and `lines` are the plan's codes, `specialty` may be empty."""

    kind: AccountType
    office_name: str = field(repr=False)
    npi: str = field(repr=False)
    tax_id: str = field(repr=False)
    contact_name: str = field(repr=False)
    email: str = field(repr=False)
    telephone: str = field(repr=False)
    specialty: str = ""
    regions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


def faults(wish: Wish, *, regions: Collection[str], lines: Collection[str]) -> dict[str, str]:
    """The code of the fault of each field that will not do; `regions` and `lines` are the plan's."""
    found = {name: _fault(wish, name) for name in _CHECKED}
    found["office_name"] = found["office_name"] or _digits(wish.office_name)
    found["specialty"] = _of_specialty(wish.specialty)
    found["regions"] = _of_chosen(wish.regions, regions, "region_unknown")
    found["lines"] = _of_chosen(wish.lines, lines, "line_unknown")
    return {name: code for name, code in found.items() if code}


def tidied(wish: Wish) -> Wish:
    """The wish in canonical form, each region and line once."""
    values: dict[str, Any] = {
        name: field_checks.canonical(kind, getattr(wish, name)) for name, kind in _CHECKED.items()
    }
    return replace(
        wish,
        **values,
        specialty=" ".join(wish.specialty.split()),
        regions=tuple(dict.fromkeys(wish.regions)),
        lines=tuple(dict.fromkeys(wish.lines)),
    )


def due_at(hours: Hours, made_at: datetime) -> datetime:
    """Until when the plan means to have answered."""
    return business_time.after(hours, made_at, GOAL_DAYS)


def is_open(stage: str) -> bool:
    """Is there no answer yet?"""
    return stage in OPEN


def _fault(wish: Wish, name: str) -> str:
    return next(iter(field_checks.check(_CHECKED[name], getattr(wish, name))), "")


def _digits(name: str) -> str:
    """A name holds a few digits at most: Clinic 24, not a number of somebody."""
    return "office_name_digits" if sum(map(str.isdigit, name)) > MOST_DIGITS else ""


def _of_specialty(typed: str) -> str:
    told = " ".join(typed.split())
    if len(told) > LONGEST_SPECIALTY:
        return "too_long"
    return "" if not told or _SPECIALTY.fullmatch(told) else "specialty_format"


def _of_chosen(chosen: Collection[str], known: Collection[str], unknown: str) -> str:
    """Where the plan has some, at least one is chosen, and none that is not there."""
    if not set(known).issuperset(chosen):
        return unknown
    return MISSING if known and not chosen else ""
