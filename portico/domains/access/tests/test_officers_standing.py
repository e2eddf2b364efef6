"""When an administrator goes: one left alone is warned, a successor takes over, or a recovery opens."""

from datetime import timedelta
from typing import Any

import pytest

from portico.domains.access import granting, looking_after, models, unused
from portico.domains.access.officers import leaving, standing, watching
from portico.domains.access.officers.standing import LastAdministrator, Settled
from portico.domains.access.tests import houses, looking, making
from portico.domains.access.tests.houses import Lakeside
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from tests.support import actors as people

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def house() -> Lakeside:
    return houses.lakeside()


def settle(house: Lakeside) -> Settled:
    with permit(people.system(), Function.HOUSEKEEPING) as given:
        return standing.settle(given, house.office, cause="suspended")


def test_two_administrators_are_left_in_peace(house: Lakeside) -> None:
    assert settle(house) is Settled.SEVERAL
    assert houses.notices(standing.ALONE) == []


def test_the_one_left_alone_is_told(house: Lakeside) -> None:
    houses.suspend(house, "ann")
    assert houses.notices(standing.ALONE) == [(None, house.bea)]
    assert houses.recovery(house) is None


@pytest.mark.parametrize("how", ["suspended", "disabled", "grant_ended", "unused"])
def test_however_the_last_one_goes_the_office_is_open_to_recovery(
    house: Lakeside, how: str, settings: Any
) -> None:
    houses.suspend(house, "ann")
    go(house, how, settings)
    assert house.present() == []
    row = houses.recovery(house)
    assert (row.state, row.cause) == ("open", how)
    assert (house.office, None) in houses.notices("office_unadministered")
    assert houses.mailed("officers_changed") == [houses.CONTACT]


def go(house: Lakeside, how: str, settings: Any) -> None:
    """Bea goes in that way."""
    if how == "suspended":
        houses.suspend(house, "bea")
    elif how == "disabled":
        houses.disable(house, "bea")
    elif how == "grant_ended":
        grant = models.Grant.objects.get(persona=house.persona("bea"))
        assert granting.end_grant(actor=people.system(), grant_id=grant.pk)
        assert looking.last_use()[2] == "grant_ended"
    else:
        settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS = 90, 14
        looking.change(house.bea, last_login=people.NOW - 100 * DAY, activated_at=people.NOW - 200 * DAY)
        looking.change(house.bea, warned_at=people.NOW - 20 * DAY)
        assert unused.suspend(actor=houses.system()) == house.bea


def test_a_successor_takes_over_at_that_moment(house: Lakeside) -> None:
    leaving.name(actor=house.as_("ann"), user_id=house.fay)
    houses.suspend(house, "ann", "bea")
    assert house.present() == [house.fay]
    assert houses.recovery(house) is None
    assert houses.notices(standing.PROMOTED) == [(None, house.fay), (house.office, None)]
    held = house.as_("fay", kind="administrator").held.of(Function.MANAGE_USERS)
    assert [(each.tax_ids, each.hands_out) for each in held] == [
        (frozenset({making.OWN, making.SECOND}), None)
    ]
    function, _, conclusion, subjects = looking.last_use()
    assert (function, conclusion) == ("provisioning", "persona_suspended")
    assert ("user", str(house.fay)) in subjects
    change = models.AccessChange.objects.get(kind="promoted")
    assert (change.persona.user_id, change.by, change.before) == (house.fay, None, [])
    assert [each["function"] for each in change.after] == ["manage_users"]


@pytest.mark.parametrize("why", ["disabled", "suspended persona", "was administrator"])
def test_a_successor_who_cannot_does_not_take_over(house: Lakeside, why: str) -> None:
    leaving.name(actor=house.as_("ann"), user_id=house.fay)
    if why == "disabled":
        houses.disable(house, "fay")
    elif why == "suspended persona":
        granting.suspend_persona(actor=people.system(), persona_id=house.persona("fay", "end_user"))
    else:
        models.Persona.objects.create(
            user_id=house.fay,
            kind="administrator",
            office_id=house.office,
            created_at=people.NOW,
            suspended_at=people.NOW,
        )
    houses.suspend(house, "ann", "bea")
    assert house.present() == []
    assert houses.recovery(house).state == "open"


def test_an_office_that_nobody_ever_administered_is_not_recovered(house: Lakeside) -> None:
    making.an_office("bayside", "191234567")
    ivy = looking.an_invited_user("ivy.new", making.an_administrator(office="bayside"))
    [persona] = making.personas_of(ivy)
    granting.suspend_persona(actor=people.system(), persona_id=persona)
    assert not models.Recovery.objects.exists()


def test_an_administrator_who_was_only_invited_is_not_there(house: Lakeside) -> None:
    managing = making.a_grant(Function.MANAGE_USERS)
    looking.an_invited_user("ivy.new", making.an_administrator(managing))
    houses.suspend(house, "ann", "bea")
    assert houses.recovery(house).state == "open"


@pytest.mark.parametrize("how", ["enabled", "added", "given"])
def test_the_recovery_ends_as_soon_as_an_administrator_is_there(house: Lakeside, how: str) -> None:
    houses.suspend(house, "ann")
    houses.disable(house, "bea")
    managing = making.a_grant(Function.MANAGE_USERS)
    if how == "enabled":
        why = looking_after.Why.BY_MISTAKE
        looking_after.enable(actor=people.system(), user_id=house.bea, why=why)
    elif how == "added":
        looking.a_user("cal.admin", making.an_administrator(managing))
    else:
        number = looking.a_user("cal.admin", making.an_administrator())
        [persona] = making.personas_of(number)
        granting.add_grant(actor=people.system(), persona_id=persona, new=managing)
    assert houses.recovery(house).state == "closed"


def test_an_administrator_is_hindered_from_taking_the_last_one_away_and_the_plan_is_not(
    house: Lakeside,
) -> None:
    ann, plan = house.as_("ann"), house.as_("sue")
    houses.suspend(house, "ann")
    for actor, function, is_hindered in (
        (ann, Function.MANAGE_USERS, True),
        (plan, Function.PROVISIONING, False),
        (people.system(), Function.HOUSEKEEPING, False),
    ):
        with permit(actor, function) as given:
            found = standing.hindrance(given, house.persona("bea"))
        assert isinstance(found, LastAdministrator) is is_hindered


def test_nobody_is_hindered_while_another_is_there(house: Lakeside) -> None:
    with permit(house.as_("ann"), Function.MANAGE_USERS) as given:
        assert standing.hindrance(given, house.persona("bea")) is None
        assert standing.hindrance(given, house.persona("fay", "end_user")) is None
        assert standing.hindrance(given, looking.NOBODY) is None


def test_a_grant_that_runs_out_is_found_by_the_clock(house: Lakeside) -> None:
    models.Grant.objects.filter(function="manage_users").update(last_on=people.TODAY)
    assert not watching.is_due(actor=houses.system())
    tomorrow = houses.system(after=DAY)
    assert watching.is_due(actor=tomorrow)
    assert watching.keep(actor=tomorrow) is False
    assert looking.last_use()[2] == "officers_settled"
    assert (houses.recovery(house).state, houses.recovery(house).cause) == ("open", "expired")
    assert watching.vacant() == {making.LAKESIDE: house.office}
    watching.keep(actor=tomorrow)
    assert looking.last_use()[2] == "nothing_to_settle"
    assert models.Recovery.objects.count() == 1


def test_an_administrator_who_comes_at_last_is_found_by_the_clock(house: Lakeside) -> None:
    houses.suspend(house, "ann", "bea")
    models.Persona.objects.filter(user_id=house.bea).update(suspended_at=None)
    assert watching.is_due(actor=houses.system())
    watching.keep(actor=houses.system())
    assert houses.recovery(house).state == "closed"
    assert watching.vacant() == {}


def test_only_the_system_watches(house: Lakeside) -> None:
    with pytest.raises(NotPermitted):
        watching.keep(actor=house.as_("sue"))
