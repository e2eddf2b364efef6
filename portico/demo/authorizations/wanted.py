"""The requests of the demo: who asks for whom, when, and what becomes of it.

Those with a `key` stand in `var/demo.json`; the others make two years in which the plan has a record.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from portico.demo import authorizers, case_households, identifiers, practices
from portico.demo.authorizations import care
from portico.demo.authorizations.care import Care
from portico.demo.case_parts import Story
from portico.demo.roster import Practice, Provider
from portico.domains.authorizations.facts.requested import Level


class Then(StrEnum):
    """What becomes of a request."""

    APPROVED = "approved"
    PARTLY = "partly"
    DENIED = "denied"
    IN_REVIEW = "in_review"
    ASKED = "asked"
    ANSWERED = "answered"
    APPEALED = "appealed"
    CONTINUED = "continued"
    CANCELLED = "cancelled"
    TALK = "talk"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A request: asked by `clerk` under `office`, ordered by `orders`, so many days ago.

    `member` is the patient's own ID. `level` expedited says why it cannot wait. `says` is what there is to
    see of it.
    """

    member: str
    what: Care
    then: Then
    days_ago: float
    key: str = ""
    says: str = ""
    clerk: str = authorizers.COORDINATOR
    office: Practice = practices.LAKESIDE
    orders: Provider = practices.GRACE_LIN
    level: Level = Level.STANDARD
    begins_in: int = 4


def everything(today: date) -> Iterator[Wanted]:
    """Every request, the oldest first."""
    yield from sorted((*_routine(today), *_NAMED), key=lambda wanted: -wanted.days_ago)


def _member(household: int, suffix: int = 1) -> str:
    return identifiers.member_id(f"NLH88420{household:03d}", suffix)


_SOLID: Final = timedelta(days=45)
_OFFICES: Final = (practices.LAKESIDE.tax_id, practices.LAKESIDE_PEDIATRICS.tax_id)
_DECIDED: Final = (
    *(Then.APPROVED, Then.APPROVED, Then.ANSWERED, Then.APPROVED, Then.PARTLY),
    *(Then.APPROVED, Then.DENIED, Then.APPROVED, Then.EXTENDED, Then.APPROVED, Then.APPEALED),
)
_EVERY, _FIRST, _LAST, _URGENT_EVERY = 16, 724, 20, 7


def _routine(today: date) -> Iterator[Wanted]:
    """One every sixteen days, for those of the named cases whose coverage was there, turn by turn."""
    stories = [story for story in case_households.stories(today) if _is_lakesides(story)]
    for place, ago in enumerate(range(_FIRST, _LAST, -_EVERY)):
        on = today - timedelta(days=ago)
        there = [story for story in stories if _is_covered(story, on)]
        if there:
            story = there[place % len(there)]
            is_urgent = place % _URGENT_EVERY == _URGENT_EVERY - 1
            yield Wanted(
                identifiers.member_id(story.household.subscriber_id, story.about),
                care.ROUTINE[place % len(care.ROUTINE)],
                _DECIDED[place % len(_DECIDED)],
                ago,
                level=Level.EXPEDITED if is_urgent else Level.STANDARD,
            )


def _is_lakesides(story: Story) -> bool:
    person = story.household.people[story.about - 1]
    return any(each.pcp is not None and each.pcp.tax_id in _OFFICES for each in person.coverages)


def _is_covered(story: Story, on: date) -> bool:
    """Through the whole time that is asked for."""
    person = story.household.people[story.about - 1]
    return any(
        each.begins_on <= on and (each.ends_on is None or each.ends_on > on + _SOLID)
        for each in person.coverages
    )


_NAMED: Final = (
    Wanted(
        _member(193),
        care.AT_HOME,
        Then.APPROVED,
        26,
        "approved",
        "Approved as asked for: twelve visits, of which claims used five, until when, and the letter",
    ),
    Wanted(
        _member(193),
        care.SUPPLIES,
        Then.APPROVED,
        5,
        "by_rule",
        "Approved at once by a rule of the plan: its desk sees each rule tried, and can run them again",
    ),
    Wanted(
        _member(111),
        care.AT_HOME,
        Then.PARTLY,
        19,
        "partly",
        "Eight of twelve visits approved, three of them used; the rest denied with a reason and next steps",
    ),
    Wanted(
        _member(112),
        care.SLEEP,
        Then.DENIED,
        14,
        "denied",
        "Denied: the reason, the criteria, and reconsideration, appeal and talk as next steps",
    ),
    Wanted(
        _member(113),
        care.CHEST_SCAN,
        Then.ASKED,
        3,
        "pended",
        "The plan asks for notes: the office's turn, with a due time on Today",
    ),
    Wanted(
        _member(193),
        care.SCAN,
        Then.IN_REVIEW,
        2.8,
        "expedited",
        "Expedited, and a few hours from the end of its 72",
        level=Level.EXPEDITED,
        begins_in=1,
    ),
    Wanted(
        _member(110),
        care.TO_HEART,
        Then.APPROVED,
        12,
        "referral",
        "A referral to a cardiologist in the network, asked by the PCP's office",
    ),
    Wanted(
        _member(118),
        care.REST,
        Then.CONTINUED,
        6,
        "admission",
        "An admission the hospital told of in time, approved; more days were asked for since",
        clerk="hospital_user",
        office=practices.HARBOR_POINT,
    ),
    Wanted(
        _member(105),
        care.CHAIR,
        Then.APPEALED,
        58,
        "overturned",
        "Denied, appealed, approved by a director who had not decided before; used up by a paid claim",
    ),
    Wanted(
        _member(115),
        care.TO_BONES,
        Then.APPROVED,
        22,
        "out_of_scope",
        "Cedar Ridge's: to Lakeside it does not exist",
        clerk="other_office",
        office=practices.CEDAR_RIDGE,
        orders=practices.HELEN_PARK,
    ),
    Wanted(_member(114), care.SCAN, Then.IN_REVIEW, 4, "in_review", "Waits on the plan: the clock runs"),
    Wanted(_member(116), care.AT_HOME, Then.ANSWERED, 32),
    Wanted(_member(119), care.CHEST_SCAN, Then.CANCELLED, 17, "cancelled", "Given up by the office"),
    Wanted(
        _member(109),
        care.KNEE,
        Then.TALK,
        9,
        "talk",
        "Denied, and a talk between the doctors is booked, with its file for a calendar",
    ),
    Wanted(_member(120), care.KNEE, Then.IN_REVIEW, 1.2),
    Wanted(_member(109), care.AT_HOME, Then.EXTENDED, 12),
)
