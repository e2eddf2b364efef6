"""Reading a batch: rows by page and outcome, as far as they are open to their owner now."""

import pytest

from portico.domains.members import batch_reading, batches
from portico.domains.members.answers import Answered, Verdict
from portico.domains.members.asked import ByFacts, ByMemberId, Inquiry, NoAnswer, NotAnswered
from portico.domains.members.batches import (
    NewRow,
    Outcome,
)
from portico.domains.members.tests import factories, filing
from portico.domains.members.tests.filing import DESK
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason

pytestmark = pytest.mark.usefixtures("plan")


COLLEAGUE = factories.front_desk(persona_id=70)


@pytest.fixture(autouse=True)
def _desk_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    filing.standing_behind(monkeypatch, lambda: DESK)


def test_rows_come_back_as_they_went_in() -> None:
    asks = NewRow(3, "row 3", Inquiry("", factories.TODAY, ByMemberId("N1")), echo={"n": 1})
    batch = filing.draft(DESK, asks, filing.unreadable(7, "birth_date_format"), frame="ISA*00~")
    first, second = filing.rows_of(DESK, batch)
    assert first.inquiry == Inquiry(factories.OURS, factories.TODAY, ByMemberId("N1"))
    assert (first.position, first.locator, first.echo, first.problem) == (3, "row 3", {"n": 1}, "")
    assert (second.position, second.inquiry, second.problem) == (7, None, "birth_date_format")
    assert batch_reading.frame(actor=DESK, batch=batch) == "ISA*00~"


def test_progress_of_ones_own_leaves_no_audit_row() -> None:
    batch = filing.draft(DESK)
    before = factories.last_use().pk
    filing.view(DESK, batch)
    assert factories.last_use().pk == before


def test_a_page_tells_the_member_and_notes_each_one_shown() -> None:
    for number in ("N1", "N2", "N3"):
        factories.a_covered_member(number)
    batch = filing.asked(DESK, *(filing.row(place, f"N{place}") for place in (1, 2, 3)))
    page = batch_reading.page(actor=DESK, batch=batch, size=2)
    (first, _), key = page.rows, page.next_key
    assert isinstance(first.answer, Answered)
    assert first.answer.told[0].eligibility.verdict is Verdict.ACTIVE
    assert factories.subjects_of(factories.last_use()) == [("member", "N1"), ("member", "N2")]
    rest = batch_reading.page(actor=DESK, batch=batch, size=2, after=key or "")
    assert [row.position for row in rest.rows] == [3]
    assert rest.next_key is None


@pytest.mark.parametrize("key", ["nonsense", "-1", "9" * 30, "٣"])
def test_a_key_that_is_none_begins_at_the_first_row(key: str) -> None:
    batch = filing.draft(DESK)
    assert len(filing.rows_of(DESK, batch, after=key)) == 1
    assert batch_reading.recent(actor=DESK, after=key).rows[0].id == batch


def test_rows_are_shown_by_outcome() -> None:
    factories.a_covered_member("N1")
    batch = filing.asked(DESK, filing.row(1, "N1"), filing.row(2, "N2"), filing.unreadable(3))
    for outcome, positions in (
        (Outcome.ANSWERED, [1]),
        (Outcome.NOT_ANSWERED, [2]),
        (Outcome.UNREADABLE, [3]),
        (Outcome.FAILED, []),
    ):
        shown = filing.rows_of(DESK, batch, outcome=outcome)
        assert [row.position for row in shown] == positions
    counts = filing.view(DESK, batch).counts
    assert counts == {Outcome.ANSWERED: 1, Outcome.NOT_ANSWERED: 1, Outcome.UNREADABLE: 1}


def test_the_list_is_the_newest_first_page_by_page_and_saved_lists_stand_apart() -> None:
    made = [filing.draft(DESK, name=str(number)) for number in range(5)]
    filing.draft(COLLEAGUE)
    batches.save(actor=DESK, batch=made[0], name="Tuesday")
    pages = [batch_reading.recent(actor=DESK, size=2)]
    while pages[-1].next_key:
        pages.append(batch_reading.recent(actor=DESK, size=2, after=pages[-1].next_key))
    assert sorted(view.id for page in pages for view in page.rows) == sorted(made[1:])
    assert [view.name for view in batch_reading.recent(actor=DESK, saved=True).rows] == ["Tuesday"]


def test_an_answer_in_a_line_that_is_no_longer_granted_is_withheld() -> None:
    factories.a_covered_member("N1", factories.PPO)
    factories.a_covered_member("N2", factories.HMO)
    batch = filing.asked(DESK, filing.row(1, "N1"), filing.row(2, "N2"))
    hmo_only = factories.front_desk(lines=frozenset({factories.HMO}))
    withheld, shown = filing.rows_of(hmo_only, batch)
    assert (withheld.answer, withheld.is_withheld) == (None, True)
    assert isinstance(shown.answer, Answered)
    assert factories.subjects_of(factories.last_use()) == [("member", "N2")]


def test_amounts_are_kept_back_once_benefits_are_no_longer_granted() -> None:
    factories.a_covered_member("N1")
    factories.a_version()
    batch = filing.asked(DESK, filing.row(1, "N1"))
    (row,) = filing.rows_of(DESK, batch, with_benefits=True)
    assert isinstance(row.answer, Answered)
    assert row.answer.told[0].benefits is not None
    without = factories.front_desk(functions=(Function.ELIGIBILITY,))
    (row,) = filing.rows_of(without, batch, with_benefits=True)
    assert isinstance(row.answer, Answered)
    (told,) = row.answer.told
    assert (told.benefits, told.accumulators) == (None, None)
    assert told.benefits_refused is not None
    assert told.benefits_refused.reasons == (Reason.FUNCTION_NOT_GRANTED,)


def test_a_rows_reasons_come_back_whole() -> None:
    factories.a_covered_member("N1")
    batch = filing.asked(DESK, filing.row(1, "N1", last="Nwosu", birth_date=factories.TODAY))
    (row,) = filing.rows_of(DESK, batch)
    assert isinstance(row.answer, NotAnswered)
    assert (row.reason, row.answer.also) == (NoAnswer.NAME_DIFFERS, (NoAnswer.BIRTH_DATE_DIFFERS,))
    assert row.reference == row.answer.reference
    assert isinstance(row.inquiry, Inquiry)
    assert isinstance(row.inquiry.by, ByFacts)
