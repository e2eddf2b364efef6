"""The golden table: actor and question in, verdict and reasons out."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given

from portico.domains.permits import decisions
from portico.domains.permits.actors import Account, AccountState, Actor, Grant, GrantState, Held, Standing
from portico.domains.permits.decisions import TEST_OF
from portico.domains.permits.functions import CLAIMS, TRAITS, Desk, Function, Holding
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import FINAL, FIXERS, ROADS, FixedBy, Reason
from portico.domains.permits.rules import decide
from portico.domains.permits.tests.drawn import any_actor, questions
from portico.shared.periods import Period
from tests.support import actors as people
from tests.support.actors import (
    FOREIGN_TAX_ID,
    LINE,
    OTHER_LINE,
    OWN_TAX_ID,
    SECOND_TAX_ID,
    TODAY,
    UNVERIFIED,
)

ELIGIBILITY = Function.ELIGIBILITY
ASKED = Question(ELIGIBILITY, OWN_TAX_ID, LINE)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NPI, OTHER_NPI = "2000000001", "2000000002"


def _with(account: Account | None = None, **grant: Any) -> Actor:
    actor = people.front_desk(people.grant(ELIGIBILITY, **grant))
    return replace(actor, account=account) if account else actor


def _standing(**changes: object) -> Actor:
    actor = people.front_desk()
    return replace(actor, standing=replace(actor.standing, **changes))  # type: ignore[arg-type]


def _outside(*grants: Grant) -> Actor:
    """Somebody whose tax IDs take part in nothing, where the plan opens claims all the same."""
    actor = people.front_desk(*grants)
    standing = replace(actor.standing, participating=frozenset(), open_outside=CLAIMS)
    return replace(actor, standing=standing)


GOLDEN: list[tuple[str, Actor, Question, list[Reason]]] = [
    ("front desk asks within the grant", people.front_desk(), ASKED, []),
    ("no tax ID and no line named", people.front_desk(), Question(ELIGIBILITY), []),
    ("visitor asks", people.visitor(), ASKED, [Reason.NOT_SIGNED_IN]),
    ("visitor opens a public page", people.visitor(), Question(Function.PUBLIC_PAGES), []),
    ("visitor signs in", people.visitor(), Question(Function.SIGN_IN), []),
    (
        "visitor opens an account page",
        people.visitor(),
        Question(Function.OWN_ACCOUNT),
        [Reason.NOT_SIGNED_IN],
    ),
    ("visitor at a desk's function", people.visitor(), Question(Function.WORK_QUEUE), [Reason.NOT_SIGNED_IN]),
    ("member's account", _with(Account(audience="member")), ASKED, [Reason.WRONG_AUDIENCE]),
    ("first sign-in not done", _with(Account(AccountState.INVITED)), ASKED, [Reason.ACCOUNT_NOT_ACTIVATED]),
    (
        "first sign-in not done, the account's own page",
        _with(Account(AccountState.INVITED)),
        Question(Function.OWN_ACCOUNT),
        [Reason.ACCOUNT_NOT_ACTIVATED],
    ),
    (
        "first sign-in not done, its steps",
        _with(Account(AccountState.INVITED, terms_accepted=False, second_factor=False)),
        Question(Function.ACTIVATION),
        [],
    ),
    ("account suspended", _with(Account(AccountState.SUSPENDED)), ASKED, [Reason.ACCOUNT_SUSPENDED]),
    ("account pending", _with(Account(AccountState.PENDING)), ASKED, [Reason.ACCOUNT_PENDING]),
    ("account locked", _with(Account(AccountState.LOCKED)), ASKED, [Reason.ACCOUNT_LOCKED]),
    ("account disabled", _with(Account(AccountState.DISABLED)), ASKED, [Reason.ACCOUNT_DISABLED]),
    ("terms not accepted", _with(Account(terms_accepted=False)), ASKED, [Reason.TERMS_NOT_ACCEPTED]),
    (
        "not verified, patient data",
        _with(Account(verification=UNVERIFIED)),
        ASKED,
        [Reason.VERIFICATION_REQUIRED],
    ),
    (
        "not verified, no patient data",
        _with(Account(verification=UNVERIFIED)),
        Question(Function.BENEFIT_DOCUMENTS),
        [],
    ),
    (
        "a sensitive act some time after the proof",
        _with(Account(proven_lately=False)),
        Question(Function.OWN_CREDENTIALS),
        [Reason.CONFIRMATION_REQUIRED],
    ),
    (
        "a sensitive act within a function, some time after the proof",
        _with(Account(proven_lately=False)),
        replace(ASKED, lately=True),
        [Reason.CONFIRMATION_REQUIRED],
    ),
    ("an act that is not sensitive, later", _with(Account(proven_lately=False)), ASKED, []),
    ("a sensitive act soon after", _with(), Question(Function.OWN_CREDENTIALS), []),
    ("a machine proves nothing lately", people.machine(), replace(ASKED, lately=True), []),
    ("no second factor, patient data", _with(Account(second_factor=False)), ASKED, [Reason.STEP_UP_REQUIRED]),
    (
        "no second factor, no patient data",
        _with(Account(second_factor=False)),
        Question(Function.OWN_NOTICES),
        [],
    ),
    (
        "own account is open before terms",
        _with(Account(terms_accepted=False, verification=UNVERIFIED, second_factor=False)),
        Question(Function.OWN_ACCOUNT),
        [],
    ),
    (
        "own account is closed when disabled",
        _with(Account(AccountState.DISABLED)),
        Question(Function.OWN_ACCOUNT),
        [Reason.ACCOUNT_DISABLED],
    ),
    ("administrator and patient data", people.administrator(), ASKED, [Reason.ADMINISTRATOR_HAS_NO_PHI]),
    (
        "administrator holding a stray grant",
        people.administrator(),
        Question(Function.BENEFITS, OWN_TAX_ID),
        [Reason.ADMINISTRATOR_HAS_NO_PHI],
    ),
    ("administrator manages users", people.administrator(), Question(Function.MANAGE_USERS, OWN_TAX_ID), []),
    (
        "end user manages no users",
        people.front_desk(),
        Question(Function.MANAGE_USERS, OWN_TAX_ID),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
    (
        "function not granted",
        people.front_desk(),
        Question(Function.CLAIMS_INQUIRY, OWN_TAX_ID, LINE),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
    (
        "another tax ID of the same office",
        people.front_desk(),
        Question(ELIGIBILITY, SECOND_TAX_ID, LINE),
        [Reason.TAX_ID_NOT_GRANTED],
    ),
    (
        "another office's tax ID",
        people.front_desk(),
        Question(ELIGIBILITY, FOREIGN_TAX_ID, LINE),
        [Reason.TAX_ID_NOT_GRANTED],
    ),
    (
        "another line",
        people.front_desk(),
        Question(ELIGIBILITY, OWN_TAX_ID, OTHER_LINE),
        [Reason.LINE_NOT_GRANTED],
    ),
    ("every line granted", _with(lines=None), Question(ELIGIBILITY, OWN_TAX_ID, OTHER_LINE), []),
    (
        "another tax ID and another line",
        people.front_desk(),
        Question(ELIGIBILITY, SECOND_TAX_ID, OTHER_LINE),
        [Reason.TAX_ID_NOT_GRANTED, Reason.LINE_NOT_GRANTED],
    ),
    (
        "named provider, granted",
        _with(providers=frozenset({NPI})),
        Question(ELIGIBILITY, OWN_TAX_ID, LINE, NPI),
        [],
    ),
    (
        "another provider",
        _with(providers=frozenset({NPI})),
        Question(ELIGIBILITY, OWN_TAX_ID, LINE, OTHER_NPI),
        [Reason.PROVIDER_NOT_GRANTED],
    ),
    ("all providers granted", _with(), Question(ELIGIBILITY, OWN_TAX_ID, LINE, OTHER_NPI), []),
    (
        "another region",
        _with(regions=frozenset({"north-lakes"})),
        Question(ELIGIBILITY, OWN_TAX_ID, LINE, region="harbor-coast"),
        [Reason.REGION_NOT_GRANTED],
    ),
    (
        "a region the plan does not serve",
        _standing(regions=frozenset({"north-lakes"})),
        Question(ELIGIBILITY, OWN_TAX_ID, LINE, region="far-away"),
        [Reason.REGION_NOT_SERVED],
    ),
    ("grant proposed", _with(state=GrantState.PROPOSED), ASKED, [Reason.GRANT_PROPOSED]),
    ("grant ended", _with(state=GrantState.ENDED), ASKED, [Reason.GRANT_EXPIRED]),
    ("grant begins today", _with(period=Period(TODAY)), ASKED, []),
    ("grant begins tomorrow", _with(period=Period(TOMORROW)), ASKED, [Reason.GRANT_NOT_YET_ACTIVE]),
    ("grant ends today", _with(period=Period(date(2026, 1, 1), TODAY)), ASKED, []),
    (
        "grant ended yesterday",
        _with(period=Period(date(2026, 1, 1), YESTERDAY)),
        ASKED,
        [Reason.GRANT_EXPIRED],
    ),
    (
        "proposed and begins tomorrow",
        _with(state=GrantState.PROPOSED, period=Period(TOMORROW)),
        ASKED,
        [Reason.GRANT_PROPOSED, Reason.GRANT_NOT_YET_ACTIVE],
    ),
    (
        "an expired grant beside a running one",
        people.front_desk(
            people.grant(ELIGIBILITY, number=1, state=GrantState.ENDED), people.grant(ELIGIBILITY, number=2)
        ),
        ASKED,
        [],
    ),
    (
        "the nearest grant is explained",
        people.front_desk(
            people.grant(
                ELIGIBILITY, number=1, tax_ids=frozenset({SECOND_TAX_ID}), state=GrantState.PROPOSED
            ),
            people.grant(ELIGIBILITY, number=2, period=Period(TOMORROW)),
        ),
        ASKED,
        [Reason.GRANT_NOT_YET_ACTIVE],
    ),
    (
        "affiliation ended",
        _standing(ended_affiliations=frozenset({(OWN_TAX_ID, NPI)})),
        Question(ELIGIBILITY, OWN_TAX_ID, LINE, NPI),
        [Reason.AFFILIATION_ENDED],
    ),
    (
        "affiliation ended, asked as administrator",
        people.administrator(
            standing=replace(people.front_desk().standing, ended_affiliations=frozenset({(OWN_TAX_ID, NPI)}))
        ),
        Question(ELIGIBILITY, OWN_TAX_ID, LINE, NPI),
        [Reason.ADMINISTRATOR_HAS_NO_PHI, Reason.AFFILIATION_ENDED],
    ),
    ("tax ID takes no part", _standing(participating=frozenset()), ASKED, [Reason.NOT_PARTICIPATING]),
    (
        "tax ID takes no part, claims are open to it",
        _outside(people.grant(ELIGIBILITY), people.grant(Function.REMITTANCE)),
        Question(Function.REMITTANCE, OWN_TAX_ID, LINE),
        [],
    ),
    (
        "tax ID takes no part, claims are open to it, but not granted",
        _outside(people.grant(ELIGIBILITY)),
        Question(Function.REMITTANCE, OWN_TAX_ID, LINE),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
    (
        "tax ID takes no part, claims alone are open to it",
        _outside(people.grant(ELIGIBILITY), people.grant(Function.REMITTANCE)),
        ASKED,
        [Reason.NOT_PARTICIPATING],
    ),
    (
        "several reasons, account first, factor last",
        _with(
            Account(AccountState.LOCKED, terms_accepted=False, verification=UNVERIFIED, second_factor=False),
            lines=frozenset(),
        ),
        ASKED,
        [
            Reason.ACCOUNT_LOCKED,
            Reason.TERMS_NOT_ACCEPTED,
            Reason.VERIFICATION_REQUIRED,
            Reason.LINE_NOT_GRANTED,
            Reason.STEP_UP_REQUIRED,
        ],
    ),
    ("plan staff at their desk", people.plan_staff(), Question(Function.RECEIPT_VERIFICATION), []),
    ("plan staff and an office's function", people.plan_staff(), ASKED, [Reason.FUNCTION_NOT_GRANTED]),
    (
        "support sees no patient data",
        people.plan_staff(Desk.SUPPORT),
        Question(Function.RECEIPT_VERIFICATION),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
    (
        "an office at a desk's function",
        people.front_desk(),
        Question(Function.WORK_QUEUE),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
    (
        "a desk's patient data needs the second factor",
        people.plan_staff(account=Account(second_factor=False)),
        Question(Function.RECEIPT_VERIFICATION),
        [Reason.STEP_UP_REQUIRED],
    ),
    ("an office's software asks within its grant", people.machine(), ASKED, []),
    (
        "a revoked connection",
        people.machine(account=Account(AccountState.DISABLED)),
        ASKED,
        [Reason.ACCOUNT_DISABLED],
    ),
    (
        "a token without the scope",
        people.machine(account=Account(in_scope=False)),
        ASKED,
        [Reason.SCOPE_NOT_GRANTED],
    ),
    (
        "software at a desk's function",
        people.machine(),
        Question(Function.EXCHANGE_REVIEW),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
    ("the system loads", people.system(), Question(Function.LOADING), []),
    ("the system asks for no patient", people.system(), ASKED, [Reason.FUNCTION_NOT_GRANTED]),
    (
        "a person does not load",
        people.plan_staff(),
        Question(Function.LOADING),
        [Reason.FUNCTION_NOT_GRANTED],
    ),
]


def test_what_software_holds_is_the_plans_to_give() -> None:
    asked = replace(ASKED, tax_id=FOREIGN_TAX_ID)
    assert [fixer.by for fixer in decide(people.front_desk(), asked).fixers] == [FixedBy.ADMINISTRATOR]
    assert [fixer.by for fixer in decide(people.machine(), asked).fixers] == [FixedBy.PLAN]


def test_scopes_are_told_of_software_only() -> None:
    tested = {test for test, _ in decide(people.machine(), ASKED).tested}
    assert decisions.Test.SCOPE in tested
    assert decisions.Test.SECOND_FACTOR not in tested
    assert decisions.Test.SCOPE not in {test for test, _ in decide(people.front_desk(), ASKED).tested}


@pytest.mark.parametrize(
    ("actor", "question", "reasons"), [c[1:] for c in GOLDEN], ids=[c[0] for c in GOLDEN]
)
def test_the_golden_table(actor: Actor, question: Question, reasons: list[Reason]) -> None:
    decision = decide(actor, question)
    assert list(decision.reasons) == reasons
    assert decision.allowed is (reasons == [])


def test_the_golden_table_has_fifty_cases_and_every_reason() -> None:
    assert len(GOLDEN) >= 50
    assert {reason for _, _, _, reasons in GOLDEN for reason in reasons} == set(Reason)


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
            [*ACCOUNT_TESTS, T.VERIFICATION, T.PERSONA, T.PROVIDER_FILE, T.SECOND_FACTOR],
        ),
        (
            people.front_desk(),
            Question(Function.CLAIMS_INQUIRY, OWN_TAX_ID),
            [*ACCOUNT_TESTS, T.VERIFICATION, T.PERSONA, T.FUNCTION, T.PROVIDER_FILE, T.SECOND_FACTOR],
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
                T.SECOND_FACTOR,
            ],
        ),
    ],
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
