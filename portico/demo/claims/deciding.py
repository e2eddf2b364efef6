"""What the plan pays of a visit: its contract's price, less what the benefits leave to the member.

For each line: billed = contract's cut + paid by another + deductible + coinsurance + copay + paid. Where
another payer comes first, it pays eight tenths and this plan the rest. Amounts are cents.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from portico.demo import benefits
from portico.demo.benefits import Cell
from portico.demo.claims.care import Item
from portico.demo.claims.sums import THERAPY, Sums
from portico.demo.claims.visits import Visit
from portico.domains.claims.facts.adjusted import Group

_DEARER_EACH_YEAR: Final = 3  # percent
_CHARGES: Final = {"693302216": 230, "789914463": 190}  # percent of the contract's price
_USUAL_CHARGE: Final = 160
_TO_FIVE_DOLLARS: Final = 5_00


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a line is not paid: CARC and who bears it, and remarks (RARC)."""

    group: Group
    reason: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a claim as decided; of a refused one nothing is allowed. `other_paid`: by another payer."""

    number: int
    item: Item
    billed: int
    allowed: int = 0
    deductible: int = 0
    coinsurance: int = 0
    copay: int = 0
    other_paid: int = 0
    refusal: Refusal | None = None

    @property
    def cut(self) -> int:
        """What the contract takes off."""
        return 0 if self.refusal else self.billed - self.allowed

    @property
    def owed(self) -> int:
        """What the member owes."""
        if self.refusal:
            return self.billed if self.refusal.group is Group.PATIENT else 0
        return self.deductible + self.coinsurance + self.copay

    @property
    def paid(self) -> int:
        """What the plan pays."""
        return 0 if self.refusal else self.allowed - self.owed - self.other_paid


Lines = tuple[Line, ...]
NOT_COVERED: Final = Refusal(Group.PATIENT, "204", ("N130",))
LIMIT_REACHED: Final = Refusal(Group.PATIENT, "119", ("N362",))


def billed(visit: Visit, today: date) -> Lines:
    """The lines as the office bills them, with the contract's price beside."""
    made = (_billed(number, item, visit, today) for number, item in enumerate(visit.care.items, 1))
    return tuple(made)


def decide(lines: Lines, visit: Visit, sums: Sums, *, refused: Mapping[int, Refusal] | None = None) -> Lines:
    """The lines by the benefits; `sums` learns what the member pays. `refused` goes by line number."""
    decided: list[Line] = []
    copays = set[str]()
    for line in lines:
        refusal = (refused or {}).get(line.number)
        if refusal:
            decided.append(replace(line, allowed=0, refusal=refusal))
        elif visit.first_payer:
            decided.append(replace(line, other_paid=line.allowed * 8 // 10))
        else:
            decided.append(_decide(line, visit, sums, copays))
    return tuple(decided)


def refuse(lines: Lines, refusal: Refusal) -> Lines:
    """Every line refused for the same reason."""
    return tuple(replace(line, allowed=0, refusal=refusal) for line in lines)


def _billed(number: int, item: Item, visit: Visit, today: date) -> Line:
    years = visit.on.year - today.year
    price = item.allowed * (100 + _DEARER_EACH_YEAR * years) // 100 * item.units
    charge = price * _CHARGES.get(visit.who.practice.tax_id, _USUAL_CHARGE) // 100
    return Line(number, item, _rounded_up(charge), price)


def _rounded_up(cents: int) -> int:
    return -(-cents // _TO_FIVE_DOLLARS) * _TO_FIVE_DOLLARS


def _decide(line: Line, visit: Visit, sums: Sums, copays: set[str]) -> Line:
    cell = benefits.cell(visit.coverage.plan, line.item.service, "in", sums.year)
    suffix = visit.person.suffix
    if not cell.covered:
        return replace(line, allowed=0, refusal=NOT_COVERED)
    if line.item.service_type == THERAPY and cell.limit:
        if sums.of(suffix).therapy >= cell.limit.quantity:
            return replace(line, allowed=0, refusal=LIMIT_REACHED)
        sums.of(suffix).therapy += 1
    made = _shared(line, cell, sums, suffix, copays)
    sums.add(suffix, made.deductible, made.coinsurance + made.copay)
    return made


def _shared(line: Line, cell: Cell, sums: Sums, suffix: int, copays: set[str]) -> Line:
    """The line with the member's part, none of it beyond what is left of the year's ceilings."""
    left = sums.oop_left(suffix)
    if left is None:
        return line
    rest, deductible = line.allowed, 0
    if cell.deductible_applies:
        deductible = min(rest, sums.deductible_left(suffix), left)
        rest, left = rest - deductible, left - deductible
    if cell.copay is not None:
        copay = 0 if line.item.service.kind in copays else min(cell.copay * 100, rest, left)
        copays.add(line.item.service.kind)
        return replace(line, deductible=deductible, copay=copay)
    coinsurance = min(rest * (cell.coinsurance or 0) // 100, left)
    return replace(line, deductible=deductible, coinsurance=coinsurance)


def total(lines: Lines, amount: Callable[[Line], int]) -> int:
    """The sum of an amount over the lines."""
    return sum(map(amount, lines))


def adjustments(line: Line) -> Iterator[tuple[Group, str, int]]:
    """Why the line is not paid as billed: group, CARC, cents. With what is paid they make what was billed."""
    if line.refusal:
        yield line.refusal.group, line.refusal.reason, line.billed
        return
    each = (
        (Group.CONTRACT, "45", line.cut),
        (Group.OTHER, "23", line.other_paid),
        (Group.PATIENT, "1", line.deductible),
        (Group.PATIENT, "2", line.coinsurance),
        (Group.PATIENT, "3", line.copay),
    )
    yield from (one for one in each if one[2])
