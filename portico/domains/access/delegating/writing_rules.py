"""What is to be done so that somebody holds what is wanted: what ends, what begins, what waits. Pure.

Grants are never edited: one that is to be otherwise ends, and another begins. Where somebody else confirms
what is given, nothing that is held now is lost meanwhile: of a grant that is to reach further, what it gives
already goes on; what is to reach less reaches less at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from portico.domains.access.delegating.parts import is_within, overlap
from portico.domains.access.delegating.sets import FunctionAccess, Held, Item
from portico.domains.permits.actors import GrantState


@dataclass(frozen=True, slots=True)
class Steps:
    """What ends, what begins at once, and what begins once somebody has confirmed it."""

    end: tuple[FunctionAccess, ...] = ()
    begin: tuple[Item, ...] = ()
    propose: tuple[Item, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Is it so already?"""
        return not (self.end or self.begin or self.propose)


def to_hold(held: Held, wanted: Sequence[Item], *, on: date, at_once: bool) -> Steps:
    """The steps from what is held that day to a main set of these items.

    `at_once`: nobody has to confirm what is given.
    """
    of_set = (*held.grants, *held.meanwhile)
    functions = {item.function for item in wanted}
    dropped = Steps(end=tuple(each for each in of_set if each.function not in functions))
    parts = (
        _one(item, [each for each in of_set if each.function is item.function], on=on, at_once=at_once)
        for item in wanted
    )
    return _with_superseded(_sum([dropped, *parts]), held)


def to_add(held: Held, added: Sequence[Item], *, on: date, at_once: bool) -> Steps:
    """The steps to hold these items beside all that is held; nothing for what a grant gives that day, nor for
    what waits to be confirmed already.
    """
    there = [each for each in held.running if _counts(each, on) or (_waits(each) and not at_once)]
    missing = tuple(item for item in added if not any(is_within(item, each.item) for each in there))
    return _with_superseded(Steps(begin=missing) if at_once else Steps(propose=missing), held)


def superseded(confirmed: FunctionAccess, running: Iterable[FunctionAccess]) -> tuple[FunctionAccess, ...]:
    """The grants that end when this one counts, because it gives all that they do."""
    return tuple(
        each
        for each in running
        if each.grant_id != confirmed.grant_id
        and each.state is GrantState.ACTIVE
        and is_within(each.item, confirmed.item)
    )


def _one(item: Item, own: Sequence[FunctionAccess], *, on: date, at_once: bool) -> Steps:
    """The steps for one function, of which the set has these grants now."""
    active = [each for each in own if _counts(each, on)]
    same = next((each for each in own if each.item == item and not (at_once and _waits(each))), None)
    if same is not None:
        stays = {same.grant_id, *(each.grant_id for each in active if _waits(same))}
        return Steps(end=tuple(each for each in own if each.grant_id not in stays))
    if at_once or any(is_within(item, each.item) for each in active):
        return Steps(end=tuple(own), begin=(item,))
    stays = {each.grant_id for each in active if is_within(each.item, item)}
    ends = tuple(each for each in own if each.grant_id not in stays)
    shared = (overlap(each.item, item) for each in active if each.grant_id not in stays)
    return Steps(ends, tuple(each for each in shared if each is not None), (item,))


def _with_superseded(steps: Steps, held: Held) -> Steps:
    """With the end of every other grant that one which begins at once gives whole."""
    ended = {each.grant_id for each in steps.end}
    rest = (each for each in held.running if each.grant_id not in ended and each.state is GrantState.ACTIVE)
    more = tuple(each for each in rest if any(is_within(each.item, item) for item in steps.begin))
    return Steps((*steps.end, *more), steps.begin, steps.propose)


def _counts(each: FunctionAccess, on: date) -> bool:
    return each.state is GrantState.ACTIVE and each.first_on <= on


def _waits(each: FunctionAccess) -> bool:
    return each.state is GrantState.PROPOSED


def _sum(parts: Iterable[Steps]) -> Steps:
    every = list(parts)
    return Steps(
        tuple(each for part in every for each in part.end),
        tuple(each for part in every for each in part.begin),
        tuple(each for part in every for each in part.propose),
    )
