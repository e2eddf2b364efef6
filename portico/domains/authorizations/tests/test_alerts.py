"""Alerts: both sides are told once before a decision is due, and once more when it is late."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps

from portico.domains.authorizations import alerts, clocks, models
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.plan import days
from tests.support import authorizations
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

pytestmark = pytest.mark.django_db
OFFICE, DESK = "office", "desk"


def keep(hours: float) -> bool:
    at = NOW + timedelta(hours=hours)
    return alerts.keep(actor=replace(worlds.system(), asked_at=at, today=days.of(at)))


def told() -> list[tuple[str, str]]:
    """To which side, and of what kind, in order."""
    rows = apps.get_model("notifications", "Notice").objects.filter(kind__startswith="authorization_")
    return [(OFFICE if row.office_id else DESK, row.kind) for row in rows.order_by("pk")]


def kinds(row: models.Authorization) -> list[str]:
    return list(row.events.values_list("kind", flat=True))


@pytest.fixture
def world() -> World:
    """The small world."""
    return worlds.build()


@pytest.fixture
def row(world: World) -> models.Authorization:
    """Due in five days; one reviewer and one medical director decide."""
    world["reviewer"], world["medical_director"]
    return authorizations.in_review("A1", clock=authorizations.clock_rule(warn_hours=24))


def test_nothing_is_told_before_its_time(row: models.Authorization) -> None:
    keep(95.9)
    assert (told(), kinds(row)) == ([], ["received"])
    assert worlds.uses(function="housekeeping")[-1].conclusion == "no_clock_to_tell_of"
    assert not alerts.is_due(at=NOW + timedelta(hours=95.9))
    assert alerts.is_due(at=NOW + timedelta(hours=96))


def test_both_sides_are_warned_once(row: models.Authorization) -> None:
    for hours in (96, 97, 120):
        keep(hours)
    assert kinds(row) == ["received", "warned"]
    assert told() == [
        (OFFICE, "authorization_due_soon"),
        (DESK, "authorization_due_soon_desk"),
        (DESK, "authorization_due_soon_desk"),
    ]
    event = row.events.filter(kind="warned").get()
    assert (event.side, event.due_at) == ("system", row.due_at)


def test_what_is_late_is_told_once_more(row: models.Authorization) -> None:
    for hours in (96, 121, 122, 300):
        keep(hours)
    assert kinds(row) == ["received", "warned", "breached"]
    assert told()[3:] == [
        (OFFICE, "authorization_overdue"),
        (DESK, "authorization_overdue_desk"),
        (DESK, "authorization_overdue_desk"),
    ]


def test_a_job_that_stood_still_tells_only_that_it_is_late(row: models.Authorization) -> None:
    keep(121)
    keep(122)
    assert kinds(row) == ["received", "breached"]


def test_whoever_has_the_request_is_told_and_nobody_else(world: World, row: models.Authorization) -> None:
    models.Authorization.objects.update(reviewer_id=world["reviewer"].user_id)
    keep(96)
    found = apps.get_model("notifications", "Notice").objects.filter(kind="authorization_due_soon_desk")
    assert [each.user_id for each in found] == [world["reviewer"].user_id]
    assert found[0].context == {"authorization": str(row.public_id), "number": "A1"}


def test_more_time_brings_a_warning_of_its_own(row: models.Authorization) -> None:
    keep(96)
    with permit(replace(worlds.system(), asked_at=NOW + timedelta(hours=97)), Function.HOUSEKEEPING) as given:
        clocks.extend(given, models.Authorization.objects.get(), code="patient_asked")
    keep(98)
    assert kinds(row) == ["received", "warned", "extended"]
    keep(120 + 14 * 24 - 1)
    assert kinds(row) == ["received", "warned", "extended", "warned"]


@pytest.mark.parametrize("state", ["approved", "cancelled"])
def test_what_is_settled_is_told_of_no_more(row: models.Authorization, state: str) -> None:
    models.Authorization.objects.update(state=state, decided_at=NOW)
    keep(500)
    assert (told(), kinds(row)) == ([], ["received"])


def test_a_rule_that_warns_early_hides_no_other(world: World) -> None:
    authorizations.expedited("E1", hours_left=6, clock=authorizations.clock_rule("expedited", warn_hours=4))
    soon = authorizations.in_review("A1", clock=authorizations.clock_rule(warn_hours=200))
    keep(0)
    assert kinds(soon) == ["received", "warned"]
    assert kinds(models.Authorization.objects.get(number="E1")) == ["received"]


def test_it_goes_on_while_there_is_more(row: models.Authorization, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alerts, "CHUNK", 1)
    authorizations.in_review("A2")
    assert [keep(121), keep(121), keep(121)] == [True, True, False]
    assert models.Event.objects.filter(kind="breached").count() == 2


def test_nobody_but_the_system_lets_it_run(world: World) -> None:
    with pytest.raises(NotPermitted):
        alerts.keep(actor=worlds.actor(world["operations"]))
