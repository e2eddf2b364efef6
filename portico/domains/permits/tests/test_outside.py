"""What a plan opens outside its network is claims and nothing else, whoever asks for whatever."""

from dataclasses import replace

from hypothesis import given

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import CLAIMS, GRANTABLE, TRAITS, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.permits.tests.drawn import any_actor, questions
from tests.support import actors as people


def with_tier(actor: Actor, functions: frozenset[Function]) -> Actor:
    """The same actor where the plan opens these functions outside its network."""
    return replace(actor, standing=replace(actor.standing, open_outside=functions))


@given(any_actor(), questions)
def test_the_tier_takes_one_reason_away_from_claims_and_changes_nothing_else(
    actor: Actor, question: Question
) -> None:
    without = decide(with_tier(actor, frozenset()), question)
    within = decide(with_tier(actor, CLAIMS), question)
    if question.function not in CLAIMS:
        assert within == without
    taken = set(without.reasons) - set(within.reasons)
    assert taken <= {Reason.NOT_PARTICIPATING}
    assert [reason for reason in without.reasons if reason not in taken] == list(within.reasons)


def test_every_function_but_claims_is_refused_to_a_tax_id_outside() -> None:
    standing = replace(people.front_desk().standing, participating=frozenset(), open_outside=CLAIMS)
    open_to_it = set()
    for function in GRANTABLE:
        actor = people.front_desk(people.grant(function), standing=standing)
        decision = decide(actor, Question(function, people.OWN_TAX_ID, people.LINE))
        assert decision.allowed is not (Reason.NOT_PARTICIPATING in decision.reasons)
        open_to_it |= {function} if decision.allowed else set()
    assert open_to_it == set(CLAIMS)


def test_claims_show_patients_and_are_handed_out_like_all_that_does() -> None:
    assert {Function.CLAIMS_INQUIRY, Function.CLAIM_SUBMISSION, Function.REMITTANCE} == CLAIMS
    assert all(TRAITS[function].phi and function in GRANTABLE for function in CLAIMS)
