"""Mails on their way out: written with the business, claimed by a sender, sent at least once.

    enqueue -> queued -> claim -> mark_sent   -> sent
                  ^                `-> mark_failed -> queued again later, or failed
                  `- nothing heard of the sender for five minutes

A mail that was sent just before its sender died is sent again, under the same Message-ID. What opens
something (rules.SEALED) waits sealed, for that mail alone, and is blanked once the mail was sent or given up:
a copy of the database signs nobody in.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F, Q, QuerySet

from portico.domains.notifications import rules
from portico.domains.notifications.models import Message
from portico.domains.notifications.rules import Fact, MessageState
from portico.domains.permits.permit import Permit

HOLD = timedelta(minutes=5)


class WrongMail(ValueError):
    """The mail is not one that may be sent; `code` says why (rules.wrong_context)."""

    def __init__(self, code: str, template: str) -> None:
        super().__init__(f"{template}: {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that was claimed for one try; `message_id` is the same on every try.

    What is sealed in `context` stays so until `opened`.
    """

    message_id: UUID
    to: str
    template: str
    context: Mapping[str, Fact]
    attempts: int


def enqueue(*, to: str, template: str, context: rules.Context) -> UUID:
    """Writes a mail in the transaction that is open, due at once; answers its message id.

    Raises WrongMail for a template or a fact that is not listed in rules.TEMPLATES, and Django's
    ValidationError for an address that is none.
    """
    code = rules.wrong_context(template, context)
    if code is not None:
        raise WrongMail(code, template)
    validate_email(to)
    message_id = uuid4()
    kept = {fact: _kept(message_id, fact, value) for fact, value in context.items()}
    Message.objects.create(message_id=message_id, to=to, template=template, context=kept)
    return message_id


def opened(outgoing: Outgoing) -> rules.Context:
    """The facts of a mail as it says them. Raises vault.CannotOpen."""
    return {
        fact: _said(outgoing.message_id, fact, value) if fact in rules.SEALED else value
        for fact, value in outgoing.context.items()
    }


def is_due(*, now: datetime) -> bool:
    """Is any mail waiting to be tried?"""
    return _due(now).exists()


def claim(*, given: Permit, size: int = 20) -> tuple[Outgoing, ...]:
    """Up to `size` mails that are due, this sender's for five minutes; each counts as tried."""
    now = given.actor.asked_at
    with transaction.atomic():
        waiting = list(_due(now).order_by(F("next_attempt_at").asc(nulls_first=True), "id")[:size])
        return tuple(_outgoing(message) for message in waiting if _hold(message, now))


def mark_sent(*, message_id: UUID, now: datetime) -> None:
    """The mail server took it."""
    message = Message.objects.get(message_id=message_id)
    open_ = Message.objects.filter(pk=message.pk, state=MessageState.QUEUED)
    said = rules.without_secrets(message.context)
    open_.update(state=MessageState.SENT, sent_at=now, next_attempt_at=None, error="", context=said)


def mark_failed(*, message_id: UUID, now: datetime, code: str) -> None:
    """The try failed for the reason `code`: another one later, or the end after twelve."""
    message = Message.objects.get(message_id=message_id)
    if message.state != MessageState.QUEUED:
        return
    message.error = code
    if rules.may_try_again(message.attempts):
        message.next_attempt_at = now + rules.wait_after(message.attempts)
    else:
        message.state, message.next_attempt_at = MessageState.FAILED, None
        message.context = dict(rules.without_secrets(message.context))
    message.save(update_fields=["error", "state", "next_attempt_at", "context"])


def _due(now: datetime) -> QuerySet[Message]:
    at_once = Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=now)
    return Message.objects.filter(at_once, state=MessageState.QUEUED)


def _hold(message: Message, now: datetime) -> bool:
    """Takes the mail for one try, unless another sender did so since we read it."""
    unchanged = Message.objects.filter(pk=message.pk, attempts=message.attempts, state=MessageState.QUEUED)
    return bool(unchanged.update(attempts=message.attempts + 1, next_attempt_at=now + HOLD))


def _outgoing(message: Message) -> Outgoing:
    return Outgoing(message.message_id, message.to, message.template, message.context, message.attempts + 1)


def _kept(message_id: UUID, fact: str, value: Fact) -> Fact:
    if fact not in rules.SEALED:
        return value
    sealed = settings.PORTICO_VAULT.seal(str(value), place=_place(message_id, fact))
    return base64.b64encode(sealed).decode()


def _said(message_id: UUID, fact: str, kept: Fact) -> str:
    sealed = base64.b64decode(str(kept))
    said: str = settings.PORTICO_VAULT.open(sealed, place=_place(message_id, fact))
    return said


def _place(message_id: UUID, fact: str) -> str:
    return f"notifications.message.{fact}:{message_id}"
