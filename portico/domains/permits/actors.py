"""Who asks: a frozen picture of one actor at one instant, with every fact that decides.

`access` gathers the facts for personas and machines; `visitor` and `system_actor` need none.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.verification import NOTHING_ASKED, Verification
from portico.shared.periods import Period


class Door(StrEnum):
    """Through which door somebody asks."""

    WEB = "web"
    X12 = "x12"
    FHIR = "fhir"
    CLI = "cli"
    INSIDE = "inside"


class ActorKind(StrEnum):
    """What kind of actor asks."""

    VISITOR = "visitor"
    APPLICANT = "applicant"
    PERSONA = "persona"
    MACHINE = "machine"
    SYSTEM = "system"


class PersonaKind(StrEnum):
    """What a user acts as."""

    ADMINISTRATOR = "administrator"
    END_USER = "end_user"
    PLAN_STAFF = "plan_staff"


class AccountState(StrEnum):
    """The state of the sign-in behind the actor.

    `invited`: the steps of the first sign-in are not all done. `suspended`: it was not used for long.
    """

    INVITED = "invited"
    PENDING = "pending"
    ACTIVE = "active"
    LOCKED = "locked"
    SUSPENDED = "suspended"
    DISABLED = "disabled"


class GrantState(StrEnum):
    """Where a grant stands; an ended one keeps its row."""

    PROPOSED = "proposed"
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Grant:
    """One function held, and how far it reaches; None means all that the office has.

    `hands_out`: of managing users, the functions that may be handed out by it; None: whatever the office may.
    """

    id: int
    function: Function
    tax_ids: frozenset[str]
    period: Period
    lines: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    providers: frozenset[str] | None = None
    state: GrantState = GrantState.ACTIVE
    hands_out: frozenset[Function] | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What is true of the sign-in behind an actor.

    `verification` is what the plan asks of such an account, and which proofs were passed.
    `proven_lately`: whoever signed in showed not long ago that it is they: at sign-in, or by confirming.
    `in_scope`: what is asked lies within the scopes of an application's token; true for everybody else.
    """

    state: AccountState = AccountState.ACTIVE
    audience: str = "provider"
    terms_accepted: bool = True
    verification: Verification = NOTHING_ASKED
    second_factor: bool = True
    proven_lately: bool = True
    in_scope: bool = True


@dataclass(frozen=True, slots=True)
class Lent:
    """What a client lets a billing company do under one of its tax IDs; `lines` None: in every line.

    `is_late`: the client has not looked through who may do what in time, so patients' data is closed there.
    """

    tax_id: str
    functions: frozenset[Function]
    lines: frozenset[str] | None = None
    is_late: bool = False

    def holds(self, function: Function, line: str | None) -> bool:
        """Did the client give this?"""
        return function in self.functions and (self.lines is None or line is None or line in self.lines)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the provider file says of the actor's office, as far as it decides.

    `tax_ids` are those of the side that is worked for: the office's own, or a client's of a billing company;
    `participating` those that take part in some line today; `former_clients` the tax IDs of clients who ended
    that; `lent` what the clients of this side gave; `other_sides` the tax IDs that something is held under
    and that are reached from another side;
    `ended_affiliations` holds (tax ID, NPI) pairs named in grants whose affiliation is over;
    `regions` are those the plan serves (None: not asked); `open_outside` are the functions that the plan
    opens to a tax ID that takes part in nothing. `review_overdue`: the office has not looked through who may
    do what in time, so patients' data is closed to its people.
    """

    tax_ids: frozenset[str] = frozenset()
    participating: frozenset[str] = frozenset()
    ended_affiliations: frozenset[tuple[str, str]] = frozenset()
    regions: frozenset[str] | None = None
    open_outside: frozenset[Function] = frozenset()
    former_clients: frozenset[str] = frozenset()
    review_overdue: bool = False
    lent: tuple[Lent, ...] = ()
    other_sides: frozenset[str] = frozenset()

    @property
    def late_clients(self) -> frozenset[str]:
        """The tax IDs of this side whose client is late with its access review."""
        return frozenset(each.tax_id for each in self.lent if each.is_late)


class Held:
    """Grants, indexed once so that a decision does not walk through a thousand of them."""

    __slots__ = ("_by_function", "_by_tax_id", "all")

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        self.all: tuple[Grant, ...] = tuple(grants)
        self._by_function: dict[Function, list[Grant]] = {}
        self._by_tax_id: dict[tuple[Function, str], list[Grant]] = {}
        for grant in self.all:
            self._by_function.setdefault(grant.function, []).append(grant)
            for tax_id in grant.tax_ids:
                self._by_tax_id.setdefault((grant.function, tax_id), []).append(grant)

    def of(self, function: Function) -> list[Grant]:
        """Every grant of the function, whatever its state."""
        return self._by_function.get(function, [])

    def reaching(self, function: Function, tax_id: str) -> list[Grant]:
        """The grants of the function that name this tax ID."""
        return self._by_tax_id.get((function, tax_id), [])

    def functions(self) -> frozenset[Function]:
        """Every function some grant names, whatever its state."""
        return frozenset(self._by_function)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Held) and self.all == other.all

    def __hash__(self) -> int:
        return hash(self.all)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, through which door, when, and the facts that decide.

    `asked_at` is an aware UTC instant; `today` the day in the plan's time zone. `session_epoch` is what the
    session was begun under (accounts.User); 0 for whoever has none.
    """

    kind: ActorKind
    door: Door
    asked_at: datetime
    today: date
    name: str = ""
    user_id: int | None = None
    persona_id: int | None = None
    persona_kind: PersonaKind | None = None
    desk: Desk | None = None
    machine_id: int | None = None
    office_id: int | None = None
    session_epoch: int = 0
    account: Account = field(default_factory=Account)
    standing: Standing = field(default_factory=Standing)
    held: Held = field(default_factory=Held)
    context: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.asked_at.tzinfo is None:
            raise ValueError("the instant of asking must know its time zone")


def visitor(*, asked_at: datetime, today: date, door: Door = Door.WEB) -> Actor:
    """Somebody who has not signed in."""
    return Actor(ActorKind.VISITOR, door, asked_at, today)


def system_actor(name: str, *, asked_at: datetime, today: date, door: Door = Door.INSIDE) -> Actor:
    """A loader, a clock, an operator's command: `name` says which, and stands in the audit row."""
    return Actor(ActorKind.SYSTEM, door, asked_at, today, name=name)
