"""What a payment's decision makes of a claim, and which line each of its services decides."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.claims import decision_rules
from portico.domains.claims.decision_rules import Line
from portico.domains.claims.facts.adjusted import Adjusted, Group
from portico.domains.claims.facts.paid import PaidClaim, PaidService
from portico.domains.claims.facts.submitted import Patient
from portico.domains.claims.rules import Status

D = Decimal
EARLY, DAY, LATE = date(2026, 2, 1), date(2026, 2, 3), date(2026, 2, 9)
PAID = PaidClaim(
    "A",
    "1",
    D("100.00"),
    D("60.00"),
    "C1",
    Patient("Quillfeather"),
    adjustments=(Adjusted(Group.CONTRACT, "45", D("40.00")),),
    remarks=("N1",),
)


def held(status: str, stated_on: date = DAY, count: int = 0) -> dict[str, Any]:
    return {"status": status, "stated_on": stated_on, "decision_count": count}


@pytest.mark.parametrize(
    ("status", "stated_on", "latest"),
    [
        ("received", LATE, True),
        ("pended", EARLY, True),
        ("pended", DAY, True),
        ("pended", LATE, False),
        ("paid", DAY, True),
        ("paid", LATE, False),
        ("reversed", LATE, False),
    ],
)
def test_the_later_word_counts(status: str, stated_on: date, latest: bool) -> None:
    assert decision_rules.is_latest(held(status, stated_on), DAY) is latest


@pytest.mark.parametrize(
    ("told", "last_paid_on", "confirms"),
    [
        (held("paid", EARLY, 1), None, True),
        (held("paid", EARLY, 0), None, False),
        (held("denied", EARLY, 1), None, False),
        (held("paid", DAY, 2), EARLY, True),
        (held("paid", EARLY, 1), EARLY, False),
        (held("approved", EARLY, 0), None, False),
    ],
)
def test_a_payment_carries_out_what_the_extract_told(
    told: dict[str, Any], last_paid_on: date | None, confirms: bool
) -> None:
    assert decision_rules.confirms(told, Status.PAID, last_paid_on=last_paid_on) is confirms


@pytest.mark.parametrize(
    ("status", "was_decided", "event"),
    [
        (Status.PAID, False, "paid"),
        (Status.DENIED, False, "denied"),
        (Status.REVERSED, False, "reversed"),
        (Status.PAID, True, "adjusted"),
        (Status.DENIED, True, "adjusted"),
        (Status.REVERSED, True, "reversed"),
    ],
)
def test_decided_again_is_adjusted(status: Status, was_decided: bool, event: str) -> None:
    assert decision_rules.event_of(status, was_decided=was_decided) == event


def test_a_decision_ends_waiting_and_says_all_amounts() -> None:
    told = decision_rules.after(PAID, Status.PAID, paid_on=DAY, payment=7)
    assert (told["pend_reason"], told["awaited_on"], told["payment_id"]) == ("", None, 7)
    assert (told["allowed"], told["paid"], told["member_share"]) == (D(60), D(60), 0)
    assert (told["adjustments"], told["remarks"]) == ([["CO", "45", "40.00"]], ["N1"])


def test_what_is_taken_back_leaves_nothing() -> None:
    told = decision_rules.after(PAID, Status.REVERSED, paid_on=DAY, payment=7)
    assert [told[name] for name in ("allowed", "paid", "member_share")] == [0, 0, 0]
    assert (told["adjustments"], told["remarks"]) == ([], [])


LINES = (
    Line(11, 1, "99213", "", D("100.00")),
    Line(12, 2, "99213", "", D("100.00")),
    Line(13, 3, "80053", "0300", D("50.00")),
    Line(14, 4, "", "0120", D("900.00")),
)


def service(code: str, billed: str, **more: Any) -> PaidService:
    return PaidService(1, D(billed), D(billed), code_kind="HC" if code else "", code=code, **more)


@pytest.mark.parametrize(
    ("services", "found"),
    [
        ((service("99213", "100.00"),), [11]),
        ((service("99213", "100.00"), service("99213", "100.00")), [11, 12]),
        ((service("99213", "100.00", control_number="2"), service("99213", "100.00")), [12, 11]),
        ((service("99213", "100.00", control_number="02"),), [12]),
        ((service("99213", "80.00", control_number="2"),), [12]),
        ((service("80053", "100.00", control_number="2"),), []),
        ((service("99212", "50.00", sent_code="80053"),), [13]),
        ((service("", "900.00", revenue_code="0120"),), [14]),
        ((service("", "900.00", revenue_code="0121"),), []),
        ((service("99213", "99.00"),), []),
        ((service("99213", "100.00"),) * 3, [11, 12]),
    ],
)
def test_each_service_finds_its_line(services: tuple[PaidService, ...], found: list[int]) -> None:
    numbered = tuple(replace(one, number=place) for place, one in enumerate(services, 1))
    matched = decision_rules.matched(LINES, numbered)
    assert sorted(matched) == sorted(found)
    by_service = {one.number: line for line, one in matched.items()}
    assert [by_service[number] for number in sorted(by_service)] == found


def test_a_line_no_payment_tells_of_stays_as_it_is() -> None:
    assert decision_rules.line_after(None, is_taken_back=False) is None
    told = decision_rules.line_after(None, is_taken_back=True)
    assert told
    assert (told["paid"], told["adjustments"]) == (0, [])
