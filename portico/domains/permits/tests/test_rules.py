"""decide(): the golden table, and what holds beside it."""

from dataclasses import replace

import pytest
from hypothesis import given

from portico.domains.permits import decisions, remedies
from portico.domains.permits.actors import Account, Actor, Grant, GrantState, Held, Standing
from portico.domains.permits.decisions import TEST_OF
from portico.domains.permits.functions import TRAITS, Function, Holding
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import FINAL, FIXERS, ROADS, FixedBy, Reason, Remedy
from portico.domains.permits.rules import decide
from portico.domains.permits.tests.drawn import any_actor, questions
from portico.domains.permits.tests.golden import GOLDEN, ITEMS, Case, told
from portico.domains.permits.tests.golden_people import PEOPLE
from tests.support import actors as people
from tests.support.actors import (
    FOREIGN_TAX_ID,
    LINE,
    OTHER_LINE,
    OWN_TAX_ID,
    SECOND_TAX_ID,
)

ELIGIBILITY = Function.ELIGIBILITY
ASKED = Question(ELIGIBILITY, OWN_TAX_ID, LINE)


def _named(case: Case) -> str:
    return f"{case.person}-{case.item}".replace(" ", "_")


@pytest.mark.parametrize("case", GOLDEN, ids=_named)
def test_the_golden_table(case: Case) -> None:
    decision = decide(PEOPLE[case.person], ITEMS[case.item])
    assert told(decision) == case.refusals
    assert decision.allowed is (case.refusals == ())


def test_the_golden_table_holds_each_case_once_every_person_and_every_item() -> None:
    asked = {(case.person, case.item) for case in GOLDEN}
    assert len(asked) == len(GOLDEN) >= 60
    assert {person for person, _ in asked} == set(PEOPLE)
    assert {item for _, item in asked} == set(ITEMS)


def test_the_golden_table_holds_every_reason_and_every_way_to_mend_one() -> None:
    decisions_of_it = [decide(PEOPLE[case.person], ITEMS[case.item]) for case in GOLDEN]
    assert {reason for decision in decisions_of_it for reason in decision.reasons} == set(Reason)
    fixers = {fixer for decision in decisions_of_it for fixer in decision.fixers}
    assert {fixer.by for fixer in fixers} == set(FixedBy)
    assert {fixer.remedy for fixer in fixers} == set(Remedy)


@pytest.mark.parametrize("case", [case for case in GOLDEN if case.person != "system"], ids=_named)
def test_the_fixers_of_the_golden_table_open_what_they_promise(case: Case) -> None:
    actor, question = PEOPLE[case.person], ITEMS[case.item]
    first = decide(actor, question)
    for fixer in first.fixers:
        actor = remedies.after(fixer.remedy, actor, question)
    assert decide(actor, question).reasons == tuple(road.reason for road in first.roads)


def test_what_software_holds_is_the_plans_to_give() -> None:
    asked = replace(ASKED, tax_id=FOREIGN_TAX_ID)
    assert [fixer.by for fixer in decide(people.front_desk(), asked).fixers] == [FixedBy.ADMINISTRATOR]
    assert [fixer.by for fixer in decide(people.machine(), asked).fixers] == [FixedBy.PLAN]


def test_scopes_are_told_of_software_only() -> None:
    tested = {test for test, _ in decide(people.machine(), ASKED).tested}
    assert decisions.Test.SCOPE in tested
    assert decisions.Test.SECOND_FACTOR not in tested
    assert decisions.Test.SCOPE not in {test for test, _ in decide(people.front_desk(), ASKED).tested}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_test_and_a_fixer_or_a_road(reason: Reason) -> None:
    assert TEST_OF[reason] in decisions.Test
    assert (reason in FIXERS) != (reason in ROADS)
    assert (reason in ROADS) == (reason in FINAL)


def test_every_function_has_its_traits() -> None:
    assert set(TRAITS) == set(Function)


T = decisions.Test
ACCOUNT_TESTS = [T.SIGNED_IN, T.AUDIENCE, T.ACCOUNT, T.TERMS]


@pytest.mark.parametrize(
    ("actor", "question", "tested"),
    [
        (people.visitor(), ASKED, [T.SIGNED_IN]),
        (
            people.administrator(),
            ASKED,
            [
                *ACCOUNT_TESTS,
                T.VERIFICATION,
                T.PERSONA,
                T.PROVIDER_FILE,
                T.ACCESS_REVIEW,
                T.SECOND_FACTOR,
            ],
        ),
        (
            people.front_desk(),
            Question(Function.CLAIMS_INQUIRY, OWN_TAX_ID),
            [
                *ACCOUNT_TESTS,
                T.VERIFICATION,
                T.PERSONA,
                T.FUNCTION,
                T.PROVIDER_FILE,
                T.ACCESS_REVIEW,
                T.SECOND_FACTOR,
            ],
        ),
        (people.front_desk(), Question(Function.WORK_QUEUE), [*ACCOUNT_TESTS, T.FUNCTION]),
        (
            people.front_desk(),
            Question(ELIGIBILITY, SECOND_TAX_ID, LINE),
            [
                *ACCOUNT_TESTS,
                T.VERIFICATION,
                T.PERSONA,
                T.FUNCTION,
                T.GRANT,
                T.TAX_ID,
                T.LINE,
                T.PROVIDER_FILE,
                T.ACCESS_REVIEW,
                T.SECOND_FACTOR,
            ],
        ),
    ],
    ids=["visitor", "administrator", "not_granted", "a_desks_function", "another_tax_id"],
)
def test_only_what_was_tested_is_told_in_order(
    actor: Actor, question: Question, tested: list[decisions.Test]
) -> None:
    assert [test for test, _ in decide(actor, question).tested] == tested


@given(any_actor(), questions)
def test_every_reason_stands_beside_its_test(actor: Actor, question: Question) -> None:
    decision = decide(actor, question)
    told = [reason for _, reason in decision.tested if reason is not None]
    assert set(told) <= set(decision.reasons)
    assert {TEST_OF[reason] for reason in decision.reasons} == {TEST_OF[reason] for reason in told}


def test_a_scope_is_no_wider_than_the_question() -> None:
    decision = decide(people.front_desk(), ASKED)
    assert decision.scope.tax_ids() == {OWN_TAX_ID}
    assert decision.scope.lines() == frozenset({LINE})
    assert not decision.scope.everything


def test_a_scope_keeps_which_line_goes_with_which_tax_id() -> None:
    grants = (
        people.grant(ELIGIBILITY, number=1),
        people.grant(
            ELIGIBILITY, number=2, tax_ids=frozenset({SECOND_TAX_ID}), lines=frozenset({OTHER_LINE})
        ),
    )
    scope = decide(people.front_desk(*grants), Question(ELIGIBILITY)).scope
    assert {(tuple(r.tax_ids), tuple(r.lines or ())) for r in scope.reaches} == {
        ((OWN_TAX_ID,), (LINE,)),
        ((SECOND_TAX_ID,), (OTHER_LINE,)),
    }


def test_a_grant_that_does_not_run_widens_no_scope() -> None:
    grants: tuple[Grant, ...] = (
        people.grant(ELIGIBILITY, number=1),
        people.grant(ELIGIBILITY, number=2, tax_ids=frozenset({SECOND_TAX_ID}), state=GrantState.PROPOSED),
    )
    assert decide(people.front_desk(*grants), Question(ELIGIBILITY)).scope.tax_ids() == {OWN_TAX_ID}


@pytest.mark.parametrize("function", [f for f, traits in TRAITS.items() if traits.phi])
def test_an_administrator_reaches_no_patient_data_whatever_was_granted(function: Function) -> None:
    held = Held([people.grant(function, lines=None)])
    actor = replace(people.administrator(), held=held)
    decision = decide(actor, Question(function, OWN_TAX_ID))
    assert not decision.allowed


@pytest.mark.parametrize("function", [f for f, traits in TRAITS.items() if traits.holding is Holding.GRANT])
def test_without_a_grant_nothing_granted_is_open(function: Function) -> None:
    assert (
        decide(people.front_desk(held=Held()), Question(function)).reasons[0] is Reason.FUNCTION_NOT_GRANTED
    )


@pytest.mark.parametrize(
    "function", [Function.AUDIT_READING, Function.RECEIPT_VERIFICATION, Function.PROVISIONING]
)
def test_what_shows_staff_a_member_or_makes_a_key_needs_the_second_factor(function: Function) -> None:
    staff = people.plan_staff(account=Account(second_factor=False))
    assert decide(staff, Question(function)).reasons == (Reason.STEP_UP_REQUIRED,)


def test_an_actor_must_know_its_time_zone() -> None:
    with pytest.raises(ValueError, match="time zone"):
        replace(people.front_desk(), asked_at=people.NOW.replace(tzinfo=None))


def test_standing_of_an_office_without_tax_ids_lets_nothing_through_by_itself() -> None:
    actor = replace(people.front_desk(held=Held()), standing=Standing())
    assert not decide(actor, ASKED).allowed
