"""The open review of an office on one page: its people with what they may do, and what nobody used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet

from portico.domains.access import models
from portico.domains.access.delegating import grants
from portico.domains.access.delegating.sets import FunctionAccess
from portico.domains.access.reviews import rules
from portico.domains.access.reviews.rules import Said
from portico.domains.audit import uses
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days, policy
from portico.shared import pages
from portico.shared.periods import Period

SIZE: Final = 25
KEPT_ON: Final = frozenset({Function.ELIGIBILITY, Function.MANAGE_USERS})
"""What belongs to a persona as such is shown when it is not used, and not taken away by itself."""


@dataclass(frozen=True, slots=True)
class Use:
    """One running grant as the review shows it; `last_on`: the day of its last use since the look back.

    `is_flagged`: held for the whole time and not used in it. `is_droppable`: flagged, and goes where what is
    not used goes.
    """

    grant_id: int
    function: Function
    lines: tuple[str, ...]
    last_on: date | None
    is_flagged: bool
    is_droppable: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One persona of the office; `said` is the verdict so far, None without one. `is_own`: the actor's."""

    persona_id: int
    user_id: int
    name: str
    username: str
    kind: str
    last_seen_at: datetime | None
    uses: tuple[Use, ...]
    said: Said | None
    is_own: bool

    @property
    def is_flagged(self) -> bool:
        """Is there anything nobody used?"""
        return any(use.is_flagged for use in self.uses)

    @property
    def may_drop(self) -> bool:
        """Is there anything that goes when what is not used does?"""
        return any(use.is_droppable for use in self.uses)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The open review: its days, a page of personas, how many there are, and how many wait for a verdict."""

    opened_on: date
    due_on: date
    has_lapsed: bool
    page: pages.Page[Reviewed]
    count: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Rhythm:
    """No review is open. The last one, by day; the next, None where the plan asks for none."""

    last_on: date | None
    every_months: int


def sheet(*, actor: Actor, after: str = "", size: int = SIZE, lately: bool = False) -> Sheet | Rhythm:
    """The open review of the actor's office, or when there was one. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS, lately=lately) as given:
        review = open_one(actor.office_id)
        given.conclude("review_shown" if review else "no_review_open")
        return _rhythm(actor.office_id) if review is None else _sheet(given, review, after, size)


def open_one(office_id: int | None) -> models.Review | None:
    """The office's open review; None where there is none."""
    return models.Review.objects.filter(office_id=office_id or 0, finished_at=None).first()


def reviewed(review: models.Review) -> "QuerySet[models.Persona]":
    """The personas the review is about: those that were there on the day it was opened and still are."""
    opened_by = days.begins(review.opened_on + timedelta(days=1))
    there = models.Persona.objects.filter(office_id=review.office_id, suspended_at__isnull=True)
    return there.filter(created_at__lt=opened_by)


def waiting(review: models.Review, *, but_for: int | None) -> int:
    """How many personas, but for those of one user, have no verdict yet."""
    judged = review.verdicts.values("persona")
    return reviewed(review).exclude(user=but_for or 0).exclude(pk__in=judged).count()


def used(given: Permit, personas: Sequence[models.Persona]) -> Mapping[int, tuple[Use, ...]]:
    """What these personas hold now and used when, by persona. Three queries."""
    numbers, today = [row.pk for row in personas], given.actor.today
    running = grants.running(numbers, on=today)
    since = days.begins(today - rules.LOOKED_BACK)
    last = uses.last_by_persona([row.user_id for row in personas], numbers, since=since)
    given_on = _given_on(numbers)
    return {
        number: tuple(
            _use(each, given_on.get(each.grant_id), last.get((number, each.function)), today)
            for each in running.get(number, ())
        )
        for number in numbers
    }


def _given_on(persona_ids: Sequence[int]) -> Mapping[int, date]:
    """Since when each persona holds the function of each grant: one that another followed without a day
    between is the same one. What nobody confirmed is not held and absent.
    """
    rows = models.Grant.objects.filter(persona__in=persona_ids).order_by("first_on", "pk")
    spans: dict[tuple[int | None, str], Period] = {}
    found = {}
    for row in rows:
        was_confirmed = row.proposed_by is None or row.confirmed_at is not None
        if was_confirmed and row.state != models.Grant.State.PROPOSED:
            key, span = (row.persona_id, row.function), _span(row)
            spans[key] = rules.joined(spans[key], span) if key in spans else span
            found[row.pk] = spans[key].first
    return found


def _span(row: models.Grant) -> Period:
    """The days on which it was held: not before it was given, and confirmed where that was wanted."""
    first = max(row.first_on, days.of(row.confirmed_at or row.granted_at))
    ends = [row.last_on, None if row.ended_at is None else days.of(row.ended_at)]
    last = min(filter(None, ends), default=None)
    return Period(first, last if last is None else max(first, last))


def _use(each: FunctionAccess, given_on: date | None, last: datetime | None, today: date) -> Use:
    last_on = None if last is None else days.of(last)
    is_flagged = given_on is not None and rules.is_unused(given_on, last_on, today=today)
    lines = tuple(sorted(each.item.lines or ()))
    is_droppable = is_flagged and each.function not in KEPT_ON
    return Use(each.grant_id, each.function, lines, last_on, is_flagged, is_droppable)


def _sheet(given: Permit, review: models.Review, after: str, size: int) -> Sheet:
    rows = reviewed(review).select_related("user").order_by("pk")
    count = rows.count()
    rows = rows.filter(pk__gt=int(after)) if pages.is_row(after) else rows
    cut = pages.cut(list(rows[: size + 1]), size=size, key_of=lambda row: str(row.pk))
    held = used(given, cut.rows)
    said = dict(
        review.verdicts.filter(persona__in=[row.pk for row in cut.rows]).values_list("persona", "said")
    )
    shown = tuple(_reviewed(given, row, held[row.pk], said.get(row.pk)) for row in cut.rows)
    return Sheet(
        opened_on=review.opened_on,
        due_on=review.due_on,
        has_lapsed=review.lapsed_at is not None,
        page=pages.Page(shown, cut.next_key),
        count=count,
        waiting=waiting(review, but_for=given.actor.user_id),
    )


def _reviewed(given: Permit, row: models.Persona, held: tuple[Use, ...], said: str | None) -> Reviewed:
    return Reviewed(
        persona_id=row.pk,
        user_id=row.user_id,
        name=f"{row.user.first_name} {row.user.last_name}".strip(),
        username=row.user.username,
        kind=row.kind,
        last_seen_at=row.user.last_login,
        uses=held,
        said=Said(said) if said else None,
        is_own=row.user_id == given.actor.user_id,
    )


def _rhythm(office_id: int | None) -> Rhythm:
    done = models.Review.objects.filter(Q(finished_at__isnull=False), office_id=office_id or 0)
    last = done.order_by("-pk").values_list("opened_on", flat=True).first()
    return Rhythm(last, policy.current().access.review_months)
