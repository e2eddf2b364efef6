"""Suspending what somebody acts as, and restoring it with what it held."""

import pytest
from django.apps import apps

from portico.domains.access import granting, models
from portico.domains.access.delegating import creating, suspending
from portico.domains.access.delegating.acting import act
from portico.domains.access.delegating.creating import (
    NewPerson,
)
from portico.domains.access.delegating.refusals import BeyondCeiling
from portico.domains.access.delegating.sets import Where
from portico.domains.access.looking_after import OutOfReach, UnknownPerson
from portico.domains.access.officers.standing import LastAdministrator
from portico.domains.access.tests import handing, looking, making
from portico.domains.access.tests.handing import HMO, House, access, managing
from portico.domains.offices.offices import UnknownOffice
from portico.domains.permits.functions import Desk, Function

pytestmark = pytest.mark.django_db

PERSON = NewPerson("Nora", "New", "nora@example.org", "1-800-555-0101")
LITTLE = access(where=Where(handing.OWN, last_on=handing.YEAR_END), lines=HMO)


@pytest.fixture
def house() -> House:
    return handing.a_house()


def test_a_persona_is_suspended_at_once_and_restored_with_what_it_held(house: House) -> None:
    fay = house.persona("fay")
    assert suspending.suspend(actor=house.as_("ann"), persona_id=fay)
    assert looking.last_use() == (
        "manage_users",
        "allowed",
        "access_suspended",
        [("user", str(house["fay"])), ("persona", str(fay))],
    )
    assert making.built(house["fay"]) is None
    assert not suspending.suspend(actor=house.as_("ann"), persona_id=fay)
    assert looking.last_use()[2] == "nothing_to_suspend"
    assert suspending.restore(actor=house.as_("ann"), persona_id=fay)
    assert looking.last_use()[2] == "access_restored"
    assert making.actor(house["fay"]).held.functions() == {Function.ELIGIBILITY}
    assert not suspending.restore(actor=house.as_("ann"), persona_id=fay)
    assert looking.last_use()[2] == "nothing_to_restore"
    assert handing.changes(fay) == [
        ("suspended", house["ann"], False),
        ("restored", house["ann"], False),
    ]
    assert [each["change"] for each in handing.notices(house["fay"])] == ["suspended", "restored"]


def test_any_administrator_suspends_an_end_user_but_restores_only_what_could_be_given(house: House) -> None:
    fay = house.persona("fay")
    assert suspending.suspend(actor=house.as_("bea"), persona_id=fay)
    with pytest.raises(BeyondCeiling):
        suspending.restore(actor=house.as_("bea"), persona_id=fay)
    assert looking.last_use()[2] == "beyond_ceiling"
    assert making.built(house["fay"]) is None


def test_what_names_a_lost_tax_id_keeps_nobody_from_restoring(house: House) -> None:
    fay = house.persona("fay")
    lost = making.a_grant(Function.REMITTANCE, tax_ids=(making.SECOND,))
    granting.add_grant(actor=house.as_("joe"), persona_id=fay, new=lost)
    suspending.suspend(actor=house.as_("ann"), persona_id=fay)
    apps.get_model("offices", "TaxId").objects.filter(number=making.SECOND).update(office=None)
    assert suspending.restore(actor=house.as_("ann"), persona_id=fay)


@pytest.mark.parametrize(
    ("who", "name", "error"),
    [
        ("ann", "ann", OutOfReach),
        ("bea", "ann", BeyondCeiling),
        ("ann", "hil", UnknownPerson),
        ("ann", "joe", UnknownPerson),
        ("hil", "fay", UnknownPerson),
        ("joe", "joe", UnknownPerson),
    ],
    ids=["oneself", "of_more_reach", "elsewhere", "of_the_plan", "from_elsewhere", "a_desk"],
)
@pytest.mark.parametrize("suspend", [True, False], ids=["suspend", "restore"])
def test_who_is_out_of_reach_is_neither_suspended_nor_restored(
    house: House, who: str, name: str, error: type[Exception], suspend: bool
) -> None:
    do = suspending.suspend if suspend else suspending.restore
    with pytest.raises(error):
        do(actor=house.as_(who), persona_id=house.persona(name))
    assert looking.last_use()[1] == "allowed"
    assert models.Persona.objects.get(pk=house.persona(name)).suspended_at is None


def test_the_last_administrator_is_suspended_by_the_plan_alone(house: House) -> None:
    """Cal was an administrator when he asked, and is none any more when it is his turn."""
    cal, ann = house.as_("cal"), house.persona("ann")
    for name in ("bea", "cal"):
        looking.change(house[name], state="disabled")
    with pytest.raises(LastAdministrator):
        suspending.suspend(actor=cal, persona_id=ann)
    assert looking.last_use()[2] == "last_administrator"
    assert making.built(house["ann"]) is not None
    assert suspending.suspend(actor=house.as_("joe"), persona_id=ann)
    assert models.Recovery.objects.filter(office=cal.office_id, ended_at=None).exists()
    assert suspending.restore(actor=house.as_("joe"), persona_id=ann)
    assert not models.Recovery.objects.filter(office=cal.office_id, ended_at=None).exists()


def test_a_persona_is_suspended_within_anothers_permit(house: House) -> None:
    fay = house.persona("fay")
    with act(house.as_("ann")) as given:
        assert suspending.suspend_within(given, fay, kind="review_removed")
        given.conclude("review_verdict")
    assert handing.changes(fay) == [("review_removed", house["ann"], False)]


def test_those_who_were_taken_away_are_listed_page_by_page(house: House) -> None:
    others = [looking.a_user(f"end.user{n}", making.an_end_user()) for n in range(3)]
    for user_id in others:
        suspending.suspend(actor=house.as_("ann"), persona_id=making.personas_of(user_id)[0])
    page = suspending.suspended(actor=house.as_("bea"), size=2)
    assert [row.user_id for row in page.rows] == [others[2], others[1]]
    rest = suspending.suspended(actor=house.as_("bea"), size=2, key=page.next_key or "")
    assert ([row.username for row in rest.rows], rest.next_key) == (["end.user0"], None)
    assert suspending.suspended(actor=house.as_("hil")).rows == ()
    of_plan = suspending.suspended(actor=house.as_("sue"), office=making.LAKESIDE)
    assert len(of_plan.rows) == 3
    with pytest.raises(UnknownOffice):
        suspending.suspended(actor=house.as_("sue"))


def test_a_desk_above_is_looked_after_by_others(house: House) -> None:
    ops = looking.a_user("oli.ops", looking.staff(Desk.OPERATIONS), making.an_end_user(making.a_grant()))
    persona = making.personas_of(ops)[1]
    with pytest.raises(OutOfReach):
        suspending.suspend(actor=house.as_("sue"), persona_id=persona)
    with pytest.raises(OutOfReach):
        creating.add_persona(actor=house.as_("sue"), user_id=ops, access=managing(), office=making.LAKESIDE)
    assert suspending.suspend(actor=house.as_("joe"), persona_id=persona)
