"""Handing out and taking back: what may be granted to whom, what is recorded, and what can never happen."""

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.access import granting, models
from portico.domains.access.granting import CannotGrant, NewPersona
from portico.domains.access.tests import making
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import GRANTABLE, TRAITS, Desk, Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db
PHI = [function for function in GRANTABLE if TRAITS[function].phi]


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()
    making.an_office(making.HILLCREST, making.FOREIGN)


def last_use() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk").last()


def test_a_person_is_added_with_personas_and_grants_in_one_use() -> None:
    before = apps.get_model("audit", "Entry").objects.count()
    user_id = making.a_person(making.an_end_user(making.a_grant()), making.an_administrator())
    assert apps.get_model("audit", "Entry").objects.count() == before + 1
    use = last_use()
    assert (use.function, use.conclusion) == ("provisioning", "person_added")
    assert [(s.kind, s.identifier) for s in use.subjects.all()] == [("user", str(user_id))]
    assert len(making.personas_of(user_id)) == 2


def test_a_person_with_a_wrong_grant_is_not_added_at_all() -> None:
    with pytest.raises(CannotGrant):
        making.a_person(making.an_end_user(making.a_grant(), making.a_grant(tax_ids=(making.FOREIGN,))))
    assert not apps.get_model("accounts", "User").objects.exists()
    assert not models.Persona.objects.exists()
    assert not models.Grant.objects.exists()
    assert last_use().outcome == "crashed"


@pytest.mark.parametrize(
    "changes",
    [
        {"tax_ids": ()},
        {"tax_ids": (making.FOREIGN,)},
        {"tax_ids": (making.OWN, making.FOREIGN)},
        {"tax_ids": ("999999999",)},
        {"lines": ("no-such-line",)},
        {"lines": (making.HMO, "no-such-line")},
        {"regions": ("no-such-region",)},
        {"state": "ended"},
        {"state": "activ"},
    ],
    ids=str,
)
def test_a_grant_that_reaches_beyond_the_office_or_the_plan_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(CannotGrant):
        making.a_person(making.an_end_user(making.a_grant(**changes)))


@pytest.mark.parametrize("function", PHI)
def test_an_administrator_gets_no_function_with_patient_data(function: Function) -> None:
    with pytest.raises(CannotGrant, match="no patient data"):
        making.a_person(making.an_administrator(making.a_grant(function)))


def test_only_an_administrator_manages_users() -> None:
    with pytest.raises(CannotGrant):
        making.a_person(making.an_end_user(making.a_grant(Function.MANAGE_USERS)))
    making.a_person(making.an_administrator(making.a_grant(Function.MANAGE_USERS)))


@pytest.mark.parametrize("function", [f for f in Function if f not in GRANTABLE])
def test_what_comes_with_a_desk_or_the_system_is_never_granted(function: Function) -> None:
    with pytest.raises(CannotGrant):
        making.a_person(making.an_end_user(making.a_grant(function)))


def test_plan_staff_hold_no_grants() -> None:
    with pytest.raises(CannotGrant):
        making.a_person(NewPersona("plan_staff", desk="support", grants=(making.a_grant(),)))


def test_an_office_nobody_opened_is_said_so() -> None:
    with pytest.raises(UnknownOffice):
        making.a_person(making.an_end_user(office="nowhere"))


@pytest.mark.parametrize(
    ("desk", "new_desk", "may"),
    [
        (Desk.OPERATIONS, Desk.OPERATIONS, True),
        (Desk.OPERATIONS, Desk.SUPPORT, True),
        (Desk.OPERATIONS, Desk.MEMBER_SERVICES, True),
        (Desk.SUPPORT, Desk.SUPPORT, True),
        (Desk.SUPPORT, Desk.OPERATIONS, False),
        (Desk.SUPPORT, Desk.MEMBER_SERVICES, False),
    ],
)
def test_a_desk_makes_colleagues_of_no_more_reach_than_its_own(desk: Desk, new_desk: Desk, may: bool) -> None:
    new = NewPersona("plan_staff", desk=new_desk)
    if may:
        assert making.a_person(new, actor=people.plan_staff(desk))
    else:
        with pytest.raises(CannotGrant):
            making.a_person(new, actor=people.plan_staff(desk))


@pytest.mark.parametrize("desk", ["", "no_such_desk"])
def test_a_desk_that_is_none_is_refused(desk: str) -> None:
    with pytest.raises(CannotGrant):
        making.a_person(NewPersona("plan_staff", desk=desk))


@pytest.mark.parametrize(
    "actor",
    [
        people.visitor(),
        people.front_desk(),
        people.administrator(),
        people.plan_staff(Desk.MEMBER_SERVICES),
    ],
    ids=["visitor", "front desk", "administrator", "member services"],
)
def test_nobody_else_provisions(actor: Actor) -> None:
    with pytest.raises(NotPermitted):
        making.a_person(making.an_end_user(), actor=actor)
    with pytest.raises(NotPermitted):
        granting.add_grant(actor=actor, persona_id=1, new=making.a_grant())
    with pytest.raises(NotPermitted):
        granting.end_grant(actor=actor, grant_id=1)
    with pytest.raises(NotPermitted):
        granting.suspend_persona(actor=actor, persona_id=1)
    assert last_use().outcome == "denied"


def test_a_further_grant_of_the_same_persona_adds_its_reach() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant(lines=(making.HMO,))))
    (persona_id,) = making.personas_of(user_id)
    new = making.a_grant(tax_ids=(making.SECOND,))
    grant_id = granting.add_grant(actor=people.plan_staff(), persona_id=persona_id, new=new)
    assert [grant.id for grant in making.actor(user_id).held.all][-1] == grant_id
    assert [(s.kind, s.identifier) for s in last_use().subjects.all()] == [("grant", str(grant_id))]


def test_a_further_grant_is_checked_like_the_first() -> None:
    user_id = making.a_person(making.an_administrator())
    (persona_id,) = making.personas_of(user_id)
    for new in (making.a_grant(), making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,))):
        with pytest.raises(CannotGrant):
            granting.add_grant(actor=people.system(), persona_id=persona_id, new=new)


def test_nobody_and_plan_staff_get_no_further_grant() -> None:
    staff = making.a_person(NewPersona("plan_staff", desk="operations"))
    for persona_id in (10**9, *making.personas_of(staff)):
        with pytest.raises(granting.UnknownPersona):
            granting.add_grant(actor=people.system(), persona_id=persona_id, new=making.a_grant())


def test_an_end_is_recorded_once_and_for_good() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    grant_id = making.actor(user_id).held.all[0].id
    staff = people.plan_staff()
    assert granting.end_grant(actor=staff, grant_id=grant_id)
    assert last_use().conclusion == "grant_ended"
    row = models.Grant.objects.get(pk=grant_id)
    assert (row.state, row.ended_at, row.ended_by) == ("ended", people.NOW, staff.persona_id)
    assert not granting.end_grant(actor=people.system(), grant_id=grant_id)
    assert last_use().conclusion == "nothing_to_end"
    row.refresh_from_db()
    assert row.ended_by == staff.persona_id


def test_a_suspension_keeps_its_first_instant() -> None:
    user_id = making.a_person(making.an_end_user())
    (persona_id,) = making.personas_of(user_id)
    assert granting.suspend_persona(actor=people.system(), persona_id=persona_id)
    later = people.plan_staff(asked_at=people.NOW + timedelta(hours=1))
    assert not granting.suspend_persona(actor=later, persona_id=persona_id)
    assert models.Persona.objects.get(pk=persona_id).suspended_at == people.NOW


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "end_user", "office_id": None},
        {"kind": "plan_staff"},
        {"kind": "plan_staff", "office_id": None, "desk": ""},
        {"desk": "support"},
        {"kind": "janitor"},
    ],
    ids=str,
)
def test_the_database_refuses_a_persona_of_no_known_shape(changes: dict[str, Any]) -> None:
    user_id = making.a_person(making.an_end_user())
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Persona.objects.filter(user_id=user_id).update(**changes)


def test_the_database_refuses_the_same_persona_twice() -> None:
    for new in (making.an_end_user(), NewPersona("plan_staff", desk="support")):
        with pytest.raises(IntegrityError):
            making.a_person(new, new, username=new.kind)


@pytest.mark.parametrize(
    "changes",
    [
        {"last_on": making.JANUARY - timedelta(days=1)},
        {"state": "ended"},
        {"state": "forgotten"},
        {"ended_at": people.NOW},
    ],
    ids=str,
)
def test_the_database_refuses_a_grant_that_makes_no_sense(changes: dict[str, Any]) -> None:
    making.a_person(making.an_end_user(making.a_grant()))
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Grant.objects.update(**changes)


def test_the_database_refuses_a_limit_twice() -> None:
    making.a_person(making.an_end_user(making.a_grant()))
    limit = models.GrantLimit.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.GrantLimit.objects.create(
            grant_id=limit.grant_id, dimension=limit.dimension, value=limit.value
        )


def test_a_grant_of_one_day_counts_both_ends() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant(last_on=making.JANUARY)))
    assert making.actor(user_id).held.all[0].period.holds(making.JANUARY)


def test_a_grant_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(CannotGrant, match="before it begins"):
        making.a_person(making.an_end_user(making.a_grant(last_on=making.JANUARY - timedelta(days=1))))
