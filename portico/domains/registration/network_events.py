"""What happened to a wish to take part, row by row; a note is for the plan alone, and sealed for its row."""

from enum import StrEnum

from django.conf import settings

from portico.domains.permits.permit import Permit
from portico.domains.registration import models


class Kind(StrEnum):
    """What happened."""

    ASKED = "asked"
    TAKEN = "taken"
    HANDED_BACK = "handed_back"
    NOTED = "noted"
    INVITED = "invited"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def note(given: Permit, request: models.NetworkRequest, kind: Kind, *, text: str = "") -> None:
    """Keep that it happened now, by whoever asks (who has no account is nobody)."""
    row = models.NetworkEvent.objects.create(
        request=request, kind=kind, at=given.actor.asked_at, by=given.actor.user_id
    )
    if text:
        row.sealed = settings.PORTICO_VAULT.seal(text, place=_place(row))
        row.save(update_fields=["sealed"])


def text(row: models.NetworkEvent) -> str:
    """The note of an event; "" where it has none, or has it no more. Raises vault.CannotOpen."""
    if row.sealed is None:
        return ""
    said: str = settings.PORTICO_VAULT.open(bytes(row.sealed), place=_place(row))
    return said


def _place(row: models.NetworkEvent) -> str:
    return f"registration.network_event.sealed:{row.pk}"
