"""Browsers of administrators who may hand out different things, and the forms they send."""

from typing import Any

from django.apps import apps
from django.test import Client

from portico.domains.access import granting, models
from portico.domains.access.granting import NewGrant, NewPersona
from portico.domains.accounts.users import NewUser
from portico.domains.permits.actors import GrantState, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.plan import policy
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import Signer

PEOPLE = "/office/people/"
END_USER, ADMINISTRATOR, SHEET = f"{PEOPLE}new/end-user/", f"{PEOPLE}new/administrator/", f"{PEOPLE}sheet/"
WHO = {"first_name": "Ann", "last_name": "Lee", "email": "ann.lee@example.org"}
EVERYWHERE = {"providers": "every", "lines": "every", "regions": "every", "hands_out": "every"}
LITTLE = (Function.ELIGIBILITY, Function.CLAIMS_INQUIRY)
"""What the administrator called little may hand out, in one line of business, until the end of the year."""


def administrator(username: str, **limits: Any) -> int:
    """Another administrator of Lakeside, with a second factor; `limits` are those of the grant."""
    names = username.split(".")
    new = NewUser(
        username,
        cast.PASSWORD,
        names[0].capitalize(),
        names[-1].capitalize(),
        email=f"{username}@example.org",
        totp_secret=cast.TOTP_SECRET,
        is_verified=True,
    )
    grant = NewGrant(Function.MANAGE_USERS, **{"tax_ids": (cast.OWN,), "first_on": TODAY, **limits})
    persona = NewPersona(PersonaKind.ADMINISTRATOR, office=cast.LAKESIDE, grants=[grant])
    return granting.add_person(actor=worlds.system(), user=new, personas=[persona])


def little() -> Client:
    """The browser of one who may hand out little."""
    last_on = TODAY.replace(month=12, day=31)
    administrator("lou.little", lines=(cast.HMO,), hands_out=LITTLE, last_on=last_on)
    return browser("lou.little")


def browser(username: str) -> Client:
    """Somebody's browser, signed in with password and code."""
    client = Client()
    client.post("/sign-in/", {"username": username, "password": cast.PASSWORD})
    assert visiting.give_code(client).status_code == 302
    return client


def person(number: int, act: str = "", *, of: str = PEOPLE) -> str:
    """The address of somebody's page."""
    return f"{of}{number}/{act}"


def persona(signer: Signer, act: str = "", *, of: str = PEOPLE) -> str:
    """The address of what somebody's persona may do."""
    return f"{of}{signer.user_id}/access/{signer.persona_id}/{act}"


def form(*functions: Function, do: str = "save", **more: Any) -> dict[str, Any]:
    """What the form that gives access is sent with: these functions, everywhere under the own tax ID."""
    return {**EVERYWHERE, "tax_ids": [cast.OWN], "functions": list(functions), "do": do, **more}


def held(persona_id: int) -> dict[str, str]:
    """What the persona holds now: the state of each function's latest grant that has not ended."""
    rows = models.Grant.objects.filter(persona=persona_id).exclude(state=GrantState.ENDED).order_by("pk")
    return dict(rows.values_list("function", "state"))


def limits(persona_id: int, function: Function) -> dict[str, list[str]]:
    """What the running grants of a function are limited to, by dimension."""
    running = models.Grant.objects.filter(persona=persona_id, function=function).exclude(
        state=GrantState.ENDED
    )
    found: dict[str, list[str]] = {}
    for limit in models.GrantLimit.objects.filter(grant__in=running).order_by("dimension", "value"):
        found.setdefault(limit.dimension, []).append(limit.value)
    return found


def persona_of(username: str) -> int:
    """The number of the first persona of the user of that name."""
    return int(
        models.Persona.objects.filter(user__username=username).order_by("pk").values_list("pk", flat=True)[0]
    )


def user_of(username: str) -> int:
    """The number of the user of that name."""
    return int(apps.get_model("accounts", "User").objects.get(username=username).pk)


def proposed(username: str, *, by: int | None = None) -> int:
    """Somebody of Lakeside for whom that user proposed eligibility; answers the persona's number."""
    names = username.split(".")
    new = NewUser(username, cast.PASSWORD, names[0].capitalize(), names[-1].capitalize(), is_verified=True)
    waits = NewGrant(Function.ELIGIBILITY, (cast.OWN,), TODAY, state=GrantState.PROPOSED)
    persona = NewPersona(PersonaKind.END_USER, office=cast.LAKESIDE, grants=[waits])
    granting.add_person(actor=worlds.system(), user=new, personas=[persona])
    number = persona_of(username)
    models.Grant.objects.filter(persona=number).update(proposed_by=by)
    return number


def ask(**values: Any) -> None:
    """Let the plan's rules of access be these."""
    apps.get_model("plan", "AccessPolicy").objects.update_or_create(id=1, defaults=values)
    policy.forget()


def for_one_provider(persona_id: int, npi: str) -> None:
    """Limit every grant of a persona to one provider."""
    for grant in models.Grant.objects.filter(persona=persona_id):
        models.GrantLimit.objects.create(
            grant=grant, dimension=models.GrantLimit.Dimension.PROVIDER, value=npi
        )
