"""Asking to take part in the network, without an account, and following what comes of it.

    ask -> a tracking number, shown once -> look, withdraw
        -> the plan's desk answers within ten business days (network_review)

Whoever asks is answered alike: nothing is looked up, whether the plan knows the numbers or not. A tracking
number is of the same kind as a transaction ID, kept as a keyed hash of its own, and guessed as rarely: five
wrong ones close a network for an hour.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import IntegrityError, transaction

from portico.domains.notifications import outbox
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import catalogue, days, opening
from portico.domains.registration import budgets, models, network_events, network_rules, transaction_ids
from portico.domains.registration.budgets import Budget
from portico.domains.registration.network_events import Kind
from portico.domains.registration.network_rules import Decline, Stage, Wish
from portico.shared import once

INDEX: Final = "tracking number"
SUBJECT: Final = "network_request"
SHOWN_FOR: Final = timedelta(hours=1)
"""How long the number is shown again to whoever sends the same form once more."""


class BadWish(ValueError):
    """Something in it will not do; `faults`: the code of the fault by the field's name."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(", ".join(f"{name}: {code}" for name, code in faults.items()))
        self.faults = faults


class TooMany(Exception):
    """More wishes came from this network today than are taken; `until`: when the next may."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many wishes came from this network")
        self.until = until


class TooManyTries(Exception):
    """Too many wrong tracking numbers came from this network; `until`: when the next is looked at."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many wrong tracking numbers came from this network")
        self.until = until


@dataclass(frozen=True, slots=True)
class Asked:
    """What whoever asks is told: the number, and until when the plan means to have answered.

    The number is "" where the same form was sent more than an hour ago, and waits still.
    """

    tracking_number: str = field(repr=False)
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a wish stands. Nothing that was said in it is told back; `reason` is why it was declined."""

    stage: Stage
    made_at: datetime
    due_at: datetime
    decided_at: datetime | None
    reason: Decline | None
    may_withdraw: bool


def ask(*, actor: Actor, wish: Wish, address: str, key: str = "") -> Asked:
    """Keep the wish for the plan's desk, and mail that it came; the same form sent again makes no other.

    `address` is the network address that asks, `key` the form's own (once). Raises BadWish, TooMany.
    """
    with permit(actor, Function.REGISTRATION) as given:
        ended = _asked(given, wish, address, key)
    if isinstance(ended, Asked):
        return ended
    raise ended


def look(*, actor: Actor, tracking_number: str, address: str) -> Standing | None:
    """How the wish of this number, as it was typed, stands; None for an unknown one.

    Raises BadIdentifier for a slip (nothing is counted), TooManyTries.
    """
    return _followed(actor, tracking_number, address, withdraws=False)


def withdraw(*, actor: Actor, tracking_number: str, address: str) -> Standing | None:
    """Take the wish back, and say how it stands now; what was answered already stays as it is.

    None for an unknown number. Raises BadIdentifier, TooManyTries.
    """
    return _followed(actor, tracking_number, address, withdraws=True)


def index_of(tracking_number: str) -> bytes:
    """The keyed hash a wish is found by, of its number in canonical form."""
    return transaction_ids.index(tracking_number, purpose=INDEX)


def _faults(wish: Wish) -> dict[str, str]:
    regions = [region.code for region in catalogue.regions()]
    return network_rules.faults(wish, regions=regions, lines=[line.code for line in catalogue.lines()])


def _asked(given: Permit, wish: Wish, address: str, key: str) -> Asked | BadWish | TooMany:
    faults = _faults(wish)
    if faults:
        given.conclude("network_faulty")
        return BadWish(faults)
    wish, at = network_rules.tidied(wish), given.actor.asked_at
    number, until = _number(wish, key), budgets.closed_until(Budget.NETWORK_REQUEST, address, at=at)
    before = _before(number)
    if before is not None and _counts_still(given, before):
        return _again(given, before, number)
    if until is not None:
        given.conclude("network_too_many")
        return TooMany(until)
    budgets.spend(Budget.NETWORK_REQUEST, address, at=at)
    return _made(given, wish, number if before is None else transaction_ids.new())


def _number(wish: Wish, key: str) -> str:
    """The number of a wish: the same one for the same form and what was filled in, else a new one."""
    bodies = once.bodies(
        key, astuple(wish), index=lambda text: transaction_ids.index(text, purpose="tracking number of form")
    )
    return transaction_ids.of(next(bodies))


def _before(number: str) -> models.NetworkRequest | None:
    return models.NetworkRequest.objects.filter(tracking_index=index_of(number)).first()


def _counts_still(given: Permit, row: models.NetworkRequest) -> bool:
    """Does sending the form of this wish again make no other one? What was answered may be asked anew."""
    return network_rules.is_open(row.state) or _is_shown(given, row)


def _is_shown(given: Permit, row: models.NetworkRequest) -> bool:
    return given.actor.asked_at < row.made_at + SHOWN_FOR


def _again(given: Permit, row: models.NetworkRequest, number: str) -> Asked:
    """What was told the first time; after an hour without the number."""
    given.note_subject(SUBJECT, str(row.pk))
    given.conclude("network_asked_again")
    return Asked(number if _is_shown(given, row) else "", row.due_at)


def _made(given: Permit, wish: Wish, number: str) -> Asked:
    """The wish is kept, unless the same form was sent at this very moment too."""
    try:
        with transaction.atomic():
            return _kept(given, wish, number)
    except IntegrityError:
        row = _before(number)
        if row is None:
            raise
        return _again(given, row, number)


def _kept(given: Permit, wish: Wish, number: str) -> Asked:
    at = given.actor.asked_at
    due_at = network_rules.due_at(opening.hours(), at)
    row = models.NetworkRequest.objects.create(
        tracking_index=index_of(number),
        office_name=wish.office_name,
        kind=wish.kind,
        npi=wish.npi,
        tax_id=wish.tax_id,
        specialty=wish.specialty,
        regions=list(wish.regions),
        lines=list(wish.lines),
        contact_name=wish.contact_name,
        email=wish.email,
        telephone=wish.telephone,
        made_at=at,
        due_at=due_at,
    )
    network_events.note(given, row, Kind.ASKED)
    _mail(given, wish.email, due_at)
    given.note_subject(SUBJECT, str(row.pk))
    given.conclude("network_asked")
    return Asked(number, due_at)


def _mail(given: Permit, to: str, due_at: datetime) -> None:
    """Tell the mailbox, five times a day at most: the address may be somebody else's."""
    at = given.actor.asked_at
    if budgets.closed_until(Budget.MAIL, to, at=at) is None:
        budgets.spend(Budget.MAIL, to, at=at)
        day = days.of(due_at)
        facts = {"deadline_on": f"{day:%B} {day.day}, {day.year}"}
        outbox.enqueue(to=to, template="network_received", context=facts)


def _followed(actor: Actor, typed: str, address: str, *, withdraws: bool) -> Standing | None:
    number = transaction_ids.parse(typed)
    with permit(actor, Function.REGISTRATION) as given:
        until = budgets.closed_until(Budget.WRONG_TRACKING, address, at=actor.asked_at)
        row = None if until else _found(given, number, address)
        if until is not None:
            given.conclude("tracking_number_closed")
        elif row is not None:
            given.conclude("network_shown")
            if withdraws:
                _take_back(given, row)
    if until is not None:
        raise TooManyTries(until)
    return None if row is None else _standing(row)


def _found(given: Permit, number: str, address: str) -> models.NetworkRequest | None:
    """The wish of that number, its row held; a wrong number is counted to the network it comes from."""
    row = models.NetworkRequest.objects.select_for_update().filter(tracking_index=index_of(number)).first()
    if row is None:
        budgets.spend(Budget.WRONG_TRACKING, address, at=given.actor.asked_at)
        given.conclude("tracking_number_unknown")
        return None
    given.note_subject(SUBJECT, str(row.pk))
    return row


def _take_back(given: Permit, row: models.NetworkRequest) -> None:
    if not network_rules.is_open(row.state):
        given.conclude("network_settled")
        return
    row.state, row.decided_at = Stage.WITHDRAWN, given.actor.asked_at
    row.save(update_fields=["state", "decided_at"])
    network_events.note(given, row, Kind.WITHDRAWN)
    given.conclude("network_withdrawn")


def _standing(row: models.NetworkRequest) -> Standing:
    return Standing(
        stage=Stage(row.state),
        made_at=row.made_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        reason=Decline(row.reason) if row.reason else None,
        may_withdraw=network_rules.is_open(row.state),
    )
