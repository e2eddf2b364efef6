"""A file is staged once, unread when it is too large, and answers the same job while that stands."""

import os
import stat
from pathlib import Path

import pytest
from pytest_django import Settings

from portico.domains.jobs.models import Job
from portico.domains.members.models import Member
from portico.edges.loaders import intake
from portico.edges.loaders.intake import Kind
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from portico.edges.loaders.tests.building import CATALOGUE, file_834, person
from tests.loads.loading import actor, load, run, told
from tests.loads.loading import plan as lines


def take_in(path: Path, line: str = "") -> intake.Taken:
    return intake.take_in(actor=actor(), kind=Kind.ENROLMENT, path=path, line=line)


@pytest.fixture
def feed(inbox: Path) -> Path:
    path = inbox / "feed.834"
    path.write_bytes(file_834(person()))
    return path


def test_the_raw_file_is_kept_for_its_owner_alone(transactional_db: None, feed: Path) -> None:
    taken = take_in(feed)
    kept = intake.staged(str(taken.view.payload["file"]))
    assert kept.read_bytes() == feed.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700
    assert os.listdir(kept.parent) == [kept.name]


def test_the_same_content_and_options_are_the_same_job(transactional_db: None, feed: Path) -> None:
    first = take_in(feed)
    again = take_in(feed)
    assert (first.is_new, again.job) == (True, first.job)
    assert take_in(feed, line="employer-ppo").job != first.job


def test_a_file_over_the_limit_is_refused_unread(
    transactional_db: None, feed: Path, settings: Settings
) -> None:
    settings.MAX_FEED_BYTES = 100
    with pytest.raises(FeedRefused) as error:
        take_in(feed)
    assert error.value.code is RefusalCode.TOO_LARGE
    assert "at most 100 are taken: it was not read" in error.value.words
    assert not Job.objects.exists()
    assert not intake.staged("").exists()


@pytest.mark.parametrize("name", ["missing", "folder", "device", "pipe", "loop", "empty"])
def test_what_is_no_file_is_refused(transactional_db: None, inbox: Path, name: str) -> None:
    (inbox / "folder").mkdir()
    (inbox / "empty").touch()
    os.mkfifo(inbox / "pipe")
    (inbox / "loop").symlink_to("loop")
    wanted = Path(os.devnull) if name == "device" else inbox / name
    with pytest.raises(FeedRefused):
        take_in(wanted)
    assert not Job.objects.exists()


def test_a_file_that_grows_past_the_limit_while_it_is_read_is_refused_and_not_kept(
    transactional_db: None, feed: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAX_FEED_BYTES = feed.stat().st_size
    check = intake._check

    def check_and_grow(path: Path, status: os.stat_result) -> None:
        check(path, status)
        with path.open("ab") as more:
            more.write(b"more")

    monkeypatch.setattr(intake, "_check", check_and_grow)
    with pytest.raises(FeedRefused, match="came while the file was read"):
        take_in(feed)
    assert os.listdir(intake.staged("")) == []


@pytest.mark.parametrize("name", [b"\x1b[31mred\x07\n.834", b"latin-\xe9.834", "\u202e438.834".encode()])
def test_a_name_with_unusual_signs_is_kept_as_pages_and_terminals_can_show_it(
    transactional_db: None, feed: Path, name: bytes
) -> None:
    strange = feed.rename(feed.parent / os.fsdecode(name))
    kept = str(take_in(strange).view.payload["name"])
    assert kept.isprintable()
    assert kept.encode().decode() == kept
    with pytest.raises(FeedRefused) as error:
        take_in(feed.parent / os.fsdecode(b"no" + name))
    assert error.value.words.isprintable()


def test_a_refused_file_can_be_tried_again(transactional_db: None, inbox: Path) -> None:
    job = load(inbox, file_834(person()))
    assert job.error == "unknown_line"
    lines()
    load(inbox, CATALOGUE.encode(), Kind.BENEFITS, name="benefits")
    assert load(inbox, file_834(person())).public_id == job.public_id
    assert Member.objects.count() == 1


def test_quarantined_rows_are_taken_in_once_they_are_mended(transactional_db: None, inbox: Path) -> None:
    lines()
    first = load(
        inbox, file_834(person(), person(ins="N*19*021", own_id="NLH102", name="ROE*JAN", coverage=()))
    )
    assert told(first) == [("segment 6", "quarantined", "unknown_plan_code")]
    load(inbox, CATALOGUE.encode(), Kind.BENEFITS, name="benefits")
    again = intake.take_in_again(actor=actor(), job=first.public_id)
    assert again is not None
    run(Kind.ENROLMENT)
    assert Job.objects.get(public_id=again.job).summary == {"rows": 1, "accepted": 1}
    assert first.results.get().settled_by == Job.objects.get(public_id=again.job)
    assert set(Member.objects.values_list("member_id", flat=True)) == {"NLH101", "NLH102"}


def test_only_a_load_that_ended_is_taken_in_again(transactional_db: None, feed: Path) -> None:
    assert intake.take_in_again(actor=actor(), job=take_in(feed).job) is None
