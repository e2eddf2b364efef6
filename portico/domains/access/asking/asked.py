"""Who is asked: the administrators an office has today, who made a persona, and how they are told."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Final
from uuid import UUID

from django.core.exceptions import ValidationError

from portico.domains.access import models
from portico.domains.access.asking.rules import Present
from portico.domains.access.officers import presence
from portico.domains.notifications import notices, outbox
from portico.domains.permits.permit import Permit

MAIL: Final = "access_request"
ASKED, REMINDED = "asked", "reminded"
NOTICE: Final = "access_request"
ANSWERED: Final = "access_request_answered"


def present(office_id: int, *, on: date) -> tuple[Present, ...]:
    """The administrators of the office who are there and may hand something out that day. One query."""
    there = presence.present(on).filter(office_id=office_id).order_by("created_at", "pk")
    found = there.values_list("user_id", "created_at")
    return tuple(Present(user_id, since) for user_id, since in found)


def maker_of(persona_id: int) -> int | None:
    """The user who made the persona, as far as its first change or its first grant says."""
    changes = models.AccessChange.objects.filter(persona_id=persona_id).order_by("pk")
    change = changes.values_list("by", flat=True).first()
    if change is not None:
        return change
    first = models.Grant.objects.filter(persona_id=persona_id).order_by("pk")
    by = first.values_list("granted_by", flat=True).first()
    return models.Persona.objects.filter(pk=by or 0).values_list("user_id", flat=True).first()


def names(user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """The names of these users, by number; "" for the plan's own people. One query."""
    wanted = {user_id for user_id in user_ids if user_id is not None}
    rows = models.Persona.objects.filter(user_id__in=wanted).order_by("pk")
    found: dict[int, str] = {}
    for user_id, first, last, desk in rows.values_list(
        "user_id", "user__first_name", "user__last_name", "desk"
    ):
        found.setdefault(user_id, "" if desk else f"{first} {last}".strip())
    return found


def tell(given: Permit, row: models.AccessRequest, user_ids: Collection[int], *, kind: str = ASKED) -> None:
    """Tell these administrators that it lies with them: in the portal, and by a mail that names nobody."""
    _post(given, row.public_id, user_ids, NOTICE)
    addresses = models.Persona.objects.filter(user_id__in=user_ids).exclude(user__email="")
    for address in sorted(set(addresses.values_list("user__email", flat=True))):
        with suppress(ValidationError):
            facts = {"kind": kind, "reference": given.reference}
            outbox.enqueue(to=address, template=MAIL, context=facts)


def tell_requester(given: Permit, row: models.AccessRequest) -> None:
    """Tell whoever asked what came of it; the page of the request says the rest."""
    _post(given, row.public_id, (row.persona.user_id,), ANSWERED, state=row.state)


def _post(given: Permit, request: UUID, user_ids: Iterable[int], kind: str, **more: str) -> None:
    context = {"request": str(request), **more}
    for user_id in user_ids:
        notices.tell_user(user_id=user_id, kind=kind, context=context, now=given.actor.asked_at)
