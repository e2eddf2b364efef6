"""What somebody may do, as people who give it think of it: functions in lines, and where. Pure.

A set is written as one grant for each function (`items`); read back, the grants that share a place are a set
again (held). None in a dimension: all there are, also those to come.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import Function

Lines = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Where:
    """Under which tax IDs, for which providers (NPIs) and regions, until which day; that day counts."""

    tax_ids: frozenset[str]
    providers: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    last_on: date | None = None


@dataclass(frozen=True, slots=True)
class AccessSet:
    """What an end user may do: functions, each in its lines, all in one place.

    Eligibility belongs to it whether or not it is named: `whole` adds it.
    """

    where: Where
    functions: Mapping[Function, Lines] = field(default_factory=dict)

    @property
    def kind(self) -> PersonaKind:
        """Whose set it is."""
        return PersonaKind.END_USER


@dataclass(frozen=True, slots=True)
class AdministratorSet:
    """What an administrator may do: manage users in one place, and what they may hand out there.

    `functions` besides: those without patients' data (OPTIONAL). `hands_out` None: all that the office may;
    managing users among them: other administrators too. `lines` are of all of it.
    """

    where: Where
    lines: Lines = None
    functions: frozenset[Function] = frozenset()
    hands_out: frozenset[Function] | None = None

    @property
    def kind(self) -> PersonaKind:
        """Whose set it is."""
        return PersonaKind.ADMINISTRATOR


Access = AccessSet | AdministratorSet

OPTIONAL = (Function.DIRECTORY_MAINTENANCE, Function.PAYMENT_ENROLMENT)
"""What an administrator may hold beside managing users."""

ANCHORS: Mapping[PersonaKind, Function] = {
    PersonaKind.END_USER: Function.ELIGIBILITY,
    PersonaKind.ADMINISTRATOR: Function.MANAGE_USERS,
}
"""The function whose grant says where a set is."""


@dataclass(frozen=True, slots=True)
class Item:
    """One function in some lines somewhere: what a grant gives. `hands_out` is of managing users alone."""

    function: Function
    where: Where
    lines: Lines = None
    hands_out: frozenset[Function] | None = None


@dataclass(frozen=True, slots=True)
class FunctionAccess:
    """One running grant: by its number it can be ended. Proposed ones wait until somebody confirms them."""

    grant_id: int
    item: Item
    state: GrantState
    first_on: date

    @property
    def function(self) -> Function:
        """What it gives."""
        return self.item.function


@dataclass(frozen=True, slots=True)
class Held:
    """What a persona holds: the main set with its grants, and every other running grant, each on its own.

    `main` None: no grant of its anchor (ANCHORS) runs. `meanwhile`: grants that go on until a proposed one of
    the main set, which holds them whole, is confirmed. Whoever writes hands back the `mark` they read.
    """

    main: Access | None = None
    grants: tuple[FunctionAccess, ...] = ()
    more: tuple[FunctionAccess, ...] = ()
    meanwhile: tuple[FunctionAccess, ...] = ()

    @property
    def running(self) -> tuple[FunctionAccess, ...]:
        """Every running grant, by number."""
        every = (*self.grants, *self.meanwhile, *self.more)
        return tuple(sorted(every, key=lambda each: each.grant_id))

    @property
    def mark(self) -> str:
        """What tells this from how it stands after any change."""
        said = " ".join(f"{each.grant_id}:{each.state}" for each in self.running)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def whole(access: Access) -> Access:
    """The set with what always belongs to it: eligibility in every line that another function is given in.

    An administrator who may hand out anything may hand out eligibility.
    """
    if isinstance(access, AdministratorSet):
        if access.hands_out is None:
            return access
        return replace(access, hands_out=access.hands_out | {Function.ELIGIBILITY})
    if Function.ELIGIBILITY in access.functions:
        return access
    given = list(access.functions.values())
    lines = frozenset[str]().union(*(each or () for each in given)) if given and None not in given else None
    return replace(access, functions={Function.ELIGIBILITY: lines, **access.functions})


def items(access: Access) -> tuple[Item, ...]:
    """The set as the grants that give it, one a function, in the order of Function."""
    if isinstance(access, AdministratorSet):
        managing = Item(Function.MANAGE_USERS, access.where, access.lines, access.hands_out)
        beside = (Item(each, access.where, access.lines) for each in Function if each in access.functions)
        return (managing, *beside)
    named = (each for each in Function if each in access.functions)
    return tuple(Item(each, access.where, access.functions[each]) for each in named)
