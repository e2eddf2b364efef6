"""What somebody's personas may do, as their page shows it: the main set, and what was given besides."""

from collections.abc import Iterable
from dataclasses import dataclass

from portico.domains.access.delegating import choices, held
from portico.domains.access.delegating.choices import Wanted
from portico.domains.access.delegating.held import PersonaAccess
from portico.domains.access.delegating.sets import FunctionAccess
from portico.domains.access.people import Person
from portico.domains.permits.actors import Actor, GrantState, PersonaKind
from portico.domains.plan import policy
from portico.edges.web.people.access import describing, words
from portico.edges.web.people.access.describing import Doing, Group, Names, Place
from portico.edges.web.people.sides import Side

MOST_NAMED = 100
LINKED = "linked"


@dataclass(frozen=True, slots=True)
class Beside:
    """A grant that is not of the main set, and where it is ended; "" where it cannot be."""

    place: Place
    doing: Doing
    end_url: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One persona of an office: in words what it may do, and where that is changed; `why` not."""

    access: PersonaAccess
    title: str
    place: Place | None
    doings: tuple[Doing, ...]
    more: tuple[Beside, ...]
    meanwhile: tuple[Group, ...]
    why: str
    change_url: str
    history_url: str
    suspend_url: str
    restore_url: str


@dataclass(frozen=True, slots=True)
class Other:
    """The persona somebody may be given besides, and where."""

    label: str
    url: str


def of(actor: Actor, side: Side, person: Person) -> tuple[Shown, ...]:
    """The personas of an office that the actor finds of this person."""
    if not any(each.office_key for each in person.personas):
        return ()
    found = held.of_user(actor=actor, user_id=person.account.row.user_id)
    names = describing.names(_called(actor, found))
    is_one = len({each.office_id for each in found}) == 1
    return tuple(_shown(side, each, names, is_one=is_one) for each in found)


def others(side: Side, person: Person, found: Iterable[Shown]) -> tuple[Other, ...]:
    """The other persona, where the plan links two under one sign-in and the person has but one."""
    kinds = {each.access.kind for each in found}
    if len(kinds) != 1 or policy.current().access.personas != LINKED or not person.may_change:
        return ()
    missing = next(kind for kind in words.KINDS if kind not in kinds)
    number = person.account.row.user_id
    act = "administrator" if missing is PersonaKind.ADMINISTRATOR else "end_user"
    return (Other(f"Make them an {words.KINDS[missing]} too", side.person(number, f"add_{act}")),)


def called(
    actor: Actor, access: PersonaAccess, npis: Iterable[str], tax_ids: Iterable[str]
) -> dict[str, str]:
    """The names of these providers, by NPI, as far as they bill under these tax IDs."""
    wanted = sorted(npis)[:MOST_NAMED]
    if not wanted:
        return {}
    page = choices.providers(
        actor=actor,
        tax_ids=frozenset(tax_ids),
        wanted=Wanted(npis=wanted),
        office=access.office_key,
        size=MOST_NAMED,
    )
    return {each.npi: each.name for each in page.rows}


def _called(actor: Actor, found: Iterable[PersonaAccess]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in found:
        running = each.held.running
        npis = {npi for grant in running for npi in grant.item.where.providers or ()}
        tax_ids = {tax_id for grant in running for tax_id in grant.item.where.tax_ids}
        names |= called(actor, each, npis, tax_ids)
    return names


def _shown(side: Side, access: PersonaAccess, names: Names, *, is_one: bool) -> Shown:
    user, persona, held_ = access.user_id, access.persona_id, access.held
    kind = words.KINDS[access.kind]
    is_open = access.hindrance is None
    return Shown(
        access,
        f"As an {kind}" if is_one and not side.is_plan else f"As an {kind} of {access.office_name}",
        names.place(held_.main.where) if held_.main else None,
        tuple(_doing(names, each) for each in held_.grants),
        tuple(_beside(side, access, names, each) for each in held_.more),
        names.grouped(held_.meanwhile),
        words.HINDRANCES[access.hindrance] if access.hindrance else "",
        side.persona(user, persona) if is_open and access.suspended_at is None else "",
        side.persona(user, persona, "history"),
        side.persona(user, persona, "suspend") if is_open and access.suspended_at is None else "",
        side.persona(user, persona, "restore") if is_open and access.suspended_at is not None else "",
    )


def _doing(names: Names, each: FunctionAccess) -> Doing:
    return names.doing(each.item, waits=each.state is GrantState.PROPOSED)


def _beside(side: Side, access: PersonaAccess, names: Names, each: FunctionAccess) -> Beside:
    is_open = access.hindrance is None and access.suspended_at is None
    end_url = side.grant(access.user_id, access.persona_id, each.grant_id) if is_open else ""
    return Beside(names.place(each.item.where), _doing(names, each), end_url)
