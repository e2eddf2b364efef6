"""Who looked up whom: every use that showed a member, with the member's ID and nothing else about them.

An office's administrator sees what its own people and systems looked up; the plan what was looked up under
one tax ID, whoever did. A use that showed several members stands once for each of them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol
from zoneinfo import ZoneInfo

from django.db.models import Count, FilteredRelation, Q
from django.db.models.functions import ExtractHour, TruncDate

from portico.domains.audit import page_keys
from portico.domains.audit.models import Entry, Subject
from portico.domains.audit.rules import Outcome
from portico.shared import pages

OFFICE_FUNCTION = "manage_users"
PLAN_FUNCTION = "audit_reading"
MEMBER = "member"
PAGE = 50


class _Actor(Protocol):
    @property
    def office_id(self) -> int | None: ...


class _Question(Protocol):
    @property
    def function(self) -> str: ...


class Given(Protocol):
    """The permit to see look-ups, as far as this module looks at it."""

    @property
    def actor(self) -> _Actor: ...

    @property
    def question(self) -> _Question: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which look-ups: by functions that show members, from `since` until before `until`, all else narrowing.

    `tax_id`: the plan names one. `within`: the tax IDs an office's administrator looks after, "" among them
    where what names none is in sight too; None: every one.
    `person` is part of a name, `user_id` one person's number.
    """

    functions: Collection[str]
    since: datetime
    until: datetime
    tax_id: str = ""
    within: Collection[str] | None = None
    person: str = ""
    user_id: int | None = None
    member: str = ""
    door: str = ""


class Look(NamedTuple):
    """One member shown to somebody; `user_id` is None of a system, which has a `machine_id` instead."""

    at: datetime
    reference: str
    name: str
    user_id: int | None
    machine_id: int | None
    office_id: int | None
    door: str
    function: str
    tax_id: str
    member: str


class Use(NamedTuple):
    """One use of a person, for telling what is unusual; `member` is None where it showed nobody."""

    user_id: int
    name: str
    at: datetime
    outcome: Outcome
    conclusion: str
    member: str | None


@dataclass(slots=True)
class Usual:
    """What somebody did before: the members of each day with any, and how many members at night."""

    a_day: list[int] = field(default_factory=list)
    at_night: int = 0


def page(*, given: Given, wanted: Wanted, key: str = "", size: int = PAGE) -> pages.Page[Look]:
    """The look-ups, the latest first. One query."""
    held = Subject.objects.filter(_within(given, wanted, "entry__"), kind=MEMBER)
    if wanted.member:
        held = held.filter(identifier=wanted.member)
    ordered = held.filter(_before(key)).order_by("-entry__at", "-entry_id", "-id")
    found = list(ordered.values_list("id", "entry_id", *_LOOK)[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda row: page_keys.made(row[2], row[1], row[0]))
    return pages.Page(tuple(Look(*row[2:]) for row in cut.rows), cut.next_key)


def uses(*, given: Given, wanted: Wanted, most: int) -> list[Use]:
    """What people did, the latest first, at most so many: each member shown, each use that showed none."""
    shown = FilteredRelation("subjects", condition=Q(subjects__kind=MEMBER))
    held = Entry.objects.filter(_within(given, wanted, ""), user_id__isnull=False).annotate(shown=shown)
    rows = held.order_by("-at", "-id").values_list(
        "user_id", "actor_name", "at", "outcome", "conclusion", "shown__identifier"
    )
    return [Use(user or 0, name, at, Outcome(out), end, who) for user, name, at, out, end, who in rows[:most]]


def usual(*, given: Given, wanted: Wanted, nights: Iterable[int], zone: ZoneInfo) -> dict[int, Usual]:
    """What each person did between: members of each of their days, and at these hours. Two queries."""
    held = Subject.objects.filter(_within(given, wanted, "entry__"), kind=MEMBER).order_by()
    found: dict[int, Usual] = {}
    by_day = held.values_list("entry__user_id", TruncDate("entry__at", tzinfo=zone))
    for user_id, _, members in by_day.annotate(members=Count("identifier", distinct=True)):
        found.setdefault(user_id, Usual()).a_day.append(members)
    hours = held.annotate(hour=ExtractHour("entry__at", tzinfo=zone)).filter(hour__in=list(nights))
    for user_id, members in hours.values_list("entry__user_id").annotate(members=Count("identifier")):
        found.setdefault(user_id, Usual()).at_night = members
    return found


_LOOK = (
    *("entry__at", "entry__reference", "entry__actor_name", "entry__user_id", "entry__machine_id"),
    *("entry__office_id", "entry__door", "entry__function", "entry__tax_id", "identifier"),
)


def _within(given: Given, wanted: Wanted, place: str) -> Q:
    """Whose uses the permit opens, narrowed to what is wanted; `place` leads from the rows to the entry."""
    asked: dict[str, object] = {
        **_reached(given, wanted),
        "function__in": list(wanted.functions),
        "at__gte": wanted.since,
        "at__lt": wanted.until,
    }
    if wanted.user_id is not None:
        asked["user_id"] = wanted.user_id
    if wanted.person:
        asked["actor_name__icontains"] = wanted.person
    if wanted.door:
        asked["door"] = wanted.door
    if wanted.within is not None:
        asked["tax_id__in"] = list(wanted.within)
    return Q(**{f"{place}{name}": value for name, value in asked.items()})


def _reached(given: Given, wanted: Wanted) -> dict[str, object]:
    function, office_id = given.question.function, given.actor.office_id
    if function == OFFICE_FUNCTION and office_id is not None:
        return {"office_id": office_id}
    if function == PLAN_FUNCTION and wanted.tax_id:
        return {"tax_id": wanted.tax_id}
    raise ValueError(f"a permit for {function} does not open these look-ups")


def _before(key: str) -> Q:
    """The rows after that key; whatever is no key begins anew."""
    place = page_keys.read(key, numbers=2)
    if place is None:
        return Q()
    instant, (entry, subject) = place
    same = Q(entry__at=instant) & (Q(entry_id__lt=entry) | Q(entry_id=entry, id__lt=subject))
    return Q(entry__at__lte=instant) & (Q(entry__at__lt=instant) | same)
