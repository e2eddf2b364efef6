"""What a household has paid of its own in a plan and a year, claim by claim, and never beyond a ceiling."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from portico.demo.households import Used
from portico.demo.plans import Plan, prices_in

THERAPY: Final = "AE"


@dataclass(slots=True)
class _Own:
    """One person's cents, and visits that are counted."""

    deductible: int = 0
    oop_max: int = 0
    therapy: int = 0


@dataclass(slots=True)
class Sums:
    """What one household has paid in one plan and year, in network. A family has twice the ceilings."""

    plan: Plan
    year: int
    people: dict[int, _Own] = field(default_factory=dict)

    def of(self, suffix: int) -> _Own:
        """That person's amounts so far."""
        return self.people.setdefault(suffix, _Own())

    def deductible_left(self, suffix: int) -> int:
        """Cents that may still go toward the deductible."""
        whole, own = prices_in(self.plan.inside, self.year).deductible * 100, self.of(suffix)
        family = 2 * whole - sum(each.deductible for each in self.people.values())
        return max(0, min(whole - own.deductible, family))

    def oop_left(self, suffix: int) -> int | None:
        """Cents the person may still pay of their own this year; None where the plan asks nothing anyway."""
        whole, own = prices_in(self.plan.inside, self.year).oop_max * 100, self.of(suffix)
        if not whole:
            return None
        family = 2 * whole - sum(each.oop_max for each in self.people.values())
        return max(0, min(whole - own.oop_max, family))

    def add(self, suffix: int, deductible: int, beyond: int) -> None:
        """Let the person have paid so much toward the deductible and so much beyond it."""
        own = self.of(suffix)
        own.deductible += deductible
        own.oop_max += deductible + beyond

    def copy(self) -> "Sums":
        """The same amounts, to try something out with."""
        return replace(self, people={suffix: replace(own) for suffix, own in self.people.items()})

    def rows(self, suffix: int) -> Iterator[Used]:
        """The person's own rows: what is not zero."""
        own = self.of(suffix)
        yield from self._row("deductible", "individual", "", own.deductible)
        yield from self._row("oop_max", "individual", "", own.oop_max)
        yield from self._row("limit", "individual", THERAPY, own.therapy)

    def family(self) -> Iterator[Used]:
        """The household's rows: the sums of its members'."""
        each = self.people.values()
        yield from self._row("deductible", "family", "", sum(own.deductible for own in each))
        yield from self._row("oop_max", "family", "", sum(own.oop_max for own in each))

    def _row(self, kind: str, scope: str, service_type: str, amount: int) -> Iterator[Used]:
        if amount:
            yield Used(self.plan, self.year, kind, scope, "in", service_type, amount)
