"""A billing company in the small world, that works for both offices: Lakeside and Hillcrest."""

from dataclasses import dataclass
from typing import Any

from portico.domains.access import granting
from portico.domains.access import models as access
from portico.domains.access.clients import giving
from portico.domains.access.clients.rules import Terms
from portico.domains.accounts import users
from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from tests.support import cast, systems
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.cast import Person
from tests.support.world import Signer, World

TALLY, TALLYS = "tallyhouse", "161234567"
GIVEN = frozenset({Function.ELIGIBILITY, Function.BENEFITS, Function.CLAIMS_INQUIRY})


@dataclass(frozen=True, slots=True)
class House:
    """The billing company: its number, its administrator, and a clerk who works for both clients."""

    office: int
    administrator: Signer
    clerk: Signer


def open_house() -> int:
    """The billing company's office; answers its number."""
    new = offices.NewOffice(TALLY, "Tally House", "billing_company", (TALLYS,))
    return offices.open_office(actor=worlds.system(), new=new).id


def house(world: World) -> House:
    """The company with its people, and both offices' permission."""
    number = open_house()
    gives(world["administrator"], cast.OWN)
    gives(_hillcrests(), cast.FOREIGN)
    managing = systems.a_grant(Function.MANAGE_USERS, TALLYS, lines=())
    working = [systems.a_grant(each, TALLYS, cast.OWN, cast.FOREIGN, lines=()) for each in sorted(GIVEN)]
    return House(
        number,
        _added("tia_tally", "administrator", TALLY, [managing]),
        _added("clem_tally", "end_user", TALLY, working),
    )


def number_of(world: World) -> int:
    """The company's office by number, made when a test first needs it."""
    if TALLY not in world.asked_for:
        world.asked_for[TALLY] = open_house()
    return int(world.asked_for[TALLY])


def given_under(world: World, tax_id: str) -> Any:
    """What an office lets the company do under its tax ID, by its public id."""
    number_of(world)
    signer = world["administrator"] if tax_id == cast.OWN else _hillcrests()
    [made] = gives(signer, tax_id)
    return made


def gives(signer: Signer, *tax_ids: str, **changes: Any) -> list[Any]:
    """An administrator lets the company work under these tax IDs; answers the rows' public ids."""
    terms = {"functions": GIVEN, "lines": None, "first_on": TODAY, **changes}
    return list(
        giving.give(actor=worlds.actor(signer), company=TALLYS, terms=Terms(frozenset(tax_ids), **terms))
    )


def _hillcrests() -> Signer:
    """Whoever administers Hillcrest."""
    grant = systems.a_grant(Function.MANAGE_USERS, cast.FOREIGN, lines=())
    return _added("hal_hill", "administrator", cast.HILLCREST, [grant])


def _added(key: str, kind: str, office: str, grants: list[granting.NewGrant]) -> Signer:
    person = Person(key, office=office)
    new = users.NewUser(
        username=person.username,
        password=cast.PASSWORD,
        first_name=key.split("_")[0].capitalize(),
        last_name="Tester",
        email=f"{person.username}@example.org",
        totp_secret=cast.TOTP_SECRET,
        is_verified=True,
    )
    personas = [granting.NewPersona(kind, office=office, grants=grants)]
    user_id = granting.add_person(actor=worlds.system(), user=new, personas=personas)
    persona_id = access.Persona.objects.get(user_id=user_id).pk
    return Signer(person, user_id, persona_id, worlds.NO_JOB, worlds.NO_JOB)
