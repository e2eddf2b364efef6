"""Enquiries of people without an account: a question, or a wish to be called back, kept for the plan.

    ask -> waits until due -> ended (answering): answered, not reached, not ours -> erased 90 days later

The text is sealed for its row, found again by the keyed hash of a reference that its sender was shown once;
the same form sent again makes no other one.
Whoever asks is answered alike; what may be sent from one network, and mailed to one address, is counted.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back import coming_back_rules as limits
from portico.domains.accounts.coming_back.coming_back_rules import Limit
from portico.domains.accounts.signing_in import misses
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import business_time, days, opening
from portico.domains.support import models, rules
from portico.domains.support.rules import BestTime, Kind, Sign, Topic
from portico.shared import once, references

TO_AN_ADDRESS: Final = Limit(3, renews=True)
SUBJECT: Final = "enquiry"
SHOWN_FOR: Final = timedelta(hours=1)
"""How long the reference is shown again to whoever sends the same form once more."""


class HoldsPatients(ValueError):
    """Something in it points at a patient; `found` says in which field which signs, never what they were."""

    def __init__(self, found: Mapping[str, tuple[Sign, ...]]) -> None:
        super().__init__(", ".join(sorted({str(sign) for signs in found.values() for sign in signs})))
        self.found = found


class NoWayBack(ValueError):
    """Nobody can be answered so: to be called back takes a telephone, a question that or a mail address."""


class TooMany(Exception):
    """More was sent from this network than is taken in an hour; `until` says when it goes on."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many")
        self.until = until


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks, and how to reach them; `telephone` is written as it is to be called."""

    kind: Kind
    topic: Topic
    name: str = field(repr=False)
    office_name: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    best_time: BestTime = BestTime.ANY
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Received:
    """What its sender is told: the reference, and until when the plan means to have answered.

    The reference is "" where the same form was sent more than an hour ago, and waits still.
    """

    reference: str = field(repr=False)
    due_at: datetime


def ask(*, actor: Actor, asked: Asked, address: str, key: str = "") -> Received:
    """Keep it for the plan; whoever named a mail address is mailed that it came.

    `address` is the network address that asks (settings.ENQUIRIES_AN_HOUR are taken from one network), `key`
    the form's own (once). Raises HoldsPatients, NoWayBack, TooMany.
    """
    if not (asked.telephone or (asked.email and asked.kind is Kind.QUESTION)):
        raise NoWayBack
    with permit(actor, Function.PUBLIC_PAGES) as given:
        ended = _asked(given, asked, address, key)
    if isinstance(ended, Received):
        return ended
    raise ended


def _asked(given: Permit, asked: Asked, address: str, key: str) -> Received | HoldsPatients | TooMany:
    found = _signs(asked)
    if found:
        given.conclude("enquiry_holds_patients")
        return HoldsPatients(found)
    reference, tally = _reference(asked, key), _from(address)
    until = _closed_until(tally, _from_a_network(), given.actor.asked_at)
    before = _before(reference)
    if before is not None and (before.ended_at is None or _is_shown(given, before)):
        return _again(given, before, reference)
    if until is not None:
        given.conclude("enquiry_too_many")
        return TooMany(until)
    _count(tally, _from_a_network(), given.actor.asked_at)
    return _made(given, asked, reference if before is None else references.new())


def _reference(asked: Asked, key: str) -> str:
    """The reference of an enquiry: the same one for the same form and what was filled in, else a new one."""

    def index(text: str) -> bytes:
        return allowances.index(text, purpose="enquiry form")

    return references.of(once.bodies(key, astuple(asked), index=index))


def _before(reference: str) -> models.Enquiry | None:
    return models.Enquiry.objects.filter(reference_index=index_of(reference)).first()


def _is_shown(given: Permit, row: models.Enquiry) -> bool:
    return given.actor.asked_at < row.made_at + SHOWN_FOR


def _again(given: Permit, row: models.Enquiry, reference: str) -> Received:
    """What was told the first time; after an hour without the reference."""
    given.note_subject(SUBJECT, str(row.pk))
    given.conclude("enquiry_received_again")
    return Received(reference if _is_shown(given, row) else "", row.due_at)


def _made(given: Permit, asked: Asked, reference: str) -> Received:
    """The enquiry is kept, unless the same form was sent at this very moment too."""
    try:
        with transaction.atomic():
            return _kept(given, asked, reference)
    except IntegrityError:
        row = _before(reference)
        if row is None:
            raise
        return _again(given, row, reference)


def _signs(asked: Asked) -> dict[str, tuple[Sign, ...]]:
    """Every field that points at a patient, with the signs of it."""
    forms = settings.MEMBER_ID_FORMS
    typed = {"name": asked.name, "office_name": asked.office_name, "email": asked.email, "text": asked.text}
    found = {name: rules.signs(text, forms=forms) for name, text in typed.items()}
    found["telephone"] = rules.signs(asked.telephone)  # as long as many member IDs
    return {name: signs for name, signs in found.items() if signs}


def _kept(given: Permit, asked: Asked, reference: str) -> Received:
    at = given.actor.asked_at
    index, due_at = index_of(reference), business_time.after(opening.hours(), at, rules.DUE_AFTER[asked.kind])
    row = models.Enquiry.objects.create(
        reference_index=index,
        kind=asked.kind,
        topic=asked.topic,
        name=asked.name,
        office_name=asked.office_name,
        telephone=asked.telephone,
        email=asked.email,
        best_time=asked.best_time,
        sealed=settings.PORTICO_VAULT.seal(asked.text, place=place_of(index)),
        made_at=at,
        due_at=due_at,
    )
    given.note_subject(SUBJECT, str(row.pk))
    given.conclude("enquiry_received")
    _mail(given, asked, due_at)
    return Received(reference, due_at)


def _mail(given: Permit, asked: Asked, due_at: datetime) -> None:
    """Tell the address that was typed in, three times an hour at most: it may be somebody else's."""
    if not asked.email:
        return
    to, at = allowances.index(asked.email.casefold(), purpose="enquiry mail"), given.actor.asked_at
    if _closed_until(to, TO_AN_ADDRESS, at) is not None:
        return
    _count(to, TO_AN_ADDRESS, at)
    day = days.of(due_at)
    facts = {"kind": str(asked.kind), "deadline_on": f"{day:%B} {day.day}, {day.year}"}
    try:
        outbox.enqueue(to=asked.email, template="enquiry_received", context=facts)
    except ValidationError:
        given.note_subject("unreachable", SUBJECT)


def _from(address: str) -> bytes | None:
    return allowances.index(limits.network(address), purpose="enquiries from") if address else None


def _from_a_network() -> Limit:
    return Limit(settings.ENQUIRIES_AN_HOUR)


def _closed_until(tally_index: bytes | None, limit: Limit, at: datetime) -> datetime | None:
    """Until when no more is taken, None while some is; held until the end. No index counts nothing."""
    if tally_index is None:
        return None
    tally = misses.hold(tally_index, at=at)
    return tally.locked_until if limits.is_used_up(tally, limit, at) else None


def _count(tally_index: bytes | None, limit: Limit, at: datetime) -> None:
    """Count one."""
    if tally_index is not None:
        allowances.count(tally_index, misses.hold(tally_index, at=at), limit, at=at)


def index_of(reference: str) -> bytes:
    """The keyed hash an enquiry is found by, of its reference in canonical form."""
    return allowances.index(reference, purpose="enquiry")


def place_of(index: bytes) -> str:
    """What the text of the enquiry of that index is sealed for."""
    return f"support.enquiry.text:{index.hex()}"
