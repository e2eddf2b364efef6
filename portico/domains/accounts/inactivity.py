"""Accounts that nobody uses: their owners are told, once, and some days later they are suspended.

Use is the last of: signing in, finishing the first sign-in, being opened again. Whoever was never told is not
suspended, so that a plan which begins with this, or whose worker stood still, shuts nobody out unheard. An
account that was never activated is its invitation's business. These walk the users by number, a chunk at a
time, and do nothing twice.
"""

from contextlib import suppress
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.inactivity_rules import Policy
from portico.domains.notifications import outbox
from portico.domains.permits.permit import Permit

CHUNK = 200
MAIL = "account_unused"
_USES = ("last_login", "activated_at", "reactivated_at")


def policy() -> Policy:
    """What this installation is set to."""
    return Policy(settings.INACTIVE_DAYS, settings.INACTIVE_NOTICE_DAYS)


def tell(given: Permit, *, after: int = 0, size: int = CHUNK) -> tuple[int, ...]:
    """Tell those who are to be told, of the users numbered higher than `after`; answers their numbers.

    No number: nobody is left. Somebody without a mail address counts as told: the account says it at sign-in.
    """
    asked, at = policy(), given.actor.asked_at
    if not asked.is_on:
        given.conclude("switched_off")
        return ()
    unused = _unused(asked.told_if_unused_since(at)).exclude(_told())
    found = _chunk(unused, after, size)
    for user in found:
        given.note_subject("user", str(user.pk))
        with suppress(ValidationError):  # an address that is none keeps nobody else from hearing
            outbox.enqueue(to=user.email, template=MAIL, context={"count": asked.notice})
    numbers = tuple(user.pk for user in found)
    models.User.objects.filter(pk__in=numbers).update(warned_at=at)
    given.conclude("owners_told" if numbers else "nobody_to_tell")
    return numbers


def suspend(given: Permit, *, after: int = 0, size: int = CHUNK) -> tuple[int, ...]:
    """Suspend those whose time is over, of the users numbered higher than `after`; answers their numbers.

    Their sessions end. No number: nobody is left.
    """
    asked, at = policy(), given.actor.asked_at
    if not asked.is_on:
        given.conclude("switched_off")
        return ()
    told = _unused(asked.suspended_if_unused_since(at)).filter(_told())
    numbers = tuple(
        user.pk for user in _chunk(told.filter(warned_at__lte=asked.told_in_time(at)), after, size)
    )
    models.User.objects.filter(pk__in=numbers).update(
        state=models.User.State.SUSPENDED, suspended_at=at, session_epoch=F("session_epoch") + 1
    )
    models.Session.objects.filter(user__in=numbers).delete()
    for number in numbers:
        given.note_subject("user", str(number))
    given.conclude("accounts_suspended" if numbers else "nobody_to_suspend")
    return numbers


def _unused(since: datetime) -> "QuerySet[models.User]":
    """The active accounts that nobody used after that instant."""
    wanted = Q(state=models.User.State.ACTIVE, activated_at__isnull=False)
    for use in _USES:
        wanted &= Q(**{f"{use}__isnull": True}) | Q(**{f"{use}__lte": since})
    return models.User.objects.filter(wanted)


def _told() -> Q:
    """Those who were told after they last used their account."""
    told = Q(warned_at__isnull=False)
    for use in _USES:
        told &= Q(**{f"{use}__isnull": True}) | Q(warned_at__gt=F(use))
    return told


def _chunk(found: "QuerySet[models.User]", after: int, size: int) -> list[models.User]:
    """The first of them after that number, held, so that nobody who signs in meanwhile is counted unused."""
    return list(found.filter(pk__gt=after).select_for_update().order_by("pk")[:size])
