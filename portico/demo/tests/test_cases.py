"""The named cases: always there, always the same, and what they say is what the feeds say."""

from datetime import date
from pathlib import Path

import pytest

from portico.demo import build, cases, plans
from portico.demo.build import Built
from portico.demo.cases import Case
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY

WANTED = set(
    "active future terminated retroactively_terminated family two_plans name_apostrophe name_hyphen "
    "name_suffix twins medi_cal pcp_other_group deductible_partly_met oop_max_reached other_coverage "
    "limit_reached premium_grace".split()
)
DAYS = [date(2026, 1, 1), date(2026, 12, 31), date(2028, 2, 29), date(2027, 3, 31)]


def _case(key: str, today: date = TODAY) -> Case:
    return next(case for case in cases.cases(today) if case.key == key)


def _last_loop(built: Built, member_id: str) -> list[list[str]]:
    """The person's member loop in the last file that has one."""
    found = [
        loop for loop in reading.members(*built.enrolment) if reading.value(loop, "REF", "23") == member_id
    ]
    return found[-1]


def test_the_cases_the_demo_promises_are_all_there() -> None:
    keys = [case.key for case in cases.cases(TODAY)]
    assert set(keys) >= WANTED
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("members", "seed"), [(1, 1), (250, 7), (1500, 7), (250, 12345)])
def test_every_case_is_in_the_files_whatever_the_size_and_seed(members: int, seed: int, folder: Path) -> None:
    built = build.build(members, seed, folder, TODAY)
    for case in built.cases:
        loop = _last_loop(built, case.member_id)
        assert reading.value(loop, "REF", "0F") == case.subscriber_id
        assert reading.value(loop, "NM1", "IL", "1") == case.last_name
        assert reading.value(loop, "DMG", "D8") == f"{case.birth_date:%Y%m%d}"


def test_identifiers_of_the_cases_are_theirs_alone(small: Built) -> None:
    named = {case.subscriber_id for case in small.cases}
    for loop in reading.members(*small.enrolment):
        ssn = next(segment for segment in loop if segment[:2] == ["NM1", "IL"])[9:10]
        if reading.value(loop, "REF", "0F") not in named:
            assert reading.value(loop, "REF", "0F") < "NLH88"
            assert not ssn or ssn[0] < "999"


def test_cases_stay_the_same_people_from_day_to_day() -> None:
    def identity(case: Case) -> tuple[str, str, str | None, str]:
        return case.key, case.member_id, case.ssn, case.last_name

    assert {tuple(map(identity, cases.cases(today))) for today in DAYS} == {
        tuple(map(identity, cases.cases(TODAY)))
    }


@pytest.mark.parametrize("today", DAYS)
def test_what_is_said_of_coverage_is_true_on_the_day(today: date, folder: Path) -> None:
    built = build.build(1, 1, folder, today)
    for case in built.cases:
        spans = _spans(_last_loop(built, case.member_id))
        active = any(first <= today and (last is None or last >= today) for first, last in spans)
        assert active is not case.says.startswith("Not covered"), case.key


def _spans(loop: list[list[str]]) -> list[tuple[date, date | None]]:
    firsts = [date.fromisoformat(s[3]) for s in loop if s[:2] == ["DTP", "348"]]
    lasts = [date.fromisoformat(s[3]) for s in loop if s[:2] == ["DTP", "349"]]
    ended: list[date | None] = [*lasts]
    return list(zip(firsts, ended + [None] * (len(firsts) - len(lasts)), strict=True))


def test_the_full_file_did_not_yet_know_of_the_retroactive_end(small: Built) -> None:
    case = _case("retroactively_terminated")
    full = [
        loop
        for loop in reading.members(*small.enrolment[:-1])
        if reading.value(loop, "REF", "23") == case.member_id
    ]
    assert _spans(full[0])[0][1] is None
    assert _spans(_last_loop(small, case.member_id))[0][1] == date(2026, 8, 31)


def test_tomorrows_file_ends_a_coverage_that_is_active_today(small: Built) -> None:
    case = _case("ends_tomorrow")
    tomorrow = {reading.value(loop, "REF", "23"): loop for loop in reading.members(small.tomorrow)}
    assert _spans(_last_loop(small, case.member_id))[0][1] is None
    assert _spans(tomorrow[case.member_id])[0][1] == date(2026, 10, 31)


def test_the_amounts_the_cases_speak_of_are_in_the_feeds(small: Built) -> None:
    used = {
        (row["member_id"], row["kind"], row["service_type"]): row["used"]
        for row in reading.rows(small.accumulators)
    }
    gold, silver = plans.BY_CODE["7QX"], plans.BY_CODE["7QS"]
    assert used[_case("deductible_partly_met").member_id, "deductible", ""] == "250.00"
    assert gold.inside.deductible == 1500
    assert used[_case("oop_max_reached").member_id, "oop_max", ""] == f"{silver.inside.oop_max}.00"
    assert used[_case("limit_reached").member_id, "limit", "AE"] == str(gold.therapy_visits)


def test_the_policy_lists_everybody_else_on_it() -> None:
    family, twin = _case("family"), _case("twins")
    assert [other.first_name for other in family.companions] == ["Quang", "Mai", "Bao"]
    assert [other.member_id[-2:] for other in twin.companions] == ["01", "03"]
    assert {other.birth_date for other in twin.companions} > {twin.birth_date}


def test_a_record_is_ready_for_json() -> None:
    record = _case("family").record()
    assert record["birth_date"] == "1983-09-08"
    assert record["member_id"] == "NLH8842010501"
    assert isinstance(record["companions"], list)
