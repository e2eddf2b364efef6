"""The people drawn: as many in each line as its share says, of every age, with families that make sense."""

from collections import Counter
from datetime import date, timedelta

import pytest

from portico.demo import providers
from portico.demo.households import CHILD, SPOUSE, Household
from portico.demo.lines import LINES
from portico.demo.population import Population
from portico.demo.roster import PcpPool
from portico.demo.tests.conftest import TODAY


def _draw(members: int, today: date = TODAY) -> list[Household]:
    pcps = PcpPool(providers.affiliations(members=members, seed=4, today=today), today)
    return list(Population(members=members, seed=4, today=today, pcps=pcps).households())


@pytest.fixture(scope="module")
def households() -> list[Household]:
    """The households of 6,000 people."""
    return _draw(6000)


def test_every_line_has_its_share_of_the_members(households: list[Household]) -> None:
    count = Counter(p.coverages[-1].plan.line for household in households for p in household.people)
    assert sum(count.values()) == 6000
    for line in LINES:
        assert abs(count[line.code] / 60 - line.share) < 3


def test_parents_are_older_than_their_children(households: list[Household]) -> None:
    for household in households:
        subscriber = household.people[0]
        for person in household.people[1:]:
            if person.relationship == CHILD:
                assert person.birth_date - subscriber.birth_date > timedelta(days=16 * 365)


def test_families_share_a_name_more_often_than_not(households: list[Household]) -> None:
    couples = [h.people for h in households if len(h.people) > 1 and h.people[1].relationship == SPOUSE]
    same = sum(first.name.last == second.name.last for first, second, *_ in couples)
    assert 0.7 < same / len(couples) < 0.95


def test_nobody_in_a_household_has_a_siblings_first_name(households: list[Household]) -> None:
    for household in households:
        children = [p.name.first for p in household.people if p.relationship == CHILD]
        assert len(set(children)) == len(children)


def test_every_age_and_all_kinds_of_names_occur(households: list[Household]) -> None:
    people = [person for household in households for person in household.people]
    ages = Counter((TODAY - person.birth_date).days // 3652 for person in people)
    assert all(ages[decade] > 20 for decade in range(10))
    lasts = [person.name.last for person in people]
    assert any("'" in last for last in lasts)
    assert any("-" in last for last in lasts)
    assert any(" " in last for last in lasts)
    assert 0.03 < sum(not last.isascii() for last in lasts) / len(lasts) < 0.3
    assert any(person.name.suffix for person in people)
    assert any(person.others for person in people)


def test_a_household_is_the_same_whatever_the_size_of_the_plan(households: list[Household]) -> None:
    fewer = _draw(200)
    for one, other in zip(fewer[:-1], households, strict=False):
        assert [p.name for p in one.people] == [p.name for p in other.people]
        assert one.subscriber_id == other.subscriber_id
