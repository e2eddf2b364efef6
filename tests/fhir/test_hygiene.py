"""What a day of this door leaves behind holds no patient: links, headers, logs, cookies, the audit."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from portico.domains.members import eligibility
from portico.edges.fhir import refusals
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients
from tests.support import world as worlds
from tests.support.world import World

NAMED = {"family": "Quillfeather", "given": "Zephyrine", "birthdate": "1984-05-06"}
SPOKEN = f"{patients.ZEPHYRINE} Zephyrine Quillfeather 1984-05-06"


@pytest.fixture
def day(software: Asker, world: World, logs: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every kind of answer there is: found, missed, refused, malformed, crashed."""
    del logs
    strangers = [clients.register(world, clients.BY_KEY[key]) for key in ("expired", "revoked")]
    answers = list(_asked(software, world))
    answers += [each for stranger in strangers for each in _asked(stranger, world)]

    def fail(*asked: object, **more: object) -> None:
        raise RuntimeError(SPOKEN)

    with monkeypatch.context() as broken:
        broken.setattr(eligibility, "answer", fail)
        answers += _asked(software, world)
    return answers


def _asked(software: Asker, world: World) -> Iterator[Any]:
    for query in (
        NAMED,
        {**NAMED, "_count": "1", "favourite": "Quillfeather"},
        {**NAMED, "family": "Quillfeatherstone"},
        {**NAMED, "family:exact": "Quillfeather"},
        {"identifier": patients.ZEPHYRINE},
        {"identifier": patients.SUBSCRIBER, "_count": "1"},
        {"identifier": f"{patients.ZEPHYRINE}\x00"},
        {"identifier": patients.SSN},
        {"name": "Zephyrine Quillfeather"},
    ):
        yield software.get("Patient", query)
        yield software.post("Patient/_search", query)
    yield software.get(f"Patient/{clients.patient_id(world)}")
    yield software.get(f"Patient/{patients.ZEPHYRINE}")
    yield software.get("Coverage", {"patient": clients.patient_id(world)})
    yield software.get("Coverage", {"patient": patients.ZEPHYRINE})
    yield software.get(f"Coverage/{clients.coverage_id(world)}")
    yield software.get(f"{patients.ZEPHYRINE}?{patients.ZEPHYRINE}")


def test_links_and_headers_hold_no_patient(day: list[Any]) -> None:
    # What a client itself wrote into an address as an id comes back to it in the link to itself.
    typed = {"patient": patients.ZEPHYRINE}
    links = [one["url"] for answer in day for one in answer.json().get("link", [])]
    own = [url for url in links if f"patient={typed['patient']}" in url]
    assert len(links) > 20
    assert patients.shown_in("\n".join(url for url in links if url not in own)) == []
    assert patients.shown_in("\n".join(str(answer.headers) for answer in day)) == []


def test_outcomes_hold_no_patient(day: list[Any]) -> None:
    outcomes = [answer.json() for answer in day if answer.json()["resourceType"] == "OperationOutcome"]
    assert {answer.status_code for answer in day} >= {200, 400, 401, 403, 404, 500}
    assert patients.shown_in(json.dumps(outcomes)) == []


def test_logs_hold_no_patient(day: list[Any], logs: io.StringIO) -> None:
    del day
    assert "request_failed" in logs.getvalue()
    assert patients.shown_in(logs.getvalue()) == []


def test_audit_rows_name_members_as_subjects_alone(day: list[Any]) -> None:
    del day
    rows = [vars(row) for row in worlds.uses(door="fhir")]
    assert len(rows) > 60
    assert patients.shown_in(json.dumps(rows, default=str)) == []


def test_no_words_of_a_refusal_leave_room_for_a_value() -> None:
    words = [f"{told.why} {told.how}" for told in refusals.REFUSALS.values()]
    assert [each for each in words if "{" in each] == []
