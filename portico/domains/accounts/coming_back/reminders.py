"""Asking which username one has: mailed to the address it belongs to, and answered alike for every address.

In the request one permit and one job, as for a reset; the worker's job looks and mails. Two accounts may
share an address: both are named. Somebody whose invitation is open is not, for the temporary password may lie
in the same mailbox, and the two never meet.
"""

from django.db.models import QuerySet

from portico.domains.accounts import models, telling
from portico.domains.accounts.coming_back import allowances, resets
from portico.domains.accounts.coming_back.allowances import Asked
from portico.domains.jobs import queue
from portico.domains.jobs.leases import Leased
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit

JOB = "mail_usernames"
MAILER = "reminder-mailer"
MOST_NAMES = 20


def ask(*, actor: Actor, email: str, address: str) -> None:
    """Have the usernames mailed that belong to this mail address, if any do.

    `address` is the network address that asks. Three an hour are taken for a mail address, known or not, and
    sixty from a network address; more are answered alike and do nothing.
    """
    with permit(actor, Function.SIGN_IN) as given:
        key = email.strip().casefold()
        name_index = allowances.index(key, purpose=Asked.REMINDER)
        given.note_subject("mail_address", name_index.hex())
        if allowances.take(Asked.REMINDER, name_index=name_index, address=address, at=actor.asked_at):
            resets.enqueue(given, JOB, key)
            given.conclude("usernames_asked")
        else:
            given.conclude("usernames_asked_too_often")


class MailUsernames:
    """The handler of jobs of kind `mail_usernames`."""

    def run(self, leased: Leased) -> None:
        """Mails the usernames of that address, to the address as it is kept; does nothing where none are."""
        email = resets.typed_in(leased)
        with permit(leased.actor(MAILER), Function.SENDING) as given:
            given.note_subject("mail_address", allowances.index(email, purpose=Asked.REMINDER).hex())
            named = _named(email)
            for user in named:
                given.note_subject("user", str(user.pk))
            if named:
                names = "\n    ".join(user.username for user in named)
                telling.by_mail(given, named[0], "usernames", usernames=names)
            given.conclude("usernames_mailed" if named else "usernames_not_mailed")
            queue.finish(leased)


def _named(email: str) -> list[models.User]:
    """Those of that address who did their first sign-in and may sign in, by name.

    Databases fold more letters alike than two mail addresses may share: what they find is compared once more.
    """
    return [user for user in _found(email) if user.email.casefold() == email][:MOST_NAMES]


def _found(email: str) -> "QuerySet[models.User]":
    invited = models.Invitation.objects.filter(ended_at=None).values("user_id")
    users = models.User.objects.filter(email__iexact=email, activated_at__isnull=False).exclude(email="")
    may = users.exclude(state=models.User.State.DISABLED).exclude(pk__in=invited)
    return may.order_by("username")
