"""When people are covered: most today, some not yet, some no longer, some after a gap or a change."""

from datetime import date

from portico.demo import days, plans
from portico.demo.chance import Chance, Weighted
from portico.demo.households import Coverage
from portico.demo.plans import Plan

_FATES = Weighted(
    [("active", 79.0), ("ended", 9.0), ("changed", 7.0), ("gap", 2.0), ("future", 2.0), ("second", 1.0)]
)


def draw(chance: Chance, plan: Plan, level: str, today: date) -> tuple[Coverage, ...]:
    """The spans of a household in a plan, earliest first."""
    fate = _FATES.pick(chance)
    begins = days.month_start(today, -chance.between(1, 84))
    if fate == "ended":
        return (_span(plan, level, begins, days.month_end(today, -chance.between(0, 18))),)
    if fate == "future":
        return (Coverage(plan, level, days.month_start(today, chance.between(1, 2))),)
    if fate == "changed":
        return _changed(chance, plan, level, today)
    if fate == "gap":
        return _gap(chance, plan, level, today)
    if fate == "second":
        return Coverage(plan, level, begins), Coverage(_another(chance, plan), level, begins)
    return (Coverage(plan, level, begins),)


def _changed(chance: Chance, plan: Plan, level: str, today: date) -> tuple[Coverage, ...]:
    """Another plan of the same line until last New Year's Eve, this one since."""
    before = days.month_start(days.year_start(today), -12 * chance.between(1, 4))
    earlier = Coverage(_another(chance, plan), level, before, days.year_end(today, -1))
    return earlier, Coverage(plan, level, days.year_start(today))


def _gap(chance: Chance, plan: Plan, level: str, today: date) -> tuple[Coverage, ...]:
    """Covered, not covered for two to four months, and covered again."""
    back = chance.between(1, 8)
    ended = days.month_end(today, -back - chance.between(2, 4))
    first = days.month_start(ended, -chance.between(6, 30))
    return Coverage(plan, level, first, ended), Coverage(plan, level, days.month_start(today, -back))


def _span(plan: Plan, level: str, begins_on: date, ends_on: date) -> Coverage:
    earliest = min(begins_on, days.month_start(ends_on, -3))
    return Coverage(plan, level, earliest, ends_on)


def _another(chance: Chance, plan: Plan) -> Plan:
    """A different plan of the same line."""
    siblings = plans.of_line(plan.line)
    return siblings[(siblings.index(plan) + 1 + chance.below(len(siblings) - 1)) % len(siblings)]
