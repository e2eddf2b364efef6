"""Takes the mails of the past away, so that the mailbox holds those of today; answers what stood in them.

Imported once Django is set up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portico.demo import acting
from portico.domains.notifications import outbox
from portico.domains.notifications.rules import Fact
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class Mail:
    """To whom a mail went, and its facts."""

    to: str
    facts: Mapping[str, Fact] = field(repr=False)


def sent(at: datetime) -> list[Mail]:
    """The mails that wait, gone at that instant."""
    found: list[Mail] = []
    while outbox.is_due(now=at):
        with permit(acting.system(at), Function.SENDING) as given:
            claimed = outbox.claim(given=given)
            given.conclude("claimed")
        for mail in claimed:
            found.append(Mail(mail.to, outbox.opened(mail)))
            outbox.mark_sent(message_id=mail.message_id, now=at)
    return found
