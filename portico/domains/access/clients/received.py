"""What its clients let a billing company do, and giving it up."""

from uuid import UUID

from portico.domains.access import models
from portico.domains.access.clients import rows
from portico.domains.access.clients.giving import UnknownGrant
from portico.domains.access.clients.rows import PAGE, Row
from portico.domains.access.clients.rules import Ending
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.shared import pages

__all__ = ["UnknownGrant", "give_up", "listed"]


def listed(*, actor: Actor, key: str = "", size: int = PAGE) -> pages.Page[Row]:
    """What clients gave the office, the latest first, also what is over. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        held = models.ClientGrant.objects.filter(biller_id=actor.office_id or 0)
        held = held.select_related("client", "biller").order_by("-pk")
        found = list(held.filter(pk__lt=int(key))[: size + 1] if pages.is_row(key) else held[: size + 1])
        cut = pages.cut(found, size=size, key_of=lambda row: str(row.pk))
        given.conclude("clients_listed")
        return pages.Page(rows.shown(cut.rows, today=actor.today), cut.next_key)


def give_up(*, actor: Actor, public_id: UUID) -> bool:
    """Work for the client under that tax ID no more; False where it was over already.

    Raises UnknownGrant, NotPermitted.
    """
    with permit(actor, Function.MANAGE_USERS) as given:
        held = models.ClientGrant.objects.select_for_update().filter(biller_id=actor.office_id or 0)
        row = held.filter(public_id=public_id).first()
        is_open = row is not None and row.ended_at is None
        given.conclude("client_given_up" if is_open else "already_so" if row else "not_found")
        if row is not None and is_open:
            rows.end(given, row, Ending.BILLER)
    if row is None:
        raise UnknownGrant("nobody gave this office such a permission")
    return is_open
