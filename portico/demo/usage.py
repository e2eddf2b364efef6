"""How much of their deductibles, yearly maxima and limits people have used, so that it adds up.

What counts toward the deductible counts toward the yearly maximum; a family's amounts are the sums of its
members' and never pass the family's own ceiling. Amounts are cents, visits are counted.
"""

from datetime import date

from portico.demo import benefits
from portico.demo.chance import Chance
from portico.demo.households import Coverage, Used
from portico.demo.plans import Plan, Prices

_NONE_YET, _SOME, _DEDUCTIBLE_MET = 0.35, 0.80, 0.96
_REMEMBERS_LAST_YEAR = 0.25
_THERAPY, _CHIROPRACTIC, _CHIROPRACTIC_VISITS = "AE", "33", 20


class Ledger:
    """The running totals of one household in one plan, network and year."""

    __slots__ = ("_deductible", "_oop_max", "deductible", "network", "oop_max", "plan", "year")

    def __init__(self, plan: Plan, network: str, year: int, prices: Prices) -> None:
        self.plan, self.network, self.year = plan, network, year
        self._deductible, self._oop_max = prices.deductible * 100, prices.oop_max * 100
        self.deductible = self.oop_max = 0

    def spend(self, deductible: int, beyond: int) -> list[Used]:
        """Let one member pay so many cents toward the deductible and so many beyond; answers the rows."""
        room = self._oop_max * 2 - self.oop_max
        within = min(deductible, self._deductible, self._deductible * 2 - self.deductible, room)
        total = min(within + beyond, self._oop_max, room)
        self.deductible += within
        self.oop_max += total
        return [*self._row("deductible", "individual", within), *self._row("oop_max", "individual", total)]

    def family(self) -> list[Used]:
        """The household's own rows."""
        return [
            *self._row("deductible", "family", self.deductible),
            *self._row("oop_max", "family", self.oop_max),
        ]

    def _row(self, kind: str, scope: str, amount: int) -> list[Used]:
        return [Used(self.plan, self.year, kind, scope, self.network, "", amount)] if amount else []


def ledgers(chance: Chance, coverages: tuple[Coverage, ...], today: date) -> list[Ledger]:
    """An empty ledger for each plan with ceilings, network and year; last year's for one in four only."""
    oldest = -1 if chance.random() < _REMEMBERS_LAST_YEAR else 0
    opened = {}
    for coverage in coverages:
        for year in _years(coverage, today):
            for network in ("in", "out"):
                prices = benefits.prices_of(coverage.plan, network, year)
                if year >= oldest and prices and prices.oop_max:
                    opened[coverage.plan.code, year, network] = Ledger(coverage.plan, network, year, prices)
    return list(opened.values())


def draw(
    chance: Chance, open_ledgers: list[Ledger], coverages: tuple[Coverage, ...], today: date
) -> list[Used]:
    """What one member has used while covered by these spans: rows for what is not zero."""
    used: list[Used] = []
    own = {(coverage.plan.code, year) for coverage in coverages for year in _years(coverage, today)}
    for ledger in open_ledgers:
        if (ledger.plan.code, ledger.year) in own and (ledger.network == "in" or chance.random() < 0.15):
            used += ledger.spend(*_spending(chance, ledger))
    if chance.random() < 0.06 and 0 in _years(coverages[-1], today):
        used.append(_visits(chance, coverages[-1].plan))
    return used


def _spending(chance: Chance, ledger: Ledger) -> tuple[int, int]:
    """Cents toward the deductible, and cents beyond it."""
    inside = ledger.plan.inside
    deductible, room = inside.deductible * 100, (inside.oop_max - inside.deductible) * 100
    draw = chance.random()
    if draw < _NONE_YET:
        return 0, 0
    if draw < _SOME:
        return _part(chance, deductible), _part(chance, room) // 12
    if draw < _DEDUCTIBLE_MET:
        return deductible, _part(chance, room)
    return 2 * deductible, 4 * inside.oop_max * 100


def _part(chance: Chance, cents: int) -> int:
    """Some of an amount, to five cents."""
    return int(chance.random() * cents) // 5 * 5


def _visits(chance: Chance, plan: Plan) -> Used:
    if chance.random() < 0.7:
        return Used(plan, 0, "limit", "individual", "in", _THERAPY, chance.between(1, plan.therapy_visits))
    return Used(plan, 0, "limit", "individual", "in", _CHIROPRACTIC, chance.between(1, _CHIROPRACTIC_VISITS))


def _years(coverage: Coverage, today: date) -> list[int]:
    """0 where the span reaches into the current year up to today, -1 where it reached into the last."""
    last = coverage.ends_on or today
    years = [0] if coverage.begins_on <= today and last.year >= today.year else []
    if coverage.begins_on.year < today.year and last.year >= today.year - 1:
        years.append(-1)
    return years
