"""Whether a decision may be kept as it is sent: every service answered, and no denial without its why. Pure.

A denial, also in part, needs a reason of the list, words of its own about this request, and the criteria. The
database refuses one without; here the reviewer is told which field of which service it is about.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from portico.domains.authorizations import decision_reasons
from portico.domains.authorizations.facts.decided import (
    ADVERSE,
    Basis,
    Outcome,
    Refusal,
    ServiceVerdict,
    Stop,
)
from portico.domains.authorizations.facts.shown import OPEN, State
from portico.shared import patient_signs

SHORTEST_TEXT: Final = 20
LONGEST_TEXT: Final = 2000
LONGEST_CRITERIA: Final = 200
_CENT: Final = Decimal("0.01")
_MOST: Final = Decimal("99999999.99")
_WORD: Final = re.compile(r"[^\W\d_]{2,}|\d+")
_BEGINS: Final = frozenset({"received", "reopened", "changed", "continued"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A service as it waits: what was asked, where it stands, what of it was approved before.

    `is_awaited`: the plan asked the office for more about it, and the time to answer is not over.
    """

    position: int
    state: State
    quantity: Decimal
    first_on: date
    last_on: date
    approved_quantity: Decimal | None = None
    is_awaited: bool = False
    approved_first_on: date | None = None
    approved_last_on: date | None = None

    @property
    def approved(self) -> "Given | None":
        """What of it was approved before."""
        if self.approved_quantity is None:
            return None
        first_on, last_on = self.approved_first_on or self.first_on, self.approved_last_on or self.last_on
        return Given(self.approved_quantity, first_on, last_on)


@dataclass(frozen=True, slots=True)
class Given:
    """What an approval gives of a service."""

    quantity: Decimal
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of the ledger, as far as it says on what the next decision stands."""

    kind: str
    basis: str = Basis.FIRST


def to_decide(services: Iterable[Asked], events: Sequence[Happened]) -> tuple[int, ...]:
    """The positions that a decision has to answer; after a talk, those that may become better."""
    found = tuple(services)
    waiting = tuple(each.position for each in found if each.state in OPEN)
    if waiting or not has_talked(events):
        return waiting
    return tuple(each.position for each in found if each.state in {State.DENIED, State.PARTLY})


def basis(services: Iterable[Asked], events: Sequence[Happened]) -> Basis:
    """On what the next decision stands: what opened the request last, or a talk held since it was decided."""
    if not any(each.state in OPEN for each in services) and has_talked(events):
        return Basis.TALK
    begun = [event for event in events if event.kind in _BEGINS]
    return Basis(begun[-1].basis) if begun else Basis.FIRST


def has_talked(events: Sequence[Happened]) -> bool:
    """Was a talk held after the last decision?"""
    kinds = [event.kind for event in events]
    since = len(kinds) - kinds[::-1].index("decided") if "decided" in kinds else len(kinds)
    return "talk_held" in kinds[since:]


def stops(
    verdicts: Sequence[ServiceVerdict], services: Iterable[Asked], events: Sequence[Happened]
) -> tuple[Stop, ...]:
    """Everything that hinders this decision, service by service; empty where it may be kept."""
    found = {each.position: each for each in services}
    wanted = to_decide(found.values(), events)
    if not wanted:
        return (Stop(Refusal.NOT_OPEN),)
    on = basis(found.values(), events)
    wrong = [*_of_whole(verdicts, found, wanted, on)]
    for verdict in verdicts:
        if verdict.position in wanted:
            wrong += _of_one(verdict, found[verdict.position], on)
    return tuple(wrong)


def given(verdict: ServiceVerdict, asked: Asked) -> Given | None:
    """What an approval gives, also in part: where it leaves something out, what was asked for. Else None."""
    if verdict.outcome in {Outcome.DENIED, Outcome.NOT_NEEDED}:
        return None
    quantity = asked.quantity if verdict.quantity is None else verdict.quantity
    return Given(quantity, verdict.first_on or asked.first_on, verdict.last_on or asked.last_on)


def tidy(verdict: ServiceVerdict) -> ServiceVerdict:
    """The verdict with its words as they are kept: no blanks around them, lines as they were typed."""
    lines = (" ".join(line.split()) for line in verdict.reason_text.strip().splitlines())
    return replace(
        verdict,
        reason_code=verdict.reason_code.strip(),
        reason_text="\n".join(lines),
        criteria=" ".join(verdict.criteria.split()),
        document=verdict.document.strip(),
    )


def is_specific(text: str, code: str) -> bool:
    """Does it say more than the reason's own words do? At least three words of its own."""
    reason = decision_reasons.BY_CODE.get(code)
    known = _words(f"{reason.means} {reason.advice} {reason.code}" if reason else code)
    return len(_words(text) - known) >= 3


def _of_whole(
    verdicts: Sequence[ServiceVerdict], found: Mapping[int, Asked], wanted: tuple[int, ...], on: Basis
) -> Iterator[Stop]:
    positions = [verdict.position for verdict in verdicts]
    for position in sorted(set(positions)):
        if position not in found:
            yield Stop(Refusal.SERVICE_UNKNOWN, position)
        elif position not in wanted:
            yield Stop(Refusal.NOT_OPEN, position)
        if positions.count(position) > 1:
            yield Stop(Refusal.SERVICE_TWICE, position)
    if on is not Basis.TALK or not positions:
        for position in wanted:
            if position not in positions:
                yield Stop(Refusal.SERVICE_LEFT_OUT, position, "outcome")


def _of_one(verdict: ServiceVerdict, asked: Asked, on: Basis) -> Iterator[Stop]:
    if verdict.outcome in ADVERSE and asked.is_awaited:
        yield Stop(Refusal.STILL_ASKED, asked.position, "outcome")
    if verdict.outcome in {Outcome.APPROVED, Outcome.PARTLY}:
        yield from _amounts(verdict, asked)
    if on is Basis.TALK and _is_no_better(verdict, asked):
        yield Stop(Refusal.TALK_CANNOT_WORSEN, asked.position, "outcome")
    elif on is not Basis.TALK and _takes_back(verdict, asked):
        yield Stop(Refusal.APPROVED_STAYS, asked.position, "outcome")
    yield from _why(tidy(verdict)) if verdict.outcome in ADVERSE else _no_why(tidy(verdict))


def _amounts(verdict: ServiceVerdict, asked: Asked) -> Iterator[Stop]:
    if verdict.outcome is Outcome.PARTLY and verdict.quantity is None:
        yield Stop(Refusal.QUANTITY_MISSING, asked.position, "quantity")
        return
    gives = given(verdict, asked)
    if gives is None:
        return
    if not 0 < gives.quantity <= _MOST or gives.quantity != gives.quantity.quantize(_CENT):
        yield Stop(Refusal.QUANTITY_WRONG, asked.position, "quantity")
    elif gives.last_on < gives.first_on:
        yield Stop(Refusal.DAYS_WRONG, asked.position, "last_on")
    elif verdict.outcome is Outcome.PARTLY and not _is_less(gives, asked):
        yield Stop(Refusal.NOTHING_LESS, asked.position, "quantity")
    elif verdict.outcome is Outcome.APPROVED and _is_less(gives, asked):
        yield Stop(Refusal.LESS_THAN_ASKED, asked.position, "outcome")


def _is_less(gives: Given, asked: Asked) -> bool:
    """Fewer units, or days of what was asked that are not in what is given."""
    return _falls_short(gives, Given(asked.quantity, asked.first_on, asked.last_on))


def _falls_short(gives: Given, of: Given) -> bool:
    return gives.quantity < of.quantity or gives.first_on > of.first_on or gives.last_on < of.last_on


def _is_no_better(verdict: ServiceVerdict, asked: Asked) -> bool:
    """Does it give nothing more than there was, or less of anything?"""
    gives = given(verdict, asked)
    if verdict.outcome is Outcome.PARTLY and asked.approved is not None:
        return gives == asked.approved or _takes_back(verdict, asked)
    return verdict.outcome is Outcome.DENIED


def _takes_back(verdict: ServiceVerdict, asked: Asked) -> bool:
    """Does it leave less, or shorter, than was approved before?"""
    gives = given(verdict, asked)
    if asked.approved is None or verdict.outcome not in ADVERSE:
        return False
    return gives is None or _falls_short(gives, asked.approved)


def _why(verdict: ServiceVerdict) -> Iterator[Stop]:
    reason = decision_reasons.BY_CODE.get(verdict.reason_code)
    if not verdict.reason_code or reason is None:
        yield Stop(Refusal.REASON_MISSING, verdict.position, "reason_code")
    elif verdict.outcome is Outcome.PARTLY and not reason.partly:
        yield Stop(Refusal.REASON_UNFIT, verdict.position, "reason_code")
    refusal = _of_text(verdict)
    if refusal:
        yield Stop(refusal, verdict.position, "reason_text")
    if not verdict.criteria:
        yield Stop(Refusal.CRITERIA_MISSING, verdict.position, "criteria")
    elif len(verdict.criteria) > LONGEST_CRITERIA:
        yield Stop(Refusal.CRITERIA_TOO_LONG, verdict.position, "criteria")


def _of_text(verdict: ServiceVerdict) -> Refusal | None:
    text = verdict.reason_text
    if not text:
        return Refusal.TEXT_MISSING
    if len(text) < SHORTEST_TEXT:
        return Refusal.TEXT_TOO_SHORT
    if len(text) > LONGEST_TEXT:
        return Refusal.TEXT_TOO_LONG
    if patient_signs.signs(text):
        return Refusal.TEXT_HOLDS_SIGN
    return None if is_specific(text, verdict.reason_code) else Refusal.TEXT_NOT_SPECIFIC


def _no_why(verdict: ServiceVerdict) -> Iterator[Stop]:
    if verdict.reason_code or verdict.reason_text:
        yield Stop(Refusal.REASON_NOT_WANTED, verdict.position, "reason_code")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
