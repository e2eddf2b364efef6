"""How much a service line or an HSD asks for, in the units of the domain. Pure.

    SV1*HC:97110**UN*6         6 units                SV2*0120**...*DA*3     3 days
    HSD*VS*8                   8 visits               HSD*VS*2*WK**34*3      2 visits a week, for 3 months: 26
    HSD*****34*6               6 months               nothing                1 of what such requests count

A month counts thirty days, a year 365; a part of a visit counts as one.
"""

from decimal import ROUND_CEILING, Decimal, InvalidOperation

from portico.domains.authorizations.facts.requested import Unit
from portico.edges.x12.authorizations.requests import Line

Counted = tuple[Decimal, Unit]
_UNITS = {"DY": Unit.DAYS, "FL": Unit.UNITS, "HS": Unit.HOURS, "MN": Unit.MONTHS, "VS": Unit.VISITS}
_OF_LINE = {"DA": Unit.DAYS}
_DAYS_IN = {"DA": 1, "WK": 7, "MO": 30, "7": 1, "35": 7, "34": 30, "21": 365}
_MONTHS = "34"


class NoQuantity(ValueError):
    """What was sent as a quantity is none."""


def of(line: Line, delivery: tuple[str, ...], usual: Unit) -> Counted:
    """How much, of what; `usual` is what is counted where nothing was sent. Raises NoQuantity."""
    if any(delivery):
        return _delivered(delivery)
    if line.quantity:
        return _number(line.quantity), _OF_LINE.get(line.unit, Unit.UNITS)
    return Decimal(1), usual


def _delivered(delivery: tuple[str, ...]) -> Counted:
    kind, quantity, every, _, span, spans, *_ = (*delivery, *[""] * 8)
    if not quantity:
        if span == _MONTHS:
            return _number(spans or "1"), Unit.MONTHS
        raise NoQuantity
    return _number(quantity) * _times(every, span, spans), _UNITS.get(kind, Unit.UNITS)


def _times(every: str, span: str, spans: str) -> Decimal:
    """How often so many come again: once where it is not said for how long."""
    if every not in _DAYS_IN or span not in _DAYS_IN:
        return Decimal(1)
    days = _number(spans or "1") * _DAYS_IN[span]
    return (days / _DAYS_IN[every]).to_integral_value(ROUND_CEILING)


def _number(text: str) -> Decimal:
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise NoQuantity from None
    if not found.is_finite():
        raise NoQuantity
    return found
