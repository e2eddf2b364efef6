"""The people guides and tests can name: in every plan of any size and seed, true on the day it is built.

Subscriber numbers NLH 8842 01xx and SSNs in area 999 belong to them alone. `says` is what the front desk of
Lakeside Family Medicine should learn on that day.
"""

from dataclasses import dataclass
from datetime import date

from portico.demo import case_households, identifiers
from portico.demo.case_parts import Story
from portico.demo.households import Coverage, Household, Person


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else on the policy of a named case."""

    member_id: str
    first_name: str
    last_name: str
    birth_date: date
    relationship: str


@dataclass(frozen=True, slots=True)
class Case:
    """A named case: who to look up, what the plan says of them today, and the others on the policy.

    `plan_code`, `line` and `tax_id_of_pcp` are those of the coverage in force today, else of the latest one.
    """

    key: str
    member_id: str
    subscriber_id: str
    ssn: str | None
    first_name: str
    last_name: str
    birth_date: date
    line: str
    plan_code: str
    tax_id_of_pcp: str | None
    says: str
    companions: tuple[Companion, ...] = ()

    def record(self) -> dict[str, object]:
        """The case as `var/demo.json` shows it: days as ISO text."""
        fields = {name: getattr(self, name) for name in self.__slots__ if name != "companions"}
        others = [
            {"member_id": other.member_id, "first_name": other.first_name, "last_name": other.last_name}
            | {"birth_date": other.birth_date.isoformat(), "relationship": other.relationship}
            for other in self.companions
        ]
        return {**fields, "birth_date": self.birth_date.isoformat(), "companions": others}


def cases(today: date) -> tuple[Case, ...]:
    """Every named case, as of `today`."""
    return tuple(_case(story, today) for story in case_households.stories(today))


def households(today: date) -> tuple[Household, ...]:
    """The households of the cases as the full file shows them, each once."""
    return tuple(story.in_full_file or story.household for story in case_households.stories(today))


def people(today: date) -> int:
    """How many members the cases are, once every file is loaded."""
    return sum(len(story.household.people) for story in case_households.stories(today))


def _case(story: Story, today: date) -> Case:
    household = story.household
    person = household.people[story.about - 1]
    coverage = _telling(person, today)
    return Case(
        key=story.key,
        member_id=identifiers.member_id(household.subscriber_id, person.suffix),
        subscriber_id=household.subscriber_id,
        ssn=person.ssn,
        first_name=person.name.first,
        last_name=person.name.last,
        birth_date=person.birth_date,
        line=coverage.plan.line,
        plan_code=coverage.plan.code,
        tax_id_of_pcp=coverage.pcp.tax_id if coverage.pcp else None,
        says=story.says,
        companions=tuple(_companion(household, other) for other in household.people if other is not person),
    )


def _telling(person: Person, today: date) -> Coverage:
    def is_in_force(coverage: Coverage) -> bool:
        ended = coverage.ends_on is not None and coverage.ends_on < today
        return coverage.begins_on <= today and not ended

    return next(filter(is_in_force, person.coverages), person.coverages[-1])


def _companion(household: Household, other: Person) -> Companion:
    member_id = identifiers.member_id(household.subscriber_id, other.suffix)
    return Companion(member_id, other.name.first, other.name.last, other.birth_date, other.relationship)
