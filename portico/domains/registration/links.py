"""The mailed link to complete an approved application: 256 bits, 24 hours, once, one at a time.

It opens nothing without the transaction ID, which is in no mail. It ends when it was used, another was sent,
five transaction IDs were wrong, its day is over, or the application is no longer approved.
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from django.conf import settings

from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import events, finding, models, transaction_ids
from portico.domains.registration import finishing_rules as rules
from portico.domains.registration.finding import TooManyTries

__all__ = [
    "LINK_PATH",
    "Ending",
    "Renewed",
    "Stand",
    "TooManyTries",
    "end",
    "may_renew",
    "renew",
    "send",
    "stand",
]

LINK_PATH: Final = "/register/complete/?t="
MAIL: Final = "registration_link"
Ending = models.Link.Ending
State = models.Application.State


class Stand(StrEnum):
    """Where the last link of an application stands."""

    SENT = "sent"
    EXPIRED = "expired"
    USED = "used"
    DEAD = "dead"


class Renewed(StrEnum):
    """What came of asking for another link."""

    SENT = "sent"
    NOTHING_TO_RENEW = "nothing_to_renew"
    TOO_MANY_TODAY = "too_many_today"


def send(given: Permit, application: models.Application) -> None:
    """Mail the applicant a new link; one before it works no more. The application is approved, and held."""
    at, secret = given.actor.asked_at, rules.new_link_secret()
    end(given, application, Ending.REPLACED)
    models.Link.objects.create(
        application=application, secret_index=index(secret), made_at=at, expires_at=at + rules.LINK_LASTS
    )
    link = settings.SITE + LINK_PATH + secret
    outbox.enqueue(to=application.email, template=MAIL, context={"link": link})
    events.note(given, application, events.Kind.LINK_SENT)


def end(given: Permit, application: models.Application, ending: models.Link.Ending) -> bool:
    """End the open link of the application; False where none is open."""
    open_ = models.Link.objects.filter(application=application, ended_at__isnull=True)
    return bool(open_.update(ended_at=given.actor.asked_at, ending=ending))


def stand(application: models.Application, *, at: datetime) -> Stand | None:
    """Where its last link stands at that instant; None where none was ever sent."""
    last = models.Link.objects.filter(application=application).order_by("pk").last()
    if last is None:
        return None
    if last.ended_at is not None:
        return Stand.USED if last.ending == Ending.USED else Stand.DEAD
    return Stand.SENT if at < last.expires_at else Stand.EXPIRED


def renew(*, actor: Actor, transaction_id: str, address: str) -> Renewed:
    """Mail another link, to the address the application gave, for whoever knows its transaction ID.

    `address` is the network address that asks. Five a day. Raises BadIdentifier, TooManyTries.
    """
    number = transaction_ids.parse(transaction_id)
    with permit(actor, Function.REGISTRATION) as given:
        found = finding.find(given, transaction_id=number, address=address, hold=True)
        renewed = _renewed(given, found.application) if found.application else Renewed.NOTHING_TO_RENEW
    found.check_open()
    return renewed


def index(secret: str) -> bytes:
    """The keyed index of a link's secret, 16 bytes."""
    made: bytes = settings.PORTICO_VAULT.index(secret, purpose="registration link")
    return made


def _renewed(given: Permit, application: models.Application) -> Renewed:
    renewed = may_renew(given, application)
    if renewed is Renewed.SENT:
        send(given, application)
    given.conclude(f"link_{renewed}")
    return renewed


def may_renew(given: Permit, application: models.Application) -> Renewed:
    """SENT where another link may be mailed now; else why not. For whoever holds the application."""
    at = given.actor.asked_at
    if application.state != State.APPROVED or not rules.may_have_link(application.decided_at, at):
        return Renewed.NOTHING_TO_RENEW
    lately = models.Link.objects.filter(application=application, made_at__gt=at - rules.DAY).count()
    return Renewed.TOO_MANY_TODAY if lately >= rules.MOST_LINKS_A_DAY else Renewed.SENT
