"""Accepted encounters lie in a folder for the core system, as 837s that others read too."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps

from portico.domains.claims.facts.submitted import Form
from portico.domains.encounters import models
from portico.domains.jobs import queue
from portico.domains.permits.actors import Actor
from portico.edges.x12.encounters import handing_on
from portico.edges.x12.tests.answering import findings
from portico.transactions.claims import reader
from tests.support import encounters, working
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.encounters import a_claim, a_file, a_stay

JOB = "hand_on_encounters"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where the core system fetches."""
    settings.ENCOUNTERS_OUT_DIR = tmp_path / "out"
    settings.CORE_SYSTEM_ID = "COREBOX"
    return tmp_path / "out"


@pytest.fixture
def desk(db: None) -> Iterator[Actor]:
    """Who sends encounters for the office."""
    with time_machine.travel(NOW, tick=False):
        made = worlds.build()
        encounters.a_provider()
        yield worlds.actor(made["front_desk"])


def hand_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """The job, done once."""
    monkeypatch.setattr(working, "KINDS", (JOB,))
    queue.enqueue(actor=worlds.system(), kind=JOB, payload={})
    working.work()


def files(folder: Path) -> list[bytes]:
    """What lies there, by name."""
    return [path.read_bytes() for path in sorted(folder.glob("*"))]


def test_a_file_of_each_form_lies_there_and_reads_as_what_was_accepted(
    desk: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encounters.sent(desk, a_file([a_claim(3), a_claim(4)]))
    encounters.sent(desk, a_file([a_stay()], form=Form.INSTITUTIONAL, number=908))
    hand_on(monkeypatch)
    professional, institutional = files(folder)
    assert [findings(professional), findings(institutional)] == [[], []]
    read = [each.sent for each in reader.read(BytesIO(professional))]
    numbers = (
        models.Encounter.objects.filter(form="professional").order_by("pk").values_list("number", flat=True)
    )
    assert [claim.tracking_number for claim in read if claim] == list(numbers)
    assert all(claim and claim.is_encounter for claim in read)
    assert b"COREBOX" in professional[:106]
    assert {path.stat().st_mode & 0o777 for path in folder.glob("*")} == {0o600}


def test_nothing_goes_twice(desk: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encounters.sent(desk, a_file([a_claim(3)]))
    hand_on(monkeypatch)
    hand_on(monkeypatch)
    assert len(files(folder)) == 1
    assert working.states()[-1] == (JOB, "done", "")


def test_killed_between_making_and_writing_a_file_it_writes_it_when_it_goes_on(
    desk: Actor, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encounters.sent(desk, a_file([a_claim(3)]))
    put = handing_on._put
    monkeypatch.setattr(handing_on, "_put", lambda *_: (_ for _ in ()).throw(OSError("the disk is full")))
    hand_on(monkeypatch)
    assert models.Handover.objects.count() == 1
    assert not folder.exists()
    monkeypatch.setattr(handing_on, "_put", put)
    apps.get_model("jobs", "Job").objects.filter(kind=JOB).update(run_after=NOW)
    working.work()
    assert len(files(folder)) == 1
    assert models.Handover.objects.count() == 1
