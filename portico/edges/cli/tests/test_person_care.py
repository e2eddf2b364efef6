"""`portico person show`, `reactivate`, `unlock` and their kin; and the daily round over unused accounts."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps

from portico.domains.access.tests import looking, making
from portico.domains.accounts import inactivity
from portico.domains.jobs.leases import Leased, Worker
from portico.domains.permits.functions import Desk
from portico.edges.cli.main import main
from portico.edges.cli.rounds import SuspendUnused
from tests.support import actors

pytestmark = pytest.mark.django_db
Said = pytest.CaptureFixture[str]


@pytest.fixture
def house() -> Iterator[looking.House]:
    with time_machine.travel(actors.NOW, tick=False):
        yield looking.a_house()


def test_an_account_is_shown_step_by_step(house: looking.House, capsys: Said) -> None:
    looking.give_factor(house.fay)
    looking.suspend(house.fay)
    assert main(["person", "show", "FAY.desk"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "fay.desk, Fay Desk: suspended"
    assert "  made         done 2026-03-12 10:00 PDT" in lines
    assert "  account      stopped (suspended) 2026-03-11 10:00 PDT" in lines
    assert "  acts as      end user of lakeside, functions open today: 1" in lines
    assert lines[-1] == "Stuck at account. Who can mend it: an administrator of the office, or the plan."


def test_an_invitation_and_a_desk_are_shown(house: looking.House, capsys: Said) -> None:
    looking.an_invited_user("ivy.new", looking.staff(Desk.SUPPORT))
    assert main(["person", "show", "ivy.new"]) == 0
    said = capsys.readouterr().out
    assert "  acts as      plan staff of the desk support, functions open today: " in said
    assert "  invited      " in said


def test_a_reset_that_waits_is_shown(house: looking.House, capsys: Said) -> None:
    looking.give_factor(house.fay)
    apps.get_model("accounts", "FactorReset").objects.create(
        user_id=house.fay, why="x", asked_by=house.ann, asked_at=actors.NOW
    )
    assert main(["person", "show", "fay.desk"]) == 0
    assert "  waits        a reset of the factors, for a second person, until" in capsys.readouterr().out


def test_a_suspended_account_is_opened_again(house: looking.House, capsys: Said) -> None:
    looking.suspend(house.fay)
    for _ in range(2):
        assert main(["person", "reactivate", "fay.desk"]) == 0
    assert capsys.readouterr().out.splitlines() == ["fay.desk is active.", "It is not suspended."]
    assert looking.user(house.fay).state == "active"


@pytest.mark.parametrize(("typed", "kept"), [([], "operator"), (["--why", "called"], "called")])
def test_the_reason_of_an_unlocking_is_kept(house: looking.House, typed: list[str], kept: str) -> None:
    looking.lock(house.fay, 100)
    assert main(["person", "unlock", "fay.desk", *typed]) == 0
    assert looking.last_use()[2:] == ("unlocked", [("why", kept), ("user", str(house.fay))])


def test_only_reasons_there_are_can_be_given(house: looking.House, capsys: Said) -> None:
    assert house.fay > 0
    with pytest.raises(SystemExit):
        main(["person", "unlock", "fay.desk", "--why", "because she asked so nicely"])
    assert "invalid choice" in capsys.readouterr().err


def leased(days: float, **changed: Any) -> Leased:
    at = actors.NOW + timedelta(days=days)
    worker = Worker(name="w", now=lambda: at, zone=ZoneInfo("America/Los_Angeles"), **changed)
    return Leased(1, UUID(int=1), "suspend_unused", {}, {}, 1, 1, worker=worker)


def test_the_round_tells_then_suspends_then_names_offices_left_to_nobody(
    house: looking.House, settings: Any
) -> None:
    settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS = 90, 14
    SuspendUnused().run(leased(76))
    assert {to for to, _ in looking.mails("account_unused")} >= {
        "fay.desk@example.org",
        "joe.ops@example.org",
    }
    assert looking.user(house.fay).state == "active"
    SuspendUnused().run(leased(90))
    assert {looking.user(number).state for number in (house.fay, house.ann, house.joe)} == {"suspended"}
    items = apps.get_model("work", "Item").objects.filter(state="open").order_by("subject")
    assert list(items.values_list("subject", flat=True)) == [making.HILLCREST, making.LAKESIDE]
    before = apps.get_model("notifications", "Message").objects.count()
    SuspendUnused().run(leased(91))
    assert apps.get_model("notifications", "Message").objects.count() == before


def test_a_round_goes_from_chunk_to_chunk(
    house: looking.House, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS = 90, 14
    tell, told = inactivity.tell, []

    def two_at_a_time(given: Any, *, after: int) -> tuple[int, ...]:
        told.append(tell(given, after=after, size=2))
        return told[-1]

    monkeypatch.setattr(inactivity, "tell", two_at_a_time)
    SuspendUnused().run(leased(76))
    assert [len(chunk) for chunk in told] == [2, 2, 2, 1, 0]
    assert sorted(number for chunk in told for number in chunk) == sorted(
        [house.fay, house.ann, house.bea, house.hill, house.joe, house.olga, house.sue]
    )


def test_a_worker_that_is_to_stop_suspends_nobody(house: looking.House, settings: Any) -> None:
    settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS = 90, 14
    SuspendUnused().run(leased(76))
    SuspendUnused().run(leased(90, is_stopping=lambda: True))
    assert looking.user(house.fay).state == "active"
