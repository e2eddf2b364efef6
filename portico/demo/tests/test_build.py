"""The whole plan: the same bytes again, the right size, flat memory."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from portico.demo import build
from portico.demo.build import Built
from portico.demo.tests import reading
from portico.demo.tests.conftest import TODAY


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_size_seed_and_day_give_the_same_bytes(small: Built, folder: Path) -> None:
    build.build(900, 1, folder, TODAY)
    assert _bytes(folder) == _bytes(small.folder)


def test_another_seed_gives_other_people(small: Built, folder: Path) -> None:
    other = build.build(900, 2, folder, TODAY)
    assert other.enrolment[0].read_bytes() != small.enrolment[0].read_bytes()


@pytest.mark.parametrize("size", [1, 60, 333])
def test_there_are_as_many_members_as_asked_but_never_fewer_than_the_cases(size: int, folder: Path) -> None:
    built = build.build(size, 5, folder, TODAY)
    found = {reading.value(loop, "REF", "23") for loop in reading.members(*built.enrolment)}
    policies = {case.subscriber_id: 1 + len(case.companions) for case in built.cases}
    assert len(found) == built.members == max(size, sum(policies.values()))


def test_every_file_named_was_written_and_nothing_else(small: Built) -> None:
    loaded = {file for _, files in small.loads for file in files}
    named = {file for file in loaded if file.is_file()} | {small.tomorrow}
    named |= {sample.path for sample in small.encounters}
    written = {path for path in small.folder.rglob("*") if path.is_file()}
    assert {path for path in written if small.library not in path.parents} == named
    assert {path for path in loaded if path.is_dir()} == {small.library}
    assert small.tomorrow not in small.enrolment


def test_the_counts_are_those_of_the_files(small: Built) -> None:
    assert small.affiliations == len(reading.rows(small.providers))
    assert small.licensed == len(reading.rows(small.licences))
    assert small.excluded == len(reading.rows(small.exclusions))
    assert small.benefits == len(reading.rows(small.benefit_plans))
    assert small.used == len(reading.rows(small.accumulators))
    assert small.documents == len({path.stem[:-2] for path in small.library.glob("*/*.md")})
    subscribers = {reading.value(loop, "REF", "0F") for loop in reading.members(*small.enrolment)}
    assert small.households == len(subscribers)


def test_the_library_of_an_earlier_day_does_not_stay(folder: Path) -> None:
    build.build(1, 1, folder, date(2025, 3, 12))
    build.build(1, 1, folder, TODAY)
    built = build.build(1, 1, folder.with_name("anew"), TODAY)
    assert _bytes(folder / "library") == _bytes(built.library)


def test_progress_goes_up_to_the_total(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    build.build(2500, 1, folder, TODAY, lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1] == (2500, 2500)
    assert len(told) > 2


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_a_plan_can_be_built_on_any_day(today: date, folder: Path) -> None:
    built = build.build(200, 1, folder, today)
    loops = reading.members(*built.enrolment)
    assert all(reading.value(loop, "DTP", "348", "D8") for loop in loops)


def test_memory_does_not_grow_with_the_plan(folder: Path) -> None:
    few, many = _peak(300, folder), _peak(3000, folder)
    assert many - few < 500_000


def _peak(members: int, folder: Path) -> int:
    tracemalloc.start()
    build.build(members, 1, folder, TODAY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak
