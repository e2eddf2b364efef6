"""What paid lines use of services: which service a line counts for, and how its units are counted."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from portico.domains.authorizations import usage_rules
from portico.domains.authorizations.usage_rules import Held, Paid, Used

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def held(code: str = "97110", unit: str = "UN", number: int = 1, last: date = LAST) -> Held:
    return Held(number, code, unit, FIRST, last)


def paid(day: int, units: str | None = "1", code: str = "97110", unit: str = "UN", revenue: str = "") -> Paid:
    return Paid(code, revenue, None if units is None else Decimal(units), unit, date(2026, 3, day))


@pytest.mark.parametrize(
    ("service", "lines", "quantity"),
    [
        (held(), [paid(2, "4"), paid(3, "2.5")], "6.50"),
        (held(), [paid(2, None), paid(3, "0")], "2.00"),
        (held(unit="VS"), [paid(2, "4"), paid(2, "4"), paid(3, "1")], "2.00"),
        (held("0120", "DY"), [paid(1, "3", "", "DA", "0120")], "3.00"),
        (held("0120", "DY"), [paid(1, "3", "", "UN", "0120"), paid(2, "9", "", "DA", "0120")], "2.00"),
        (held(unit="MO"), [paid(1), paid(30)], "1.00"),
        (held(unit="HS"), [paid(1, "0.25")], "0.25"),
        (held(), [paid(1), paid(31)], "2.00"),
        (held(code=""), [paid(1, code="99214")], "1.00"),
    ],
)
def test_units_are_counted_as_they_were_asked_for(
    service: Held, lines: Sequence[Paid], quantity: str
) -> None:
    assert usage_rules.used([service], lines) == {1: Used(Decimal(quantity), min(line.on for line in lines))}


@pytest.mark.parametrize(
    "line", [paid(1, code="97140"), Paid("97110", "", Decimal(1), "UN", date(2026, 4, 1))]
)
def test_another_code_or_day_uses_nothing(line: Paid) -> None:
    assert usage_rules.used([held()], [line]) == {}


def test_a_code_goes_before_a_service_type_and_a_line_counts_once() -> None:
    services = [held(code="", number=1), held(number=2)]

    assert set(usage_rules.used(services, [paid(1)])) == {2}
    assert set(usage_rules.used(services, [paid(1, code="97140")])) == {1}


def test_of_two_periods_of_a_code_that_of_the_day_counts() -> None:
    early = held(number=1, last=date(2026, 3, 10))
    late = Held(2, "97110", "UN", date(2026, 3, 11), LAST)

    found = usage_rules.used([early, late], [paid(10), paid(11), paid(12)])
    assert {number: used.quantity for number, used in found.items()} == {1: Decimal(1), 2: Decimal(2)}


def test_more_than_a_row_can_hold_is_as_much_as_it_can() -> None:
    (used,) = usage_rules.used([held()], [paid(1, "999999999")]).values()

    assert used.quantity == Decimal("99999999.99")
