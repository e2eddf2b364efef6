"""Cases of whoever opened them: what is kept, what is refused, who finds them, and how they go on."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from portico.domains.permits.actors import AccountState
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from portico.domains.support import case_review, case_rules, cases
from portico.domains.support.case_rules import CaseEnding, State
from portico.domains.support.cases import HoldsPatients, NoCase, TooManyOpen
from portico.domains.support.diagnosing import Asked
from portico.domains.support.tests import telling
from portico.shared import once
from portico.shared.vault import CannotOpen
from tests.support import actors, cast
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db
ME, DESK = actors.front_desk(), actors.plan_staff()
SOMEBODY_ELSE = actors.front_desk(user_id=99, persona_id=98)
PATIENT = "Her number is 123-45-6789."


def test_a_case_keeps_the_verdict_and_the_facts_that_stay() -> None:
    reference = telling.open_case(keep=frozenset({"function", "line"}))
    row = telling.row(reference)
    assert row.verdict == "missing_role"
    assert row.facts == {
        "verdict": "missing_role",
        "reasons": ["function_not_granted"],
        "function": "claims_inquiry",
        "line": cast.HMO,
    }
    assert (row.user_id, row.persona_id, row.office_id, row.state) == (11, 21, 31, "open")
    assert telling.last_use() == ("support_case", "allowed", "case_opened", {("case", reference)})


def test_what_a_form_says_of_facts_that_are_none_is_not_kept() -> None:
    reference = telling.open_case(keep=frozenset({"function", "patient", "NLQX7731"}))
    assert set(telling.row(reference).facts) == {"verdict", "reasons", "function"}


def test_words_are_sealed_for_their_case_their_writer_and_their_readers() -> None:
    reference = telling.open_case()
    [entry] = telling.entries(reference)
    assert b"Monday" not in bytes(entry.words)
    assert cases.one(actor=ME, reference=reference).entries[0].words == telling.NEW.words
    apps.get_model("support", "CaseEntry").objects.update(from_plan=True)
    with pytest.raises(CannotOpen):
        cases.one(actor=ME, reference=reference)


def test_a_case_without_words_has_no_entry() -> None:
    assert telling.entries(telling.open_case(words="")) == []


def test_words_that_point_at_a_patient_are_refused_and_nothing_is_kept() -> None:
    with pytest.raises(HoldsPatients) as caught:
        telling.open_case(words=PATIENT)
    assert caught.value.found == ("ssn",)
    assert "6789" not in str(caught.value)
    assert not apps.get_model("support", "Case").objects.exists()
    assert telling.last_use()[2] == "case_holds_patients"


def test_a_form_sent_twice_opens_one_case() -> None:
    key = once.new_key()
    first = telling.open_case(key=key)
    assert telling.open_case(key=key) == first
    assert telling.last_use()[2] == "case_opened_before"
    assert telling.open_case(key=key, words="Another thing.") != first
    assert telling.open_case(SOMEBODY_ELSE, key=key) != first


def test_one_person_has_twenty_open_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_rules, "MOST_OPEN", 2)
    first = telling.open_case()
    telling.open_case()
    with pytest.raises(TooManyOpen):
        telling.open_case()
    assert telling.last_use()[2] == "case_too_many"
    cases.withdraw(actor=ME, reference=first)
    telling.open_case()


def test_a_case_of_somebody_who_cannot_work_is_due_sooner() -> None:
    closed = telling.row(telling.open_case()).due_at
    assert closed == NOW + timedelta(days=1)
    trouble = replace(ME, account=replace(ME.account, state=AccountState.SUSPENDED))
    with pytest.raises(NotPermitted, match="account_suspended"):
        telling.open_case(trouble)
    assert case_rules.due_after("system_trouble") < case_rules.due_after("missing_role")


def test_mine_are_listed_the_newest_first_in_pages() -> None:
    opened = [telling.open_case() for _ in range(3)]
    telling.open_case(SOMEBODY_ELSE)
    first = cases.mine(actor=ME, size=2)
    second = cases.mine(actor=ME, size=2, after=first.next_key or "")
    assert [row.reference for row in (*first.rows, *second.rows)] == opened[::-1]
    assert second.next_key is None
    assert [row.reference for row in cases.mine(actor=ME, after="x").rows] == opened[::-1]
    assert telling.last_use()[:3] == ("support_case", "allowed", "cases_listed")


def test_somebody_elses_case_is_as_unknown_as_none() -> None:
    reference = telling.open_case()
    for asks in (
        lambda number: cases.one(actor=SOMEBODY_ELSE, reference=number),
        lambda number: cases.write(actor=SOMEBODY_ELSE, reference=number, words="Me too."),
        lambda number: cases.withdraw(actor=SOMEBODY_ELSE, reference=number),
    ):
        for number in (reference, "0" * 16):
            with pytest.raises(NoCase):
                asks(number)
            assert telling.last_use() == ("support_case", "allowed", "not_found", set())
    assert telling.row(reference).state == "open"


def test_what_is_for_the_plan_alone_is_not_read_by_its_sender() -> None:
    reference = telling.open_case()
    case_review.note(actor=DESK, reference=reference, words="Ask Operations.")
    case_review.answer(actor=DESK, reference=reference, words="It opens tomorrow.")
    words = [entry.words for entry in cases.one(actor=ME, reference=reference).entries]
    assert words == [telling.NEW.words, "It opens tomorrow."]


def test_more_words_make_an_answered_case_wait_again_with_a_new_due_time() -> None:
    reference = telling.open_case()
    case_review.answer(actor=DESK, reference=reference, words="Try again.")
    later = actors.front_desk(asked_at=NOW + timedelta(hours=3))
    cases.write(actor=later, reference=reference, words="It is still closed.")
    row = telling.row(reference)
    assert (row.state, row.answered_at, row.due_at) == ("open", None, NOW + timedelta(days=1, hours=3))
    assert telling.last_use() == ("support_case", "allowed", "case_written", {("case", reference)})


@pytest.mark.parametrize(
    ("again", "after", "count"),
    [
        ("It is closed again.", timedelta(minutes=9), 1),
        ("It is closed again.", timedelta(minutes=10), 2),
        ("It is open.", timedelta(), 2),
    ],
    ids=["the same at once", "the same later", "other words"],
)
def test_words_sent_twice_are_written_once(again: str, after: timedelta, count: int) -> None:
    reference = telling.open_case(words="")
    cases.write(actor=ME, reference=reference, words="It is closed again.")
    cases.write(actor=actors.front_desk(asked_at=NOW + after), reference=reference, words=again)
    assert len(telling.entries(reference)) == count
    conclusion = "case_written_before" if count == 1 else "case_written"
    assert telling.last_use() == ("support_case", "allowed", conclusion, {("case", reference)})


def test_more_words_that_point_at_a_patient_are_refused() -> None:
    reference = telling.open_case()
    with pytest.raises(HoldsPatients):
        cases.write(actor=ME, reference=reference, words=PATIENT)
    assert telling.last_use()[2] == "case_holds_patients"
    assert len(telling.entries(reference)) == 1


def test_a_case_takes_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_rules, "MOST_ENTRIES", 1)
    reference = telling.open_case()
    with pytest.raises(TooManyOpen):
        cases.write(actor=ME, reference=reference, words="And another thing.")
    assert telling.last_use()[2] == "case_full"


def test_a_case_is_withdrawn_once_and_closed_for_good() -> None:
    reference = telling.open_case()
    assert cases.withdraw(actor=ME, reference=reference) is True
    row = telling.row(reference)
    assert (row.state, row.ending, row.ended_at, row.ended_by) == ("closed", "withdrawn", NOW, 11)
    assert telling.last_use()[2:] == ("case_withdrawn", {("case", reference)})
    assert cases.withdraw(actor=ME, reference=reference) is False
    assert telling.last_use()[2] == "case_closed_before"
    with pytest.raises(NoCase):
        cases.write(actor=ME, reference=reference, words="Wait.")
    shown = cases.one(actor=ME, reference=reference).row
    assert (shown.state, shown.ending) == (State.CLOSED, CaseEnding.WITHDRAWN)


def test_before_a_case_is_opened_its_sender_sees_every_fact() -> None:
    shown = cases.preview(actor=ME, asked=telling.ASKED, entrance="providers", browser="Safari on Mac")
    assert shown.facts == {
        "verdict": "missing_role",
        "reasons": ["function_not_granted"],
        "entrance": "providers",
        "persona": "end_user",
        "function": "claims_inquiry",
        "line": cast.HMO,
        "tax_id": actors.OWN_TAX_ID,
        "missing": [str(each) for each in shown.diagnosis.missing],
        "account": "active",
        "verification": "not_asked",
        "second_step": "yes",
        "browser": "Safari on Mac",
    }
    assert Function.ELIGIBILITY not in shown.diagnosis.missing
    assert telling.last_use()[:3] == ("support_case", "allowed", "case_previewed")


def test_verification_is_told_as_it_stands() -> None:
    owed = replace(ME, account=replace(ME.account, verification=actors.UNVERIFIED))
    shown = cases.preview(actor=owed, asked=telling.ASKED, entrance="", browser="")
    assert shown.facts["verification"] == "asked"
    passed = replace(actors.UNVERIFIED, passed={"documents": NOW})
    proven = replace(ME, account=replace(ME.account, verification=passed))
    shown = cases.preview(actor=proven, asked=telling.ASKED, entrance="", browser="")
    assert shown.facts["verification"] == "passed"


def test_a_visitor_has_no_cases() -> None:
    with pytest.raises(NotPermitted, match="not_signed_in"):
        cases.mine(actor=actors.visitor())


def test_the_database_refuses_a_closed_case_that_does_not_say_how() -> None:
    reference = telling.open_case()
    with pytest.raises(IntegrityError), transaction.atomic():
        apps.get_model("support", "Case").objects.filter(reference=reference).update(state="closed")


def test_a_question_leaves_open_what_is_not_named() -> None:
    question = Asked(Function.ELIGIBILITY).question
    assert (question.tax_id, question.line, question.provider, question.region) == (None,) * 4
