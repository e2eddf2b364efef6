"""A payment as a file for its office: its own 835 as the plan sent it, or what one is written from.

The 835 goes to whoever may see every claim of the payment, since a part of it would not add up. Both count
as taking home: whoever asks has proved lately who they are.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portico.domains.claims import models, paid_content, payment_reading, payment_views, raw_835
from portico.domains.claims.facts.paid import PaymentWithClaims, SentPayment
from portico.domains.claims.facts.submitted import Party
from portico.domains.claims.payment_reading import PaymentNotFound as PaymentNotFound
from portico.domains.claims.raw_835 import NotKept as NotKept
from portico.domains.jobs import kept_files
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

_MOST_CONTROL_NUMBER = 1_000_000_000


class PartOnly(Exception):
    """The asker sees some claims of the payment, not all: there is no 835 of a part."""


@dataclass(frozen=True, slots=True)
class Original:
    """The payment's own 835 in an envelope of its own; `control_number` is the same each time."""

    trace_number: str
    paid_on: date
    control_number: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Sent:
    """What an 835 of the payment is written from; `control_number` is the same each time."""

    payment: PaymentWithClaims
    control_number: int


def original(*, actor: Actor, payment: UUID) -> Original:
    """The 835 as the plan sent it, cut out of the file it came in.

    Raises PaymentNotFound, PartOnly, NotKept where that file is gone, NotPermitted.
    """
    why: Exception = PaymentNotFound()
    with payment_reading.opened(actor, payment, lately=True) as (given, row):
        if row is not None:
            try:
                return _original(given, row)
            except (PartOnly, NotKept) as reason:
                why = reason
                given.conclude("payment_is_part" if isinstance(reason, PartOnly) else "payment_not_kept")
    raise why


def sent(*, actor: Actor, payment: UUID) -> Sent:
    """The payment with its claims, as read: an 835 can be written of it to the cent.

    Raises PaymentNotFound, PartOnly, NotPermitted.
    """
    why: Exception = PaymentNotFound()
    with payment_reading.opened(actor, payment, lately=True) as (given, row):
        if row is not None:
            try:
                return _sent(given, row)
            except PartOnly as reason:
                why = reason
                given.conclude("payment_is_part")
    raise why


def _original(given: Permit, row: models.Payment) -> Original:
    _check_whole(given, row)
    number, file = _control_number(row), kept_files.path(row.file or "none")
    content = raw_835.cut(file, row.place, digest=row.digest, control_number=number)
    _note_members(given, row)
    given.conclude("payment_taken")
    return Original(row.trace_number, row.paid_on, number, content)


def _sent(given: Permit, row: models.Payment) -> Sent:
    _check_whole(given, row)
    claims = tuple(map(payment_views.decided, row.claims.order_by("position")))
    _note_members(given, row)
    given.conclude("payment_taken")
    return Sent(PaymentWithClaims(_payment(row), claims), _control_number(row))


def _check_whole(given: Permit, row: models.Payment) -> None:
    """Raises PartOnly."""
    if not payment_reading.is_whole(given, row):
        raise PartOnly


def _note_members(given: Permit, row: models.Payment) -> None:
    for member_id in _members(row):
        given.note_subject("member", member_id)


def _members(row: models.Payment) -> Iterator[Any]:
    told = row.claims.exclude(member_id="").order_by("member_id")
    return told.values_list("member_id", flat=True).distinct().iterator()


def _payment(row: models.Payment) -> SentPayment:
    payee = Party(
        name=row.payee_name,
        npi=row.payee_npi,
        tax_id=row.tax_id,
        address=paid_content.address_of(row.payee_address),
    )
    payer = paid_content.party_of(row.payer) if row.payer else Party(name=row.payer_name)
    return SentPayment(
        trace_number=row.trace_number,
        amount=row.amount,
        method=row.method,
        paid_on=row.paid_on,
        payer=payer,
        payee=payee,
        handling=row.handling,
        payer_number=row.payer_number,
        produced_on=row.produced_on,
        adjustments=tuple(map(payment_views.adjustment, row.adjustments.order_by("position"))),
    )


def _control_number(row: models.Payment) -> int:
    return row.pk % _MOST_CONTROL_NUMBER
