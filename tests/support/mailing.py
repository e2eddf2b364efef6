"""The worker as far as people wait for it at the sign-in: it does their jobs and sends their mails."""

import re
import threading
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import mail
from django.core.mail import EmailMessage

from portico.domains.jobs.leases import Leased, Worker
from portico.edges.cli.lane import Lane
from portico.edges.mail.sending import SendMail

NO_JOB = UUID(int=0)


def deliver() -> list[EmailMessage]:
    """Do what waits and send what was written; answers the mails sent by it."""
    before = len(mail.outbox)
    worker = Worker(name="tests", now=lambda: datetime.now(UTC), zone=ZoneInfo(settings.PLAN_TIME_ZONE))
    Lane(worker=worker, kinds=settings.SHORT_JOBS, stop=threading.Event()).run_until_idle()
    SendMail().run(Leased(0, NO_JOB, "send_mail", {}, {}, 1, 1, worker=worker))
    return mail.outbox[before:]


def link_in(letter: EmailMessage) -> str:
    """The address that a mail leads to, without the site's name."""
    [found] = re.findall(rf"{re.escape(settings.SITE)}(\S+)", str(letter.body))
    return str(found)
