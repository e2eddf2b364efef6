"""Care that the plan agreed to first, given and paid by today: claims that wait for their numbers.

An office sends them under the number of the request, which nobody knows before the plan gives it; so they are
drawn with all others, and sent once the requests of the demo are decided.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from portico.demo import days
from portico.demo.claims import care, treating, visits
from portico.demo.claims.care import Care
from portico.demo.claims.courses import Course, Fate
from portico.demo.claims.drawn import Drawn
from portico.demo.claims.following import Follower
from portico.demo.claims.sums import Sums
from portico.demo.claims.treating import Treating
from portico.demo.claims.visits import Visit
from portico.demo.households import Household

FIRST_NUMBER: Final = 900_000
_COMES_AFTER, _TAKES = timedelta(days=1), 3


@dataclass(frozen=True, slots=True)
class Given:
    """What was given of a request, by its key: to whom, by whom, so many days ago, each time one claim."""

    request: str
    subscriber_id: str
    what: Care
    who: Treating
    days_ago: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A claim, and the key of the request whose number it is to carry."""

    request: str
    claim: Drawn


EVERYTHING: Final = (
    Given("approved", "NLH88420193", care.NURSE, treating.GRACE, (21, 19, 17, 14, 12)),
    Given("partly", "NLH88420111", care.NURSE, treating.GRACE, (14, 13, 11)),
    Given("overturned", "NLH88420105", care.CHAIR, treating.GRACE, (40,)),
    Given("out_of_scope", "NLH88420115", care.PRE_SURGERY, treating.STEFAN, (16,)),
)


def draw(household: Household, follower: Follower, sums: Callable[[Visit], Sums]) -> Iterator[Agreed]:
    """The claims of a household's first person; `sums` learn what they leave to them."""
    for given in EVERYTHING:
        if given.subscriber_id == household.subscriber_id:
            for visit in _visits(given, household, follower):
                course = Course(Fate.PAID, visit.on + _COMES_AFTER, _TAKES)
                for claim in follower.follow(visit, course, sums(visit)):
                    yield Agreed(given.request, claim)


def named(agreed: Iterable[Agreed], numbers: Mapping[str, str]) -> list[Drawn]:
    """The claims as they are sent, each under the number of its request. Raises KeyError for one unknown."""
    return [_under(numbers[each.request], each.claim) for each in agreed]


def _under(number: str, claim: Drawn) -> Drawn:
    return replace(claim, sent=replace(claim.sent, authorization_number=number))


def _visits(given: Given, household: Household, follower: Follower) -> Iterator[Visit]:
    person = household.people[0]
    for ago in given.days_ago:
        on = days.days_after(follower.today, -ago)
        covered = visits.coverage_on(person, on)
        if covered is not None:
            yield Visit(household, person, covered, given.what, given.who, on)
