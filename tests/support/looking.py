"""What the tests of looking after people stand on: people of either side, and a browser for each."""

from typing import Any

from django.apps import apps

from portico.domains.access import granting
from portico.domains.access.granting import NewPersona
from portico.domains.accounts.users import NewUser
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from tests.support import cast, systems
from tests.support import world as worlds
from tests.support.actors import NOW

PEOPLE, OFFICE = "/staff/people/", "/office/people/"


def page(number: int, act: str = "", *, of: str = PEOPLE) -> str:
    """The address of somebody's page, or of an act below it."""
    return f"{of}{number}/{act and act + '/'}"


def invited(username: str = "ivy.new", *, office: str = cast.LAKESIDE) -> int:
    """Somebody invited to an office just now."""
    email = f"{username}@example.org"
    new = NewUser(username, None, "Ivy", "Invited", email=email, is_verified=True)
    persona = NewPersona(PersonaKind.END_USER, office=office)
    return granting.add_person(actor=worlds.system(), user=new, personas=[persona])


def invited_of(world: worlds.World) -> int:
    """The world's invited person, made when first asked for."""
    if "looked_after" not in world.asked_for:
        world.asked_for["looked_after"] = invited()
    return int(world.asked_for["looked_after"])


def second_administrator() -> int:
    """Another administrator of Lakeside, who signs in with a second factor."""
    new = NewUser(
        "second.administrator",
        cast.PASSWORD,
        "Second",
        "Tester",
        email="second@example.org",
        totp_secret=cast.TOTP_SECRET,
        is_verified=True,
    )
    persona = NewPersona(
        PersonaKind.ADMINISTRATOR,
        office=cast.LAKESIDE,
        grants=[systems.a_grant(Function.MANAGE_USERS, lines=())],
    )
    return granting.add_person(actor=worlds.system(), user=new, personas=[persona])


def user(number: int) -> Any:
    """The user's row."""
    return apps.get_model("accounts", "User").objects.get(pk=number)


def suspend(number: int) -> None:
    """As nobody used the account for long."""
    rows = apps.get_model("accounts", "User").objects.filter(pk=number)
    rows.update(state="suspended", suspended_at=NOW)


def conclusions(*functions: str) -> list[str]:
    """How the uses of these functions ended, in order."""
    return [row.conclusion for row in worlds.uses(function__in=functions)]


def main_of(answer: Any) -> str:
    """The main part of a page."""
    return str(answer.content.decode().split("<main")[1].split("</main")[0])
