"""Machines of an office: the plan's desk makes them, gives them grants, renews what they sign in with, and
revokes them; the office's administrator sees them.

Whatever changes is in force at the machine's next request. The office hears of each machine that is made,
gets a new secret, or is revoked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from portico.domains.access import granting, machine_making, machine_secrets, machine_views, models
from portico.domains.access.clients import rows as clients
from portico.domains.access.granting import NewGrant
from portico.domains.access.machine_making import FHIR_CLIENT, TRADING_PARTNER, NewMachine
from portico.domains.access.machine_rules import OVERLAP, CannotRegister
from portico.domains.notifications import notices, outbox
from portico.domains.offices import offices, standing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages

__all__ = ["FHIR_CLIENT", "TRADING_PARTNER", "CannotRegister", "Created", "NewMachine", "UnknownMachine"]

PAGE = 20
MAIL = "machine_changed"


@dataclass(frozen=True, slots=True)
class Created:
    """A new machine; `secret` is a trading partner's, and can be read here only."""

    machine: machine_views.Machine
    secret: str | None = field(repr=False)


class UnknownMachine(LookupError):
    """There is no such machine."""


def create(*, actor: Actor, new: NewMachine) -> Created:
    """Make the machine with its grants, all or nothing.

    Raises CannotRegister, CannotGrant, UnknownOffice, BadIdentifier, NotPermitted.
    """
    with permit(actor, Function.CONNECTING, lately=True) as given:
        office = offices.find(new.office)
        lent = clients.tax_ids(office.id, on=actor.today)
        machine = machine_making.make(given, office, new, lent=lent)
        is_partner = machine.kind == TRADING_PARTNER
        secret = machine_secrets.make(machine, at=actor.asked_at) if is_partner else None
        for grant in new.grants:
            granting.give(given, machine, office, grant, lent=lent)
        _tell(given, machine, "created")
        return Created(machine_views.whole(machine), secret)


def page(
    *, actor: Actor, office: str = "", kind: str = "", state: str = "", key: str = "", size: int = PAGE
) -> pages.Page[machine_views.Row]:
    """The plan's machines, the newest first; of one office (its key), of one kind, `active` or `revoked`."""
    with permit(actor, Function.CONNECTING) as given:
        found = models.Machine.objects.filter(office__key=office) if office else models.Machine.objects.all()
        found = found.filter(kind=kind) if kind else found
        found = found.filter(revoked_at__isnull=state == "active") if state else found
        cut = _page(found, key, size)
        given.conclude("listed")
        return pages.Page(tuple(map(machine_views.row, cut.rows)), cut.next_key)


def of_own_office(*, actor: Actor, key: str = "", size: int = PAGE) -> pages.Page[machine_views.Machine]:
    """The machines of the administrator's office that reach a tax ID he manages, the newest first.

    Each with its grants, in as many queries as for one.
    """
    with permit(actor, Function.MANAGE_USERS) as given:
        cut = _page(_managed(given), key, size)
        given.conclude("listed")
        return pages.Page(machine_views.each_whole(cut.rows), cut.next_key)


def tax_ids(office: offices.Office, *, on: date) -> tuple[str, ...]:
    """The tax IDs its machines may ask for: its own, and those that clients let it work under that day."""
    return (*office.tax_ids, *sorted(clients.tax_ids(office.id, on=on)))


def one(*, actor: Actor, public_id: UUID) -> machine_views.Machine:
    """The machine with its grants and its secrets' days. Raises UnknownMachine, NotPermitted."""
    with permit(actor, Function.CONNECTING) as given:
        machine = _noted(given, Q(public_id=public_id))
        given.conclude("shown")
        return machine_views.whole(machine)


def named(*, actor: Actor, sign_in_name: str) -> UUID:
    """The number of the machine that signs in as that username or client ID. Raises UnknownMachine."""
    with permit(actor, Function.CONNECTING) as given:
        machine = _noted(given, Q(username=sign_in_name) | Q(client_id=sign_in_name))
        given.conclude("found")
        return machine.public_id


def rotate(
    *, actor: Actor, public_id: UUID, overlap: timedelta = OVERLAP, seen: datetime | None = None
) -> str:
    """Make a partner a new secret and answer it, once. The old one goes on for `overlap`, 0 to 30 days.

    `seen` is when the newest secret was made as far as the caller knows: a form sent twice makes no second
    one. Raises UnknownMachine, CannotRegister (also for a FHIR client or a revoked machine), NotPermitted.
    """
    with permit(actor, Function.CONNECTING, lately=True) as given:
        machine = _open(given, public_id)
        if machine.kind != TRADING_PARTNER:
            raise CannotRegister("a FHIR client has keys, no secret")
        if seen is not None and machine.secrets.filter(created_at__gt=seen).exists():
            raise CannotRegister("a new secret was made meanwhile")
        secret = machine_secrets.replace(machine, overlap=overlap, at=actor.asked_at)
        _tell(given, machine, "rotated")
        return secret


def revoke(*, actor: Actor, public_id: UUID) -> bool:
    """Let the machine in no more, for good: its secrets and tokens are dead. False when it was so before.

    Raises UnknownMachine, NotPermitted.
    """
    with permit(actor, Function.CONNECTING, lately=True) as given:
        machine = _noted(given, Q(public_id=public_id), hold=True)
        if machine.revoked_at is not None:
            given.conclude("nothing_to_revoke")
            return False
        machine.revoked_at, machine.revoked_by = actor.asked_at, actor.persona_id
        machine.save(update_fields=["revoked_at", "revoked_by"])
        machine_secrets.end(machine, at=actor.asked_at)
        models.AccessToken.objects.filter(machine=machine).delete()
        _tell(given, machine, "revoked")
        return True


def take_turn(given: Permit) -> None:
    """Wait until what the actor's machine asked before in parallel is done, till the transaction ends."""
    machine = models.Machine.objects.filter(pk=given.actor.machine_id or 0)
    machine.select_for_update().order_by().values_list("pk").first()


def change_contact(*, actor: Actor, public_id: UUID, contact_email: str) -> None:
    """Write down whom to write to about the machine. Raises UnknownMachine, CannotRegister, NotPermitted."""
    with permit(actor, Function.CONNECTING, lately=True) as given:
        machine = _open(given, public_id)
        machine.contact_email = machine_making.email(contact_email)
        machine.save(update_fields=["contact_email"])
        given.conclude("contact_changed")


def set_keys(
    *, actor: Actor, public_id: UUID, key_set: Mapping[str, Any] | None = None, key_set_url: str = ""
) -> None:
    """Replace a FHIR client's public keys by these, or by what stands at that address.

    Raises UnknownMachine, CannotRegister, NotPermitted.
    """
    with permit(actor, Function.CONNECTING, lately=True) as given:
        machine = _open(given, public_id)
        if machine.kind != FHIR_CLIENT:
            raise CannotRegister("a trading partner has a secret, no keys")
        machine.key_set, machine.key_set_url = machine_making.keys(key_set or {}, key_set_url)
        machine.save(update_fields=["key_set", "key_set_url"])
        given.conclude("keys_set")


def add_grant(*, actor: Actor, public_id: UUID, new: NewGrant) -> int:
    """Give the machine one grant more, and answer its number.

    Raises UnknownMachine, CannotGrant, CannotRegister for a revoked machine, NotPermitted.
    """
    with permit(actor, Function.CONNECTING, lately=True) as given:
        machine = _open(given, public_id)
        lent = clients.tax_ids(machine.office_id, on=actor.today)
        grant_id = granting.give(given, machine, offices.find(machine.office.key), new, lent=lent)
        given.note_subject("grant", str(grant_id))
        given.conclude("grant_added")
        return grant_id


def end_grant(*, actor: Actor, public_id: UUID, grant_id: int) -> bool:
    """End the machine's grant now, for good; False when it has none of that number, or it ended before."""
    with permit(actor, Function.CONNECTING, lately=True) as given:
        return granting.end(given, grant_id, machine=_noted(given, Q(public_id=public_id)))


def _noted(given: Permit, which: Q, *, hold: bool = False) -> models.Machine:
    """The machine, noted as what this is about; with `hold`, nobody changes it meanwhile."""
    found = models.Machine.objects.select_related("office").filter(which)
    machine = (found.select_for_update(of=("self",)) if hold else found).first()
    if machine is None:
        raise UnknownMachine("there is no such machine")
    given.note_subject("machine", str(machine.pk))
    return machine


def _open(given: Permit, public_id: UUID) -> models.Machine:
    """The machine, held, unless it was revoked."""
    machine = _noted(given, Q(public_id=public_id), hold=True)
    if machine.revoked_at is not None:
        raise CannotRegister("the machine was revoked; make a new one")
    return machine


def _managed(given: Permit) -> "QuerySet[models.Machine]":
    tax_ids = given.scope.tax_ids()
    limits = models.GrantLimit.objects.filter(
        dimension=models.GrantLimit.Dimension.TAX_ID, value__in=tax_ids, grant__machine__isnull=False
    )
    of_clients = ~standing.bills_under(office="office_id", number="tax_id")
    reaching = Q(tax_id__in=tax_ids) | Q(pk__in=limits.values("grant__machine")) | Q(of_clients)
    return models.Machine.objects.filter(reaching, office_id=given.actor.office_id or 0)


def _page(found: "QuerySet[models.Machine]", key: str, size: int) -> pages.Page[models.Machine]:
    after = found.filter(pk__lt=int(key)) if pages.is_row(key) else found
    rows = list(after.select_related("office").order_by("-pk")[: size + 1])
    return pages.cut(rows, size=size, key_of=lambda machine: str(machine.pk))


def _tell(given: Permit, machine: models.Machine, change: str) -> None:
    """Tell the office, in the portal and by mail, and whoever looks after the machine; conclude with it."""
    given.conclude(f"machine_{change}")
    notices.tell_office(
        office_id=machine.office_id,
        kind=f"machine_{change}",
        context={"machine": machine.username or machine.client_id},
        now=given.actor.asked_at,
    )
    for address in sorted({machine.office.contact_email, machine.contact_email} - {""}):
        outbox.enqueue(to=address, template=MAIL, context={"kind": change, "reference": given.reference})
