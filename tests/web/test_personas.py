"""The open switch between the personas of one user."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.access import granting
from portico.domains.access import models as access
from portico.domains.accounts import users
from portico.domains.permits.functions import Function
from tests.support import cast, visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.cast import Person
from tests.support.world import Signer, World

PERSONAS = "/account/personas/"


@pytest.fixture
def solo(world: World) -> Client:
    """The browser of a physician who is his own administrator and front desk."""
    factor = cast.TOTP_SECRET
    new = users.NewUser("solo", cast.PASSWORD, "Solo", "Tester", totp_secret=factor, is_verified=True)
    user_id = granting.add_person(
        actor=worlds.system(),
        user=new,
        personas=[
            granting.NewPersona("end_user", cast.LAKESIDE, grants=[_grant(Function.ELIGIBILITY)]),
            granting.NewPersona("administrator", cast.LAKESIDE, grants=[_grant(Function.MANAGE_USERS)]),
        ],
    )
    nowhere = world["front_desk"].lookup
    return visiting.sign_in(Signer(Person("solo"), user_id, 0, nowhere, nowhere))


def persona(kind: str) -> int:
    """The number of the physician's persona of that kind."""
    return access.Persona.objects.get(user__username="solo", kind=kind).pk


def test_both_personas_are_listed_and_the_current_one_is_marked(solo: Client) -> None:
    said = visiting.seen(solo.get(PERSONAS))
    assert "End user Lakeside Family Practice 1 function for 1 tax ID You act as this now" in said
    assert "Administrator Lakeside Family Practice 1 function for 1 tax ID Act as this" in said


def test_the_switch_is_offered_to_those_with_several_only(solo: Client, front_desk: Client) -> None:
    assert f'href="{PERSONAS}"' in solo.get("/").content.decode()
    assert f'href="{PERSONAS}"' not in front_desk.get("/").content.decode()


def test_switching_takes_effect_at_once_under_a_new_session(solo: Client) -> None:
    before = solo.cookies["portico"].value
    assert solo.get(reverse("patient_search")).status_code == 200
    answer = solo.post(PERSONAS, {"persona": persona("administrator")})
    assert answer.headers["Location"] == reverse("home")
    assert solo.cookies["portico"].value != before
    refused = solo.get(reverse("patient_search"))
    assert refused.status_code == 403
    assert "administrators see no patient data" in visiting.seen(refused)
    solo.post(PERSONAS, {"persona": persona("end_user")})
    assert solo.get(reverse("patient_search")).status_code == 200


def test_what_the_administrator_searches_for_the_end_user_may_not_open_as_such(solo: Client) -> None:
    found = visiting.search(solo, member_id="NLQX7731").headers["Location"]
    solo.post(PERSONAS, {"persona": persona("administrator")})
    assert solo.get(found).status_code == 404


@pytest.mark.parametrize("asked", ["", "x", "-1", "0", "999999", "²", "9" * 5000])
def test_a_persona_that_is_not_ones_own_is_not_found(solo: Client, asked: str) -> None:
    assert solo.post(PERSONAS, {"persona": asked}).status_code == 404


def test_a_suspended_persona_is_neither_listed_nor_acted_as(solo: Client) -> None:
    granting.suspend_persona(actor=worlds.system(), persona_id=persona("administrator"))
    assert "Administrator Lakeside" not in visiting.seen(solo.get(PERSONAS))
    assert solo.post(PERSONAS, {"persona": persona("administrator")}).status_code == 404


def test_a_switch_is_audited_with_the_persona_it_names(solo: Client) -> None:
    before = worlds.last_use()
    solo.post(PERSONAS, {"persona": persona("administrator")})
    [row] = worlds.uses(pk__gt=before)
    assert (row.function, row.conclusion) == ("own_account", "persona_switched")
    assert [s.identifier for s in row.subjects.order_by("pk")] == [str(persona("administrator"))]


def _grant(function: Function) -> granting.NewGrant:
    return granting.NewGrant(function, (cast.OWN,), first_on=TODAY)
