"""Mails leave with the business they tell of: once claimed at a time, until sent or given up."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portico.domains.notifications import outbox
from portico.domains.notifications.models import Message
from portico.domains.notifications.rules import MessageState
from portico.domains.notifications.tests.making import NOW, sender
from portico.shared.vault import CannotOpen

pytestmark = pytest.mark.django_db


def enqueue(to: str = "office@example.org") -> UUID:
    return outbox.enqueue(to=to, template="new_notices", context={"count": 2})


SECRET = "7KQX-29VD-MM40-WTPA-R5C8-0N3J"


def with_secret() -> UUID:
    return outbox.enqueue(to="new@example.org", template="temporary_password", context={"secret": SECRET})


def test_a_mail_is_due_at_once() -> None:
    message_id = enqueue()
    assert outbox.is_due(now=NOW)
    (mail,) = outbox.claim(given=sender())
    assert (mail.message_id, mail.to, mail.template) == (message_id, "office@example.org", "new_notices")
    assert (mail.context, mail.attempts) == ({"count": 2}, 1)


def test_a_mail_exists_exactly_if_the_business_does() -> None:
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)
    assert not outbox.is_due(now=NOW)


def test_a_mail_that_says_more_than_is_listed_is_refused() -> None:
    with pytest.raises(outbox.WrongMail) as refusal:
        outbox.enqueue(to="office@example.org", template="new_notices", context={"count": 1, "member": "M1"})
    assert refusal.value.code == "fact_not_allowed"


@pytest.mark.parametrize(
    "to", ["", "nobody", "a@example.org\nBcc: b@example.org", "a@example.org, b@example.org"]
)
def test_an_address_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(ValidationError):
        enqueue(to)


def test_a_claimed_mail_is_nobody_elses_for_five_minutes() -> None:
    message_id = enqueue()
    outbox.claim(given=sender())
    assert outbox.claim(given=sender(NOW + timedelta(minutes=4))) == ()
    (again,) = outbox.claim(given=sender(NOW + timedelta(minutes=5)))
    assert (again.message_id, again.attempts) == (message_id, 2)


def test_the_oldest_go_first_and_a_batch_has_a_limit() -> None:
    ids = [enqueue() for _ in range(3)]
    assert [mail.message_id for mail in outbox.claim(given=sender(), size=2)] == ids[:2]
    assert [mail.message_id for mail in outbox.claim(given=sender(), size=2)] == ids[2:]


def test_a_sent_mail_is_not_sent_again() -> None:
    message_id = enqueue()
    outbox.claim(given=sender())
    outbox.mark_sent(message_id=message_id, now=NOW)
    outbox.mark_failed(message_id=message_id, now=NOW, code="late_news")
    assert not outbox.is_due(now=NOW + timedelta(days=1))
    row = Message.objects.get()
    assert (row.state, row.sent_at, row.error) == (MessageState.SENT, NOW, "")


def test_a_failed_try_waits_longer_each_time_and_ends_after_twelve() -> None:
    message_id, now = enqueue(), NOW
    for attempt in range(1, 13):
        (mail,) = outbox.claim(given=sender(now))
        assert mail.attempts == attempt
        outbox.mark_failed(message_id=message_id, now=now, code="SMTPServerDisconnected")
        assert not outbox.is_due(now=now + timedelta(seconds=29))
        now += timedelta(hours=1)
    row = Message.objects.get()
    assert (row.state, row.error) == (MessageState.FAILED, "SMTPServerDisconnected")
    assert not outbox.is_due(now=now)


def test_the_database_refuses_a_sent_mail_without_its_instant() -> None:
    enqueue()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(state=MessageState.SENT)


def test_a_secret_waits_sealed_and_is_opened_for_its_own_mail_alone() -> None:
    with_secret()
    assert SECRET not in str(Message.objects.values())
    (mail,) = outbox.claim(given=sender())
    assert SECRET not in repr(mail)
    assert outbox.opened(mail) == {"secret": SECRET}
    other = replace(mail, message_id=enqueue())
    with pytest.raises(CannotOpen):
        outbox.opened(other)


def test_what_is_no_secret_is_opened_as_it_is() -> None:
    enqueue()
    (mail,) = outbox.claim(given=sender())
    assert outbox.opened(mail) == {"count": 2}


def test_a_secret_is_gone_once_its_mail_was_sent() -> None:
    message_id = with_secret()
    outbox.claim(given=sender())
    outbox.mark_failed(message_id=message_id, now=NOW, code="SMTPServerDisconnected")
    assert Message.objects.get().context["secret"]
    outbox.mark_sent(message_id=message_id, now=NOW)
    assert Message.objects.get().context == {"secret": ""}


def test_a_secret_is_gone_once_its_mail_is_given_up() -> None:
    message_id = with_secret()
    Message.objects.update(attempts=12)
    outbox.mark_failed(message_id=message_id, now=NOW, code="SMTPServerDisconnected")
    row = Message.objects.get()
    assert (row.state, row.context) == (MessageState.FAILED, {"secret": ""})
