"""The promise of a refusal: do what the fixers say, one after another, and the same question opens."""

import pytest
from hypothesis import given

from portico.domains.permits import remedies
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import TRAITS, Function, Holding
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import FINAL, FIXERS, FixedBy, Remedy
from portico.domains.permits.rules import decide
from portico.domains.permits.tests.drawn import TAX_IDS, any_actor, questions
from tests.support import actors as people


@given(any_actor(), questions)
def test_the_fixers_one_after_another_open_the_same_question(actor: Actor, question: Question) -> None:
    first = decide(actor, question)
    fixed = actor
    for fixer in first.fixers:
        fixed = remedies.after(fixer.remedy, fixed, question)
    last = decide(fixed, question)
    assert len(first.fixers) <= len(first.reasons)
    assert set(last.reasons) <= FINAL
    assert last.allowed or last.roads


@given(any_actor(), questions)
def test_a_decision_is_open_or_says_why(actor: Actor, question: Question) -> None:
    decision = decide(actor, question)
    assert decision.allowed is not bool(decision.reasons)
    assert len(decision.fixers) + len(decision.roads) == len(decision.reasons)
    assert len(set(decision.reasons)) == len(decision.reasons)


@given(any_actor(), questions)
def test_a_scope_never_reaches_past_the_grants(actor: Actor, question: Question) -> None:
    scope = decide(actor, question).scope
    if not scope.everything:
        held = frozenset().union(*(g.tax_ids for g in actor.held.of(question.function)))
        assert scope.tax_ids() <= held


CLOSED_TO_VISITORS = [f for f, traits in TRAITS.items() if traits.holding is not Holding.OPEN]


@pytest.mark.parametrize("function", CLOSED_TO_VISITORS)
def test_signing_in_as_the_right_one_opens_every_function(function: Function) -> None:
    question = Question(function)
    (fixer,) = decide(people.visitor(), question).fixers
    assert decide(remedies.after(fixer.remedy, people.visitor(), question), question).allowed


@pytest.mark.parametrize(
    ("function", "by"),
    [
        (Function.CLAIMS_INQUIRY, FixedBy.ADMINISTRATOR),
        (Function.WORK_QUEUE, FixedBy.PLAN),
        (Function.LOADING, FixedBy.PLAN),
    ],
)
def test_an_administrator_grants_only_what_an_office_hands_out(function: Function, by: FixedBy) -> None:
    (fixer,) = decide(people.front_desk(), Question(function)).fixers
    assert fixer.by is by


def test_every_remedy_has_its_step() -> None:
    actor, question = people.front_desk(), Question(Function.ELIGIBILITY, TAX_IDS[0])
    assert {fixer.remedy for fixer in FIXERS.values()} == set(Remedy)
    for remedy in Remedy:
        assert isinstance(remedies.after(remedy, actor, question), Actor)
