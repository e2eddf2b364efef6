"""Who saw whom, for what, on which day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from portico.demo import days
from portico.demo.chance import Chance, Weighted
from portico.demo.claims import care, treating
from portico.demo.claims.care import Care
from portico.demo.claims.treating import Treating
from portico.demo.households import Coverage, Household, OtherCoverage, Person
from portico.demo.names import WOMAN

TWO_YEARS = 730
_CHILD, _OLDER = 18, 45
_YEAR = 365.2425
_ADULTS = Weighted(
    [
        (care.COLD, 14),
        (care.DIABETES, 12),
        (care.ANEMIA, 4),
        (care.YEARLY, 12),
        (care.BACK, 6),
        (care.FLU, 7),
        (care.HEART, 6),
        (care.PRESSURE, 7),
        (care.JOINT, 5),
        (care.SPRAIN, 4),
        (care.EXERCISES, 9),
        (care.SCAN, 4),
        (care.CHEST_PAIN, 3),
        (care.CUT, 4),
        (care.BOWEL, 2),
        (care.KNEE_SURGERY, 1),
        (care.HIP, 0.8),
        (care.LUNGS, 0.7),
    ]
)
_CHILDREN = Weighted([(care.CHILD, 45), (care.CHECK_UP, 35), (care.SPRAIN, 6), (care.CUT, 8)])


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit or a stay that begins on a day, under the coverage in force then."""

    household: Household
    person: Person
    coverage: Coverage
    care: Care
    who: Treating
    on: date

    @property
    def first_payer(self) -> OtherCoverage | None:
        """The other payer that comes before this plan."""
        return next((other for other in self.person.others if other.order == "P"), None)

    @property
    def ends_on(self) -> date:
        """The day somebody went home."""
        return self.on + timedelta(days=self.care.nights)


def draw(chance: Chance, household: Household, person: Person, today: date) -> Iterator[Visit]:
    """What the person went to an office for in the last two years; nothing on days without coverage."""
    for _ in range(1 + chance.below(9)):
        on = days.days_after(today, -chance.between(1, TWO_YEARS))
        covered = coverage_on(person, on)
        what = _what(chance, person, on)
        if covered is None:
            continue
        who = treating.pick(chance, what.where, covered.plan.line, covered.pcp)
        if who:
            yield Visit(household, person, covered, what, who, _working_day(on, covered))


def coverage_on(person: Person, on: date) -> Coverage | None:
    """What covered the person on that day; the later of two plans."""
    found = [
        each
        for each in person.coverages
        if each.begins_on <= on and (each.ends_on is None or on <= each.ends_on)
    ]
    return found[-1] if found else None


def _what(chance: Chance, person: Person, on: date) -> Care:
    age = (on - person.birth_date).days / _YEAR
    if age < _CHILD:
        return _CHILDREN.pick(chance)
    if person.sex == WOMAN and age > _OLDER and chance.happens(0.08):
        return care.SCREENING
    return _ADULTS.pick(chance)


def _working_day(on: date, covered: Coverage) -> date:
    """That day, or the Friday before a weekend, as long as it is covered."""
    friday = on - timedelta(days=max(0, on.weekday() - 4))
    return max(friday, covered.begins_on)
