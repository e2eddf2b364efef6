"""What offices let billing companies do, read from its rows, and an end put to one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.access import models
from portico.domains.access.clients import rules
from portico.domains.access.clients.rules import Ending, State
from portico.domains.access.officers import presence
from portico.domains.notifications import notices
from portico.domains.offices import practising, standing
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

PAGE: Final = 50
TO_CLIENT: Final = "billing_company_changed"
TO_BILLER: Final = "client_changed"
_FUNCTIONS: Final = frozenset(Function)


@dataclass(frozen=True, slots=True)
class Row:
    """One permission: whose tax ID, for whom, what, where, until when; `ending` is how it ended, or "".

    `lines` None: every line. `is_late`: the client is late with its access review.
    """

    public_id: UUID
    client: str
    biller: str
    tax_id: str
    tax_id_name: str
    functions: tuple[Function, ...]
    lines: frozenset[str] | None
    first_on: date
    last_on: date | None
    made_at: datetime
    ended_at: datetime | None
    ending: str
    state: State
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Can an end still be put to it?"""
        return self.state in (State.RUNNING, State.AHEAD)


def running(on: date) -> "QuerySet[models.ClientGrant]":
    """Those that count on that day: not ended, begun, not over, and the tax ID still the client's."""
    lasts = Q(last_on=None) | Q(last_on__gte=on)
    held = models.ClientGrant.objects.filter(lasts, ended_at=None, first_on__lte=on)
    return held.filter(standing.bills_under(office="client_id", number="tax_id"))


def tax_ids(biller_id: int, *, on: date) -> frozenset[str]:
    """The tax IDs that clients let the office work under on that day. One query."""
    return frozenset(running(on).filter(biller_id=biller_id).values_list("tax_id", flat=True))


def functions_of(row: models.ClientGrant) -> frozenset[Function]:
    """The functions this version knows."""
    return frozenset(Function(each) for each in row.functions.split() if each in _FUNCTIONS)


def lines_of(row: models.ClientGrant) -> frozenset[str] | None:
    """The lines; None for every one."""
    return frozenset(row.lines.split()) or None


def shown(found: Iterable[models.ClientGrant], *, today: date) -> tuple[Row, ...]:
    """As pages show them. One query for the names of the tax IDs."""
    rows = list(found)
    names = practising.names_of({row.tax_id for row in rows})
    return tuple(_shown(row, names.get(row.tax_id, ""), today) for row in rows)


def end(given: Permit, row: models.ClientGrant, how: Ending) -> None:
    """Put an end to it: from the next request on it reaches nothing. Both sides' administrators are told."""
    row.ended_at, row.ended_by, row.ending = given.actor.asked_at, given.actor.user_id, how
    row.save(update_fields=["ended_at", "ended_by", "ending"])
    given.note_subject("client_grant", str(row.public_id))
    tell(given, row, how)


def tell(given: Permit, row: models.ClientGrant, change: str) -> None:
    """Tell the administrators of both sides, but not whoever did it."""
    context = {"change": change, "reference": given.reference}
    for office_id, kind in ((row.client_id, TO_CLIENT), (row.biller_id, TO_BILLER)):
        there = presence.present(given.actor.today).filter(office_id=office_id)
        for user_id in there.order_by("pk").values_list("user_id", flat=True):
            if user_id != given.actor.user_id:
                notices.tell_user(user_id=user_id, kind=kind, context=context, now=given.actor.asked_at)


def _shown(row: models.ClientGrant, name: str, today: date) -> Row:
    held = functions_of(row)
    return Row(
        public_id=row.public_id,
        client=row.client.name,
        biller=row.biller.name,
        tax_id=row.tax_id,
        tax_id_name=name,
        functions=tuple(function for function in Function if function in held),
        lines=lines_of(row),
        first_on=row.first_on,
        last_on=row.last_on,
        made_at=row.made_at,
        ended_at=row.ended_at,
        ending=row.ending,
        state=rules.state(
            first_on=row.first_on, last_on=row.last_on, is_ended=row.ended_at is not None, today=today
        ),
        is_late=row.client.review_overdue_since is not None,
    )
