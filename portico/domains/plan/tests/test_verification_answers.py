"""What a table asks of whom, in few lines: that they say what decide() asks, all of it, and what is risky."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.permits.actors import Account, AccountState, PersonaKind
from portico.domains.permits.functions import TRAITS, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.permits.verification import (
    ANY,
    PATIENT_DATA,
    PLAN,
    REACTIVATED,
    Rule,
    Verification,
    speaking,
)
from portico.domains.plan import verification_answers as answers
from portico.domains.plan.policy import DEFAULT_RULES
from portico.domains.plan.verification_answers import EVERYTHING, STAFF, Answer, Asked, Caution, Danger
from portico.domains.plan.verification_rules import (
    ACCOUNT_TYPES,
    EVERYBODY,
    OFFICE_TYPES,
    STATES,
    Who,
    askable,
    functions_of,
)
from tests.support import actors
from tests.support.actors import NOW

PROVERS = ("desk", "documents", "contact", "payment", "openid_connect")
END_USERS = tuple(Who(each, PersonaKind.END_USER) for each in OFFICE_TYPES)
ADMINISTRATORS = tuple(Who(each, PersonaKind.ADMINISTRATOR) for each in OFFICE_TYPES)

rules = st.builds(
    Rule,
    account_type=st.sampled_from([ANY, *ACCOUNT_TYPES]),
    persona=st.sampled_from([ANY, *map(str, PersonaKind)]),
    functions=st.sampled_from([ANY, ANY, PATIENT_DATA, PATIENT_DATA, *map(str, askable())]),
    state=st.sampled_from([ANY, ANY, *STATES]),
    provers=st.sampled_from([(), ("desk",), ("documents", "contact"), PROVERS]),
    days=st.sampled_from([0, 0, 30, 365]),
)
tables = st.lists(rules, max_size=6)
everybody = st.sampled_from(EVERYBODY)


def told(table: list[Rule], who: Who, state: str, function: Function) -> list[Asked]:
    """What the lines say of this function, read as a person reads them."""
    return [
        line.asked
        for line in answers.answers(table)
        if who in line.who and state in line.states and _is_meant(function, line.topics)
    ]


def _is_meant(function: Function, topics: tuple[str, ...]) -> bool:
    return EVERYTHING in topics or function in topics or (PATIENT_DATA in topics and TRAITS[function].phi)


def as_decided(table: list[Rule], who: Who, state: str, function: Function, days_ago: int | None) -> bool:
    """Does decide() ask this person for a proof, having passed every proof so many days ago, or none?"""
    return Reason.VERIFICATION_REQUIRED in in_the_way(table, who, state, function, days_ago)


def in_the_way(
    table: list[Rule], who: Who, state: str, function: Function, days_ago: int | None
) -> set[Reason]:
    """What decide() says stands in this person's way."""
    found = speaking(table, account_type=who.account_type, persona=who.persona, state=state)
    passed = {} if days_ago is None else dict.fromkeys(PROVERS, NOW - timedelta(days=days_ago))
    reactivated_at = NOW - timedelta(days=10) if state == REACTIVATED else None
    verification = Verification(found.rules, passed, reactivated_at, found.as_active)
    account = Account(AccountState.PENDING if state == "pending" else AccountState.ACTIVE)
    account = replace(account, verification=verification)
    staff, office = actors.plan_staff, actors.front_desk
    person = staff(account=account) if who == STAFF else office(account=account, persona_kind=who.persona)
    return set(decide(person, Question(function)).reasons)


@given(tables, everybody, st.sampled_from(STATES), st.data())
def test_the_lines_say_what_decide_asks(table: list[Rule], who: Who, state: str, data: st.DataObject) -> None:
    function = data.draw(st.sampled_from(functions_of(who.persona)))
    lines = told(table, who, state, function)
    assert bool(lines) == as_decided(table, who, state, function, None)
    assert len(lines) <= 1


@given(tables, everybody, st.sampled_from(STATES), st.sampled_from([0, 5, 20, 40, 400]), st.data())
def test_the_lines_say_how_long_a_proof_holds(
    table: list[Rule], who: Who, state: str, days_ago: int, data: st.DataObject
) -> None:
    function = data.draw(st.sampled_from(functions_of(who.persona)))
    for line in told(table, who, state, function):
        is_over = 0 < line.days <= days_ago or (line.anew and days_ago > 10)
        assert as_decided(table, who, state, function, days_ago) == is_over


@given(tables)
def test_no_line_says_nothing_or_the_same_as_another(table: list[Rule]) -> None:
    lines = answers.answers(table)
    assert all(line.who and line.states and line.topics and line.asked.provers for line in lines)
    assert len({line._replace(who=()) for line in lines}) == len(lines)


def test_the_default_is_one_line() -> None:
    [line] = answers.answers(DEFAULT_RULES)
    assert line == Answer((*END_USERS, STAFF), STATES, (PATIENT_DATA,), Asked(PROVERS))


def test_who_is_treated_alike_stands_in_one_line() -> None:
    table = [
        Rule("hospital", functions=PATIENT_DATA, state=REACTIVATED, provers=("documents",), days=30),
        Rule(persona="administrator", functions="manage_users", provers=("contact",)),
        Rule(PLAN, provers=("desk",)),
    ]
    assert answers.answers(table) == (
        Answer(ADMINISTRATORS, STATES, ("manage_users",), Asked(("contact",))),
        Answer(
            (Who("hospital", PersonaKind.END_USER),),
            (REACTIVATED,),
            (PATIENT_DATA,),
            Asked(("documents",), 30, anew=True),
        ),
        Answer((STAFF,), STATES, (EVERYTHING,), Asked(("desk",))),
    )


ALL = Rule(functions=PATIENT_DATA, provers=("desk",))
CAUTIONS: dict[str, tuple[list[Rule], list[Caution]]] = {
    "nothing to say": ([ALL], []),
    "a table that asks nothing": ([Rule()], [Caution(Danger.OPEN_TO_UNPROVEN, who=(*END_USERS, STAFF))]),
    "one type left out": (
        [Rule("hospital", functions=PATIENT_DATA), ALL],
        [Caution(Danger.OPEN_TO_UNPROVEN, who=(Who("hospital", PersonaKind.END_USER),))],
    ),
    "one function left out": (
        [Rule(PLAN, functions="audit_reading"), ALL],
        [Caution(Danger.OPEN_TO_UNPROVEN, who=(STAFF,))],
    ),
    "a way that is off": (
        [Rule("hospital", functions=PATIENT_DATA, provers=("contact",)), ALL],
        [
            Caution(Danger.OPEN_TO_NOBODY, who=(Who("hospital", PersonaKind.END_USER),)),
            Caution(Danger.PROVER_IS_OFF, 1),
        ],
    ),
    "one of two ways is off": (
        [Rule(functions=PATIENT_DATA, provers=("desk", "contact"))],
        [Caution(Danger.PROVER_IS_OFF, 1)],
    ),
    "staff who review": (
        [Rule(PLAN, functions="identity_review", provers=("desk",)), ALL],
        [Caution(Danger.STAFF_NEED_PROOF, who=(STAFF,))],
    ),
    "reactivated accounts told to ask nothing": ([Rule(state=REACTIVATED), ALL], []),
    "active accounts asked, all others not": ([replace(ALL, state="active"), Rule()], []),
    "those who wait asked nothing": ([Rule(state="pending"), ALL], []),
    "reactivated accounts asked a way that is off": (
        [Rule(functions=PATIENT_DATA, state=REACTIVATED, provers=("contact",)), ALL],
        [Caution(Danger.OPEN_TO_NOBODY, who=(*END_USERS, STAFF)), Caution(Danger.PROVER_IS_OFF, 1)],
    ),
    "a row behind one that says all": (
        [ALL, Rule("hospital", functions=PATIENT_DATA)],
        [Caution(Danger.NEVER_REACHED, 2)],
    ),
    "a row about nobody": (
        [Rule(PLAN, "end_user", provers=("desk",)), ALL],
        [Caution(Danger.NEVER_REACHED, 1)],
    ),
}


@given(tables, everybody)
def test_said_to_be_open_without_a_proof_is_what_decide_leaves_open(table: list[Rule], who: Who) -> None:
    of_a_state = {Reason.VERIFICATION_REQUIRED, Reason.ACCOUNT_PENDING}
    is_open = any(
        not of_a_state & in_the_way(table, who, state, function, None)
        for state in STATES
        for function in functions_of(who.persona)
        if TRAITS[function].phi
    )
    said = [each for each in answers.cautions(table, provers=PROVERS) if who in each.who]
    assert is_open == (Danger.OPEN_TO_UNPROVEN in {each.danger for each in said})


@pytest.mark.parametrize(("table", "cautions"), CAUTIONS.values(), ids=list(CAUTIONS))
def test_what_its_writer_may_not_have_meant(table: list[Rule], cautions: list[Caution]) -> None:
    assert answers.cautions(table, provers=("desk",)) == tuple(cautions)


@given(tables)
def test_a_row_said_to_decide_nothing_can_be_left_out(table: list[Rule]) -> None:
    idle = {
        each.row for each in answers.cautions(table, provers=PROVERS) if each.danger is Danger.NEVER_REACHED
    }
    rest = [rule for number, rule in enumerate(table, 1) if number not in idle]
    assert answers.answers(rest) == answers.answers(table)


@pytest.mark.parametrize("who", EVERYBODY, ids="-".join)
def test_somebody_holds_whatever_a_row_may_name(who: Who) -> None:
    held = functions_of(who.persona)
    assert set(held) <= set(askable())
    assert not {Function.OWN_ACCOUNT, Function.ACTIVATION} & set(held)
