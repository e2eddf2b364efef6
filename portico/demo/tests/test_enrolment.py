"""The 834s: their shape, and what pyx12, a validator nobody here wrote, says of them."""

import io
import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from pyx12 import params, x12n_document

from portico.demo import enrolment_feed, names, plans
from portico.demo.build import Built
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY
from portico.shared import identifiers

INVALID_CHARACTER = "6"


def _validate(text: str) -> tuple[bool, list[dict[str, Any]]]:
    """Whether pyx12 accepts a file under 005010X220A1, and every finding."""
    report = io.StringIO()
    accepted = x12n_document.x12n_document(params.params(), io.StringIO(text), None, None, fd_json=report)
    return accepted, list(_findings(json.loads(report.getvalue())))


def _findings(node: Any) -> Any:
    if isinstance(node, dict):
        if "err_cde" in node:
            yield node
        for child in node.values():
            yield from _findings(child)
    elif isinstance(node, list):
        for child in node:
            yield from _findings(child)


def test_a_validator_accepts_every_file_once_accents_are_dropped(small: Built) -> None:
    for path in (*small.enrolment, small.tomorrow):
        plain = "".join(
            map(names.without_accents, path.read_text(encoding="utf-8").splitlines(keepends=True))
        )
        accepted, findings = _validate(plain)
        assert (accepted, findings) == (True, []), path.name


def test_with_accents_a_strict_validator_finds_accents_and_nothing_else(small: Built) -> None:
    _, findings = _validate(small.enrolment[0].read_text(encoding="utf-8"))
    assert findings
    assert {finding["err_cde"] for finding in findings} == {INVALID_CHARACTER}
    assert not any(str(finding["err_val"]).isascii() for finding in findings)


def test_a_household_comes_whole_and_the_subscriber_first(small: Built) -> None:
    seen: set[str] = set()
    current = ""
    for loop in reading.members(*small.enrolment[:-1]):
        subscriber = reading.value(loop, "REF", "0F")
        if subscriber != current:
            assert subscriber not in seen
            assert loop[0][1:3] == ["Y", "18"]
            seen.add(subscriber)
            current = subscriber
        assert reading.value(loop, "REF", "23").startswith(subscriber)


def test_identifiers_cannot_be_real_and_are_nobody_elses(small: Built) -> None:
    loops = reading.members(*small.enrolment[:-1])
    ssns = [reading.value(loop, "NM1", "IL", "1")[-1:] and _ssn(loop) for loop in loops]
    given = [ssn for ssn in ssns if ssn]
    assert len(set(given)) == len(given) > 0.9 * len(loops)
    assert all(identifiers.parse_ssn(ssn, allow_demo=True) >= "900" and ssn[3:5] < "50" for ssn in given)
    member_ids = Counter(reading.value(loop, "REF", "23") for loop in loops)
    assert set(member_ids.values()) == {1}
    assert all(reading.value(loop, "PER", "IP", "", "HP")[3:8] == "55501" for loop in loops)
    assert {reading.value(loop, "N4")[:0] + _postal(loop)[:3] for loop in loops} == {"909", "929"}


def _ssn(loop: list[list[str]]) -> str:
    name = next(segment for segment in loop if segment[:2] == ["NM1", "IL"])
    return name[9] if name[8:9] == ["34"] else ""


def _postal(loop: list[list[str]]) -> str:
    return next(segment for segment in loop if segment[0] == "N4")[3]


def test_coverage_begins_before_it_ends_and_not_before_birth(small: Built) -> None:
    for loop in reading.members(*small.enrolment):
        born = _day(reading.value(loop, "DMG", "D8"))
        for first, last in _spans(loop):
            assert born <= first
            assert last is None or first <= last


def test_people_are_covered_in_every_way(small: Built) -> None:
    spans = [_spans(loop) for loop in reading.members(*small.enrolment)]
    latest = [person[-1] for person in spans]
    assert sum(first > TODAY for first, _ in latest) >= 3
    assert sum(last is not None and last < TODAY for _, last in latest) >= 20
    assert sum(first <= TODAY and (last is None or last >= TODAY) for first, last in latest) >= 700
    assert sum(len(person) > 1 for person in spans) >= 20


def _spans(loop: list[list[str]]) -> list[tuple[date, date | None]]:
    spans: list[tuple[date, date | None]] = []
    for segment in loop:
        if segment[:2] == ["DTP", "348"]:
            spans.append((_day(segment[3]), None))
        if segment[:2] == ["DTP", "349"]:
            spans[-1] = (spans[-1][0], _day(segment[3]))
    return spans


def _day(text: str) -> date:
    return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a day has no time zone


def test_every_plan_code_is_known_and_every_line_has_members(small: Built) -> None:
    codes = {
        segment[4] for path in small.enrolment for segment in reading.segments(path) if segment[0] == "HD"
    }
    assert {plans.BY_CODE[code].line for code in codes} == {plan.line for plan in plans.PLANS}


def test_a_pcp_stands_in_the_provider_file_under_that_tax_id(small: Built) -> None:
    known = {(row["npi"], row["tax_id"]) for row in reading.rows(small.providers)}
    for path in (*small.enrolment, small.tomorrow):
        tax_id = ""
        for segment in reading.segments(path):
            if segment[:2] == ["REF", "17"]:
                tax_id = segment[2]
            if segment[:2] == ["NM1", "P3"]:
                assert (segment[9], tax_id) in known


def test_nobody_has_two_pcps_at_once(small: Built) -> None:
    for loop in reading.members(*small.enrolment):
        by_start: dict[str, set[str]] = {}
        start = ""
        for segment in loop:
            if segment[:2] == ["DTP", "348"]:
                start = segment[3]
            if segment[:2] == ["NM1", "P3"]:
                by_start.setdefault(start, set()).add(segment[9])
        assert all(len(npis) == 1 for npis in by_start.values())


def test_twins_share_a_birthday_and_say_who_came_first(small: Built) -> None:
    born: dict[str, list[tuple[str, str]]] = {}
    for loop in reading.members(*small.enrolment):
        if len(loop[0]) > 17:
            who = (reading.value(loop, "DMG", "D8"), loop[0][17])
            born.setdefault(reading.value(loop, "REF", "0F"), []).append(who)
    assert born
    for (first_day, first), (second_day, second) in born.values():
        assert first_day == second_day
        assert (first, second) == ("1", "2")


def test_a_large_plan_is_cut_into_files_and_transaction_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: Built
) -> None:
    from portico.demo import build

    monkeypatch.setattr(enrolment_feed, "MEMBERS_A_FILE", 300)
    monkeypatch.setattr(enrolment_feed, "MEMBERS_A_SET", 100)
    built = build.build(900, 1, tmp_path, TODAY)
    assert [path.name for path in built.enrolment[:2]] == ["834-full-001.x12", "834-full-002.x12"]
    assert reading.members(*built.enrolment) == reading.members(*small.enrolment)
    controls = {reading.segments(path)[0][13] for path in built.enrolment}
    assert len(controls) == len(built.enrolment) > 3
    sets = [segment for segment in reading.segments(built.enrolment[0]) if segment[0] == "ST"]
    assert [segment[2] for segment in sets] == ["0001", "0002", "0003"]


def test_no_accent_is_lost_on_the_way(small: Built) -> None:
    text = small.enrolment[0].read_text(encoding="utf-8")
    assert "Muñoz Ibáñez*José*Ángel" in text
    assert names.without_accents("Đặng Łukasz Weiß Sørensen") == "Dang Lukasz Weiss Sorensen"
