"""People who miss something and ask for it, and somebody who would like to join an office."""

from typing import Any
from uuid import UUID

from portico.domains.access.asking import requests
from portico.domains.access.asking.rules import Wish
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import joining
from portico.domains.registration import models as registration
from tests.support import actors as people
from tests.support import cast
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


def asked(world: World, key: str = "eligibility_only", *functions: Function, **where: Any) -> UUID:
    """A request of somebody of the cast, for benefits or what is said, made when a test first needs it."""
    wanted = functions or (Function.BENEFITS,)
    name = f"request of {key}: {wanted} {where}"
    if name not in world.asked_for:
        wish = Wish(wanted, **where)
        world.asked_for[name] = requests.make(actor=worlds.actor(world[key]), wish=wish)
    return UUID(str(world.asked_for[name]))


def join(world: World, office: str = cast.LAKESIDE) -> Any:
    """Somebody who registered with the numbers of that office, made when a test first needs it."""
    name = f"join of {office}"
    if name not in world.asked_for:
        world.asked_for[name] = _joining(world, office)
    return registration.JoinRequest.objects.get(pk=world.asked_for[name])


def _joining(world: World, office: str) -> int:
    row = registration.Application.objects.create(
        transaction_index=office.encode().ljust(16, b"0"),
        catalogue=1,
        account_type="physician",
        user_type="physician",
        path="queue",
        state="submitted",
        first_name="Noor",
        last_name="Haddad",
        email="noor@new.example.org",
        telephone="+15305550168",
        office_name=office.capitalize(),
        npi="2000000010",
        submitted_at=NOW,
    )
    with permit(people.visitor(), Function.REGISTRATION) as given:
        joining.recognise(given, row, world.offices[office])
    return registration.JoinRequest.objects.get(application=row).pk
