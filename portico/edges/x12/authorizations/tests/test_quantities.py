"""How much is asked for, by service line and by HSD."""

from decimal import Decimal

import pytest

from portico.domains.authorizations.facts.requested import Unit
from portico.edges.x12.authorizations import quantities
from portico.edges.x12.authorizations.quantities import NoQuantity
from portico.edges.x12.authorizations.requests import Line

NOTHING: tuple[str, ...] = ()


@pytest.mark.parametrize(
    ("line", "delivery", "expected"),
    [
        (Line("SV1", unit="UN", quantity="6"), NOTHING, (6, Unit.UNITS)),
        (Line("SV2", unit="DA", quantity="3"), NOTHING, (3, Unit.DAYS)),
        (Line("SV3", quantity="2"), NOTHING, (2, Unit.UNITS)),
        (Line(), NOTHING, (1, Unit.VISITS)),
        (Line("SV1", unit="UN", quantity="6"), ("VS", "8"), (8, Unit.VISITS)),
        (Line(), ("DY", "3"), (3, Unit.DAYS)),
        (Line(), ("HS", "10"), (10, Unit.HOURS)),
        (Line(), ("FL", "10"), (10, Unit.UNITS)),
        (Line(), ("MN", "2"), (2, Unit.MONTHS)),
        (Line(), ("", "", "", "", "34", "6"), (6, Unit.MONTHS)),
        (Line(), ("VS", "2", "WK", "", "35", "3"), (6, Unit.VISITS)),
        (Line(), ("VS", "2", "WK", "", "34", "3"), (26, Unit.VISITS)),
        (Line(), ("VS", "1", "DA", "", "35", "2"), (14, Unit.VISITS)),
        (Line(), ("VS", "1", "MO", "", "21", "1"), (13, Unit.VISITS)),
        (Line(), ("VS", "2", "WK"), (2, Unit.VISITS)),
    ],
)
def test_how_much_is_asked_for(line: Line, delivery: tuple[str, ...], expected: tuple[int, Unit]) -> None:
    quantity, unit = quantities.of(line, delivery, Unit.VISITS)
    assert (quantity, unit) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize(
    "delivery", [("VS", "MANY"), ("VS", "Infinity"), ("VS",), ("", "", "", "", "35", "2")]
)
def test_what_is_no_quantity_is_said(delivery: tuple[str, ...]) -> None:
    with pytest.raises(NoQuantity):
        quantities.of(Line(), delivery, Unit.VISITS)
