"""What strangers leave behind is bounded by the minute, and by the door."""

from datetime import timedelta

import pytest

from portico.domains.access import strangers
from portico.domains.permits.actors import Door
from tests.support.actors import NOW


def test_strangers_have_room_again_in_the_next_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "A_MINUTE", 2)
    assert [strangers.has_room(Door.X12, NOW) for _ in range(4)] == [True, True, False, False]
    assert strangers.has_room(Door.X12, NOW + timedelta(minutes=1))


def test_one_door_takes_no_room_from_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strangers, "A_MINUTE", 1)
    assert [strangers.has_room(Door.X12, NOW), strangers.has_room(Door.X12, NOW)] == [True, False]
    assert strangers.has_room(Door.FHIR, NOW)
