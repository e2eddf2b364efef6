"""Inquiries: what was searched for, kept sealed under the opaque id that stands in the address of a result.

An inquiry belongs to the persona or the machine that made it, for twelve hours; whoever comes later asks
again. It remembers what was asked, never what was found: each look decides anew.
"""

from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from portico.domains.authorizations import asked_content, models, sealing
from portico.domains.authorizations.asked import Asked
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

LIFE: Final = timedelta(hours=12)


class InquiryNotFound(LookupError):
    """There is no such inquiry of this actor, or no longer."""


def keep(actor: Actor, asked: Asked) -> UUID:
    """Keep what is going to be asked, before anything is looked at; answers the opaque id."""
    number = uuid4()
    models.Inquiry.objects.create(
        id=number,
        persona_id=actor.persona_id,
        machine_id=actor.machine_id,
        asked_sealed=sealing.sealed_json(asked_content.image_of(asked), place=_place(number)),
        created_at=actor.asked_at,
    )
    return number


def asked(actor: Actor, inquiry: UUID) -> Asked:
    """What was asked. One query. Raises InquiryNotFound for somebody else's and for one that is over."""
    row = models.Inquiry.objects.filter(pk=inquiry).first()
    if row is None or not _is_owner(actor, row) or actor.asked_at > row.created_at + LIFE:
        raise InquiryNotFound
    return asked_content.asked_of(sealing.opened_json(row.asked_sealed, place=_place(row.pk)))


def forget(*, actor: Actor) -> int:
    """Drop the inquiries that are over; answers how many. For housekeeping. Raises NotPermitted."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        gone, _ = models.Inquiry.objects.filter(created_at__lt=actor.asked_at - LIFE).delete()
        given.conclude("forgotten" if gone else "nothing_old")
        return gone


def _place(number: UUID) -> str:
    return f"authorizations.inquiry.asked:{number}"


def _is_owner(actor: Actor, row: models.Inquiry) -> bool:
    mine, its = (actor.persona_id, actor.machine_id), (row.persona_id, row.machine_id)
    return mine == its and mine != (None, None)
