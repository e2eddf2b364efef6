"""What an attacker sends: long, many, broken, forged. The answer comes at once and shows nothing."""

from time import perf_counter
from typing import Any

import pytest

from tests.conformance import fhir
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients
from tests.support.world import World

SOON = 2.0


def asked(software: Asker, path: str, headers: dict[str, str] | None = None) -> Any:
    """The answer, which has to come soon, be JSON, and fit."""
    began = perf_counter()
    answer = software.get(path, headers=headers)
    assert perf_counter() - began < SOON
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert fhir.faults(answer.json()) == []
    return answer


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("identifier=" + "9" * 100_000, {400}),
        ("identifier=" + "%2C" * 5_000, {400}),
        ("identifier=" + r"\\" * 90 + ",", {400}),
        ("identifier=" + "|" * 199, {400}),
        ("birthdate=" + "9" * 199, {400}),
        ("identifier=NLQX%00", {400}),
        ("identifier=NLQX%0d%0aSet-Cookie:x=1", {400}),
        ("identifier=%ff%fe%80", {200}),
        ("identifier=%ed%a0%80", {200}),
        ("family=%c3%28&birthdate=1984-05-06", {200}),
        ("family=%F0%9F%98%80&birthdate=1984-05-06", {200}),
        ("family=Robert%27);DROP%20TABLE%20members_member;--&birthdate=1984-05-06", {200}),
        ("family=%25&birthdate=1984-05-06", {200}),
        ("given=%25&family=Quillfeather&birthdate=1984-05-06", {200}),
        ("birthdate=0000-00-00&family=a", {400}),
        ("birthdate=9999-12-31&family=a", {200}),
        ("identifier=NLQX7731&_count=1000000000", {200}),
        ("identifier=NLQX7731&_count=" + "9" * 150, {200}),
        ("identifier=NLQX7731&_count=" + "9" * 5000, {400}),
        ("identifier=NLQX7731&_count=1e3", {400}),
        ("identifier=NLQX7731&_count=0x10", {400}),
        ("_page=" + "A" * 100_000, {410}),
        ("&" * 900, {400}),
        ("&".join(f"p{number}=1" for number in range(999)) + "&identifier=NLQX7731", {200}),
        ("&".join(f"p{number}=1" for number in range(5_000)), {400}),
        ("identifier[]=NLQX7731&identifier[0]=x", {400}),
        (":exact=x", {400}),
        ("=x", {400}),
        ("a" * 50_000 + "=1&identifier=NLQX7731", {200}),
        ("<script>alert(1)</script>=1&identifier=NLQX7731", {200}),
    ],
    ids=range(30),
)
def test_a_search_by_anything(software: Asker, query: str, statuses: set[int]) -> None:
    answer = asked(software, f"Patient?{query}")
    assert answer.status_code in statuses, answer.content[:200]
    assert b"<script>" not in answer.content
    assert "Set-Cookie" not in answer.headers


def test_wildcards_are_no_wildcards(software: Asker) -> None:
    for value in ("%", "_", "*", "Q%", "Quill_eather"):
        answer = software.get("Patient", {"family": value, "birthdate": "1984-05-06"})
        assert clients.matches(answer) == []
    answer = software.get("Patient", {"family": "Quillfeather", "given": "Z%", "birthdate": "1984-05-06"})
    assert [one["name"][0]["given"] for one in clients.matches(answer)] == [["Zephyrine"]]


@pytest.mark.parametrize(
    "content",
    [b"\xff\xfe=\x80", b"identifier=\x00", b"&" * 5_000, b"a=1&" * 5_000, b"identifier=" + b"x" * 900_000],
    ids=range(5),
)
def test_a_form_of_anything(software: Asker, content: bytes) -> None:
    answer = posted(software, content)
    assert answer.status_code == 400
    assert fhir.faults(answer.json()) == []


def test_a_form_too_large_is_not_read(software: Asker) -> None:
    answer = posted(software, b"identifier=" + b"x" * 2_000_000)
    assert (answer.status_code, clients.issues(answer)[0]["code"]) == (413, "too-long")


def test_a_form_in_another_encoding_is_refused(software: Asker) -> None:
    answer = posted(software, b"identifier=NLQX7731", "application/x-www-form-urlencoded; charset=utf-16")
    assert (answer.status_code, clients.issues(answer)[0]["code"]) == (400, "structure")


def posted(software: Asker, content: bytes, kind: str = "application/x-www-form-urlencoded") -> Any:
    """The answer to a form of these bytes."""
    headers = {"Authorization": f"Bearer {software.token}"}
    return software.browser.post("/fhir/Patient/_search", content, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    "headers",
    [
        {"Accept": "application/json" + ",a/b" * 5_000},
        {"Accept": "a" * 60_000 + ",*/*"},
        {"Accept": ";q=" * 20_000 + ",*/*"},
        {"Prefer": "handling=strict," * 5_000},
        {"If-None-Match": 'W/"' + "a" * 60_000},
        {"If-None-Match": '"a",' * 15_000},
        {"If-Modified-Since": "Thu, 12 Mar 99999999 17:00:00 GMT"},
        {"X-Forwarded-Host": "evil.example.org"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
    ids=range(9),
)
def test_headers_of_anything(software: Asker, world: World, headers: dict[str, str]) -> None:
    answer = asked(software, f"Patient/{clients.patient_id(world)}", headers)
    assert answer.status_code == 200
    assert "evil" not in answer.content.decode()


def test_another_host_is_not_believed(software: Asker) -> None:
    headers = {"Authorization": f"Bearer {software.token}", "Host": "evil.example.org"}
    answer = software.browser.get("/fhir/Patient", {"identifier": patients.ZEPHYRINE}, headers=headers)
    assert answer.status_code == 400
    assert "Zephyrine" not in answer.content.decode()
