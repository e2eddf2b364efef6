"""Programs that ask for the offices of the small world, each holding what a person of the cast holds.

So the same question can be put at every door: by the person on the pages, by a trading partner in X12, by an
application in FHIR. Programs are made by the plan's desk, as people are.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.apps import apps

from portico.domains.access import granting, machines
from tests.conformance import smart
from tests.support import cast
from tests.support import world as worlds
from tests.support.cast import Person
from tests.support.world import World

KEY = smart.key("ES384")
SCOPES = ("system/Coverage.rs", "system/Patient.rs")


@dataclass(frozen=True, slots=True)
class Program:
    """A machine: its number, what it signs in with, and the tax ID it asks for where it names none.

    `name` is a partner's user name or an application's client ID, `secret` and `sender_id` a partner's.
    """

    person: Person
    number: int
    public_id: UUID
    name: str
    tax_id: str
    secret: str = field(default="", repr=False)
    sender_id: str = ""


def partner(world: World, key: str, *, tax_id: str = "") -> Program:
    """A new trading partner that holds what the person of that key holds."""
    person, sender_id = cast.PEOPLE[key], f"SENDER{_count() + 1}"
    return _made(world, person, tax_id, kind=machines.TRADING_PARTNER, sender_id=sender_id)


def application(world: World, key: str, *, tax_id: str = "", scopes: tuple[str, ...] = SCOPES) -> Program:
    """A new FHIR client that holds what the person of that key holds."""
    person = cast.PEOPLE[key]
    return _made(world, person, tax_id, kind=machines.FHIR_CLIENT, key_set=KEY.key_set, scopes=scopes)


def revoke(program: Program) -> None:
    """Revoke it, as the plan's desk does."""
    assert machines.revoke(actor=worlds.system(), public_id=program.public_id)


def end_grants(program: Program) -> None:
    """End what it holds, as the plan's desk does."""
    held = machines.one(actor=worlds.system(), public_id=program.public_id).grants
    for grant in held:
        machines.end_grant(actor=worlds.system(), public_id=program.public_id, grant_id=grant.id)


def give(program: Program, *grants: granting.NewGrant) -> None:
    """Give it more."""
    for grant in grants:
        machines.add_grant(actor=worlds.system(), public_id=program.public_id, new=grant)


def _made(world: World, person: Person, tax_id: str, **said: Any) -> Program:
    asks_for = tax_id or person.tax_ids[0]
    new = machines.NewMachine(
        office=person.office,
        name=f"Software of {person.key}",
        tax_id=asks_for,
        grants=worlds.grants(person),
        **said,
    )
    made = machines.create(actor=worlds.system(), new=new)
    row = made.machine.row
    number = _rows().get(public_id=row.public_id).pk
    program = Program(
        person, number, row.public_id, row.sign_in_name, asks_for, made.secret or "", row.sender_id
    )
    if person.grants_ended:
        end_grants(program)
    assert program.person.office in world.offices
    return program


def _count() -> int:
    count: int = _rows().count()
    return count


def _rows() -> Any:
    return apps.get_model("access", "Machine").objects
