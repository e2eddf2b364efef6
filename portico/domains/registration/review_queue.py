"""The queue of registrations at the plan's desk: what waits, in the order it is due, by whose turn it is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from portico.domains.access import colleagues
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import opening
from portico.domains.registration import application_rows, goal, models, transaction_ids
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.claims import Reason, licence_key
from portico.shared import pages
from portico.shared.identifiers import BadIdentifier

SIZE: Final = 25
MOST_FOUND: Final = 25
LEFT: Final = "Somebody who has left"
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_KEY: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")
State = models.Application.State
_OURS: Final = (State.SUBMITTED, State.SECONDING)


class Which(StrEnum):
    """What is listed: all whose turn is the plan's, parts of those, or what lies with the applicant."""

    ALL = "all"
    MINE = "mine"
    UNASSIGNED = "unassigned"
    OVERDUE = "overdue"
    SECONDING = "seconding"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Row:
    """An application in a list. `left`: business days until it is due, 0 once it is late; None once decided.

    `assigned_to`: the name of whom it is assigned to, "" for nobody.
    """

    number: int
    account_type: AccountType
    user_type: str
    name: str
    office_name: str
    state: str
    reason: Reason | None
    submitted_at: datetime
    due_at: datetime | None
    left: Decimal | None
    is_late: bool
    assigned_to: str
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what was asked for, the soonest due first, and how many there are of each."""

    page: pages.Page[Row]
    counts: Mapping[Which, int]


def queue(*, actor: Actor, which: Which = Which.ALL, key: str = "", size: int = SIZE) -> Queue:
    """What waits; `key` is that of the page before. Raises NotPermitted."""
    with permit(actor, Function.REGISTRATION_REVIEW) as given:
        wanted = _wanted(actor)
        counted = models.Application.objects.filter(decided_at__isnull=True).aggregate(
            **{each.value: Count("pk", filter=wanted[each]) for each in Which}
        )
        found = models.Application.objects.filter(wanted[which], _later_than(key))
        cut = pages.cut(list(found.order_by("due_at", "pk")[: size + 1]), size=size, key_of=_key)
        given.conclude("registrations_listed")
        shown = rows(given, cut.rows)
        return Queue(pages.Page(shown, cut.next_key), {each: counted[each.value] for each in Which})


def find(*, actor: Actor, text: str) -> tuple[Row, ...]:
    """Applications, decided ones too, by a transaction ID, NPI, tax ID, licence number, mail address or last
    name; the newest first, 25 at most. Raises NotPermitted.
    """
    with permit(actor, Function.REGISTRATION_REVIEW) as given:
        found = models.Application.objects.filter(_like(text.strip())).order_by("-pk")[:MOST_FOUND]
        shown = rows(given, list(found))
        for row in shown:
            given.note_subject("registration", str(row.number))
        given.conclude("registrations_found" if shown else "not_found")
        return shown


def rows(given: Permit, found: Sequence[models.Application]) -> tuple[Row, ...]:
    """These applications as a list shows them. One query."""
    who = colleagues.names(given, [row.assigned_to for row in found if row.assigned_to is not None])
    return tuple(_row(row, given.actor, who) for row in found)


def left(application: models.Application, at: datetime) -> Decimal | None:
    """The business days left of the goal; None once it is decided. The clock stands while it is returned."""
    if application.decided_at is not None:
        return None
    until = application.returned_at if application.state == State.RETURNED else None
    return goal.left(opening.hours(), application.submitted_at, until or at, waited=application.waited)


def is_late(application: models.Application, at: datetime) -> bool:
    """Is it the plan's turn, and past due?"""
    due_at = application.due_at
    return application.state in _OURS and due_at is not None and due_at < at


def _wanted(actor: Actor) -> dict[Which, Q]:
    ours = Q(state__in=_OURS)
    return {
        Which.ALL: ours,
        Which.MINE: Q(state__in=(*_OURS, State.RETURNED), assigned_to=actor.user_id or 0),
        Which.UNASSIGNED: ours & Q(assigned_to__isnull=True),
        Which.OVERDUE: ours & Q(due_at__lt=actor.asked_at),
        Which.SECONDING: Q(state=State.SECONDING),
        Which.RETURNED: Q(state=State.RETURNED),
    }


def _like(text: str) -> Q:
    """What is named by that text; nothing for an empty one."""
    if not text:
        return Q(pk__in=())
    digits = re.sub(r"[^0-9]", "", text)
    wanted = Q(last_name__iexact=text) | Q(email__iexact=text) | Q(office_name__iexact=text)
    if licence_key(text):
        wanted |= Q(licence_key=licence_key(text))
    if len(digits) in (9, 10) and re.fullmatch(r"[0-9 -]+", text):
        wanted |= Q(npi=digits) | Q(pk__in=_claiming(digits))
    try:
        return wanted | Q(transaction_index=transaction_ids.index(transaction_ids.parse(text)))
    except BadIdentifier:
        return wanted


def _claiming(tax_id: str) -> "QuerySet[models.ClaimedTaxId, Any]":
    return models.ClaimedTaxId.objects.filter(number=tax_id).values("application")


def _later_than(key: str) -> Q:
    """Those after the row of that key; all of them for what is no key."""
    found = _KEY.fullmatch(key)
    if found is None:
        return Q()
    due_at = _BEGINNING + int(found[1]) * _TICK
    return Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=int(found[2]))


def _key(row: models.Application) -> str:
    due_at = row.due_at or _BEGINNING
    return f"{(due_at - _BEGINNING) // _TICK}-{row.pk}"


def _row(row: models.Application, actor: Actor, who: Mapping[int, str]) -> Row:
    return Row(
        number=row.pk,
        account_type=AccountType(row.account_type),
        user_type=row.user_type,
        name=f"{row.first_name} {row.last_name}".strip(),
        office_name=row.office_name,
        state=row.state,
        reason=application_rows.reason_of(row),
        submitted_at=row.submitted_at,
        due_at=row.due_at if row.decided_at is None else None,
        left=left(row, actor.asked_at),
        is_late=is_late(row, actor.asked_at),
        assigned_to=who.get(row.assigned_to or 0, LEFT) if row.assigned_to else "",
        is_mine=row.assigned_to is not None and row.assigned_to == actor.user_id,
    )
