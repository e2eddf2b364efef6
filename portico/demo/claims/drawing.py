"""Draws the claims of a household, and what its members have used by them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from portico.demo.chance import Chance
from portico.demo.claims import agreed, courses, named, visits
from portico.demo.claims.agreed import Agreed
from portico.demo.claims.drawn import Drawn
from portico.demo.claims.following import Follower
from portico.demo.claims.named import Named
from portico.demo.claims.sums import Sums
from portico.demo.claims.visits import Visit
from portico.demo.households import Household, Person, Used

_FIRST_YEAR_KEPT = -1


@dataclass(frozen=True, slots=True)
class Told:
    """A household whose accumulators are the sums of its claims, those claims, and what waits for numbers."""

    household: Household
    claims: tuple[Drawn, ...]
    agreed: tuple[Agreed, ...] = ()


class Books:
    """The sums of one household, by plan and year."""

    def __init__(self, today: date) -> None:
        self._today, self._kept = today, dict[tuple[str, int], Sums]()

    def of(self, visit: Visit) -> Sums:
        """The sums the visit counts toward."""
        plan, year = visit.coverage.plan, visit.on.year - self._today.year
        return self._kept.setdefault((plan.code, year), Sums(plan, year))

    def used(self, household: Household) -> Household:
        """The household with what its claims have used, this year and last."""
        people = tuple(
            person._replace(used=tuple(self._of(person, household))) for person in household.people
        )
        return household._replace(people=people)

    def _of(self, person: Person, household: Household) -> Iterator[Used]:
        codes = {coverage.plan.code for coverage in person.coverages}
        for (code, year), sums in self._kept.items():
            if code in codes and year >= _FIRST_YEAR_KEPT:
                yield from sums.rows(person.suffix)
                yield from sums.family() if len(household.people) > 1 else ()


def draw(chance: Chance, household: Household, follower: Follower) -> Told:
    """Two years of claims of everybody on one policy, the earliest visit first."""
    today, books = follower.today, Books(follower.today)
    seen = [visit for person in household.people for visit in visits.draw(chance, household, person, today)]
    claims: list[Drawn] = []
    for visit in sorted(seen, key=lambda each: (each.on, each.person.suffix)):
        claims += follower.follow(visit, courses.draw(chance, visit), books.of(visit))
    return Told(books.used(household), tuple(claims))


def draw_named(household: Household, follower: Follower, later: Follower) -> Told:
    """The claims that guides can name, of one of the named cases; amounts a story fixes stay as they are.

    `later` numbers those that wait for the number of a request.
    """
    today, books = follower.today, Books(follower.today)
    claims: list[Drawn] = []
    for one in named.everything():
        if one.subscriber_id == household.subscriber_id:
            visit = one.visit(household, today)
            drawn = follower.follow(visit, one.course(visit, today), books.of(visit))
            claims += (replace(claim, key=_key(one, place)) for place, claim in enumerate(drawn))
    waiting = tuple(agreed.draw(household, later, books.of))
    return Told(_with_fixed(books.used(household), household), tuple(claims), waiting)


def _key(one: Named, place: int) -> str:
    return (f"{one.key}_again" if place else one.key) if one.key else ""


def _with_fixed(now: Household, told: Household) -> Household:
    people = zip(now.people, told.people, strict=True)
    return now._replace(people=tuple(a._replace(used=b.used or a.used) for a, b in people))
