"""What became of each row, and the repair of what was quarantined."""

import pytest
from pytest_django import DjangoAssertNumQueries

from portico.domains.jobs import results
from portico.domains.jobs.results import RowNote
from portico.domains.jobs.rules import RowOutcome
from portico.domains.jobs.tests import making
from portico.domains.jobs.tests.test_steering import PLAN, given

pytestmark = pytest.mark.django_db


def quarantined(position: int, raw: bytes | None = b"sealed") -> RowNote:
    return RowNote(
        position=position,
        locator=f"segment {position}",
        outcome=RowOutcome.QUARANTINED,
        reason="birth_date_missing",
        message="The row gives no date of birth.",
        raw_sealed=raw,
    )


def accepted(position: int) -> RowNote:
    return RowNote(position=position, locator=f"segment {position}", outcome=RowOutcome.ACCEPTED)


def test_rows_are_counted_by_outcome(clock: making.Clock) -> None:
    held = making.leased(clock)
    results.note(held, [accepted(1), accepted(2), quarantined(3)])
    counted = results.counts(given=PLAN, job=held.public_id)
    assert counted == {RowOutcome.ACCEPTED: 2, RowOutcome.QUARANTINED: 1}
    assert counted[RowOutcome.FLAGGED] == 0


def test_a_chunk_of_results_costs_one_query(
    clock: making.Clock, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held = making.leased(clock)
    with django_assert_num_queries(1):
        results.note(held, [accepted(i) for i in range(100)])


def test_results_are_read_in_the_order_of_the_file(clock: making.Clock) -> None:
    held = making.leased(clock)
    results.note(held, [accepted(1), quarantined(2), accepted(3)])
    first = results.page(given=PLAN, job=held.public_id, size=2)
    second = results.page(given=PLAN, job=held.public_id, size=2, key=first.next_key or "")
    assert [row.position for row in (*first.rows, *second.rows)] == [1, 2, 3]
    (bad,) = results.page(given=PLAN, job=held.public_id, outcome=RowOutcome.QUARANTINED).rows
    assert (bad.locator, bad.reason, bad.is_settled) == ("segment 2", "birth_date_missing", False)


def test_another_office_sees_no_results(clock: making.Clock) -> None:
    making.enqueue(making.biller(13))
    held = making.lease(clock)
    assert held is not None
    results.note(held, [accepted(1)])
    assert results.page(given=given(making.biller(14)), job=held.public_id).rows == ()
    assert len(results.page(given=given(making.biller(13)), job=held.public_id).rows) == 1


def test_quarantined_rows_are_run_again_once(clock: making.Clock) -> None:
    held = making.leased(clock)
    results.note(held, [quarantined(1), accepted(2), quarantined(3), quarantined(4, raw=None)])
    waiting = results.to_run_again(job=held.public_id)
    assert [(row.position, row.raw_sealed) for row in waiting] == [(1, b"sealed"), (3, b"sealed")]
    later = making.leased(clock)
    results.settle(later, [waiting[0].id])
    assert [row.position for row in results.to_run_again(job=held.public_id)] == [3]
    assert results.to_run_again(job=held.public_id, after=waiting[-1].id) == []
    (first, *_) = results.page(given=PLAN, job=held.public_id, outcome=RowOutcome.QUARANTINED).rows
    assert first.is_settled
