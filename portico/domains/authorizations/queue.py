"""The work list of the plan's desk: requests by when they are due, with what waits, for whom, and how much.

Those the plan has to decide come first due first; those that wait for an office stand apart, for nothing can
be done about them yet, but their clock goes on. Decided ones are listed with the latest first.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from portico.domains.access import colleagues
from portico.domains.authorizations import clocks, models
from portico.domains.authorizations.facts.shown import OPEN, Clock, State
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue
from portico.shared import pages

SIZE: Final = 25
SOON: Final = timedelta(hours=24)
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_KEY: Final = re.compile(r"([0-9]{1,18})-([0-9]{1,18})", re.ASCII)
Rows = QuerySet[models.Authorization]


class Which(StrEnum):
    """Which requests are looked at."""

    TO_DECIDE = "to_decide"
    WITH_OFFICE = "with_office"
    DECIDED = "decided"


class Whose(StrEnum):
    """Whose requests: everybody's, the reader's own, those nobody has taken."""

    ANYBODY = ""
    MINE = "mine"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the list is wanted; an empty field: every one."""

    which: Which = Which.TO_DECIDE
    whose: Whose = Whose.ANYBODY
    line: str = ""
    kind: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A request in the list. `about` is the first service's code, or its service type.

    `reviewer` is who took it, empty for nobody; `answer_due_at` when the office has to have answered.
    """

    id: UUID
    number: str
    kind: str
    level: str
    state: str
    line_name: str
    patient: str
    member_id: str
    about: str
    service_count: int
    requesting: str
    first_on: date
    received_at: datetime
    decided_at: datetime | None
    clock: Clock
    is_soon: bool
    reviewer: str
    is_reopened: bool
    answer_due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many there are: to decide, of these late, due within a day, the reader's and nobody's; at offices.

    `expedited` counts those to decide that cannot wait.
    """

    to_decide: int
    late: int
    soon: int
    mine: int
    nobody: int
    expedited: int
    with_office: int


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the list, and the counts of the whole desk."""

    page: pages.Page[Row]
    counts: Counts


def queue(*, actor: Actor, wanted: Wanted | None = None, after: str = "", size: int = SIZE) -> Queue:
    """A page of the work list. As many queries for one request as for many. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        asked = wanted or Wanted()
        rows = _page(_filtered(given, asked), asked.which, after, size)
        cut = pages.cut(rows, size=size, key_of=lambda row: _key(row, asked.which))
        found = _shown(given, list(cut.rows))
        for row in cut.rows:
            given.note_subject("member", row.member_id)
        given.conclude("authorization_queue_shown")
        return Queue(pages.Page(found, cut.next_key), _counts(given))


def waiting(given: Permit) -> int:
    """How many requests wait for a decision; for whoever sums up what the plan owes. One query."""
    del given
    return models.Authorization.objects.filter(state=State.IN_REVIEW).count()


def _filtered(given: Permit, wanted: Wanted) -> Rows:
    rows = models.Authorization.objects.all()
    match wanted.which:
        case Which.TO_DECIDE:
            rows = rows.filter(state=State.IN_REVIEW)
        case Which.WITH_OFFICE:
            rows = rows.filter(state=State.PENDED)
        case Which.DECIDED:
            rows = rows.filter(decided_at__isnull=False).exclude(state__in=sorted(OPEN))
    if wanted.whose is Whose.MINE:
        rows = rows.filter(reviewer_id=given.actor.user_id or 0)
    if wanted.whose is Whose.NOBODY:
        rows = rows.filter(reviewer_id__isnull=True)
    narrow = {"line_id": wanted.line, "kind": wanted.kind, "level": wanted.level}
    return rows.filter(**{field: value for field, value in narrow.items() if value})


def _page(rows: Rows, which: Which, after: str, size: int) -> list[models.Authorization]:
    """One more than `size`; those of no due time stand last."""
    place = _place(after)
    if which is Which.DECIDED:
        before = Q(decided_at__lt=place[0]) | Q(decided_at=place[0], pk__lt=place[1]) if place else Q()
        rows = rows.filter(before).order_by("-decided_at", "-pk")
    else:
        rows = rows.filter(_later(place)).order_by(F("due_at").asc(nulls_last=True), "pk")
    questions = models.InformationRequest.objects.filter(state="open").order_by("due_at")
    requesting = models.Party.objects.filter(role=models.Party.Role.REQUESTING)
    rows = rows.select_related("clock").prefetch_related(
        Prefetch("asked_for", queryset=questions, to_attr="open_questions"),
        Prefetch("parties", queryset=requesting, to_attr="requesting"),
        "services",
    )
    return list(rows[: size + 1])


def _later(place: tuple[datetime, int] | None) -> Q:
    if place is None:
        return Q()
    at, number = place
    if at >= _NEVER:
        return Q(due_at__isnull=True, pk__gt=number)
    return Q(due_at__gt=at) | Q(due_at=at, pk__gt=number) | Q(due_at__isnull=True)


def _shown(given: Permit, rows: list[models.Authorization]) -> tuple[Row, ...]:
    names = catalogue.line_names()
    taken = {row.reviewer_id for row in rows if row.reviewer_id is not None}
    people = colleagues.names(given, taken) if taken else {}
    return tuple(_row(given, row, names, people.get(row.reviewer_id or 0, "")) for row in rows)


def _row(given: Permit, row: models.Authorization, lines: dict[str, str], reviewer: str) -> Row:
    services, asked = list(row.services.all()), getattr(row, "open_questions", [])
    first = services[0] if services else None
    at = given.actor.asked_at
    return Row(
        id=row.public_id,
        number=row.number,
        kind=row.kind,
        level=row.level,
        state=row.state,
        line_name=lines.get(row.line_id, row.line_id),
        patient=f"{row.patient_last_name}, {row.patient_first_name}".strip(", "),
        member_id=row.member_id,
        about=(first.code or first.service_type) if first else "",
        service_count=len(services),
        requesting=next((party.name or party.tax_id for party in getattr(row, "requesting", [])), ""),
        first_on=row.first_on,
        received_at=row.received_at,
        decided_at=row.decided_at,
        clock=clocks.glance(row, at),
        is_soon=row.state in OPEN and row.due_at is not None and at <= row.due_at <= at + SOON,
        reviewer=reviewer,
        is_reopened=row.state in OPEN and row.decided_at is not None,
        answer_due_at=asked[0].due_at if asked else None,
    )


def _counts(given: Permit) -> Counts:
    at, own = given.actor.asked_at, given.actor.user_id or 0
    mine = Q(state=State.IN_REVIEW)
    counted = models.Authorization.objects.filter(state__in=sorted(OPEN)).aggregate(
        to_decide=Count("pk", filter=mine),
        late=Count("pk", filter=mine & Q(due_at__lt=at)),
        soon=Count("pk", filter=mine & Q(due_at__gte=at, due_at__lte=at + SOON)),
        mine=Count("pk", filter=mine & Q(reviewer_id=own)),
        nobody=Count("pk", filter=mine & Q(reviewer_id__isnull=True)),
        expedited=Count("pk", filter=mine & Q(level=models.Authorization.Level.EXPEDITED)),
        with_office=Count("pk", filter=Q(state=State.PENDED)),
    )
    return Counts(**counted)


def _place(key: str) -> tuple[datetime, int] | None:
    found = _KEY.fullmatch(key)
    if not found:
        return None
    ticks = min(int(found[1]), (_NEVER - _BEGINNING) // _TICK)
    return _BEGINNING + ticks * _TICK, int(found[2])


def _key(row: models.Authorization, which: Which) -> str:
    at = row.decided_at if which is Which.DECIDED else row.due_at
    return f"{((at or _NEVER) - _BEGINNING) // _TICK}-{row.pk}"
