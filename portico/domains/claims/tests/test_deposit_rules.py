"""When a remittance is missing, and how a deposit stands to its payment."""

from datetime import date
from decimal import Decimal

import pytest

from portico.domains.claims import deposit_rules
from portico.domains.claims.deadline_rules import Workdays
from portico.domains.claims.deposit_rules import Standing

WEEK = Workdays(frozenset(range(5)))
THURSDAY = date(2026, 3, 12)
CENTS = Decimal("175.00")


@pytest.mark.parametrize(
    ("today", "days", "workdays", "before"),
    [
        pytest.param(THURSDAY, 0, WEEK, THURSDAY, id="no days at all"),
        pytest.param(THURSDAY, 3, WEEK, date(2026, 3, 9), id="within a week"),
        pytest.param(date(2026, 3, 10), 3, WEEK, date(2026, 3, 5), id="over a weekend"),
        pytest.param(date(2026, 3, 8), 1, WEEK, date(2026, 3, 5), id="asked on a Sunday"),
        pytest.param(
            THURSDAY,
            3,
            Workdays(frozenset(range(5)), frozenset({date(2026, 3, 11)})),
            date(2026, 3, 8),
            id="a holiday",
        ),
        pytest.param(THURSDAY, 3, Workdays(frozenset()), date(2026, 3, 9), id="a plan that never works"),
    ],
)
def test_business_days_are_counted_back(today: date, days: int, workdays: Workdays, before: date) -> None:
    assert deposit_rules.overdue_before(today, days, workdays) == before


@pytest.mark.parametrize(
    ("paid", "deposited_on", "stands"),
    [
        (CENTS, date(2026, 1, 1), Standing.MATCHED),
        (Decimal("175.01"), THURSDAY, Standing.DIFFERS),
        (None, date(2026, 3, 9), Standing.WAITING),
        (None, date(2026, 3, 8), Standing.OVERDUE),
    ],
)
def test_a_deposit_stands(paid: Decimal | None, deposited_on: date, stands: Standing) -> None:
    told = deposit_rules.standing(
        amount=CENTS, deposited_on=deposited_on, paid=paid, overdue_before=date(2026, 3, 9)
    )
    assert told is stands
