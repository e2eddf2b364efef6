"""Which of somebody's grants are one set, and which stand for themselves. Pure."""

from collections.abc import Sequence

from portico.domains.access.delegating.parts import is_within
from portico.domains.access.delegating.sets import (
    ANCHORS,
    Access,
    AccessSet,
    AdministratorSet,
    FunctionAccess,
    Held,
    Where,
)
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import Function


def held(kind: PersonaKind, running: Sequence[FunctionAccess]) -> Held:
    """What a persona of that kind holds by these running grants."""
    anchor = _anchor(kind, running)
    if anchor is None:
        return Held(more=tuple(running))
    grants = _of_one_place(kind, anchor, running)
    chosen = {each.grant_id for each in grants}
    rest = [each for each in running if each.grant_id not in chosen]
    meanwhile = tuple(each for each in rest if _goes_on(each, grants))
    more = tuple(each for each in rest if each not in meanwhile)
    return Held(_set(kind, anchor, grants), grants, more, meanwhile)


def _anchor(kind: PersonaKind, running: Sequence[FunctionAccess]) -> FunctionAccess | None:
    """The grant that says where the main set is: the one most others share their place with, else the first.

    One that only goes on until a proposed one is confirmed does not.
    """
    named = [each for each in running if each.function is ANCHORS[kind]]
    standing = [each for each in named if not _goes_on(each, named)]
    return min(
        standing, key=lambda each: (-len(_of_one_place(kind, each, running)), each.grant_id), default=None
    )


def _goes_on(grant: FunctionAccess, others: Sequence[FunctionAccess]) -> bool:
    """Is it in force until a proposed one among the others, which gives all of it, is confirmed?"""
    return grant.state is GrantState.ACTIVE and any(
        other.state is GrantState.PROPOSED and is_within(grant.item, other.item) for other in others
    )


def _of_one_place(
    kind: PersonaKind, anchor: FunctionAccess, running: Sequence[FunctionAccess]
) -> tuple[FunctionAccess, ...]:
    """The grants that share the anchor's place, one a function: the proposed one, else the first."""
    found: dict[Function, FunctionAccess] = {anchor.function: anchor}
    for each in sorted(running, key=lambda each: (each.state is not GrantState.PROPOSED, each.grant_id)):
        if _is_beside(kind, anchor, each):
            found.setdefault(each.function, each)
    return tuple(sorted(found.values(), key=lambda each: each.grant_id))


def _is_beside(kind: PersonaKind, anchor: FunctionAccess, each: FunctionAccess) -> bool:
    """Does it share the place? All of an administrator's set is in the same lines too."""
    if kind is PersonaKind.ADMINISTRATOR and each.item.lines != anchor.item.lines:
        return False
    return each.item.where == anchor.item.where


def _set(kind: PersonaKind, anchor: FunctionAccess, grants: Sequence[FunctionAccess]) -> Access:
    where: Where = anchor.item.where
    if kind is PersonaKind.ADMINISTRATOR:
        beside = frozenset(each.function for each in grants) - {anchor.function}
        return AdministratorSet(where, anchor.item.lines, beside, anchor.item.hands_out)
    return AccessSet(where, {each.function: each.item.lines for each in grants})
