"""The rules of asking for access: what can be asked for, with whom it lies, until when, what is the same."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from portico.domains.access.asking import rules
from portico.domains.access.asking.rules import Present, Step, Wish
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.reasons import FIXERS, FixedBy, Reason
from portico.domains.plan.business_time import Hours, Open

NINE_TO_FIVE = Hours(ZoneInfo("UTC"), dict.fromkeys(range(5), Open(time(9), time(17))))
THURSDAY = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)
ANN, BEA, CAL = (
    Present(number, THURSDAY - timedelta(days=days)) for number, days in ((1, 10), (2, 90), (3, 50))
)
FAY = 9


@pytest.mark.parametrize(
    ("present", "requester", "maker", "expected"),
    [
        pytest.param((ANN, BEA, CAL), FAY, 1, (Step.FIRST, 1), id="whoever_made_the_persona"),
        pytest.param((ANN, BEA, CAL), FAY, 7, (Step.FIRST, 2), id="the_longest_serving_where_the_maker_left"),
        pytest.param((ANN, BEA, CAL), FAY, None, (Step.FIRST, 2), id="the_longest_serving"),
        pytest.param((ANN, BEA, CAL), 2, 2, (Step.FIRST, 3), id="never_the_one_who_asks"),
        pytest.param((ANN,), 1, 1, (Step.PLAN, None), id="the_plan_for_a_sole_administrator"),
        pytest.param((), FAY, 1, (Step.PLAN, None), id="the_plan_where_nobody_is_there"),
    ],
)
def test_a_request_begins_with(
    present: tuple[Present, ...], requester: int, maker: int | None, expected: tuple[Step, int | None]
) -> None:
    assert rules.begins_with(present, requester=requester, maker=maker) == expected


@pytest.mark.parametrize(
    ("step", "others", "expected"),
    [
        pytest.param(Step.FIRST, 1, Step.ALL, id="from_the_first_to_all"),
        pytest.param(Step.FIRST, 0, Step.PLAN, id="from_the_only_one_to_the_plan"),
        pytest.param(Step.ALL, 3, Step.PLAN, id="from_all_to_the_plan"),
        pytest.param(Step.PLAN, 3, None, id="from_the_plan_to_nobody"),
    ],
)
def test_an_unanswered_request_goes_on(step: Step, others: int, expected: Step | None) -> None:
    assert rules.follows(step, others=others) == expected


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        pytest.param(0, "2026-03-12T12:00", id="no_time_at_all"),
        pytest.param(5, "2026-03-12T17:00", id="until_the_plan_closes"),
        pytest.param(8, "2026-03-13T12:00", id="to_the_same_hour_tomorrow"),
        pytest.param(16, "2026-03-16T12:00", id="over_a_weekend"),
    ],
)
def test_it_is_due_after_hours_in_which_the_plan_is_open(hours: int, due: str) -> None:
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert rules.due_at(NINE_TO_FIVE, THURSDAY, business_hours=hours) == expected


def test_whoever_has_it_is_reminded_when_half_of_the_time_is_over() -> None:
    due = rules.due_at(NINE_TO_FIVE, THURSDAY, business_hours=8)
    half = THURSDAY + timedelta(hours=4)
    just_before = half - timedelta(seconds=1)
    assert rules.reminded_before(NINE_TO_FIVE, half, business_hours=8) == due
    assert rules.reminded_before(NINE_TO_FIVE, just_before, business_hours=8) < due


@pytest.mark.parametrize("reason", sorted(rules.MENDED_BY_GRANT), ids=str)
def test_what_is_asked_for_is_an_administrators_to_mend(reason: Reason) -> None:
    assert FIXERS[reason].by is FixedBy.ADMINISTRATOR
    assert rules.can_be_mended([reason, Reason.VERIFICATION_REQUIRED])
    assert not rules.can_be_mended([reason, Reason.NOT_PARTICIPATING])


@pytest.mark.parametrize("reason", sorted(set(Reason) - rules.MENDED_BY_GRANT), ids=str)
def test_nothing_else_is_mended_by_a_grant(reason: Reason) -> None:
    assert not rules.can_be_mended([reason])


@pytest.mark.parametrize("function", Function, ids=str)
def test_each_kind_of_persona_asks_for_what_it_may_hold(function: Function) -> None:
    kinds = {kind for kind in PersonaKind if rules.may_hold(function, kind)}
    assert PersonaKind.PLAN_STAFF not in kinds
    assert kinds == EXPECTED.get(function, {PersonaKind.END_USER} if function in WITH_PATIENTS else set())


WITH_PATIENTS = {
    Function.ELIGIBILITY,
    Function.BENEFITS,
    Function.CLAIMS_INQUIRY,
    Function.CLAIM_SUBMISSION,
    Function.REMITTANCE,
    Function.AUTHORIZATION_INQUIRY,
    Function.AUTHORIZATION_SUBMISSION,
    Function.REFERRALS,
    Function.ENCOUNTERS,
    Function.REPORTS,
}
BOTH = {PersonaKind.END_USER, PersonaKind.ADMINISTRATOR}
EXPECTED = {
    Function.DIRECTORY_MAINTENANCE: BOTH,
    Function.PAYMENT_ENROLMENT: BOTH,
    Function.MANAGE_USERS: {PersonaKind.ADMINISTRATOR},
}


def test_the_same_wish_has_the_same_digest_whatever_its_order_and_note() -> None:
    one = Wish((Function.BENEFITS, Function.REPORTS), tax_id="171234567", note="for the audit")
    other = Wish((Function.REPORTS, Function.BENEFITS), tax_id="171234567")
    assert rules.digest(one) == rules.digest(other)


@pytest.mark.parametrize("name", ["tax_id", "line", "region", "provider"])
def test_the_same_function_elsewhere_is_another_wish(name: str) -> None:
    named: Any = {name: "x"}
    assert rules.digest(Wish((Function.BENEFITS,), **named)) != rules.digest(Wish((Function.BENEFITS,)))


def test_the_words_of_a_wish_do_not_show_in_a_log() -> None:
    assert "audit" not in repr(Wish((Function.BENEFITS,), note="for the audit"))
