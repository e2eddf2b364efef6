"""What came of a file, to the record; and each record by itself, to whoever reaches it."""

from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.apps import apps
from pytest_django import DjangoAssertNumQueries

from portico.domains.claims.edits.codes import Code
from portico.domains.claims.facts.submitted import Party
from portico.domains.encounters import mending, reports, submissions
from portico.domains.encounters.reports import EncounterNotFound, Total
from portico.domains.encounters.submissions import Answers, FileEdit, SubmissionNotFound
from portico.domains.encounters.tests import sending
from portico.domains.encounters.tests.sending import a_claim, a_file, desk, on_day, outsider, send
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Actor, Held
from portico.domains.permits.functions import Function

pytestmark = pytest.mark.usefixtures("world")


def of_provider(npi: str) -> Actor:
    """Somebody of our tax ID who was given one provider alone."""
    grant = replace(factories.grant(Function.ENCOUNTERS), providers=frozenset({npi}))
    return replace(desk(persona_id=11), held=Held([grant]))


def test_the_control_summary_adds_up_to_the_record_and_the_cent() -> None:
    dear = on_day(6, billed=Decimal("130.50"), diagnoses=())
    submission, _ = send(on_day(3), on_day(4), on_day(5, diagnoses=()), dear)
    summary = reports.control_summary(actor=desk(), submission=submission)
    assert summary.received == Total(4, Decimal("490.50"))
    assert summary.accepted == Total(2, Decimal("240.00"))
    assert summary.rejected == Total(2, Decimal("250.50"))
    assert dict(summary.by_code) == {
        Code.DIAGNOSIS_MISSING: 2,
        Code.POINTER_BEYOND: 2,
        Code.CHARGES_DO_NOT_ADD_UP: 1,
    }
    assert (summary.in_force, summary.outstanding, summary.submission.sees_all) == (2, 2, True)


def test_the_summary_says_what_became_of_records_since() -> None:
    submission, (kept, first, second, third) = send(
        on_day(3), on_day(4), on_day(5), on_day(6, billed=Decimal(1))
    )
    mending.void(actor=desk(), encounter=first.id)
    send(on_day(5, frequency="7", original_number=second.number), interchange="000000002")
    mending.mend(actor=desk(), encounter=third.id, values={"billed": "120"})
    summary = reports.control_summary(actor=desk(), submission=submission)
    assert (summary.accepted.count, summary.in_force, summary.voided, summary.replaced) == (3, 1, 1, 1)
    assert (summary.rejected.count, summary.outstanding, summary.mended) == (1, 0, 1)
    assert kept.is_accepted


def test_a_refused_file_says_what_is_wrong_with_it_and_where() -> None:
    receipt = submissions.take_in(actor=desk(), file=a_file())
    segment = sending.segments(a_claim())[0]
    submissions.refuse(
        actor=desk(),
        submission=receipt.id,
        code="sets_rejected",
        answers=Answers(),
        edits=[FileEdit("segment_missing", segment, 9, "2010AA"), FileEdit("count_differs")],
    )
    summary = reports.control_summary(actor=desk(), submission=receipt.id)
    assert [(edit.code, edit.place, edit.segment) for edit in summary.file_edits] == [
        ("count_differs", 0, None),
        ("segment_missing", 5, segment),
    ]
    assert summary.received.count == 0


def test_rejections_show_the_segment_as_it_was_sent() -> None:
    submission, _ = send(on_day(3), on_day(4, billed=Decimal(1)))
    (row,) = reports.rejections(actor=desk(), submission=submission).rows
    (edit,) = row.edits
    assert (row.position, row.patient_control_number, row.number) == (2, "PCN4", "")
    assert edit.segment is not None
    assert (edit.place, edit.name, edit.element, edit.segment.name) == (20, "CLM", 2, "CLM")


def test_rejections_can_be_those_of_one_edit_or_those_that_wait() -> None:
    submission, (first, _) = send(on_day(3, billed=Decimal(1)), on_day(4, diagnoses=()))
    by_code = reports.rejections(actor=desk(), submission=submission, code=Code.CHARGES_DO_NOT_ADD_UP)
    assert [row.position for row in by_code.rows] == [1]
    mending.mend(actor=desk(), encounter=first.id, values={"billed": "120"})
    waiting = reports.rejections(actor=desk(), submission=submission, only_outstanding=True)
    assert [row.position for row in waiting.rows] == [2]


def test_pages_of_rejections_follow_each_other_at_the_same_cost(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    submission, _ = send(*(on_day(day, billed=Decimal(1)) for day in range(2, 9)))
    key, found = "", []
    for size in (1, 6):
        with django_assert_num_queries(7):
            page = reports.rejections(actor=desk(), submission=submission, after=key, size=size)
        key = page.next_key or ""
        found += [row.position for row in page.rows]
    assert found == [1, 2, 3, 4, 5, 6, 7]
    assert key == ""


def test_whoever_looks_at_records_leaves_the_members_in_the_audit() -> None:
    submission, _ = send(on_day(3, billed=Decimal(1)))
    reports.rejections(actor=desk(), submission=submission)
    subjects = apps.get_model("audit", "Subject").objects.filter(kind="member")
    assert set(subjects.values_list("identifier", flat=True)) == {"N1000"}


def test_one_provider_given_shows_that_providers_records_and_says_that_it_is_a_part() -> None:
    factories.a_provider(sending.OTHER_NPI, factories.OURS)
    other = on_day(4, rendering=Party(npi=sending.OTHER_NPI))
    submission, (theirs, mine) = send(on_day(3), other)
    actor = of_provider(sending.OTHER_NPI)
    view = submissions.read(actor=actor, submission=submission)
    assert (view.received, view.accepted, view.sees_all) == (1, 1, False)
    assert [row.id for row in reports.accepted(actor=actor, submission=submission).rows] == [mine.id]
    assert submissions.answers(actor=actor, submission=submission) == Answers(b"TA1", b"999", b"")
    with pytest.raises(EncounterNotFound):
        reports.record(actor=actor, encounter=theirs.id)


def test_another_providers_encounter_is_rejected_and_who_sent_it_sees_that() -> None:
    factories.a_provider(sending.OTHER_NPI, factories.OURS)
    actor = of_provider(sending.OTHER_NPI)
    submission, (judged,) = send(a_claim(), actor=actor)
    assert sending.codes(judged) == [Code.PROVIDER_NOT_OPEN]
    (row,) = reports.rejections(actor=actor, submission=submission).rows
    assert (row.id, row.provider_npi) == (judged.id, "")


def test_a_record_by_itself_is_shown_as_understood_and_as_sent() -> None:
    _, (judged,) = send(a_claim())
    page = reports.record(actor=desk(), encounter=judged.id)
    assert page.claim == a_claim()
    assert page.segments == sending.segments(a_claim())
    assert (page.record.number, page.handed_on, page.successor) == (judged.number, False, None)


def test_records_of_others_are_as_unknown_as_those_that_never_were() -> None:
    submission, (judged,) = send(a_claim())
    for encounter in (judged.id, uuid4()):
        with pytest.raises(EncounterNotFound):
            reports.record(actor=outsider(), encounter=encounter)
    for asked in (submission, uuid4()):
        with pytest.raises(SubmissionNotFound):
            reports.control_summary(actor=outsider(), submission=asked)
        with pytest.raises(SubmissionNotFound):
            reports.rejections(actor=outsider(), submission=asked)


def test_the_summary_costs_the_same_for_many_records(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    one, _ = send(on_day(2))
    many, _ = send(*(on_day(day) for day in range(3, 20)), interchange="000000002")
    for submission in (one, many):
        with django_assert_num_queries(11):
            reports.control_summary(actor=desk(), submission=submission)
