"""From an outbox message to the words of a mail. Plain text, one layout, `templates/mail/<template>.txt`.

A template fills the blocks `subject` (one line) and `body`; it sees the message's facts and `plan`, who
the plan is.
"""

from dataclasses import dataclass

from django.template.loader import render_to_string

from portico.domains.notifications.rules import Context
from portico.domains.plan import catalogue


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail ready to be sent."""

    subject: str
    body: str


def render(*, template: str, context: Context, plan: catalogue.Identity) -> Letter:
    """The subject, in one line, and the body of a mail."""
    text = render_to_string(f"mail/{template}.txt", {**context, "plan": plan})
    subject, _, body = text.partition("\n")
    return Letter(subject.strip(), body.strip() + "\n")
