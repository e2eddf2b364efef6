"""The sums of the access report: months, causes, and how many on 100 sign-ins."""

import itertools
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.domains.support import report_rules as rules
from portico.domains.support.report_rules import Cause

ZONE = ZoneInfo("America/Los_Angeles")


def test_months_begin_and_end_by_the_plans_clock() -> None:
    months = rules.months(date(2026, 3, 12), ZONE)
    assert [month.first_on for month in months] == [
        date(2026, 3, 1),
        date(2026, 2, 1),
        date(2026, 1, 1),
        date(2025, 12, 1),
        date(2025, 11, 1),
        date(2025, 10, 1),
    ]
    assert months[0].since == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert months[0].until == datetime(2026, 4, 1, 7, tzinfo=UTC)
    assert all(later.since == earlier.until for later, earlier in itertools.pairwise(months))


def test_a_sign_in_counts_once_it_is_whole() -> None:
    found = rules.sign_ins(
        {"signed_in": 3, "code_signed_in": 4, "remembered_signed_in": 2, "factor_needed": 9}
    )
    assert (found.succeeded, found.failures) == (9, 0)


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        (Outcome.REFUSED, Cause.PASSWORD),
        (Outcome.LOCKED, Cause.LOCKED),
        (Outcome.NETWORK_CLOSED, Cause.NETWORK),
        (Outcome.WRONG_AUDIENCE, Cause.WRONG_PAGE),
        (f"code_{Outcome.REFUSED}", Cause.SECOND_STEP),
        (f"recovery_code_{Outcome.LOCKED}", Cause.LOCKED),
        ("passkey_refused", Cause.SECOND_STEP),
    ],
    ids=str,
)
def test_each_way_to_fail_has_its_cause(code: str, cause: Cause) -> None:
    found = rules.sign_ins({str(code): 2, "asked_elsewhere": 5})
    assert found.failed[cause] == found.failures == 2


def test_so_many_on_a_hundred_to_one_place() -> None:
    assert rules.per_hundred(1, 3) == Decimal("33.3")
    assert rules.per_hundred(0, 3) == Decimal("0.0")
    assert rules.per_hundred(4, 0) is None
