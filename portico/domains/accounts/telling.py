"""Telling somebody what happened to their account: a mail to their address, a notice in the portal.

Nobody can switch these off: they are how a person learns of what somebody else did.
"""

from datetime import datetime

from django.core.exceptions import ValidationError

from portico.domains.accounts import models
from portico.domains.notifications import notices, outbox
from portico.domains.notifications.rules import Fact
from portico.domains.permits.permit import Permit
from portico.domains.plan import days


def by_mail(given: Permit, user: models.User, template: str, **facts: Fact) -> None:
    """Mail the user, with the reference of this act; nobody where the first sign-in is not done yet.

    Where no address is kept, or none that can be written to, nothing is sent: an act does not fail for that.
    """
    if not user.email or user.activated_at is None:
        return
    try:
        outbox.enqueue(to=user.email, template=template, context={**facts, "reference": given.reference})
    except ValidationError:
        given.note_subject("unreachable", str(user.pk))


def to_user(given: Permit, user_id: int, template: str, **facts: Fact) -> None:
    """The same to the user of that number; nobody where there is none."""
    user = models.User.objects.filter(pk=user_id).first()
    if user is not None:
        by_mail(given, user, template, **facts)


def moment(at: datetime) -> str:
    """An instant as a mail says it, in the plan's time zone: March 12, 2026, 10:00 AM PDT."""
    local = days.local(at)
    return f"{local:%B} {local.day}, {local.year}, {local:%I:%M %p %Z}"


def by_notice(given: Permit, user: models.User, kind: str) -> None:
    """Post a notice of that kind to the user, with the reference of this act."""
    if user.activated_at is not None:
        context = {"reference": given.reference}
        notices.tell_user(user_id=user.pk, kind=kind, context=context, now=given.actor.asked_at)
