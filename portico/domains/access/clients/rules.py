"""What an office may let a billing company do, and where such a permission stands on a day. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from portico.domains.permits.functions import GRANTABLE, TRAITS, Function

ALWAYS: Final = Function.ELIGIBILITY
"""Whoever works with patients looks up whether they are covered; it is given with everything else."""
GIVABLE: Final = tuple(function for function in GRANTABLE if not TRAITS[function].hands_out)
"""Not managing users, and not saying where the money goes: those stay with the office itself."""


class State(StrEnum):
    """Where a permission stands."""

    AHEAD = "ahead"
    RUNNING = "running"
    OVER = "over"
    ENDED = "ended"


class Ending(StrEnum):
    """How one ended: by either side, by another in its place, with the tax ID, or by its last day."""

    CLIENT = "client"
    BILLER = "biller"
    REPLACED = "replaced"
    MOVED = "moved"
    LAST_DAY = "last_day"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is given: tax IDs × functions × lines, from one day to another; both count.

    `lines` None: every line, also one the plan adds later. `last_on` None: until it is ended.
    """

    tax_ids: frozenset[str]
    functions: frozenset[Function]
    lines: frozenset[str] | None
    first_on: date
    last_on: date | None = None

    @property
    def whole(self) -> frozenset[Function]:
        """The functions with the one that is always given."""
        return self.functions | {ALWAYS}


def fault(terms: Terms, *, own: Collection[str], lines: Collection[str], today: date) -> tuple[str, ...]:
    """Why this is nothing an office with these tax IDs can give: a code and its values; empty: it can."""
    return _fault_of_what(terms, own, lines) or _fault_of_when(terms, today)


def _fault_of_what(terms: Terms, own: Collection[str], lines: Collection[str]) -> tuple[str, ...]:
    if not terms.tax_ids:
        return ("no_tax_id",)
    if unknown := sorted(terms.tax_ids.difference(own)):
        return ("unknown_tax_id", *unknown)
    if not_given := sorted(terms.functions.difference(GIVABLE)):
        return ("not_for_billing_companies", *not_given)
    if terms.lines is not None and not terms.lines:
        return ("no_line",)
    if unknown := sorted((terms.lines or frozenset()).difference(lines)):
        return ("unknown_line", *unknown)
    return ()


def _fault_of_when(terms: Terms, today: date) -> tuple[str, ...]:
    if terms.first_on < today:
        return ("begins_in_the_past",)
    if terms.last_on is not None and terms.last_on < terms.first_on:
        return ("ends_before_it_begins",)
    return ()


def state(*, first_on: date, last_on: date | None, is_ended: bool, today: date) -> State:
    """Where it stands that day."""
    if is_ended:
        return State.ENDED
    if last_on is not None and last_on < today:
        return State.OVER
    return State.AHEAD if first_on > today else State.RUNNING
