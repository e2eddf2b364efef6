"""One claim: its lines, what happened, its deadlines, and the policies behind its codes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.claims import reading, rules
from portico.domains.claims.answers import ClaimPage
from portico.domains.claims.deadline_rules import Kind, Standing
from portico.domains.claims.models import Claim
from portico.domains.claims.rules import NextAction, Owner
from portico.domains.claims.tests.asking import a_deadline, biller
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import actors, claims, patients, world
from tests.support.actors import TODAY
from tests.support.cast import FOREIGN, HMO, MEDI_CAL, OWN, SECOND

pytestmark = pytest.mark.usefixtures("plan")


def page(claim: Claim, **limits: Any) -> ClaimPage:
    """The claim as our biller reads it."""
    return reading.read(actor=biller(**limits), claim=claim.public_id)


def test_a_paid_claim_shows_its_lines_and_its_payment() -> None:
    claim = claims.decided()
    payment = claims.payment([claim])
    told = page(claim)
    assert [line.paid for line in told.lines] == [Decimal("120.00"), Decimal("55.00")]
    assert [each.reason for each in told.lines[0].adjustments] == ["45", "2"]
    assert told.claim.payment is not None
    assert told.claim.payment.public_id == payment.public_id
    assert [each.payment.trace_number for each in told.decisions] == ["EFT0000117"]
    assert [each.kind for each in told.timeline] == ["received", "paid"]


def test_who_may_not_open_payments_sees_its_number_alone() -> None:
    claim = claims.decided()
    claims.payment([claim])
    told = reading.read(actor=biller(Function.CLAIMS_INQUIRY), claim=claim.public_id)
    assert told.claim.payment is not None
    assert (told.claim.payment.public_id, told.claim.payment.trace_number) == (None, "EFT0000117")


@pytest.mark.parametrize("reason", sorted(rules.PEND_REASONS))
def test_a_pended_claim_says_for_what_and_whose_turn_it_is(reason: str) -> None:
    told = page(claims.pended(pend_reason=reason)).claim
    step = rules.PEND_REASONS[reason]
    assert (told.pend_reason, told.next.owner, told.next.action) == (reason, step.owner, step.action)
    assert told.next.expected_on is not None


def test_a_claim_of_the_calendars_last_day_is_shown_all_the_same() -> None:
    for kind in Kind:
        a_deadline(kind, 365)
    last: dict[str, Any] = {
        "first_on": date.max,
        "last_on": date.max,
        "received_on": date.max,
        "stated_on": date.max,
    }
    assert {each.due_on for each in page(claims.received(**last)).deadlines} == {date.max}
    assert page(claims.denied(**last, decided_on=date.max)).claim.next.expected_on is None
    assert page(claims.reversed_claim(**last)).claim.next.expected_on == date.max


def test_the_day_the_core_expects_comes_first() -> None:
    told = page(claims.pended(awaited_on=TODAY + timedelta(days=3))).claim.next
    assert (told.expected_on, told.is_late) == (TODAY + timedelta(days=3), False)


def test_an_expected_day_that_is_past_is_late() -> None:
    told = page(claims.pended(awaited_on=TODAY - timedelta(days=1))).claim.next
    assert told.is_late


@pytest.mark.parametrize(
    ("taken_back_on", "expected"),
    [(TODAY - timedelta(days=40), None), (TODAY, TODAY + timedelta(days=30))],
)
def test_a_reversed_claim_has_no_next_day_in_the_past(taken_back_on: date, expected: date | None) -> None:
    told = page(claims.reversed_claim(stated_on=taken_back_on)).claim.next
    assert (told.action, told.expected_on) == (NextAction.AWAIT_CORRECTION, expected)


def test_a_received_claim_is_expected_by_the_day_prompt_payment_sets() -> None:
    a_deadline("prompt_pay", 45)
    told = page(claims.received()).claim.next
    assert (told.owner, told.expected_on) == (Owner.PLAN, claims.RECEIVED_ON + timedelta(days=45))


def test_every_deadline_comes_with_its_rule() -> None:
    a_deadline("timely_filing", 180)
    a_deadline("dispute", 365, citation="28 CCR 1300.71.38(d)(1)")
    a_deadline("prompt_pay", 30, unit="business", line=HMO)
    filing, dispute, prompt = page(claims.decided()).deadlines
    assert (filing.standing, dispute.standing, prompt.standing) == (
        Standing.KEPT,
        Standing.RUNNING,
        Standing.KEPT,
    )
    assert dispute.due_on == claims.PAID_ON + timedelta(days=365)
    assert dispute.rule.citation == "28 CCR 1300.71.38(d)(1)"


def test_a_claim_decided_again_was_paid_promptly_by_its_first_decision() -> None:
    a_deadline("prompt_pay", 20)
    a_deadline("dispute", 365)
    found = {each.kind: each for each in page(claims.adjusted()).deadlines}
    assert found[Kind.PROMPT_PAY].standing is Standing.KEPT
    assert found[Kind.PROMPT_PAY].settled_on == claims.PAID_ON
    assert found[Kind.DISPUTE].starts_on == claims.PAID_ON + timedelta(days=14)


def test_claims_that_correct_each_other_lead_to_each_other() -> None:
    first = claims.denied()
    second = claims.received(replaces=first.claim_number, frequency="7")
    assert page(first).related == ((second.claim_number, second.public_id),)
    assert page(second).related == ((first.claim_number, first.public_id),)


@pytest.mark.parametrize(
    ("limits", "facts"),
    [
        ({}, {"tax_id": FOREIGN}),
        ({}, {"tax_id": SECOND}),
        ({"lines": frozenset({HMO})}, {"line_id": MEDI_CAL}),
        ({"providers": frozenset({patients.NPI_ELSEWHERE})}, {}),
    ],
)
def test_what_is_not_granted_is_as_unknown_as_what_there_is_not(
    limits: dict[str, Any], facts: dict[str, Any]
) -> None:
    claim = claims.decided(**facts)
    before = world.last_use()
    for number in (claim.public_id, uuid4()):
        with pytest.raises(reading.ClaimNotFound):
            reading.read(actor=biller(**limits), claim=number)
    uses = world.uses(pk__gt=before)
    assert [use.conclusion for use in uses] == ["not_found", "not_found"]
    assert not any(use.subjects.exists() for use in uses)


@pytest.mark.parametrize("actor", [actors.administrator(), biller(Function.ELIGIBILITY), actors.visitor()])
def test_without_the_function_nothing_opens(actor: Any) -> None:
    with pytest.raises(NotPermitted):
        reading.read(actor=actor, claim=claims.decided().public_id)


def test_reading_leaves_one_row() -> None:
    claim = claims.decided()
    before = world.last_use()
    page(claim)
    (use,) = world.uses(pk__gt=before)
    assert (use.tax_id, use.conclusion) == (OWN, "found")
    found = set(use.subjects.values_list("kind", "identifier"))
    assert found == {("member", patients.ZEPHYRINE), ("claim", claim.claim_number)}


def test_a_claim_asks_a_bounded_number_of_questions(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    claim = claims.denied()
    claims.payment([claim])
    a_deadline("dispute", 365, document="dispute-policy")
    page(claim)
    with django_assert_max_num_queries(18):
        page(claim)
