"""`portico load`, as an operator types it."""

import argparse
from pathlib import Path

import pytest
from django.db import OperationalError

from portico.domains.jobs.models import Job
from portico.domains.members.models import Coverage, Member
from portico.edges.loaders import command, settling
from portico.edges.loaders.tests.building import file_834, person
from portico.shared import table_statistics

WELL, NOT_ALL, REFUSED = 0, 1, 2


def portico(*typed: str) -> int:
    """The exit code of what was typed."""
    parser = argparse.ArgumentParser()
    command.add_to(parser.add_subparsers())
    parsed = parser.parse_args(typed)
    return int(parsed.run(parsed))


def write(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def test_a_load_tells_counts(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(plan, "day.834", file_834(person()))
    assert portico("load", "834", file) == WELL
    said = capsys.readouterr().out
    assert "day.834 was loaded. Job " in said
    assert "Accepted" in said
    assert Member.objects.count() == 1


def test_the_database_looks_at_its_tables_once_a_load_is_in(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(Member.objects.count())
        raise OperationalError

    monkeypatch.setattr(table_statistics, "refresh", look)
    monkeypatch.setattr(settling, "MANY", 1)
    assert portico("load", "834", write(plan, "day.834", file_834(person()))) == WELL
    assert seen == [1]


def test_the_same_file_again_says_when_it_was_loaded(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = write(plan, "day.834", file_834(person()))
    portico("load", "834", file)
    capsys.readouterr()
    assert portico("load", "834", file) == WELL
    assert "day.834 was already loaded on " in capsys.readouterr().out


def test_a_quarantined_row_is_told_and_the_exit_code_says_so(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(plan, "day.834", file_834(person(born="20261399")))
    assert portico("load", "834", file) == NOT_ALL
    said = capsys.readouterr().out
    assert "Quarantined. Segment 11: DMG02 is no day of the calendar." in said
    assert "portico load again" in said


def test_a_refused_file_does_not_keep_the_next_from_being_loaded(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken, good = write(plan, "broken.834", b"hello"), write(plan, "good.834", file_834(person()))
    assert portico("load", "834", broken, good, str(plan / "missing")) == REFUSED
    said = capsys.readouterr().out
    assert "broken.834 was refused. Nothing was loaded." in said
    assert "missing was refused." in said
    assert Member.objects.count() == 1


def test_a_load_is_shown_with_every_row_to_look_at(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = [person(own_id=f"NLH1{number:02d}", born="20261399") for number in range(8)]
    portico("load", "834", write(plan, "day.834", file_834(*bad)))
    job = Job.objects.get(kind="load_834")
    assert capsys.readouterr().out.count("Quarantined.") == 5
    assert portico("load", "show", str(job.public_id)) == NOT_ALL
    assert capsys.readouterr().out.count("Quarantined.") == 8


def test_a_load_is_taken_back_whole(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    portico("load", "834", write(plan, "one.834", file_834(person())))
    before = list(Coverage.objects.values()), list(Member.objects.values())
    ended = person(ins="Y*18*024*08*A", name="OKAFOR*ADA", more=["DTP*357*D8*20260131"], coverage=())
    new = person(ins="N*19*021*20*A", own_id="NLH102", name="OKAFOR*BO")
    portico("load", "834", write(plan, "two.834", file_834(ended, new, control=2)))
    job = Job.objects.filter(kind="load_834").latest("id")
    assert portico("load", "reverse", str(job.public_id)) == WELL
    assert "everything is as it was before" in capsys.readouterr().out
    assert (list(Coverage.objects.values()), list(Member.objects.values())) == before


def test_a_load_that_was_taken_back_can_be_loaded_anew(plan: Path) -> None:
    file = write(plan, "one.834", file_834(person()))
    portico("load", "834", file)
    job = Job.objects.get(kind="load_834")
    portico("load", "reverse", str(job.public_id))
    assert not Member.objects.exists()
    assert portico("load", "834", file) == WELL
    assert Member.objects.count() == 1


def test_a_load_that_a_later_one_built_on_is_not_taken_back(
    plan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    portico("load", "834", write(plan, "one.834", file_834(person())))
    changed = person(ins="Y*18*001*25*A", name="OKAFOR*ADA")
    portico("load", "834", write(plan, "two.834", file_834(changed, control=2)))
    first, second = Job.objects.filter(kind="load_834").order_by("id")
    assert portico("load", "reverse", str(first.public_id)) == REFUSED
    assert f"portico load reverse {second.public_id}" in capsys.readouterr().out
    assert Member.objects.get().first_name == "ADA"


@pytest.mark.parametrize("what", ["show", "reverse", "again"])
def test_a_job_that_is_not_there_is_said(plan: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert portico("load", what, "00000000-0000-0000-0000-000000000000") == REFUSED
    assert capsys.readouterr().out
