"""What an office has to read: for which offices, said once by a person, told once, and who has."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps

from portico.domains.library import models, readership, required
from portico.domains.library.reading import UnknownDocument
from portico.domains.library.tests import shelving
from portico.domains.library.tests.used import last_row
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import actors, cast
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.world import World

pytestmark = pytest.mark.django_db

BY = TODAY + timedelta(days=14)


def keys(actor: Actor) -> list[str]:
    """What this person has to read, or has read."""
    return [each.key for each in required.mine(actor=actor)]


def test_what_has_to_be_read_is_read_once(fay: Actor) -> None:
    shelving.document("rule", must_read_by=BY)
    shelving.document("other")
    [rule] = required.mine(actor=fay)
    assert (rule.key, rule.must_read_by, rule.read_at) == ("rule", BY, None)
    assert last_row() == ("library", "allowed", "required_reading_listed")
    assert required.acknowledge(actor=fay, key="rule", number=1)
    assert last_row() == ("library", "allowed", "acknowledged")
    assert not required.acknowledge(actor=fay, key="rule", number=1)
    assert last_row() == ("library", "allowed", "acknowledged_before")
    [rule] = required.mine(actor=fay)
    assert rule.read_at == NOW
    assert models.Acknowledgement.objects.count() == 1


@pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False)], ids=["past", "last day"])
def test_it_is_late_after_its_last_day(fay: Actor, days: int, is_late: bool) -> None:
    shelving.document("rule", must_read_by=TODAY + timedelta(days=days))
    assert required.mine(actor=fay)[0].is_late(TODAY) is is_late


@pytest.mark.parametrize(
    ("limits", "is_for"),
    [
        ({}, True),
        ({"lines": [cast.HMO]}, True),
        ({"lines": ["cal-mediconnect"]}, False),
        ({"kinds": ["physician", "medical_group"]}, True),
        ({"kinds": ["hospital"]}, False),
        ({"regions": ["somewhere"]}, True),
    ],
    ids=["all", "line", "other line", "kind", "other kind", "region"],
)
def test_it_concerns_the_offices_it_is_for(fay: Actor, limits: dict[str, Any], is_for: bool) -> None:
    shelving.document("rule", must_read_by=BY, **limits)
    assert keys(fay) == (["rule"] if is_for else [])
    assert (required.state_of(actor=fay, key="rule", number=1) is not None) is is_for
    if not is_for:
        with pytest.raises(UnknownDocument):
            required.acknowledge(actor=fay, key="rule", number=1)
        assert last_row() == ("library", "allowed", "not_found")


def test_a_new_version_is_read_anew_and_the_old_one_no_more(fay: Actor) -> None:
    rule = shelving.document("rule", must_read_by=BY)
    required.acknowledge(actor=fay, key="rule", number=1)
    shelving.add(rule, first_on=date(2026, 2, 1), must_read_by=BY)
    assert [(each.number, each.read_at) for each in required.mine(actor=fay)] == [(2, None)]


@pytest.mark.parametrize("begins_on", [TODAY, TODAY + timedelta(days=30)], ids=["in force", "ahead"])
def test_what_was_corrected_is_not_asked_any_more(fay: Actor, begins_on: date) -> None:
    rule = shelving.document("rule", must_read_by=BY, first_on=begins_on)
    shelving.add(rule, first_on=begins_on, must_read_by=BY, publish_at=NOW)
    assert [each.number for each in required.mine(actor=fay)] == [2]


@pytest.mark.parametrize(
    "changes",
    [
        {"last_on": TODAY - timedelta(days=1)},
        {"archived_at": NOW},
        {"state": "draft"},
        {"state": "scheduled", "publish_at": NOW + timedelta(seconds=1)},
    ],
    ids=["over", "archived", "draft", "scheduled"],
)
def test_what_is_not_in_force_has_not_to_be_read(fay: Actor, changes: dict[str, object]) -> None:
    shelving.document("rule", must_read_by=BY, **changes)  # type: ignore[arg-type]
    assert keys(fay) == []


def test_what_begins_later_may_have_to_be_read_before(fay: Actor) -> None:
    shelving.document("rule", must_read_by=BY, first_on=BY)
    assert keys(fay) == ["rule"]


def test_the_plans_own_people_have_nothing_to_read(world: World) -> None:
    shelving.document("rule", must_read_by=BY)
    assert keys(worlds.actor(world["operations"])) == []
    assert required.state_of(actor=actors.visitor(), key="rule", number=1) is None


@pytest.mark.parametrize(
    "question",
    [
        lambda actor: required.mine(actor=actor),
        lambda actor: required.acknowledge(actor=actor, key="rule", number=1),
        lambda actor: required.tell(actor=actor),
        lambda actor: readership.of_office(actor=actor),
        lambda actor: readership.of_plan(actor=actor),
        lambda actor: readership.by_office(actor=actor, key="rule", number=1),
    ],
    ids=["mine", "acknowledge", "tell", "of office", "of plan", "by office"],
)
def test_a_visitor_is_refused(question: object) -> None:
    shelving.document("rule", must_read_by=BY)
    with pytest.raises(NotPermitted):
        question(actors.visitor())  # type: ignore[operator]
    assert last_row()[1] == "denied"


def test_offices_are_told_once(world: World) -> None:
    shelving.document("rule", must_read_by=BY)
    shelving.document("there", must_read_by=BY, kinds=["hospital"])
    clock = worlds.system()
    assert required.is_due(actor=clock)
    while required.tell(actor=clock):
        assert last_row() == ("housekeeping", "allowed", "required_reading_told")
    assert last_row() == ("housekeeping", "allowed", "nothing_to_tell")
    assert not required.is_due(actor=clock)
    notices = apps.get_model("notifications", "Notice").objects.filter(kind="required_reading")
    told = sorted((each.office_id, each.context) for each in notices)
    assert told == [(number, {"document": "rule"}) for number in sorted(world.offices.values())]


def test_an_administrator_sees_who_of_the_own_people_has_read(world: World, fay: Actor) -> None:
    shelving.document("rule", must_read_by=BY)
    required.acknowledge(actor=fay, key="rule", number=1)
    required.acknowledge(actor=worlds.actor(world["outsider"]), key="rule", number=1)
    [rule] = readership.of_office(actor=worlds.actor(world["administrator"]))
    own = [signer for signer in world.signers.values() if signer.person.office == cast.LAKESIDE]
    assert (rule.read, len(rule.people)) == (1, len(own))
    assert rule.people[-1].read_at == NOW
    assert last_row() == ("manage_users", "allowed", "readership_of_office")
    with pytest.raises(NotPermitted):
        readership.of_office(actor=fay)


def test_the_plans_desk_sees_every_office(world: World, fay: Actor) -> None:
    shelving.document("rule", must_read_by=BY)
    required.acknowledge(actor=fay, key="rule", number=1)
    desk = worlds.actor(world["operations"])
    [counted] = readership.of_plan(actor=desk)
    of_offices = [signer for signer in world.signers.values() if signer.person.office]
    assert (counted.offices, counted.read, counted.people) == (2, 1, len(of_offices))
    assert last_row() == ("library_publishing", "allowed", "readership_of_plan")
    found = readership.by_office(actor=desk, key="rule", number=1)
    assert [(row.read, row.people) for row in found.rows] == [
        (1, len(of_offices) - 1),
        (0, 1),
    ]
    assert last_row() == ("library_publishing", "allowed", "readership_by_office")
    with pytest.raises(UnknownDocument):
        readership.by_office(actor=desk, key="rule", number=2)
    with pytest.raises(NotPermitted):
        readership.of_plan(actor=worlds.actor(world["member_services"]))


def test_who_left_is_not_counted(world: World, fay: Actor) -> None:
    shelving.document("rule", must_read_by=BY)
    required.acknowledge(actor=fay, key="rule", number=1)
    desk = worlds.actor(world["operations"])
    before = readership.of_plan(actor=desk)[0].people
    worlds.disable(world["front_desk"])
    counted = readership.of_plan(actor=desk)[0]
    assert counted.people == before - 1
    assert counted.read <= counted.people
