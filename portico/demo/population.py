"""Draws the people beyond the named cases: households of every line, each from its own stream."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from portico.demo import days, identifiers, names, plans, spans, usage
from portico.demo.chance import Chance, Weighted
from portico.demo.households import (
    CHILD,
    SPOUSE,
    SUBSCRIBER,
    Coverage,
    Home,
    Household,
    OtherCoverage,
    Person,
    Used,
)
from portico.demo.lines import LINES, Funding, Line
from portico.demo.names import MAN, UNKNOWN, WOMAN, FamilyName, Name
from portico.demo.regions import REGIONS, STREETS
from portico.demo.roster import Pcp, PcpPool

_WITH_FAMILIES = frozenset({Funding.EMPLOYER, Funding.INDIVIDUAL})
_FAMILY_SIZE = 2.66  # people to a household on average, where there are families
_LINES = Weighted(
    [(line, line.share / (_FAMILY_SIZE if line.funding in _WITH_FAMILIES else 1)) for line in LINES]
)
_REGIONS = Weighted([(region, region.share) for region in REGIONS])
_CHILDREN = Weighted([(0, 38), (1, 26), (2, 24), (3, 9), (4, 3)])
_PAYERS = ("Great Basin Mutual", "Bayline Insurance Trust", "Unity Teachers Fund", "Sequoia Benefit Union")
_LEVELS = {(False, False): "EMP", (True, False): "ESP", (False, True): "ECH", (True, True): "FAM"}
_YEAR = 365.2425


class Draft(NamedTuple):
    """A person before coverage: who, how old, and related how."""

    relationship: str
    name: Name
    sex: str
    birth_date: date
    twin: int = 0


class Population:
    """Draws `members` people in all; the last household is cut to fit."""

    def __init__(self, *, members: int, seed: int, today: date, pcps: PcpPool) -> None:
        self._members, self._seed, self._today, self._pcps = members, seed, today, pcps

    def households(self) -> Iterator[Household]:
        """Every household, in a fixed order; holds one at a time."""
        drawn = number = 0
        while drawn < self._members:
            household = self._household(number, drawn, self._members - drawn)
            yield household
            drawn += len(household.people)
            number += 1

    def _household(self, number: int, drawn: int, room: int) -> Household:
        chance = Chance(self._seed, number)
        line, home = _LINES.pick(chance), _home(chance)
        drafts = _people(chance, line, self._today)[:room]
        plan = _plan(chance, line, drafts[0], self._today)
        coverages = spans.draw(chance, plan, _level(line, drafts), self._today)
        drafts = _born_in_time(drafts, coverages[-1].ends_on)
        people = self._members_of(chance, drafts, coverages, home, drawn)
        hired = days.days_after(coverages[0].begins_on, -31) if line.funding is Funding.EMPLOYER else None
        group = f"{plan.code}-{chance.between(101, 400):05d}"
        return Household(identifiers.subscriber_id(number), group, hired, home, people)

    def _members_of(
        self, chance: Chance, drafts: list[Draft], coverages: tuple[Coverage, ...], home: Home, drawn: int
    ) -> tuple[Person, ...]:
        ledgers = usage.ledgers(chance, coverages, self._today)
        pcps = [self._pcps.of(coverage.plan.line, home.region.code) for coverage in coverages]
        covered = [_covered(chance, coverages, pcps, draft) for draft in drafts]
        used = [usage.draw(chance, ledgers, own, self._today) for own in covered]
        shared = [row for ledger in ledgers for row in ledger.family()] if len(drafts) > 1 else []
        return tuple(
            _person(chance, draft, covered[place], (*used[place], *shared), place, drawn + place, self._today)
            for place, draft in enumerate(drafts)
        )


def _home(chance: Chance) -> Home:
    region = _REGIONS.pick(chance)
    town = chance.pick(region.towns)
    street = f"{chance.between(1, 9899)} {chance.pick(STREETS)}"
    if chance.random() < 0.25:
        street = f"{street} Apt {chance.between(1, 48)}"
    return Home(street, town, region, identifiers.telephone(town.area_code, chance.below(100)))


def _people(chance: Chance, line: Line, today: date) -> list[Draft]:
    """The subscriber, then spouse and children where the line has families."""
    family = names.family(chance)
    first = _draft(chance, family, SUBSCRIBER, _sex(chance), _born(chance, _age(chance, line), today))
    if line.funding not in _WITH_FAMILIES:
        return [first]
    drafts = [first]
    if chance.random() < 0.52:
        drafts.append(_spouse(chance, family, first))
    return drafts + _children(chance, family, first, today)


def _age(chance: Chance, line: Line) -> int:
    if line.funding is Funding.MEDICAID:
        return chance.between(0, 20) if chance.random() < 0.45 else chance.between(19, 84)
    if line.funding is Funding.MEDICARE or line.funding is Funding.DUAL:
        return chance.between(65, 97) if chance.random() < 0.9 else chance.between(30, 64)
    return chance.between(20, 64)


def _spouse(chance: Chance, family: FamilyName, first: Draft) -> Draft:
    sex = (WOMAN if first.sex == MAN else MAN) if chance.random() < 0.93 else first.sex
    born = first.birth_date + timedelta(days=chance.between(-2500, 2500))
    own = family if chance.random() < 0.8 else names.family(chance)
    latest = first.birth_date + timedelta(days=600)
    return _draft(chance, own, SPOUSE, sex, min(born, latest), taken=(first.name.first,))


def _children(chance: Chance, family: FamilyName, first: Draft, today: date) -> list[Draft]:
    oldest = min(25, int((today - first.birth_date).days / _YEAR) - 19)
    children: list[Draft] = []
    for _ in range(_CHILDREN.pick(chance) if oldest >= 0 else 0):
        twin = bool(children) and not children[-1].twin and chance.random() < 0.02
        born = children[-1].birth_date if twin else _born(chance, chance.between(0, oldest), today)
        if twin:
            children[-1] = children[-1]._replace(twin=1)
        taken = tuple(child.name.first for child in children)
        children.append(_draft(chance, family, CHILD, _sex(chance), born, taken=taken, twin=2 * twin))
    return children


def _draft(
    chance: Chance,
    family: FamilyName,
    relationship: str,
    sex: str,
    born: date,
    *,
    taken: tuple[str, ...] = (),
    twin: int = 0,
) -> Draft:
    return Draft(relationship, names.person(chance, family, sex, taken=taken), sex, born, twin)


def _sex(chance: Chance) -> str:
    draw = chance.random()
    return WOMAN if draw < 0.51 else MAN if draw < 0.997 else UNKNOWN


def _born(chance: Chance, age: int, today: date) -> date:
    return today - timedelta(days=int(age * _YEAR) + 1 + chance.below(364))


def _born_in_time(drafts: list[Draft], ended: date | None) -> list[Draft]:
    """The same people, children two years older where coverage ended before they were born."""
    if ended is None:
        return drafts
    late = timedelta(days=730)
    return [d._replace(birth_date=d.birth_date - late) if d.birth_date > ended else d for d in drafts]


def _plan(chance: Chance, line: Line, first: Draft, today: date) -> plans.Plan:
    if line.funding is not Funding.MEDICAID:
        return chance.pick(plans.of_line(line.code))
    adults, children, seniors = plans.of_line(line.code)
    age = (today - first.birth_date).days / _YEAR
    return children if age < 19 else seniors if age >= 65 else adults


def _level(line: Line, drafts: list[Draft]) -> str:
    if line.funding not in _WITH_FAMILIES:
        return "IND"
    related = {draft.relationship for draft in drafts}
    return _LEVELS[SPOUSE in related, CHILD in related]


def _covered(
    chance: Chance, coverages: tuple[Coverage, ...], pools: list[list[Pcp]], draft: Draft
) -> tuple[Coverage, ...]:
    """The household's spans as this person has them: from birth on, with a PCP where the plan has them."""
    covered: list[Coverage] = []
    for coverage, pool in zip(coverages, pools, strict=True):
        if coverage.ends_on and coverage.ends_on < draft.birth_date:
            continue
        begins_on = max(coverage.begins_on, draft.birth_date)
        chosen = chance.pick(pool) if coverage.plan.has_pcp or chance.random() < 0.3 else None
        if covered and covered[-1].begins_on == begins_on:
            chosen = covered[-1].pcp  # two plans at once, one PCP
        covered.append(coverage._replace(begins_on=begins_on, pcp=chosen))
    return tuple(covered)


def _person(
    chance: Chance,
    draft: Draft,
    coverages: tuple[Coverage, ...],
    used: tuple[Used, ...],
    place: int,
    number: int,
    today: date,
) -> Person:
    newborn = (today - draft.birth_date).days < 60
    ssn = identifiers.ssn(number) if not newborn and chance.random() < 0.96 else None
    others = (_other(chance, coverages[0]),) if coverages and chance.random() < 0.06 else ()
    return Person(place + 1, *draft[:4], ssn, coverages, others, used, draft.twin)


def _other(chance: Chance, coverage: Coverage) -> OtherCoverage:
    order = "P" if chance.random() < 0.4 else "S"
    return OtherCoverage(
        order, chance.pick(_PAYERS), f"X{chance.between(10**7, 10**8 - 1)}", coverage.begins_on
    )
