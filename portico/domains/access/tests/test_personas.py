"""One's own personas, the audited switch between them, and the administrators an office turns to."""

from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, personas
from portico.domains.access.personas import Contact
from portico.domains.access.tests import making
from portico.domains.accounts import users
from portico.domains.permits.actors import AccountState
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_ones_own_personas_are_listed_and_the_current_one_marked() -> None:
    user_id = making.a_person(making.an_administrator(), making.an_end_user())
    making.a_person(making.an_end_user(), username="ray.desk")
    listed = personas.own(actor=making.actor(user_id))
    assert [(one.kind, one.office_name, one.is_current) for one in listed] == [
        ("administrator", "Lakeside", False),
        ("end_user", "Lakeside", True),
    ]


def test_a_suspended_persona_is_not_offered() -> None:
    user_id = making.a_person(making.an_administrator(), making.an_end_user())
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(user_id)[0])
    assert [one.kind for one in personas.own(actor=making.actor(user_id))] == ["end_user"]


def test_a_switch_is_recorded_under_the_persona_left_and_names_the_one_taken() -> None:
    user_id = making.a_person(making.an_administrator(), making.an_end_user())
    administrator, end_user = making.personas_of(user_id)
    assert personas.switch(actor=making.actor(user_id, end_user), persona_id=administrator)
    use = last_use()
    assert (use.persona_id, use.conclusion) == (end_user, "persona_switched")
    assert [(s.kind, s.identifier) for s in use.subjects.all()] == [("persona", str(administrator))]


def test_a_switch_to_somebody_elses_persona_is_refused_and_recorded() -> None:
    user_id = making.a_person(making.an_end_user())
    other = making.a_person(making.an_end_user(), username="ray.desk")
    assert not personas.switch(actor=making.actor(user_id), persona_id=making.personas_of(other)[0])
    assert last_use().conclusion == "persona_not_own"


@pytest.mark.parametrize("number", [0, -1, 10**9, 10**30])
def test_a_switch_to_no_persona_at_all_is_refused(number: int) -> None:
    user_id = making.a_person(making.an_end_user())
    assert not personas.switch(actor=making.actor(user_id), persona_id=number)


def test_a_switch_to_a_suspended_persona_is_refused() -> None:
    user_id = making.a_person(making.an_administrator(), making.an_end_user())
    administrator, end_user = making.personas_of(user_id)
    granting.suspend_persona(actor=people.system(), persona_id=administrator)
    assert not personas.switch(actor=making.actor(user_id, end_user), persona_id=administrator)


def test_who_is_not_signed_in_has_no_personas() -> None:
    with pytest.raises(NotPermitted):
        personas.own(actor=people.visitor())
    with pytest.raises(NotPermitted):
        personas.switch(actor=people.visitor(), persona_id=1)


def test_an_office_turns_to_its_own_active_administrators() -> None:
    making.an_office(making.HILLCREST, making.FOREIGN)
    asking = making.a_person(making.an_end_user())
    making.a_person(making.an_administrator(), username="zoe.adams", email="zoe@example.org")
    making.a_person(making.an_administrator(), username="bea.adams", email="bea@example.org")
    making.a_person(making.an_administrator(office=making.HILLCREST), username="ed.other")
    making.a_person(making.an_administrator(), username="al.gone")
    users.change_state(actor=people.system(), username="al.gone", state=AccountState.DISABLED)
    left = making.a_person(making.an_administrator(), username="li.left")
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(left)[0])
    assert personas.administrators(making.actor(asking)) == (
        Contact("Bea Adams", "bea@example.org"),
        Contact("Zoe Adams", "zoe@example.org"),
    )


def test_who_has_no_office_has_no_administrator() -> None:
    making.a_person(making.an_administrator())
    assert personas.administrators(people.plan_staff()) == ()
