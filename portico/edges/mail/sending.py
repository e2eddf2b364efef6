"""Sends what the outbox holds, at least once each, always under the same Message-ID.

No transaction is open while the mail server is spoken to. A mail that cannot be sent is noted with the
kind of error and tried again later; it holds up no other.
"""

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from portico.domains.jobs.leases import Leased
from portico.domains.notifications import outbox
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue
from portico.edges.mail import rendering

SENDER = "mail-sender"
log = structlog.get_logger("portico.mail")


class SendMail:
    """The handler of the recurring job `send_mail`."""

    def run(self, leased: Leased) -> None:
        """Sends everything that is due, batch by batch, until nothing is or the worker stops."""
        while outbox.is_due(now=leased.now()) and not leased.worker.is_stopping():
            with permit(leased.actor(SENDER), Function.SENDING) as given:
                claimed = outbox.claim(given=given)
                given.conclude("claimed" if claimed else "nothing_due")
            for outgoing in claimed:
                _try(outgoing, leased)


def _try(outgoing: outbox.Outgoing, leased: Leased) -> None:
    try:
        _send(outgoing)
    except Exception as error:
        code = type(error).__name__
        log.warning("mail_not_sent", message=str(outgoing.message_id), error=code, attempts=outgoing.attempts)
        outbox.mark_failed(message_id=outgoing.message_id, now=leased.now(), code=code)
    else:
        outbox.mark_sent(message_id=outgoing.message_id, now=leased.now())


def _send(outgoing: outbox.Outgoing) -> None:
    context = outbox.opened(outgoing)
    letter = rendering.render(template=outgoing.template, context=context, plan=catalogue.identity())
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {"Message-ID": f"<{outgoing.message_id}@{domain}>", "Auto-Submitted": "auto-generated"}
    EmailMessage(letter.subject, letter.body, to=[outgoing.to], headers=headers).send()
