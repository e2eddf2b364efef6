"""An administrator names who takes over, and leaves; the last one only where somebody takes over."""

from dataclasses import replace

import pytest
from django.apps import apps

from portico.domains.access import models
from portico.domains.access.delegating import creating
from portico.domains.access.delegating.sets import AccessSet, Where
from portico.domains.access.officers import leaving, listing, standing
from portico.domains.access.officers.leaving import CannotName, LastAdministrator, What
from portico.domains.access.officers.standing import Settled
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.permits.actors import Held
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> Lakeside:
    return houses.lakeside()


def test_a_successor_is_named_and_taken_back(house: Lakeside) -> None:
    leaving.name(actor=house.as_("ann"), user_id=house.fay)
    function, outcome, conclusion, subjects = looking.last_use()
    assert (function, outcome, conclusion) == ("manage_users", "allowed", "successor_named")
    assert subjects == [("user", str(house.fay))]
    row = models.Officers.objects.get(office_id=house.office)
    assert (row.successor, row.named_by, row.named_at) == (house.fay, house.ann, people.NOW)
    leaving.name(actor=house.as_("bea"), user_id=None)
    assert looking.last_use()[2] == "successor_unnamed"
    assert models.Officers.objects.get(office_id=house.office).successor is None


def test_only_somebody_who_works_there_and_never_administered_it_can_be_named(house: Lakeside) -> None:
    hill = making.an_office(making.HILLCREST, making.FOREIGN)
    stranger = looking.a_user("hil.desk", making.an_end_user(office=hill.key))
    gone = looking.a_user("una.gone", making.an_end_user())
    looking.suspend(gone)
    for user_id, code in (
        (house.ann, "not_found"),
        (house.bea, "was_administrator"),
        (stranger, "not_found"),
        (gone, "not_found"),
        (looking.NOBODY, "not_found"),
    ):
        with pytest.raises(CannotName) as caught:
            leaving.name(actor=house.as_("ann"), user_id=user_id)
        assert caught.value.code == looking.last_use()[2] == code
    assert not models.Officers.objects.filter(successor__isnull=False).exists()


def test_nobody_takes_over_of_whom_all_waits_to_be_confirmed(house: Lakeside) -> None:
    making.the_plan_says(confirmed_by="administrator")
    houses.suspend(house, "bea")
    person = creating.NewPerson("Ann", "Two", "ann.two@example.org")
    access = AccessSet(Where(frozenset({making.OWN})))
    made = creating.create(actor=house.as_("ann"), person=person, access=access)
    come = {"state": "active", "activated_at": people.NOW}
    apps.get_model("accounts", "User").objects.filter(pk=made.user_id).update(**come)
    assert made.is_proposed
    with pytest.raises(CannotName, match="nothing_counts"):
        leaving.leave(actor=house.as_("ann"), what=What.DUTY, successor=made.user_id)
    assert looking.last_use()[2] == "nothing_counts"
    found = listing.house(actor=house.as_("ann"), text="two").found
    assert (found, house.present()) == ((), [house.ann])
    models.Officers.objects.update_or_create(office_id=house.office, defaults={"successor": made.user_id})
    houses.suspend(house, "ann")
    assert (house.present(), houses.recovery(house).state) == ([], "open")


def test_an_administrator_of_a_part_names_nobody_above_themselves(house: Lakeside) -> None:
    grant = models.Grant.objects.get(persona=house.persona("ann"))
    models.GrantLimit.objects.create(grant=grant, dimension="function", value="eligibility")
    with pytest.raises(CannotName, match="reach_too_narrow"):
        leaving.name(actor=house.as_("ann"), user_id=house.fay)
    leaving.name(actor=house.as_("ann"), user_id=None)


def test_it_takes_the_duty_and_that_it_was_confirmed_lately(house: Lakeside) -> None:
    for actor in (house.as_("fay"), house.as_("sue"), house.as_("ann", lately=False)):
        with pytest.raises(NotPermitted):
            leaving.name(actor=actor, user_id=house.gus)
        with pytest.raises(NotPermitted):
            leaving.leave(actor=actor, what=What.DUTY)
    assert house.present() == [house.ann, house.bea]


def test_one_of_two_leaves_the_duty_and_the_other_is_told(house: Lakeside) -> None:
    left = leaving.leave(actor=house.as_("ann"), what=What.DUTY)
    assert (left.office, left.goes_on_as) == (Settled.ALONE, None)
    assert house.present() == [house.bea]
    assert house.maybe("ann") is None
    assert houses.notices(standing.ALONE) == [(None, house.bea)]
    function, _, conclusion, subjects = looking.last_use()
    assert (function, conclusion) == ("manage_users", "duty_left")
    assert subjects == [("persona", str(house.persona("ann")))]


def end_user_too(house: Lakeside) -> int:
    """Ann works with patients besides."""
    made = models.Persona.objects.create(
        user_id=house.ann, kind="end_user", office_id=house.office, created_at=people.NOW
    )
    return made.pk


def test_who_leaves_the_duty_goes_on_as_end_user(house: Lakeside) -> None:
    persona = end_user_too(house)
    left = leaving.leave(actor=house.as_("ann", kind="administrator"), what=What.DUTY)
    assert left.goes_on_as == persona


def test_who_leaves_the_office_keeps_nothing_of_it(house: Lakeside) -> None:
    end_user_too(house)
    left = leaving.leave(actor=house.as_("ann", kind="administrator"), what=What.OFFICE)
    assert left.goes_on_as is None
    assert looking.last_use()[2] == "office_left"
    assert not models.Persona.objects.of(house.ann).exists()


def test_the_last_one_does_not_leave_without_somebody_to_take_over(house: Lakeside) -> None:
    houses.suspend(house, "bea")
    with pytest.raises(LastAdministrator):
        leaving.leave(actor=house.as_("ann"), what=What.OFFICE)
    assert looking.last_use()[2] == "last_administrator"
    assert house.present() == [house.ann]


@pytest.mark.parametrize("named", ["now", "before"])
def test_the_last_one_leaves_when_a_successor_takes_over(house: Lakeside, named: str) -> None:
    houses.suspend(house, "bea")
    if named == "before":
        leaving.name(actor=house.as_("ann"), user_id=house.fay)
    left = leaving.leave(
        actor=house.as_("ann"), what=What.DUTY, successor=house.fay if named == "now" else None
    )
    assert left.office is Settled.PROMOTED
    assert house.present() == [house.fay]
    assert models.Officers.objects.get(office_id=house.office).successor is None
    assert houses.recovery(house) is None


def test_a_successor_who_can_no_longer_take_over_holds_the_last_one_back(house: Lakeside) -> None:
    leaving.name(actor=house.as_("ann"), user_id=house.fay)
    houses.suspend(house, "bea")
    houses.disable(house, "fay")
    with pytest.raises(LastAdministrator):
        leaving.leave(actor=house.as_("ann"), what=What.DUTY)


def test_a_successor_who_cannot_be_named_keeps_the_leaver_there(house: Lakeside) -> None:
    with pytest.raises(CannotName, match="was_administrator"):
        leaving.leave(actor=house.as_("ann"), what=What.DUTY, successor=house.bea)
    assert house.present() == [house.ann, house.bea]


def test_the_house_shows_who_is_there_and_who_takes_over(house: Lakeside) -> None:
    leaving.name(actor=house.as_("ann"), user_id=house.fay)
    shown = listing.house(actor=house.as_("ann"))
    assert [each.name for each in shown.administrators] == ["Ann Admin", "Bea Admin"]
    assert shown.successor is not None
    assert (shown.successor.name, shown.successor_can, shown.may_name) == ("Fay Desk", True, True)
    assert [each.name for each in shown.found] == ["Fay Desk", "Gus Desk"]
    assert not shown.is_alone
    assert looking.last_use()[2] == "officers_shown"


def test_people_are_looked_for_among_those_who_could_take_over(house: Lakeside) -> None:
    houses.suspend(house, "bea")
    shown = listing.house(actor=house.as_("ann"), text="GUS desk")
    assert [each.username for each in shown.found] == ["gus.desk"]
    assert shown.is_alone
    assert listing.house(actor=house.as_("ann"), text="ann").found == ()
    for number in range(listing.MOST_FOUND):
        looking.a_user(f"desk.n{number}", making.an_end_user(making.a_grant()))
    shown = listing.house(actor=house.as_("ann"))
    assert (len(shown.found), shown.has_more) == (listing.MOST_FOUND, True)


def test_nobody_else_sees_the_house(house: Lakeside) -> None:
    without = replace(house.as_("ann"), held=Held())
    for actor in (house.as_("fay"), without):
        with pytest.raises(NotPermitted):
            listing.house(actor=actor)
    assert looking.last_use()[:2] == (Function.MANAGE_USERS, "denied")
