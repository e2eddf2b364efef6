"""Handing out and taking back: what may be granted to whom, what is recorded, and what can never happen."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.access import granting, models
from portico.domains.access.granting import CannotGrant, NewPersona
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.tests import making
from portico.domains.accounts.users import MayNotVerify, NewUser
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import GRANTABLE, TRAITS, Desk, Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db
NOBODY = 999_999
DESK = replace(people.plan_staff(), user_id=NOBODY)
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
    assert [(s.kind, s.identifier) for s in use.subjects.order_by("pk")] == [("user", str(user_id))]
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
    grant_id = granting.add_grant(actor=DESK, persona_id=persona_id, new=new)
    assert [grant.id for grant in making.actor(user_id).held.all][-1] == grant_id
    assert [(s.kind, s.identifier) for s in last_use().subjects.order_by("pk")] == [
        ("user", str(user_id)),
        ("grant", str(grant_id)),
    ]


def test_a_further_grant_is_checked_like_the_first() -> None:
    user_id = making.a_person(making.an_administrator())
    (persona_id,) = making.personas_of(user_id)
    for new in (making.a_grant(), making.a_grant(Function.MANAGE_USERS, tax_ids=(making.FOREIGN,))):
        with pytest.raises(CannotGrant):
            granting.add_grant(actor=people.system(), persona_id=persona_id, new=new)


def test_nobody_and_plan_staff_get_no_further_grant() -> None:
    staff = making.a_person(NewPersona("plan_staff", desk="operations"))
    with pytest.raises(UnknownPerson):
        granting.add_grant(actor=people.system(), persona_id=10**9, new=making.a_grant())
    assert last_use().conclusion == "not_found"
    with pytest.raises(CannotGrant, match="what their desk holds"):
        granting.add_grant(
            actor=people.system(), persona_id=making.personas_of(staff)[0], new=making.a_grant()
        )
    assert not models.Grant.objects.exists()


def test_what_nobody_has_is_neither_ended_nor_suspended() -> None:
    with pytest.raises(UnknownPerson):
        granting.end_grant(actor=DESK, grant_id=10**9)
    with pytest.raises(UnknownPerson):
        granting.suspend_persona(actor=DESK, persona_id=10**9)
    assert (last_use().outcome, last_use().conclusion) == ("allowed", "not_found")


def test_a_systems_grant_is_not_ended_as_a_persons() -> None:
    made = making.a_partner(making.a_grant())
    grant = models.Grant.objects.get()
    with pytest.raises(UnknownPerson):
        granting.end_grant(actor=people.system(), grant_id=grant.pk)
    grant.refresh_from_db()
    assert (made.secret != "", grant.state) == (True, "active")


@pytest.mark.parametrize("whose", ["own", "desk above"])
def test_nobody_changes_what_oneself_or_a_desk_above_holds(whose: str) -> None:
    at_desk = NewPersona("plan_staff", desk=Desk.SUPPORT if whose == "own" else Desk.OPERATIONS)
    user_id = making.a_person(making.an_end_user(making.a_grant()), at_desk)
    end_user, _ = making.personas_of(user_id)
    actor = replace(people.plan_staff(Desk.SUPPORT), user_id=user_id if whose == "own" else NOBODY)
    grant = models.Grant.objects.get()
    acts = (
        partial(granting.add_grant, persona_id=end_user, new=making.a_grant(tax_ids=(making.SECOND,))),
        partial(granting.end_grant, grant_id=grant.pk),
        partial(granting.suspend_persona, persona_id=end_user),
    )
    for act in acts:
        with pytest.raises(OutOfReach):
            act(actor=actor)
        use = last_use()
        assert (use.outcome, use.conclusion) == ("allowed", "out_of_reach")
        assert [(s.kind, s.identifier) for s in use.subjects.order_by("pk")] == [("user", str(user_id))]
    assert [(each.pk, each.state) for each in models.Grant.objects.all()] == [(grant.pk, "active")]
    assert models.Persona.objects.get(pk=end_user).suspended_at is None


def administrators() -> None:
    """Lakeside's: two who are there, and others who are not; and one of another office."""
    manages = making.an_administrator(making.a_grant(Function.MANAGE_USERS))
    names = ("one", "two", "gone", "suspended", "disabled", "invited", "shared")
    made = {name: making.a_person(manages, username=name, email=f"{name}@lake.example") for name in names}
    making.a_person(
        making.an_administrator(office=making.HILLCREST), username="hill", email="hill@hill.example"
    )
    granting.suspend_persona(actor=people.system(), persona_id=making.personas_of(made["gone"])[0])
    rows = apps.get_model("accounts", "User").objects
    rows.filter(pk=made["suspended"]).update(state="suspended", suspended_at=people.NOW)
    rows.filter(pk=made["disabled"]).update(state="disabled")
    rows.filter(pk=made["invited"]).update(activated_at=None)
    rows.filter(pk=made["shared"]).update(email="ONE@lake.example")


def told() -> list[tuple[str, str]]:
    rows = apps.get_model("notifications", "Message").objects.filter(template="people_changed")
    return [(row.to, row.context["kind"]) for row in rows.order_by("pk")]


def test_an_office_hears_of_whom_a_desk_adds() -> None:
    administrators()
    rows = apps.get_model("offices", "Office").objects.filter(key=making.LAKESIDE)
    rows.update(contact_email="Front@lake.example")
    new = NewUser("ivy.new", None, "Ivy", "Invited", email="ivy@example.org")
    granting.add_person(actor=DESK, user=new, personas=[making.an_end_user(), making.an_administrator()])
    assert last_use().conclusion == "person_invited"
    assert told() == [
        ("front@lake.example", "added"),
        ("one@lake.example", "added"),
        ("two@lake.example", "added"),
    ]
    sent = apps.get_model("notifications", "Message").objects.filter(template="people_changed")
    said = {"kind": "added", "reference": last_use().reference}
    assert [mail.context for mail in sent] == [said] * 3


def test_an_office_nobody_can_write_to_does_not_keep_anybody_out() -> None:
    apps.get_model("offices", "Office").objects.update(contact_email="front at lakeside")
    new = NewUser("ivy.new", None, "Ivy", "Invited", email="ivy@example.org")
    assert granting.add_person(actor=DESK, user=new, personas=[making.an_end_user()])
    assert told() == []


def test_of_what_the_operator_adds_nobody_hears() -> None:
    administrators()
    new = NewUser("ivy.new", None, "Ivy", "Invited", email="ivy@example.org")
    granting.add_person(actor=people.system(), user=new, personas=[making.an_end_user()])
    assert told() == []


def test_a_desk_makes_nobody_who_counts_as_verified() -> None:
    with pytest.raises(MayNotVerify):
        making.a_person(making.an_end_user(), actor=DESK, is_verified=True)
    assert (last_use().outcome, last_use().conclusion) == ("crashed", "MayNotVerify")
    assert not apps.get_model("accounts", "User").objects.exists()
    user_id = making.a_person(making.an_end_user(), is_verified=True)
    assert set(apps.get_model("accounts", "User").objects.get(pk=user_id).proofs) == {"desk"}


def test_an_end_is_recorded_once_and_for_good() -> None:
    user_id = making.a_person(making.an_end_user(making.a_grant()))
    grant_id = making.actor(user_id).held.all[0].id
    staff = DESK
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
    later = replace(DESK, asked_at=people.NOW + timedelta(hours=1))
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
