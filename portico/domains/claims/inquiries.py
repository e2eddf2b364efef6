"""Inquiries: what was searched for, kept sealed under the opaque id that stands in the address of a result.

An inquiry belongs to the persona or the machine that made it, for twelve hours; whoever comes later asks
again. It remembers what was asked, never what was found: each look decides anew.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid4

from django.conf import settings

from portico.domains.claims import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

LIFE: Final = timedelta(hours=12)


class About(StrEnum):
    """What an inquiry looks for."""

    CLAIMS = "claims"
    PAYMENTS = "payments"


class InquiryNotFound(LookupError):
    """There is no such inquiry of this actor, or no longer."""


def keep(given: Permit, *, about: About, asked: Mapping[str, Any]) -> UUID:
    """Keep what was asked (JSON) for whoever `given` was opened for; answers the opaque id."""
    return keep_for(given.actor, about=about, asked=asked)


def keep_for(actor: Actor, *, about: About, asked: Mapping[str, Any]) -> UUID:
    """Keep what is going to be asked (JSON), before anything is looked at; answers the opaque id."""
    number = uuid4()
    models.Inquiry.objects.create(
        id=number,
        persona_id=actor.persona_id,
        machine_id=actor.machine_id,
        about=about,
        asked_sealed=sealed(asked, place=_place(number)),
        created_at=actor.asked_at,
    )
    return number


def asked(actor: Actor, inquiry: UUID, *, about: About) -> Mapping[str, Any]:
    """What was asked. One query. Raises InquiryNotFound for somebody else's and for one that is over."""
    row = models.Inquiry.objects.filter(pk=inquiry, about=about).first()
    if row is None or not _is_owner(actor, row) or actor.asked_at > row.created_at + LIFE:
        raise InquiryNotFound
    return opened(bytes(row.asked_sealed), place=_place(row.pk))


def forget(*, actor: Actor) -> int:
    """Drop the inquiries that are over; answers how many. For housekeeping. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        gone, _ = models.Inquiry.objects.filter(created_at__lt=actor.asked_at - LIFE).delete()
        given.conclude("forgotten" if gone else "nothing_old")
        return gone


def sealed(asked: Mapping[str, Any], *, place: str) -> bytes:
    """What was asked (JSON), as a row of that place keeps it."""
    made: bytes = settings.PORTICO_VAULT.seal(json.dumps(dict(asked)), place=place)
    return made


def opened(held: bytes, *, place: str) -> dict[str, Any]:
    """What a row of that place keeps."""
    asked: dict[str, Any] = json.loads(settings.PORTICO_VAULT.open(held, place=place))
    return asked


def _place(number: UUID) -> str:
    return f"claims.inquiry.asked:{number}"


def _is_owner(actor: Actor, row: models.Inquiry) -> bool:
    mine, its = (actor.persona_id, actor.machine_id), (row.persona_id, row.machine_id)
    return mine == its and mine != (None, None)
