"""A file is taken in once: the same bytes again are the same submission, other bytes a duplicate."""

from collections.abc import Callable

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.encounters import files, models, reading, submissions
from portico.domains.encounters.reading import NotReadable
from portico.domains.encounters.submissions import (
    Answers,
    BadUpload,
    FileEdit,
    SubmissionNotFound,
    Taken,
    TooManyWaiting,
)
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, a_file, desk, outsider, send
from portico.domains.members.tests import factories
from portico.domains.permits.permit import NotPermitted

pytestmark = pytest.mark.usefixtures("world")


def last_use() -> tuple[str, str]:
    """Outcome and conclusion of the audit row written last."""
    entries = apps.get_model("audit", "Entry").objects.order_by("-pk")
    outcome, conclusion = entries.values_list("outcome", "conclusion")[0]
    return outcome, conclusion


def test_a_new_file_waits_to_be_read() -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file())
    assert receipt.taken is Taken.NEW
    assert last_use() == ("allowed", "encounters_new")
    view = submissions.read(actor=desk(), submission=receipt.id)
    assert (view.stage, view.received, view.name, view.interchange) == ("waiting", 0, "feb.837", "000000001")


def test_the_same_bytes_again_are_the_same_submission_with_the_answer_it_got() -> None:
    first, _ = send(a_claim())
    receipt = submissions.take_in(actor=desk(), file=a_file(b"ISA*000000001"))
    assert (receipt.id, receipt.taken) == (first, Taken.AGAIN)
    assert submissions.answers(actor=desk(), submission=receipt.id) == sending.ANSWERS
    assert models.Submission.objects.count() == 1


def test_the_same_control_number_with_other_bytes_is_a_duplicate() -> None:
    first, _ = send(a_claim())
    receipt = submissions.take_in(actor=desk(), file=a_file(b"ISA*other"))
    assert receipt.taken is Taken.DUPLICATE
    assert receipt.id != first
    view = submissions.read(actor=desk(), submission=receipt.id)
    assert (view.stage, view.refusal) == ("refused", submissions.DUPLICATE)
    with pytest.raises(NotReadable):
        reading.begin(actor=desk(), submission=receipt.id)


def test_a_duplicate_sent_again_and_again_fills_nothing() -> None:
    send(a_claim())
    receipts = {submissions.take_in(actor=desk(), file=a_file(b"ISA*other")).id for _ in range(3)}
    assert len(receipts) == 1


def test_another_sender_or_another_tax_id_has_control_numbers_of_its_own() -> None:
    send(a_claim())
    receipt = submissions.take_in(actor=desk(), file=a_file(b"ISA*other", sender="ZZANOTHER"))
    assert receipt.taken is Taken.NEW
    elsewhere = a_file(b"ISA*other", tax_id=factories.STRANGERS)
    assert submissions.take_in(actor=outsider(), file=elsewhere).taken is Taken.NEW


def test_what_was_refused_may_be_sent_again_and_refused_again() -> None:
    for _ in range(2):
        receipt = submissions.take_in(actor=desk(), file=a_file())
        assert receipt.taken is Taken.NEW
        edits = [FileEdit("set_rejected", sending.segments(a_claim())[0], 9, "2010AA")]
        submissions.refuse(
            actor=desk(), submission=receipt.id, code="set_rejected", answers=Answers(b"TA1"), edits=edits
        )
        assert submissions.answers(actor=desk(), submission=receipt.id) == Answers(b"TA1")
    assert submissions.take_in(actor=desk(), file=a_file(b"ISA*mended")).taken is Taken.NEW


def test_a_file_that_was_read_is_refused_no_more() -> None:
    submission, _ = send(a_claim())
    submissions.refuse(actor=desk(), submission=submission, code="late", answers=Answers())
    assert submissions.read(actor=desk(), submission=submission).stage == "read"


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (a_file(b""), "empty"),
        (a_file(b"PK\x03\x04 a spreadsheet"), "not_x12"),
        (a_file(b"ISA*x", interchange=""), "not_x12"),
        (a_file(b"ISA" + b" " * submissions.MOST_BYTES), "too_large"),
    ],
    ids=["empty", "spreadsheet", "no control number", "too large"],
)
def test_what_is_no_interchange_is_not_taken_in(file: submissions.NewFile, code: str) -> None:
    with pytest.raises(BadUpload) as refused:
        submissions.take_in(actor=desk(), file=file)
    assert refused.value.code == code
    assert not models.Submission.objects.exists()


def test_so_many_wait_that_another_has_to_wait_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submissions, "MOST_WAITING", 2)
    for number in ("000000001", "000000002"):
        submissions.take_in(actor=desk(), file=a_file(b"ISA" + number.encode(), interchange=number))
    with pytest.raises(TooManyWaiting):
        submissions.take_in(actor=desk(), file=a_file(b"ISA3", interchange="000000003"))
    assert last_use() == ("allowed", "has_to_wait")


def test_whoever_holds_no_encounters_hands_in_nothing() -> None:
    with pytest.raises(NotPermitted):
        submissions.take_in(actor=factories.front_desk(), file=a_file())
    assert last_use()[0] == "denied"


def test_a_submission_of_others_is_as_unknown_as_one_that_never_was() -> None:
    submission, _ = send(a_claim())
    asks: tuple[Callable[..., object], ...] = (submissions.read, submissions.progress, submissions.answers)
    for ask in (*asks, reading.judged, reading.begin):
        with pytest.raises(SubmissionNotFound):
            ask(actor=outsider(), submission=submission)
    assert submissions.listed(actor=outsider()).rows == ()


def test_a_list_asks_as_many_queries_for_many_files_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    send(a_claim())
    counted = []
    for number in ("000000002", "000000003", "000000004"):
        with django_assert_num_queries(5):
            counted.append(len(submissions.listed(actor=desk()).rows))
        send(sending.on_day(int(number)), interchange=number)
    assert counted == [1, 2, 3]


def test_pages_of_a_list_follow_each_other() -> None:
    for number in range(3):
        submissions.take_in(actor=desk(), file=a_file(f"ISA{number}".encode(), interchange=f"{number:09d}"))
    first = submissions.listed(actor=desk(), size=2)
    second = submissions.listed(actor=desk(), size=2, after=first.next_key or "")
    assert [row.interchange for row in (*first.rows, *second.rows)] == ["000000002", "000000001", "000000000"]
    assert second.next_key is None


def test_a_large_file_is_read_part_by_part_from_anywhere() -> None:
    content = b"ISA" + bytes(range(256)) * (files.PART // 256 + 100)
    receipt = submissions.take_in(actor=desk(), file=a_file(content))
    file = reading.begin(actor=desk(), submission=receipt.id).file
    assert file.read() == content
    file.seek(files.PART - 5)
    assert file.read(10) == content[files.PART - 5 : files.PART + 5]
    assert models.FilePart.objects.count() == 2
    assert b"ISA" not in bytes(models.FilePart.objects.all()[0].sealed)


def test_the_same_bytes_have_work_that_failed_go_on() -> None:
    file, job = a_file(), "ask_batch"
    first = submissions.take_in(actor=desk(), file=file, job=job)
    jobs = apps.get_model("jobs", "Job").objects
    assert [each.payload for each in jobs.all()] == [{"submission": str(first.id)}]
    jobs.update(state="failed", error="Crash")
    assert submissions.take_in(actor=desk(), file=file, job=job).taken is Taken.AGAIN
    assert list(jobs.values_list("state", "error")) == [("queued", "")]
