"""Sending: at least once, under one Message-ID, each mail for itself, with one audit row a batch."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage

from portico.domains.audit import reading
from portico.domains.jobs.leases import Leased, Worker
from portico.domains.notifications import outbox
from portico.domains.permits import actors
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.mail import sending

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)


def leased(at: datetime = NOW, **changed: Any) -> Leased:
    worker = Worker(name="w", now=lambda: at, zone=ZoneInfo("America/Los_Angeles"), **changed)
    return Leased(1, UUID(int=1), "send_mail", {}, {}, 1, 1, worker=worker)


def enqueue(to: str = "office@example.org") -> UUID:
    return outbox.enqueue(to=to, template="new_notices", context={"count": 2})


def send(at: datetime = NOW, **changed: Any) -> None:
    sending.SendMail().run(leased(at, **changed))


def audited() -> list[str]:
    actor = actors.system_actor("reader", asked_at=NOW, today=NOW.date())
    with permit(actor, Function.AUDIT_READING) as given:
        rows = reading.of_system(given=given, name=sending.SENDER).rows
    return [row.conclusion for row in rows]


def test_what_is_due_is_sent_with_its_message_id(mailoutbox: list[EmailMessage]) -> None:
    message_id = enqueue()
    send()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (["office@example.org"], "Portico: 2 new notices for your office")
    assert mail.extra_headers["Message-ID"] == f"<{message_id}@example.org>"
    assert not outbox.is_due(now=NOW + timedelta(days=1))


def test_more_than_a_batch_is_sent_in_one_go(mailoutbox: list[EmailMessage]) -> None:
    for _ in range(25):
        enqueue()
    send()
    assert len(mailoutbox) == 25
    assert audited() == ["claimed", "claimed"]


def test_nothing_due_writes_no_audit_row() -> None:
    send()
    assert audited() == []


def test_a_mail_that_fails_holds_up_no_other_and_goes_later_under_the_same_id(
    mailoutbox: list[EmailMessage],
) -> None:
    bad = enqueue("bad@example.org")
    enqueue("good@example.org")
    really_send = EmailMessage.send

    def refuse_bad(mail: EmailMessage) -> int:
        if mail.to == ["bad@example.org"]:
            raise SMTPServerDisconnected("bad@example.org")
        return really_send(mail)

    with patch.object(EmailMessage, "send", refuse_bad):
        send()
    assert [mail.to for mail in mailoutbox] == [["good@example.org"]]
    send(NOW + timedelta(seconds=30))
    assert mailoutbox[-1].extra_headers["Message-ID"] == f"<{bad}@example.org>"


def test_a_mail_whose_sender_died_is_sent_again_under_the_same_id(mailoutbox: list[EmailMessage]) -> None:
    message_id = enqueue()
    with patch.object(outbox, "mark_sent", side_effect=KeyboardInterrupt), pytest.raises(KeyboardInterrupt):
        send()
    send(NOW + timedelta(minutes=5))
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [f"<{message_id}@example.org>"] * 2


def test_a_worker_that_is_to_stop_claims_nothing(mailoutbox: list[EmailMessage]) -> None:
    enqueue()
    send(is_stopping=lambda: True)
    assert mailoutbox == []


def test_what_waits_sealed_is_said_in_the_mail(mailoutbox: list[EmailMessage]) -> None:
    outbox.enqueue(to="new@example.org", template="temporary_password", context={"secret": "ABCD-EFGH"})
    send()
    (mail,) = mailoutbox
    assert "ABCD-EFGH" in str(mail.body)
