"""One's own personas, the audited switch between them, and the administrators an office turns to."""

from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import granting, looking_after, personas
from portico.domains.access.personas import Contact
from portico.domains.access.tests import making
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, Desk, Function
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


def test_each_says_how_many_functions_it_may_use_today_and_for_how_many_tax_ids() -> None:
    held = [
        making.a_grant(tax_ids=(making.OWN, making.SECOND)),
        making.a_grant(Function.BENEFITS),
        making.a_grant(Function.REPORTS, first_on=making.day(1)),
        making.a_grant(Function.REFERRALS, last_on=making.day(-1)),
        making.a_grant(Function.ENCOUNTERS, state="proposed"),
    ]
    user_id = making.a_person(
        making.an_end_user(*held),
        making.an_administrator(),
        granting.NewPersona("plan_staff", desk="support"),
    )
    listed = personas.own(actor=making.actor(user_id))
    assert [(one.functions, one.tax_ids) for one in listed] == [
        (2, 2),
        (0, 0),
        (len(DESK_FUNCTIONS[Desk.SUPPORT]), 0),
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
    assert [(s.kind, s.identifier) for s in use.subjects.order_by("pk")] == [("persona", str(administrator))]


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
    gone = making.a_person(making.an_administrator(), username="al.gone")
    looking_after.disable(actor=people.system(), user_id=gone, why=looking_after.Why.LEFT)
    left = making.a_person(making.an_administrator(), username="li.left")
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(left)[0])
    assert personas.administrators(making.actor(asking)) == (
        Contact("Bea Adams", "bea@example.org"),
        Contact("Zoe Adams", "zoe@example.org"),
    )


def test_who_has_no_office_has_no_administrator() -> None:
    making.a_person(making.an_administrator())
    assert personas.administrators(people.plan_staff()) == ()


def test_somebody_belongs_where_all_their_open_personas_act() -> None:
    office_id = making.actor(making.a_person(making.an_administrator(), username="one.place")).office_id
    both = making.a_person(making.an_end_user(), making.an_administrator(), username="twice.there")
    staff = making.a_person(
        granting.NewPersona(PersonaKind.PLAN_STAFF, desk=Desk.SUPPORT), username="at.desk"
    )
    assert personas.belongs(both, office_id)
    assert not personas.belongs(both, None)
    assert personas.belongs(staff, None)
    assert not personas.belongs(staff, office_id)


def test_who_acts_in_two_places_or_in_none_belongs_to_neither() -> None:
    desk = granting.NewPersona(PersonaKind.PLAN_STAFF, desk=Desk.SUPPORT)
    user_id = making.a_person(making.an_end_user(), desk)
    office_id = making.actor(making.a_person(making.an_end_user(), username="one.place")).office_id
    assert not personas.belongs(user_id, None)
    assert not personas.belongs(user_id, office_id)
    assert not personas.belongs(999_999, None)
