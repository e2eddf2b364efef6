"""The zone instants are shown in: the reader's where one is chosen, the plan's everywhere else."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import RequestFactory

from portico.edges.web import asking, zones
from portico.edges.web.templatetags import portico as tags
from tests.support import actors

AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Answers a request of somebody who chose that zone."""

    def of(zone: str) -> Any:
        actor = actors.front_desk(context={"time_zone": zone})
        monkeypatch.setattr(asking, "actor_of", lambda request: actor)
        return RequestFactory().get("/")

    return of


def test_outside_a_request_instants_are_the_plans(settings: Any) -> None:
    settings.PLAN_TIME_ZONE = "America/Denver"
    assert zones.shown() == ZoneInfo("America/Denver")
    assert ">Mar 12, 2026, 11:00 AM MDT<" in tags.instant(AT)


def test_within_a_request_they_are_the_readers_and_afterwards_not(reads: Any) -> None:
    with zones.of_reader(reads("Asia/Tokyo")):
        assert ">Mar 13, 2026, 2:00 AM JST<" in tags.instant(AT)
    assert ">Mar 12, 2026, 10:00 AM PDT<" in tags.instant(AT)


def test_an_error_on_the_way_leaves_nobodys_zone_behind(reads: Any) -> None:
    with pytest.raises(RuntimeError), zones.of_reader(reads("Asia/Tokyo")):
        raise RuntimeError
    assert zones.shown() == zones.plan()


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd"], ids=["none", "unknown", "path"])
def test_without_a_zone_that_exists_they_are_the_plans(reads: Any, zone: str) -> None:
    with zones.of_reader(reads(zone)):
        assert zones.shown() == zones.plan()


def test_the_time_for_machines_is_the_instant_itself(reads: Any) -> None:
    with zones.of_reader(reads("Asia/Tokyo")):
        assert 'datetime="2026-03-12T17:00:00+00:00"' in tags.instant(AT)


def test_every_zone_offered_is_one() -> None:
    (own, _), (_, near), (_, far) = zones.choices(AT)
    assert own == ""
    named = [zone for zone, _ in (*near, *far)]
    assert len(named) == len(set(named)) > 300
    assert {ZoneInfo(str(zone)).key for zone in named} == set(named)


def test_zones_are_named_as_people_call_them() -> None:
    assert zones.name_of("America/New_York") == "Eastern Time"
    assert zones.name_of("America/North_Dakota/Beulah") == "America / North Dakota / Beulah"
