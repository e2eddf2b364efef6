"""What is spoken here: methods, formats, preferences; and an OperationOutcome for whatever goes wrong."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from django.urls import reverse

from portico.domains.access import machine_sign_in
from portico.domains.members import eligibility, inquiries
from portico.domains.members.asked import ByKey, Inquiry, NoAnswer, NotAnswered
from portico.domains.permits.actors import Door
from portico.domains.permits.actors import visitor as a_visitor
from portico.domains.permits.permit import NotPermitted
from portico.edges.fhir.resources import people
from tests.conformance import fhir
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.world import World

SPOKEN = f"{patients.ZEPHYRINE} Zephyrine Quillfeather 1984-05-06"


def outcome(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The one issue of an answer that is an outcome."""
    assert answer.status_code == status, answer.content
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert fhir.faults(answer.json()) == []
    (issue,) = clients.issues(answer)
    assert (issue["severity"], issue["code"]) == ("error", code)
    return dict(issue)


ACCEPTED = [
    "application/fhir+json",
    "application/json",
    "application/fhir+json; fhirVersion=4.0",
    'application/fhir+json; fhirVersion="4.0"; charset=utf-8',
    "text/html, */*;q=0.1",
    "application/*",
    "APPLICATION/FHIR+JSON",
    "application/fhir+xml, application/fhir+json;q=0.5",
    "",
    ",",
]
NOT_ACCEPTED = [
    "application/fhir+xml",
    "application/xml",
    "text/html",
    "application/fhir+json;q=0",
    "application/fhir+json; q=0.000",
    "application/fhir+json; fhirVersion=5.0",
    "*",
    ";;;",
]


@pytest.mark.parametrize("accept", ACCEPTED)
def test_json_is_spoken_to_who_takes_it(software: Asker, world: World, accept: str) -> None:
    answer = software.get(f"Patient/{clients.patient_id(world)}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/fhir+json")


@pytest.mark.parametrize("accept", NOT_ACCEPTED)
@pytest.mark.usefixtures("db")
def test_nothing_else_is_spoken(visitor: Asker, accept: str) -> None:
    for path in ("metadata", "Patient/x", "Patient", "nowhere"):
        outcome(visitor.get(path, headers={"Accept": accept}), 406, "not-supported")


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ("json", 200),
        ("application/json", 200),
        ("application/fhir+json", 200),
        ("application/fhir json", 200),
        ("text/json", 200),
        ("xml", 406),
        ("application/fhir+xml", 406),
        ("html", 406),
        ("turtle", 406),
    ],
)
@pytest.mark.usefixtures("db")
def test_a_format_in_the_address_goes_before_the_header(visitor: Asker, wanted: str, status: int) -> None:
    other = "application/xml" if status == 200 else "application/json"
    assert visitor.get("metadata", {"_format": wanted}, headers={"Accept": other}).status_code == status


@pytest.mark.parametrize(
    ("path", "method", "allowed"),
    [
        ("metadata", "POST", "GET, HEAD"),
        ("Patient", "POST", "GET, HEAD"),
        ("Patient", "DELETE", "GET, HEAD"),
        ("Patient/x", "PUT", "GET, HEAD"),
        ("Patient/x", "PATCH", "GET, HEAD"),
        ("Patient/x", "OPTIONS", "GET, HEAD"),
        ("Coverage/_search", "GET", "POST"),
        ("Coverage/_search", "HEAD", "POST"),
    ],
)
@pytest.mark.usefixtures("db")
def test_another_method_is_refused(visitor: Asker, path: str, method: str, allowed: str) -> None:
    answer = visitor.browser.generic(method, f"/fhir/{path}")
    assert (answer.status_code, answer.headers["Allow"]) == (405, allowed)
    if method != "HEAD":
        outcome(answer, 405, "not-supported")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/Observation/1",
        "/Patient/",
        "/Patient/1/_history/1",
        "/Patient/1/Coverage",
        "/patient/1",
        "/metadata/",
        "/Patient%0A",
        "/%00",
        "/Patient/a%2Fb",
        "/../sign-in/",
    ],
)
@pytest.mark.usefixtures("db")
def test_whatever_else_is_below_the_base_is_not_found(visitor: Asker, path: str) -> None:
    for method in ("GET", "POST"):
        outcome(visitor.browser.generic(method, f"/fhir{path}"), 404, "not-found")


@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain", ""])
def test_a_search_is_posted_as_a_form(software: Asker, kind: str) -> None:
    answer = software.browser.post(
        "/fhir/Patient/_search",
        json.dumps({"identifier": patients.ZEPHYRINE}),
        content_type=kind,
        headers={"Authorization": f"Bearer {software.token}"},
    )
    outcome(answer, 415, "not-supported")


def test_unknown_parameters_are_ignored_and_named(software: Asker) -> None:
    asked = {"identifier": patients.ZEPHYRINE, "favourite": "blue", "_sort": "name", "<script>": "1"}
    answer = software.get("Patient", asked)
    assert len(clients.matches(answer)) == 1
    (issue,) = clients.said(answer)["issue"]
    assert issue["details"]["text"] == "Patient was searched without favourite, _sort, 1 more."
    assert fhir.faults(answer.json()) == []


STRICT = ["handling=strict", "return=minimal; Handling = Strict", "a,handling=strict"]


@pytest.mark.parametrize("prefer", STRICT)
def test_unknown_parameters_are_refused_who_wants_it(software: Asker, prefer: str) -> None:
    asked = {"identifier": patients.ZEPHYRINE, "_sort": "name"}
    issue = outcome(software.get("Patient", asked, headers={"Prefer": prefer}), 400, "not-supported")
    assert issue["details"]["text"] == "Unknown here: _sort."
    known = {"identifier": patients.ZEPHYRINE, "_count": "1", "_format": "json", "_summary": "false"}
    assert software.get("Patient", known, headers={"Prefer": prefer}).status_code == 200


@pytest.mark.parametrize("prefer", ["handling=lenient", "strict", "handling=strictly", ""])
def test_who_is_lenient_is_answered(software: Asker, prefer: str) -> None:
    asked = {"identifier": patients.ZEPHYRINE, "_sort": "name"}
    assert software.get("Patient", asked, headers={"Prefer": prefer}).status_code == 200


def test_who_has_to_slow_down_is_told_for_how_long(software: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    later = NotAnswered(NoAnswer.SLOW_DOWN, again_at=NOW + timedelta(seconds=8.2), reference="REF")
    monkeypatch.setattr(people, "ask", lambda *asked, **more: later)
    for path, query in (("Patient", {"identifier": patients.ZEPHYRINE}), ("Patient/x", {})):
        answer = software.get(path, query)
        outcome(answer, 429, "throttled")
        assert answer.headers["Retry-After"] == "8"


def _crash(error: Exception) -> Any:
    def fail(*asked: object, **more: object) -> None:
        raise error

    return fail


def test_a_crash_is_told_by_its_reference_alone(
    software: Asker, world: World, monkeypatch: pytest.MonkeyPatch, logs: io.StringIO
) -> None:
    monkeypatch.setattr(eligibility, "answer", _crash(RuntimeError(SPOKEN)))
    answer = software.get(f"Patient/{clients.patient_id(world)}")
    issue = outcome(answer, 500, "exception")
    (row,) = worlds.uses(outcome="crashed")
    assert issue["diagnostics"] == f"Reference: {row.reference}."
    assert answer.headers["X-Request-Id"] == row.reference
    line = next(json.loads(line) for line in logs.getvalue().splitlines() if "request_failed" in line)
    assert (line["reference"], line["route"]) == (row.reference, "fhir_patient_read")
    assert patients.shown_in(logs.getvalue()) == []


def test_a_database_that_does_not_answer_is_asked_again_later(
    software: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine_sign_in, "by_token", _crash(DatabaseError(SPOKEN)))
    answer = software.get("Patient/x")
    outcome(answer, 503, "transient")
    assert answer.headers["Retry-After"] == "5"


def test_a_crash_of_a_posted_search_is_no_page_either(
    software: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "ask", _crash(KeyError(SPOKEN)))
    answer = software.post("Patient/_search", {"identifier": patients.ZEPHYRINE})
    assert SPOKEN not in json.dumps(outcome(answer, 500, "exception"))


def test_a_refusal_inside_never_reaches_the_pages(software: Asker) -> None:
    with pytest.raises(NotPermitted):
        inquiries.ask(
            actor=a_visitor(asked_at=NOW, today=TODAY, door=Door.FHIR),
            inquiry=Inquiry("", TODAY, ByKey("")),
        )
    answer = Asker("").get("Patient/x")
    assert "Location" not in answer.headers
    assert software.get("Patient/x").status_code == 404


def test_no_answer_sets_a_cookie_or_reads_a_session(software: Asker, world: World) -> None:
    for answer in (
        software.get("metadata"),
        software.get(f"Patient/{clients.patient_id(world)}"),
        software.post("Patient/_search", {"identifier": patients.ZEPHYRINE}),
        software.get("nowhere"),
    ):
        assert answer.cookies == {}


def test_addresses_are_made_from_the_registry() -> None:
    assert reverse("fhir_patient_search") == "/fhir/Patient"
    assert reverse("fhir_coverage_read", args=["x"]) == "/fhir/Coverage/x"
