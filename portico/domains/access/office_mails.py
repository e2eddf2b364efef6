"""What an office hears of whom the plan lets in under its name: a mail that names nobody.

It goes to the office's contact and to every administrator who is there, so that no one mailbox, and nobody
at the plan's desk alone, keeps it from being noticed.
"""

from collections.abc import Collection
from contextlib import suppress
from typing import Final

from django.core.exceptions import ValidationError
from django.db.models.functions import Lower

from portico.domains.access import models
from portico.domains.notifications import outbox
from portico.domains.notifications.rules import Fact
from portico.domains.offices import contacts
from portico.domains.permits.permit import Permit

MAIL: Final = "people_changed"
ADDED, MOVED = "added", "moved"


def tell(given: Permit, user_id: int, kind: str) -> None:
    """Tell every office that user works for: its contact, and each administrator but the user."""
    held = models.Persona.objects.of(user_id).filter(office__isnull=False)
    offices = set(held.values_list("office_id", flat=True))
    send(given, _addresses(offices, but_for=user_id), MAIL, kind=kind)


def tell_of_registration(
    given: Permit, template: str, *, office_ids: Collection[int], besides: Collection[str], but_for: int
) -> None:
    """Tell these offices, and the addresses `besides`, that somebody registered with what is theirs.

    `but_for` is the user who did.
    """
    send(given, _addresses(office_ids, but_for=but_for) | {each.lower() for each in besides}, template)


def send(given: Permit, addresses: Collection[str], template: str, **facts: Fact) -> None:
    """A mail of that template to each, with the reference of this act; what is no address is passed over."""
    for address in sorted(addresses):
        with suppress(ValidationError):
            outbox.enqueue(to=address, template=template, context={**facts, "reference": given.reference})


def _addresses(office_ids: Collection[int], *, but_for: int) -> set[str]:
    """The mail addresses of these offices and of their administrators, but for those of one user."""
    present = models.Persona.objects.filter(
        office__in=office_ids,
        kind=models.Persona.Kind.ADMINISTRATOR,
        suspended_at__isnull=True,
        user__state="active",
        user__activated_at__isnull=False,
    ).exclude(user=but_for)
    mails = set(present.values_list(Lower("user__email"), flat=True))
    return (mails | {contact.email.lower() for contact in contacts.of(office_ids).values()}) - {""}
