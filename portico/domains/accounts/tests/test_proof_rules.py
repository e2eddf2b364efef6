"""How often somebody may try, how long a proof holds, and how contacts are masked: each with its ends."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.accounts.proving import proof_rules as rules
from portico.domains.accounts.proving.proof_rules import Tries, Way
from portico.domains.permits.functions import Function
from portico.domains.permits.verification import REACTIVATED, Rule, Verification
from tests.support.actors import NOW

HOUR, MINUTE, INSTANT = timedelta(hours=1), timedelta(minutes=1), timedelta(microseconds=1)
BLOCKED = Tries(5, NOW + HOUR)


@pytest.mark.parametrize(
    ("tries", "at", "after"),
    [
        (Tries(), NOW, Tries(1)),
        (Tries(3), NOW, Tries(4)),
        (Tries(4), NOW, Tries(5, NOW + HOUR)),
        (BLOCKED, NOW + MINUTE, BLOCKED),
        (BLOCKED, NOW + HOUR - INSTANT, BLOCKED),
        (BLOCKED, NOW + HOUR, Tries(1)),
    ],
    ids=["first", "fourth", "fifth blocks", "blocked", "blocked to the end", "the end is open"],
)
def test_what_a_miss_does(tries: Tries, at: datetime, after: Tries) -> None:
    assert rules.after_miss(tries, at) == after


@given(st.lists(st.integers(0, 7200), min_size=1, max_size=60))
def test_nobody_has_more_than_five_tries_an_hour_from_the_first_of_them(waits: list[int]) -> None:
    tries, at, looked_at = Tries(), NOW, []
    for wait in waits:
        at += timedelta(seconds=wait)
        if not rules.is_blocked(tries, at):
            looked_at.append(at)
            tries = rules.after_miss(tries, at)
    for first, sixth in zip(looked_at, looked_at[rules.MOST_TRIES :], strict=False):
        assert sixth - first >= rules.BLOCK


def ago(*minutes: float) -> list[str]:
    return [(NOW - timedelta(minutes=each)).isoformat() for each in minutes]


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        ([], None),
        (ago(59, 1), None),
        (ago(50, 30, 1), NOW + timedelta(minutes=10)),
        (ago(60, 30, 1), None),
        (ago(59.99, 30, 1), NOW + timedelta(minutes=0.01)),
    ],
    ids=["none yet", "two", "three", "the first an hour ago", "the first nearly so"],
)
def test_three_codes_an_hour(sent: list[str], at: datetime | None) -> None:
    assert rules.may_send_at(sent, NOW) == at


PASSED = NOW - timedelta(days=10)


@pytest.mark.parametrize(
    ("table", "reactivated_at", "until"),
    [
        ([Rule(provers=("desk",))], None, None),
        ([Rule(provers=("desk",), days=30)], None, PASSED + timedelta(days=30)),
        ([Rule(provers=("desk",), days=30), Rule(provers=("desk",), days=5)], None, NOW - timedelta(days=5)),
        ([Rule(provers=("contact",), days=5)], None, None),
        ([Rule(state=REACTIVATED, provers=("desk",))], NOW, NOW),
        ([Rule(provers=("desk",))], NOW, None),
    ],
    ids=["for good", "thirty days", "the shorter", "another way's", "reactivated since", "no matter since"],
)
def test_how_long_a_proof_holds(
    table: list[Rule], reactivated_at: datetime | None, until: datetime | None
) -> None:
    verification = Verification(table, {"desk": PASSED}, reactivated_at)
    assert rules.holds_until(verification, "desk") == until


@given(st.integers(0, 400), st.integers(0, 30))
def test_it_holds_until_decide_asks_again(days: int, passed_ago: int) -> None:
    passed: Mapping[str, datetime] = {"desk": NOW - timedelta(days=passed_ago)}
    verification = Verification([Rule(provers=("desk",), days=days)], passed)
    until = rules.holds_until(verification, "desk")
    assert bool(verification.asked(Function.ELIGIBILITY, NOW)) == (until is not None and until <= NOW)


@pytest.mark.parametrize(
    ("way", "value", "shown"),
    [
        (Way.MAIL, "office@lakeside.example", "o•••@lakeside.example"),
        (Way.MAIL, "x@y.example", "x•••@y.example"),
        (Way.TELEPHONE, "(530) 555-0166", "ending 0166"),
        (Way.FAX, "5305550178", "ending 0178"),
    ],
    ids=["mail", "short mail", "telephone", "fax"],
)
def test_a_contact_is_shown_so_that_one_knows_it_and_does_not_learn_it(
    way: str, value: str, shown: str
) -> None:
    assert rules.masked(way, value) == shown
