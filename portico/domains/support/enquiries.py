"""Enquiries of people without an account: a question, or a wish to be called back, kept for the plan.

    ask -> waits until due -> ended (answering): answered, not reached, not ours -> erased 90 days later

The text is sealed for its row, found again by the keyed hash of a reference that its sender was shown once.
Whoever asks is answered alike; what may be sent from one network, and mailed to one address, is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError

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
from portico.shared import references

FROM_A_NETWORK: Final = Limit(10)
TO_AN_ADDRESS: Final = Limit(3, renews=True)
SUBJECT: Final = "enquiry"


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
    """What its sender is told, this once: the reference, and until when the plan means to have answered."""

    reference: str = field(repr=False)
    due_at: datetime


def ask(*, actor: Actor, asked: Asked, address: str) -> Received:
    """Keep it for the plan; whoever named a mail address is mailed that it came.

    `address` is the network address that asks; ten an hour are taken from one network. Raises HoldsPatients,
    NoWayBack, TooMany.
    """
    if not (asked.telephone or (asked.email and asked.kind is Kind.QUESTION)):
        raise NoWayBack
    with permit(actor, Function.PUBLIC_PAGES) as given:
        found = _signs(asked)
        until = None if found else _too_many(_from(address), FROM_A_NETWORK, actor.asked_at)
        if not found and until is None:
            return _kept(given, asked)
        given.conclude("enquiry_holds_patients" if found else "enquiry_too_many")
    if until is not None:
        raise TooMany(until)
    raise HoldsPatients(found)


def _signs(asked: Asked) -> dict[str, tuple[Sign, ...]]:
    """Every field that points at a patient, with the signs of it."""
    forms = settings.MEMBER_ID_FORMS
    typed = {"name": asked.name, "office_name": asked.office_name, "email": asked.email, "text": asked.text}
    found = {name: rules.signs(text, forms=forms) for name, text in typed.items()}
    found["telephone"] = rules.signs(asked.telephone)  # as long as many member IDs
    return {name: signs for name, signs in found.items() if signs}


def _kept(given: Permit, asked: Asked) -> Received:
    at, reference = given.actor.asked_at, references.new()
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
    to = allowances.index(asked.email.casefold(), purpose="enquiry mail")
    if _too_many(to, TO_AN_ADDRESS, given.actor.asked_at) is not None:
        return
    day = days.of(due_at)
    facts = {"kind": str(asked.kind), "deadline_on": f"{day:%B} {day.day}, {day.year}"}
    try:
        outbox.enqueue(to=asked.email, template="enquiry_received", context=facts)
    except ValidationError:
        given.note_subject("unreachable", SUBJECT)


def _from(address: str) -> bytes | None:
    return allowances.index(limits.network(address), purpose="enquiries from") if address else None


def _too_many(tally_index: bytes | None, limit: Limit, at: datetime) -> datetime | None:
    """Until when no more is taken; None where this one is, and was counted. No index counts nothing."""
    if tally_index is None:
        return None
    tally = misses.hold(tally_index, at=at)
    if limits.is_used_up(tally, limit, at):
        return tally.locked_until
    allowances.count(tally_index, tally, limit, at=at)
    return None


def index_of(reference: str) -> bytes:
    """The keyed hash an enquiry is found by, of its reference in canonical form."""
    return allowances.index(reference, purpose="enquiry")


def place_of(index: bytes) -> str:
    """What the text of the enquiry of that index is sealed for."""
    return f"support.enquiry.text:{index.hex()}"
