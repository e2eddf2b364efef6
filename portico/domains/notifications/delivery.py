"""Are mails going out? Told to everybody, so nothing is said of any mail: only whether they are late."""

from datetime import datetime
from typing import Final

from portico.domains.jobs import pulse
from portico.domains.notifications.models import Message
from portico.domains.notifications.rules import MessageState

SENDER: Final = "send_mail"
PATIENCE: Final = 5  # tries, which take about a quarter of an hour
MOST_STUCK: Final = 3  # addresses that nobody takes mail for wait as long, and are no fault of ours


def is_late(*, now: datetime) -> bool:
    """Does nobody send the mails, or does the mail server refuse more than a few of them again and again?"""
    if not pulse.is_beating(kind=SENDER, now=now):
        return True
    stuck = Message.objects.filter(state=MessageState.QUEUED, attempts__gte=PATIENCE)
    return stuck[: MOST_STUCK + 1].count() > MOST_STUCK
