"""What an office hears of its administrators: notices in the portal, and mails that name nobody."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from typing import Final

from django.core.exceptions import ValidationError

from portico.domains.access import models, office_mails
from portico.domains.access.officers import presence
from portico.domains.notifications import notices, outbox
from portico.domains.notifications.rules import Fact
from portico.domains.offices import contacts
from portico.domains.permits.permit import Permit

MAIL: Final = "officers_changed"


def tell_office(given: Permit, office_id: int, kind: str) -> None:
    """A notice to everybody of the office."""
    notices.tell_office(office_id=office_id, kind=kind, context={}, now=given.actor.asked_at)


def tell_user(given: Permit, user_id: int, kind: str) -> None:
    """A notice to one user."""
    notices.tell_user(user_id=user_id, kind=kind, context={}, now=given.actor.asked_at)


def tell_administrators(given: Permit, persona_ids: Sequence[int], kind: str, **context: str) -> None:
    """A notice to the users who have these personas."""
    held = models.Persona.objects.filter(pk__in=persona_ids).order_by("user_id")
    for user_id in held.values_list("user_id", flat=True).distinct():
        notices.tell_user(user_id=user_id, kind=kind, context=context, now=given.actor.asked_at)


def mail_contacts(given: Permit, office_id: int, kind: str) -> None:
    """A mail to how the plan's own records reach the office."""
    office_mails.send(given, addresses_on_file(given, office_id), MAIL, kind=kind)


def mail_administrators(given: Permit, office_id: int, template: str, **facts: Fact) -> None:
    """A mail to the office's administrators who are there, and to its contact; it says only these facts."""
    there = models.Persona.objects.filter(pk__in=presence.of(office_id, on=given.actor.today))
    to = {email.strip().lower() for email in there.values_list("user__email", flat=True)}
    to |= {contact.email.strip().lower() for contact in contacts.of([office_id]).values()}
    for address in sorted(to - {""}):
        with suppress(ValidationError):
            outbox.enqueue(to=address, template=template, context=facts)


def addresses_on_file(given: Permit, office_id: int) -> frozenset[str]:
    """The mail addresses the plan's records hold of the office, in small letters."""
    found = contacts.on_file([office_id], on=given.actor.today)
    return frozenset(value.strip().lower() for kind, value in found if kind == "email")


def officers_of(office_id: int, *, but_for: Collection[int] = ()) -> dict[int, str]:
    """Everybody who administers the office or did: mail addresses in small letters, by user."""
    held = models.Persona.objects.filter(office_id=office_id, kind=models.Persona.Kind.ADMINISTRATOR)
    rows = held.exclude(user__in=but_for).order_by("user_id").values_list("user_id", "user__email")
    return {user_id: email.strip().lower() for user_id, email in rows}
