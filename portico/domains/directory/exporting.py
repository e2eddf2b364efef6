"""Accepted changes for the plan's core system: those that were never handed out, or all since a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from portico.domains.directory import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days

MOST: Final = 5_000
State = models.Change.State
ACCEPTED: Final = (State.ACCEPTED, State.CONFIRMED, State.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Line:
    """One accepted change; the address is that of its entry, empty where that is gone."""

    reference: str
    npi: str
    tax_id: str
    address: str
    city: str
    field: str
    before: Any
    after: Any
    effective_on: date
    accepted_at: datetime
    state: str


def export(*, actor: Actor, since: date | None = None) -> tuple[Line, ...]:
    """Hand out changes in the order they were accepted, five thousand at most, and note that they were.

    `since`: those accepted on that day or later, also what was handed out before; None: what never was.
    Raises NotPermitted.
    """
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        wanted = _new() if since is None else _accepted().filter(decided_at__gte=days.begins(since))
        rows = list(wanted.select_related("listing__place").order_by("decided_at", "pk")[:MOST])
        new = [row.pk for row in rows if row.exported_at is None]
        models.Change.objects.filter(pk__in=new).update(exported_at=actor.asked_at)
        given.conclude("directory_changes_exported" if rows else "nothing_to_export")
        return tuple(_line(row) for row in rows)


def waiting(*, actor: Actor) -> int:
    """How many accepted changes were never handed out. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        given.conclude("directory_export_shown")
        return _new().count()


def _new() -> "QuerySet[models.Change]":
    return _accepted().filter(exported_at__isnull=True)


def _accepted() -> "QuerySet[models.Change]":
    return models.Change.objects.filter(state__in=ACCEPTED, decided_at__isnull=False)


def _line(row: models.Change) -> Line:
    place = row.listing.place if row.listing else None
    return Line(
        reference=row.reference,
        npi=row.npi,
        tax_id=row.tax_id,
        address=place.address if place else "",
        city=place.city if place else "",
        field=row.field,
        before=row.before,
        after=row.after,
        effective_on=row.effective_on,
        accepted_at=row.decided_at or row.sent_at,
        state=row.state,
    )
