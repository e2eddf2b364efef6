"""How many units of which service a paid claim used. Pure.

A line of a claim counts for the service with its code whose days hold it; else for one that was asked for by
its service type alone. A line counts once. Visits are counted by days, stays by days or by the line's units
where it says days; everything else by units. A line without units counts as one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

_CENT: Final = Decimal("0.01")
_MOST: Final = Decimal("99999999.99")
_DAYS: Final = frozenset({"DA", "DY"})
"""How an 837 and a 278 call a unit that is a day."""


@dataclass(frozen=True, slots=True)
class Held:
    """A service that units may be used of: from … to …, its code empty where it has a service type alone."""

    id: int
    code: str
    unit: str
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Paid:
    """A line that was paid; `revenue_code` may stand beside a code or alone."""

    code: str
    revenue_code: str
    units: Decimal | None
    unit: str
    on: date


class Used(NamedTuple):
    """So many units, first on that day."""

    quantity: Decimal
    on: date


def used(services: Iterable[Held], lines: Iterable[Paid]) -> Mapping[int, Used]:
    """What these lines used of these services, by the service's id; of a service left alone nothing."""
    held = list(services)
    by_service: dict[int, list[Paid]] = defaultdict(list)
    for line in lines:
        service = _service_of(held, line)
        if service is not None:
            by_service[service.id].append(line)
    units = {service.id: service.unit for service in held}
    return {each: _used(units[each], found) for each, found in by_service.items()}


def _service_of(held: Sequence[Held], line: Paid) -> Held | None:
    near = [service for service in held if service.first_on <= line.on <= service.last_on]
    codes = {line.code, line.revenue_code} - {""}
    by_code = (service for service in near if service.code in codes)
    by_type = (service for service in near if not service.code)
    return next(by_code, None) or next(by_type, None)


def _used(unit: str, lines: Sequence[Paid]) -> Used:
    days = {line.on for line in lines}
    if unit == "VS" or (unit == "DY" and not all(line.unit in _DAYS for line in lines)):
        quantity = Decimal(len(days))
    elif unit == "MO":
        quantity = Decimal(len({(day.year, day.month) for day in days}))
    else:
        quantity = sum((_units(line) for line in lines), Decimal(0))
    return Used(min(quantity, _MOST).quantize(_CENT), min(days))


def _units(line: Paid) -> Decimal:
    return line.units if line.units is not None and line.units > 0 else Decimal(1)
