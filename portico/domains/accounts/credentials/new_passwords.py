"""A password is changed: what follows from it, for whoever changed it and in whatever way."""

from datetime import datetime

from django.db.models import F

from portico.domains.accounts import models, telling
from portico.domains.accounts.coming_back import resets
from portico.domains.accounts.own import profile_rules
from portico.domains.accounts.signing_in import misses, sessions
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.notifications import outbox
from portico.domains.permits.permit import Permit

CHANGED = "password_changed"


def keep(given: Permit, user: models.User, encoded: str) -> int:
    """Keep a hashed password as the user's, within a permit; answers the epoch that new sessions carry.

    Every session ends, every browser is unknown again, open reset links end, and its owner is told: by mail,
    also at an address that was given up in the last days, and by a notice.
    """
    given.note_subject("user", str(user.pk))
    at = given.actor.asked_at
    models.User.objects.filter(pk=user.pk).update(
        password=encoded, password_set_at=at, session_epoch=F("session_epoch") + 1
    )
    sessions.end_all(given, user.pk)
    resets.end_links(user, at)
    telling.by_mail(given, user, CHANGED)
    telling.by_notice(given, user, CHANGED)
    for address in _given_up_lately(user, at):
        outbox.enqueue(to=address, template=CHANGED, context={"reference": given.reference})
    return models.User.objects.values_list("session_epoch", flat=True).get(pk=user.pk)


def undo_guessing(given: Permit, user: models.User) -> None:
    """Whoever holds the mailbox comes back: wrong passwords are forgotten, also a hundred.

    Wrong codes are not: a mailbox gives no new tries of a second factor. A change of the mail address that is
    not confirmed ends, since somebody else may have asked for it.
    """
    misses.forget_one(misses.index(Step.PASSWORD, user.username))
    waiting = models.AddressChange.objects.filter(user=user, confirmed_at=None, cancelled_at=None)
    waiting.update(cancelled_at=given.actor.asked_at)


def _given_up_lately(user: models.User, at: datetime) -> list[str]:
    """Mail addresses that were replaced and may still take that back: it may not have been the owner."""
    since = at - profile_rules.UNDONE_WITHIN
    changes = models.AddressChange.objects.filter(user=user, confirmed_at__gt=since, cancelled_at=None)
    addresses = {*changes.values_list("email", flat=True)} - {user.email}
    return sorted(each for each in addresses if profile_rules.mail_address(each) is not None)
