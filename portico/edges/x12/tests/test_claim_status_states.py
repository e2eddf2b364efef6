"""Where a claim stands as STC says it: every state, every pend reason, every refusal has its codes."""

import re

import pytest

from portico.domains.claims.rules import PEND_REASONS, Owner
from portico.domains.permits.reasons import Reason
from portico.edges.x12.claim_status import refusals, states
from portico.edges.x12.claim_status.refusals import Problem
from portico.edges.x12.claim_status.states import State

CATEGORIES = {"P1", "P2", "P3", "P4", "F0", "F1", "F2", "F3", "F4", "D0", "E0", "E1"}
EVERY = [
    *map(states.pended, PEND_REASONS),
    *(State("F2", *said) for said in states.DENIALS.values()),
    *(line.state for line in (*refusals.PROBLEMS.values(), *refusals.REASONS.values())),
    *(states.RECEIVED, states.APPROVED, states.PAID, states.REVERSED, states.NOTHING_TO_PAY),
    *(refusals.NOT_FOUND.state, refusals.NOT_ENOUGH.state, refusals.FAILED.state),
]


@pytest.mark.parametrize("reason", PEND_REASONS)
def test_a_pended_claim_says_who_has_to_act(reason: str) -> None:
    acts = {Owner.OFFICE: "P3", Owner.MEMBER: "P4"}
    assert states.pended(reason).category == acts.get(PEND_REASONS[reason].owner, "P2")
    assert reason in states.WAITS_FOR


def test_a_pend_reason_of_a_plans_own_waits_for_approval() -> None:
    assert states.pended("second_look") == State("P2", states.WAITS_FOR_ANYTHING)


def test_every_state_is_of_the_published_shape() -> None:
    for state in EVERY:
        assert state.category in CATEGORIES
        assert re.fullmatch(r"[0-9]{1,3}", state.status)
        assert state.entity in ("", "QC", "PR", "IL", "1P", "41")


def test_every_reason_and_every_problem_has_its_answer() -> None:
    assert set(refusals.REASONS) == set(Reason)
    assert set(refusals.PROBLEMS) == set(Problem)


@pytest.mark.parametrize(
    "reason", [Reason.TAX_ID_NOT_GRANTED, Reason.LINE_NOT_GRANTED, Reason.PROVIDER_NOT_GRANTED]
)
def test_what_is_out_of_scope_is_not_found(reason: Reason) -> None:
    assert refusals.REASONS[reason] is refusals.NOT_FOUND
