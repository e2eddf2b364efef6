"""Asking a batch: one audit row a request, each with its result; grants that end on the way."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.jobs import queue
from portico.domains.members import batch_asking, batches, inquiries, rules
from portico.domains.members.answers import Answered
from portico.domains.members.asked import ByFacts, Facts, Inquiry, NoAnswer
from portico.domains.members.batches import NewRow, Outcome, Stage
from portico.domains.members.tests import factories, filing
from portico.domains.members.tests.filing import DESK, many, started, uses
from portico.domains.permits.actors import Account, AccountState, Actor, ActorKind, Door
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import Reason

pytestmark = pytest.mark.usefixtures("plan")


REVOKED = factories.front_desk(functions=())


@pytest.fixture(autouse=True)
def _desk_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    filing.standing_behind(monkeypatch, lambda: DESK)


def test_every_request_has_one_permit_one_audit_row_and_one_result() -> None:
    factories.a_covered_member("N1")
    factories.a_covered_member("N3", factories.MEDI_CAL)
    batch = filing.asked(DESK, *many(3))
    rows = filing.rows_of(DESK, batch)
    assert [row.outcome for row in rows] == [Outcome.ANSWERED, Outcome.NOT_ANSWERED, Outcome.ANSWERED]
    told = [(use.reference, use.conclusion, use.door, use.persona_id) for use in uses()]
    conclusions = ["active", NoAnswer.MEMBER_ID_NOT_FOUND, "active"]
    assert told == [
        (row.reference, conclusion, "web", 7) for row, conclusion in zip(rows, conclusions, strict=True)
    ]
    view = filing.view(DESK, batch)
    assert (view.stage, view.settled, view.to_rerun) == (Stage.DONE, 3, 0)


def test_the_answer_is_that_of_asking_alone() -> None:
    factories.a_covered_member("N1")
    factories.a_version()
    batch = filing.asked(DESK, filing.row(1, "N1"))
    (row,) = filing.rows_of(DESK, batch, with_benefits=True)
    assert isinstance(row.inquiry, Inquiry)
    alone = inquiries.ask(actor=DESK, inquiry=row.inquiry, with_benefits=True)
    assert isinstance(row.answer, Answered)
    assert isinstance(alone, Answered)
    (kept,), (told,) = row.answer.told, alone.told
    again = replace(kept.eligibility, reference=told.eligibility.reference)
    assert replace(kept, eligibility=again) == told


def test_amounts_are_asked_for_only_where_the_batch_wants_them() -> None:
    factories.a_covered_member("N1")
    factories.a_version()
    batch = filing.asked(DESK, filing.row(1, "N1"), with_benefits=False)
    (row,) = filing.rows_of(DESK, batch, with_benefits=True)
    assert isinstance(row.answer, Answered)
    assert row.answer.told[0].benefits is None


@pytest.mark.parametrize(
    "same",
    [
        Facts(member_id="N1", last_name="Okafor"),
        Facts(member_id="n-1", last_name="OKAFOR Jr"),
        Facts(member_id=" N 1", last_name="Ökafor"),
    ],
)
def test_rows_that_ask_the_same_are_one_request_and_share_its_answer(same: Facts) -> None:
    factories.a_covered_member("N1")
    again = NewRow(2, "row 2", Inquiry("", factories.TODAY, ByFacts(same)))
    batch = filing.draft(DESK, filing.row(1, "N1"), again)
    assert filing.view(DESK, batch).shared == 1
    batches.start(actor=DESK, batch=batch)
    filing.ask()
    assert len(uses()) == 1
    first, second = filing.rows_of(DESK, batch)
    assert (first.same_as, second.same_as) == (None, 1)
    assert (second.outcome, second.reference) == (Outcome.ANSWERED, first.reference)
    assert second.answer == first.answer


@pytest.mark.parametrize(
    "other",
    [
        Inquiry("", factories.TODAY - timedelta(days=1), ByFacts(Facts(member_id="N1", last_name="Okafor"))),
        Inquiry("", factories.TODAY, ByFacts(Facts(member_id="N1", last_name="Okafor", first_name="A"))),
        Inquiry("", factories.TODAY, ByFacts(Facts(member_id="N1", last_name="Okafor")), line=factories.HMO),
        Inquiry("", factories.TODAY, ByFacts(Facts(member_id="N1", last_name="Okafor"), is_subscriber=True)),
    ],
)
def test_rows_that_ask_something_else_are_requests_of_their_own(other: Inquiry) -> None:
    factories.a_covered_member("N1")
    batch = filing.asked(DESK, filing.row(1, "N1"), NewRow(2, "row 2", other))
    assert len(uses()) == 2
    assert [row.same_as for row in filing.rows_of(DESK, batch)] == [None, None]


def test_a_grant_that_ends_on_the_way_refuses_the_rows_that_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    chunk = batch_asking.CHUNK
    filing.standing_behind(monkeypatch, [DESK, REVOKED])
    batch = started(DESK, *many(chunk), filing.row(chunk + 1, "N1"), filing.row(chunk + 2, "X1"))
    filing.ask()
    outcomes = Counter(filing.outcomes(DESK, batch))
    assert outcomes == {Outcome.NOT_ANSWERED: chunk, Outcome.REFUSED: 2}
    last = filing.rows_of(DESK, batch)[-1]
    assert (last.reason, last.reference) == (Reason.FUNCTION_NOT_GRANTED, uses()[-1].reference)
    assert isinstance(last.answer, Decision)
    assert last.answer.fixers
    assert [use.outcome for use in uses()[-2:]] == ["denied"] * 2
    assert filing.view(DESK, batch).to_rerun == 2


def test_a_line_that_is_taken_away_on_the_way_is_not_found_from_then_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hmo_only = factories.front_desk(lines=frozenset({factories.HMO}))
    filing.standing_behind(monkeypatch, [DESK, hmo_only])
    monkeypatch.setattr(batch_asking, "CHUNK", 1)
    for number in ("N1", "N2"):
        factories.a_covered_member(number, factories.PPO)
    batch = filing.asked(DESK, *many(2))
    assert filing.outcomes(DESK, batch) == [Outcome.ANSWERED, Outcome.NOT_ANSWERED]


def test_a_revoked_machine_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    nobody: dict[str, Any] = {"user_id": None, "persona_id": None, "persona_kind": None}
    software = replace(DESK, kind=ActorKind.MACHINE, door=Door.X12, machine_id=5, **nobody)
    revoked = replace(software, account=Account(state=AccountState.DISABLED))
    filing.standing_behind(monkeypatch, lambda: revoked)
    batch = filing.asked(software, filing.row(1))
    (row,) = filing.rows_of(software, batch)
    assert (row.outcome, row.reason) == (Outcome.REFUSED, Reason.ACCOUNT_DISABLED)
    assert [(use.outcome, use.machine_id, use.door) for use in uses()] == [("denied", 5, "x12")]


def test_nobody_left_to_ask_refuses_all_that_waits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    filing.standing_behind(monkeypatch, [DESK, None])
    monkeypatch.setattr(batch_asking, "CHUNK", 2)
    batch = started(DESK, *many(5), filing.unreadable(9))
    filing.ask()
    assert Counter(filing.outcomes(DESK, batch)) == {
        Outcome.NOT_ANSWERED: 2,
        Outcome.REFUSED: 3,
        Outcome.UNREADABLE: 1,
    }
    refused = filing.rows_of(DESK, batch, outcome=Outcome.REFUSED)
    use = apps.get_model("audit", "Entry").objects.get(conclusion="batch_owner_gone")
    assert {(row.reason, row.reference) for row in refused} == {(Reason.ACCOUNT_DISABLED, use.reference)}
    assert (use.actor_kind, use.function) == ("system", "housekeeping")
    assert filing.view(DESK, batch).stage is Stage.DONE


def test_a_row_that_breaks_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ask = inquiries._answer

    def break_on_two(given: Any, inquiry: Inquiry, *rest: Any) -> Any:
        if inquiry.by == ByFacts(Facts(member_id="N2", last_name="Okafor")):
            raise ZeroDivisionError
        return ask(given, inquiry, *rest)

    monkeypatch.setattr(inquiries, "_answer", break_on_two)
    batch = filing.asked(DESK, *many(3))
    assert filing.outcomes(DESK, batch) == [Outcome.NOT_ANSWERED, Outcome.FAILED, Outcome.NOT_ANSWERED]
    broken = filing.rows_of(DESK, batch)[1]
    assert (broken.reason, broken.answer) == (batch_asking.CRASHED, None)
    (use,) = uses(outcome="crashed")
    assert use.reference == broken.reference


def test_misses_by_ssn_slow_a_batch_down_and_those_by_id_do_not() -> None:
    born = factories.TODAY
    by_ssn = [
        NewRow(
            place,
            f"row {place}",
            Inquiry("", factories.TODAY, ByFacts(Facts(ssn=f"9004567{place:02}", birth_date=born))),
        )
        for place in range(1, rules.FREE_MISSES + 4)
    ]
    batch = filing.asked(DESK, *by_ssn)
    rows = filing.rows_of(DESK, batch)
    slowed = [row for row in rows if row.reason == NoAnswer.SLOW_DOWN]
    assert len(slowed) == len(rows) - rules.FREE_MISSES - 1
    assert filing.view(DESK, batch).to_rerun == len(slowed)
    by_id = filing.asked(DESK, *many(rules.FREE_MISSES + 4), name="ids")
    assert {row.reason for row in filing.rows_of(DESK, by_id)} == {NoAnswer.MEMBER_ID_NOT_FOUND}


def test_a_row_costs_so_many_queries_whatever_the_batch_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_asking, "CHUNK", 100)
    factories.a_version()
    for number in range(1, 13):
        factories.a_covered_member(f"N{number}")

    def cost(rows: int) -> int:
        started(DESK, *many(rows), name=str(rows))
        held = filing.leased()
        with CaptureQueriesContext(connection) as queries:
            batch_asking.AskBatch().run(held)
        queue.finish(held)
        return len(queries)

    cost(1)  # which lists of authorizations there are is remembered
    few, more = cost(2), cost(12)
    assert (more - few) % 10 == 0
    assert (more - few) // 10 <= 12


def test_who_asks_is_built_anew_for_every_chunk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_asking, "CHUNK", 2)
    built: list[int] = []

    def build() -> Actor:
        built.append(1)
        return DESK

    filing.standing_behind(monkeypatch, build)
    filing.asked(DESK, *many(5))
    assert len(built) == 3


def test_benefits_that_are_not_granted_leave_the_rest_of_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    filing.standing_behind(monkeypatch, lambda: factories.front_desk(functions=(Function.ELIGIBILITY,)))
    factories.a_covered_member("N1")
    batch = filing.asked(DESK, filing.row(1, "N1"))
    (row,) = filing.rows_of(DESK, batch, with_benefits=True)
    assert isinstance(row.answer, Answered)
    refused = row.answer.told[0].benefits_refused
    assert refused is not None
    assert refused.reasons == (Reason.FUNCTION_NOT_GRANTED,)
