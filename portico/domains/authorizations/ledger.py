"""The ledger of a request: every event that its clock, its history and the published metrics are read from.

A row is written in the transaction of the act, by the one place here, and never changed. It names who acted
by number; what it says of a patient stands in other tables, sealed.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from portico.domains.authorizations import models
from portico.domains.authorizations.models import Event
from portico.domains.permits.permit import Permit

Kind = Event.Kind
Side = Event.Side
Basis = Event.Basis


def note(
    given: Permit,
    row: models.Authorization,
    kind: Event.Kind,
    *,
    side: Event.Side,
    basis: Event.Basis = Event.Basis.FIRST,
    code: str = "",
    details: Mapping[str, str | int] | None = None,
    at: datetime | None = None,
    due_at: datetime | None = None,
) -> Event:
    """Write what happened to a request that the open transaction has locked (`locked`).

    `at` is the instant it happened, that of asking where nothing else is said; `due_at` the end of a clock
    that the event sets. A pause or an extension has a code: the database refuses one without.
    """
    actor = given.actor
    last = Event.objects.filter(authorization=row).aggregate(last=Max("sequence"))["last"]
    return Event.objects.create(
        authorization=row,
        sequence=(last or 0) + 1,
        kind=kind,
        side=side,
        basis=basis,
        code=code,
        details=dict(details or {}),
        at=at or actor.asked_at,
        due_at=due_at,
        door=actor.door,
        office_id=actor.office_id,
        persona_id=actor.persona_id,
        machine_id=actor.machine_id,
        reference=given.reference,
    )


def locked(number: int) -> models.Authorization:
    """The request, locked until the transaction ends; every act on it takes it first.

    Raises models.Authorization.DoesNotExist.
    """
    return models.Authorization.objects.select_for_update().get(pk=number)
