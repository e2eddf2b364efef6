"""Cases at the plan's desk: the queue as it is due, the answer and who is told, notes, the end."""

from datetime import timedelta

import pytest
from django.apps import apps

from portico.domains.permits.actors import Actor, system_actor
from portico.domains.permits.functions import Desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.support import case_review, cases
from portico.domains.support.case_review import HoldsPatients, NoCase, TooManyOpen, Which
from portico.domains.support.case_rules import BY_THE_PLAN, CaseEnding
from portico.domains.support.tests import telling
from tests.support import actors
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
DESK, ME = actors.plan_staff(Desk.SUPPORT), actors.front_desk()
LATER = actors.plan_staff(asked_at=NOW + timedelta(days=2))


@pytest.fixture
def reference() -> str:
    """A case that waits."""
    return telling.open_case()


def waiting(which: Which = Which.WAITING, actor: Actor = DESK) -> list[str]:
    return [each.row.reference for each in case_review.queue(actor=actor, which=which).page.rows]


def test_what_waits_is_listed_the_soonest_due_first() -> None:
    late = telling.open_case(actors.front_desk(asked_at=NOW + timedelta(minutes=5)))
    soon = telling.open_case()
    found = case_review.queue(actor=DESK)
    assert [each.row.reference for each in found.page.rows] == [soon, late]
    assert (found.waiting, found.late, found.mine) == (2, 0, 0)
    assert telling.last_use()[:3] == ("case_review", "allowed", "cases_listed")
    assert case_review.queue(actor=LATER).late == 2


@pytest.mark.parametrize("which", [Which.WAITING, Which.CLOSED], ids=str)
def test_a_long_queue_comes_in_pages(which: Which) -> None:
    opened = [telling.open_case(actors.front_desk(asked_at=NOW + timedelta(minutes=n))) for n in range(3)]
    if which is Which.CLOSED:
        for each in opened:
            case_review.end(actor=DESK, reference=each, ending=CaseEnding.MENDED)
        opened.reverse()
    first = case_review.queue(actor=DESK, which=which, size=2)
    second = case_review.queue(actor=DESK, which=which, size=2, after=first.page.next_key or "")
    assert [each.row.reference for each in (*first.page.rows, *second.page.rows)] == opened
    assert second.page.next_key is None


def test_an_answer_sent_twice_is_written_and_told_once(reference: str) -> None:
    for _ in range(2):
        case_review.answer(actor=DESK, reference=reference, words="It is mended.")
    assert telling.last_use() == ("case_review", "allowed", "case_written_before", {("case", reference)})
    assert len(telling.entries(reference)) == 2
    assert apps.get_model("notifications", "Notice").objects.filter(kind="case_answered").count() == 1
    case_review.note(actor=DESK, reference=reference, words="It is mended.")
    assert len(telling.entries(reference)) == 3


def test_a_case_moves_through_the_lists(reference: str) -> None:
    assert (waiting(), waiting(Which.MINE)) == ([reference], [])
    case_review.take(actor=DESK, reference=reference)
    assert waiting(Which.MINE) == [reference]
    case_review.answer(actor=DESK, reference=reference, words="It is mended.")
    assert (waiting(), waiting(Which.ANSWERED)) == ([], [reference])
    case_review.end(actor=DESK, reference=reference, ending=CaseEnding.MENDED)
    assert (waiting(Which.ANSWERED), waiting(Which.CLOSED)) == ([], [reference])


def test_one_is_read_with_all_that_was_written(reference: str) -> None:
    case_review.note(actor=DESK, reference=reference, words="Ask Operations.")
    found = case_review.one(actor=DESK, reference=reference)
    assert [(each.words, each.from_plan, each.is_internal) for each in found.entries] == [
        (telling.NEW.words, False, False),
        ("Ask Operations.", True, True),
    ]
    assert found.listed.user_id == 11
    assert found.facts["verdict"] == "missing_role"
    assert telling.last_use() == ("case_review", "allowed", "case_shown", {("case", reference)})


def test_an_answer_is_told_by_a_notice_and_a_mail_that_hold_no_word_of_it(reference: str) -> None:
    users = apps.get_model("accounts", "User")
    users.objects.create(pk=11, username="fay", email="fay@example.org", created_at=NOW, activated_at=NOW)
    case_review.answer(actor=DESK, reference=reference, words="It is mended.")
    row = telling.row(reference)
    assert (row.state, row.answered_at, row.assigned_to) == ("answered", NOW, 12)
    assert telling.last_use() == ("case_review", "allowed", "case_answered", {("case", reference)})
    notice = apps.get_model("notifications", "Notice").objects.get()
    assert (notice.user_id, notice.kind, notice.context) == (11, "case_answered", {"case": reference})
    mail = apps.get_model("notifications", "Message").objects.get()
    assert (mail.to, mail.template, mail.context["kind"]) == ("fay@example.org", "case_news", "case_answered")
    assert set(mail.context) == {"kind", "reference"}


def test_a_note_tells_nobody_and_answers_nothing(reference: str) -> None:
    case_review.note(actor=DESK, reference=reference, words="Ask Operations.")
    assert telling.row(reference).state == "open"
    assert not apps.get_model("notifications", "Notice").objects.exists()
    assert telling.last_use()[2] == "case_noted"


def test_an_answer_keeps_who_took_the_case(reference: str) -> None:
    case_review.take(actor=actors.plan_staff(), reference=reference)
    colleague = actors.plan_staff(Desk.SUPPORT, persona_id=77)
    case_review.answer(actor=colleague, reference=reference, words="Done.")
    assert telling.row(reference).assigned_to == 12
    assert case_review.one(actor=DESK, reference=reference).is_mine


@pytest.mark.parametrize("act", [case_review.answer, case_review.note], ids=["answer", "note"])
def test_nothing_about_a_patient_is_written_by_the_plan(act: object, reference: str) -> None:
    with pytest.raises(HoldsPatients):
        act(actor=DESK, reference=reference, words="SSN 123-45-6789")  # type: ignore[operator]
    assert telling.last_use()[2] == "case_holds_patients"
    assert len(telling.entries(reference)) == 1


def test_a_case_takes_so_much_and_no_more(reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portico.domains.support.case_rules.MOST_ENTRIES", 1)
    with pytest.raises(TooManyOpen):
        case_review.answer(actor=DESK, reference=reference, words="Done.")
    assert telling.last_use()[2] == "case_full"


@pytest.mark.parametrize("ending", list(BY_THE_PLAN), ids=str)
def test_the_plan_ends_a_case_once(reference: str, ending: CaseEnding) -> None:
    assert case_review.end(actor=DESK, reference=reference, ending=ending) is True
    row = telling.row(reference)
    assert (row.state, row.ending, row.ended_by, row.ended_at) == ("closed", ending, 12, NOW)
    assert telling.last_use()[2] == f"case_{ending}"
    assert case_review.end(actor=DESK, reference=reference, ending=ending) is False
    assert telling.last_use()[2] == "case_closed_before"
    notice = apps.get_model("notifications", "Notice").objects.get()
    assert notice.kind == "case_closed"


def test_the_plan_does_not_withdraw_a_case(reference: str) -> None:
    with pytest.raises(ValueError, match="does not end"):
        case_review.end(actor=DESK, reference=reference, ending=CaseEnding.WITHDRAWN)


def test_what_is_closed_is_neither_answered_nor_taken(reference: str) -> None:
    cases.withdraw(actor=ME, reference=reference)
    with pytest.raises(NoCase):
        case_review.answer(actor=DESK, reference=reference, words="Done.")
    with pytest.raises(NoCase):
        case_review.take(actor=DESK, reference=reference)
    assert telling.last_use()[2] == "not_found"


def test_there_is_nothing_of_no_reference() -> None:
    with pytest.raises(NoCase):
        case_review.one(actor=DESK, reference="0" * 16)
    with pytest.raises(NoCase):
        case_review.end(actor=DESK, reference="0" * 16, ending=CaseEnding.MENDED)
    assert telling.last_use()[2] == "not_found"


def test_an_office_and_member_services_review_no_cases(reference: str) -> None:
    for actor in (ME, actors.administrator(), actors.plan_staff(Desk.MEMBER_SERVICES), actors.visitor()):
        with pytest.raises(NotPermitted):
            case_review.queue(actor=actor)
        with pytest.raises(NotPermitted):
            case_review.one(actor=actor, reference=reference)


def test_words_and_facts_are_erased_a_year_after_the_end(reference: str) -> None:
    case_review.end(actor=DESK, reference=reference, ending=CaseEnding.MENDED)
    still = telling.open_case()
    early = actors.system()
    assert case_review.forget(actor=early) == 0
    due = system_actor("tidier", asked_at=NOW + timedelta(days=365), today=actors.TODAY)
    assert case_review.forget(actor=due) == 1
    assert telling.last_use()[2] == "cases_erased"
    shown = case_review.one(actor=DESK, reference=reference)
    assert (shown.entries[0].words, shown.facts) == ("", {})
    assert shown.listed.row.verdict == "missing_role"
    assert telling.row(still).facts
    assert case_review.forget(actor=due) == 0
    assert telling.last_use()[2] == "nothing_old"
