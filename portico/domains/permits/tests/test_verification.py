"""When a proof of identity is asked: the table row by row, and decide() with it."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.permits.actors import Account, Actor, ActorKind, PersonaKind
from portico.domains.permits.functions import TRAITS, Function, Holding
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.domains.permits.rules import decide
from portico.domains.permits.verification import (
    ANY,
    NOTHING_ASKED,
    PATIENT_DATA,
    PLAN,
    REACTIVATED,
    Rule,
    Verification,
    speaking,
)
from tests.support import actors
from tests.support.actors import NOW

DAY, INSTANT = timedelta(days=1), timedelta(microseconds=1)
DESK, DOCUMENTS = "desk", "documents"


@pytest.mark.parametrize(
    ("rule", "account_type", "persona", "state", "speaks"),
    [
        (Rule(), "physician", "end_user", "active", True),
        (Rule(), PLAN, "plan_staff", REACTIVATED, True),
        (Rule(account_type="hospital"), "hospital", "end_user", "active", True),
        (Rule(account_type="hospital"), "physician", "end_user", "active", False),
        (Rule(persona="administrator"), "hospital", "administrator", "active", True),
        (Rule(persona="administrator"), "hospital", "end_user", "active", False),
        (Rule(state=REACTIVATED), "hospital", "end_user", REACTIVATED, True),
        (Rule(state=REACTIVATED), "hospital", "end_user", "active", False),
        (Rule(state="active"), "hospital", "end_user", REACTIVATED, False),
        (Rule("hospital", "end_user", ANY, "active"), "hospital", "end_user", "active", True),
        (Rule("hospital", "end_user", ANY, "active"), "hospital", "end_user", "pending", False),
    ],
    ids=[
        *("any, an office", "any, the plan", "that type", "another type", "that persona", "another persona"),
        *("reactivated", "not reactivated", "active is not reactivated", "all three", "two of three"),
    ],
)
def test_of_whom_a_row_speaks(rule: Rule, account_type: str, persona: str, state: str, speaks: bool) -> None:
    assert rule.speaks_of(account_type=account_type, persona=persona, state=state) is speaks


ACTIVE = Rule(state="active", provers=(DESK,))
ANEW = Rule(state=REACTIVATED, provers=(DOCUMENTS,))


@pytest.mark.parametrize(
    ("table", "provers"),
    [
        ([ACTIVE], (DESK,)),
        ([ACTIVE, Rule()], (DESK,)),
        ([Rule(), ACTIVE], ()),
        ([Rule(state=REACTIVATED), ACTIVE], (DESK,)),
        ([Rule(state=REACTIVATED)], ()),
        ([ACTIVE, ANEW], (DOCUMENTS,)),
        ([ANEW, ACTIVE], (DOCUMENTS,)),
        ([Rule(state="active"), ANEW], (DOCUMENTS,)),
        ([Rule(state="active"), Rule(provers=(DOCUMENTS,))], (DOCUMENTS,)),
        ([replace(ACTIVE, functions="claims_inquiry")], ()),
        ([Rule(state="pending", provers=(DESK,))], ()),
    ],
    ids=[
        *("rows for active", "rows for active, then nothing", "nothing, of everybody"),
        *("nothing of reactivated, then active", "nothing of reactivated", "active, then reactivated"),
        *("reactivated, then active", "nothing of active", "nothing of active, then everybody"),
        *("active, another function", "those who wait"),
    ],
)
def test_a_reactivated_account_is_asked_as_an_active_one_too(
    table: list[Rule], provers: tuple[str, ...]
) -> None:
    found = speaking(table, account_type="hospital", persona="end_user", state=REACTIVATED)
    known = Verification(found.rules, {}, NOW, found.as_active)
    assert known.asked(Function.ELIGIBILITY, NOW) == provers


@pytest.mark.parametrize(("state", "rules"), [("active", (ACTIVE, Rule())), ("pending", (Rule(),))])
def test_an_account_that_was_never_suspended_is_asked_by_its_own_rows_alone(
    state: str, rules: tuple[Rule, ...]
) -> None:
    found = speaking([ACTIVE, ANEW, Rule()], account_type="hospital", persona="end_user", state=state)
    assert found == (rules, ())


@pytest.mark.parametrize("function", list(Function))
def test_patient_data_is_every_function_that_opens_it(function: Function) -> None:
    assert Rule(functions=PATIENT_DATA).covers(function) is TRAITS[function].phi
    assert Rule(functions=ANY).covers(function)
    assert Rule(functions=function).covers(function)
    assert not any(Rule(functions=other).covers(function) for other in Function if other is not function)


def asked(*rules: Rule, function: Function = Function.ELIGIBILITY, **known: datetime) -> tuple[str, ...]:
    """What is asked at NOW; `known` says when a prover was passed, and when the account was reactivated."""
    reactivated_at = known.pop("reactivated_at", None)
    return Verification(rules, known, reactivated_at).asked(function, NOW)


EITHER = Rule(provers=(DESK, DOCUMENTS))
AGAIN = Rule(state=REACTIVATED, provers=(DOCUMENTS,))


@pytest.mark.parametrize(
    ("found", "provers"),
    [
        (asked(), ()),
        (asked(Rule()), ()),
        (asked(EITHER), (DESK, DOCUMENTS)),
        (asked(EITHER, contact=NOW), (DESK, DOCUMENTS)),
        (asked(EITHER, documents=NOW - 4000 * DAY), ()),
        (asked(Rule(), EITHER), ()),
        (asked(Rule(functions="claims_inquiry"), EITHER), (DESK, DOCUMENTS)),
        (asked(EITHER, function=Function.OWN_NOTICES), (DESK, DOCUMENTS)),
        (asked(replace(EITHER, functions=PATIENT_DATA), function=Function.OWN_NOTICES), ()),
        (asked(replace(EITHER, days=30), desk=NOW - 30 * DAY + INSTANT), ()),
        (asked(replace(EITHER, days=30), desk=NOW - 30 * DAY), (DESK, DOCUMENTS)),
        (asked(replace(EITHER, days=30), desk=NOW - 30 * DAY, documents=NOW), ()),
        (asked(AGAIN, documents=NOW - 2 * DAY, reactivated_at=NOW - DAY), (DOCUMENTS,)),
        (asked(AGAIN, documents=NOW - DAY, reactivated_at=NOW - DAY), ()),
        (asked(EITHER, documents=NOW - 2 * DAY, reactivated_at=NOW - DAY), ()),
        (asked(replace(AGAIN, days=1), documents=NOW - DAY, reactivated_at=NOW - 2 * DAY), (DOCUMENTS,)),
    ],
    ids=[
        *(
            "no table",
            "a row that asks nothing",
            "nothing passed",
            "another one passed",
            "one passed long ago",
        ),
        *("the first row decides", "a row of another function", "any function", "not patient data"),
        *("the last instant of thirty days", "thirty days over", "one over, one not"),
        *("reactivated since", "passed as it was reactivated", "a row that does not mind", "both limits"),
    ],
)
def test_what_is_asked(found: tuple[str, ...], provers: tuple[str, ...]) -> None:
    assert found == provers


def person(persona: PersonaKind, verification: Verification) -> Actor:
    """Somebody of that kind with that to prove."""
    account = Account(verification=verification)
    if persona is PersonaKind.PLAN_STAFF:
        return actors.plan_staff(account=account)
    if persona is PersonaKind.ADMINISTRATOR:
        return actors.administrator(account=account)
    return actors.front_desk(account=account)


rules = st.builds(
    Rule,
    functions=st.sampled_from([ANY, PATIENT_DATA, *Function]),
    state=st.sampled_from([ANY, "active", REACTIVATED]),
    provers=st.sampled_from([(), (DESK,), (DOCUMENTS,), (DESK, DOCUMENTS)]),
    days=st.integers(0, 60),
)
proofs = st.dictionaries(
    st.sampled_from([DESK, DOCUMENTS]), st.integers(0, 90).map(lambda days: NOW - days * DAY)
)
verifications = st.builds(
    Verification, st.lists(rules, max_size=4), proofs, st.none() | st.just(NOW - 20 * DAY)
)
OPEN = {function for function, traits in TRAITS.items() if traits.holding is Holding.OPEN}
FREE = OPEN | {Function.OWN_ACCOUNT, Function.ACTIVATION, Function.ACCESS_REQUEST, Function.SUPPORT_CASE}


@given(st.sampled_from(PersonaKind), verifications, st.sampled_from(Function))
def test_decide_asks_what_the_table_asks(
    persona: PersonaKind, verification: Verification, function: Function
) -> None:
    reasons = decide(person(persona, verification), Question(function)).reasons
    is_asked = bool(verification.asked(function, NOW)) and function not in FREE
    assert (Reason.VERIFICATION_REQUIRED in reasons) is is_asked


@given(verifications, st.sampled_from(sorted(FREE)))
def test_the_way_to_prove_it_is_never_closed_for_want_of_a_proof(
    verification: Verification, function: Function
) -> None:
    reasons = decide(person(PersonaKind.END_USER, verification), Question(function)).reasons
    assert Reason.VERIFICATION_REQUIRED not in reasons


@given(verifications, st.sampled_from(Function))
def test_one_more_proof_never_closes_anything(verification: Verification, function: Function) -> None:
    for prover in (DESK, DOCUMENTS):
        more = replace(verification, passed={**verification.passed, prover: NOW})
        if not verification.asked(function, NOW):
            assert not more.asked(function, NOW)


@given(verifications, st.sampled_from(Function))
def test_any_of_the_provers_asked_opens_it_at_once(verification: Verification, function: Function) -> None:
    for prover in verification.asked(function, NOW):
        more = replace(verification, passed={**verification.passed, prover: NOW})
        assert not more.asked(function, NOW)


def test_software_proves_no_identity() -> None:
    machine = actors.machine()
    assert machine.kind is ActorKind.MACHINE
    assert machine.account.verification is NOTHING_ASKED


@pytest.mark.parametrize(
    ("verification", "takes"),
    [
        (Verification((Rule(provers=(DOCUMENTS, DESK)),)), True),
        (Verification((Rule(provers=(DOCUMENTS,)),)), False),
        (Verification((), as_active=(Rule(provers=(DESK,)),)), True),
        (NOTHING_ASKED, False),
    ],
    ids=["named in a row", "not named", "named for active accounts", "no row"],
)
def test_which_provers_count_for_anything(verification: Verification, takes: bool) -> None:
    assert verification.takes(DESK) is takes
