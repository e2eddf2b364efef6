"""A payment as a file for its office: its own 835 as the plan sent it, cut out of the file it came in.

It goes to whoever may see every claim of the payment, and counts as taking home, as `payment_taking` does:
that one answers what an 835 can be written from anew, where the file is not kept any more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from portico.domains.claims import models, payment_reading, raw_835
from portico.domains.claims.payment_reading import PaymentNotFound as PaymentNotFound
from portico.domains.claims.payment_taking import PaymentIsPart as PaymentIsPart
from portico.domains.claims.raw_835 import NotKept as NotKept
from portico.domains.jobs import kept_files
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

_MOST_CONTROL_NUMBER = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Original:
    """The payment's own 835 in an envelope of its own; `control_number` is the same each time."""

    trace_number: str
    paid_on: date
    control_number: int
    content: bytes


def original(*, actor: Actor, payment: UUID) -> Original:
    """The 835 as the plan sent it, cut out of the file it came in.

    Raises PaymentNotFound, PaymentIsPart, NotKept where that file is gone, NotPermitted.
    """
    why: Exception = PaymentNotFound()
    with payment_reading.opened(actor, payment, lately=True) as (given, row):
        if row is not None:
            try:
                return _original(given, row)
            except (PaymentIsPart, NotKept) as reason:
                why = reason
                given.conclude("payment_is_part" if isinstance(reason, PaymentIsPart) else "payment_not_kept")
    raise why


def _original(given: Permit, row: models.Payment) -> Original:
    _check_whole(given, row)
    number, file = _control_number(row), kept_files.path(row.file or "none")
    content = raw_835.cut(file, row.place, digest=row.digest, control_number=number)
    _note_members(given, row)
    given.conclude("payment_taken")
    return Original(row.trace_number, row.paid_on, number, content)


def _check_whole(given: Permit, row: models.Payment) -> None:
    """Raises PaymentIsPart."""
    if not payment_reading.is_whole(given, row):
        raise PaymentIsPart


def _note_members(given: Permit, row: models.Payment) -> None:
    for member_id in _members(row):
        given.note_subject("member", member_id)


def _members(row: models.Payment) -> Iterator[Any]:
    told = row.claims.exclude(member_id="").order_by("member_id")
    return told.values_list("member_id", flat=True).distinct().iterator()


def _control_number(row: models.Payment) -> int:
    return row.pk % _MOST_CONTROL_NUMBER
