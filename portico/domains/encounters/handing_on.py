"""Hands accepted encounters on to the core system: as files of one form, once each, with a receipt.

    accepted -> in a file (make) -> fetched (content) -> the core has it (note_receipt)

A file is made and its encounters are marked in one transaction: none goes twice, none is left behind. What
was replaced or voided before the core ever heard of it goes as if it had never been: a replacement as an
original, a void not at all. One that cannot be written waits on, is told of, and holds up no other.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO, Protocol, cast
from uuid import UUID, uuid4

from django.db import DatabaseError, transaction
from django.db.models import QuerySet

from portico.domains.claims.edits.forms import REPLACING, VOID
from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.domains.encounters import files, models, sealing
from portico.domains.encounters.shown import State
from portico.domains.encounters.submission_views import Stage
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

MOST_RECORDS = 5_000
_AT_ONCE = 200
_ORIGINAL = "1"


class Target(Protocol):
    """Where a file is written to."""

    def write(self, content: bytes, /) -> int:
        """Takes the next bytes."""


Write = Callable[[Target, Iterable[SentClaim], int], None]
"""Writes claims as a file under a control number."""


class HandoverNotFound(LookupError):
    """No file went out under that control number."""


@dataclass(frozen=True, slots=True)
class HandoverView:
    """A file that was handed on; `received_at` is when the core said that it has it, `receipt` how."""

    id: UUID
    control_number: str
    form: str
    size: int
    digest: str
    record_count: int
    made_at: datetime
    received_at: datetime | None
    receipt: str


def make(
    *,
    actor: Actor,
    form: Form,
    write: Write,
    settle: Callable[[Permit, HandoverView | None], None],
    most: int = MOST_RECORDS,
    left_out: Callable[[str], None] | None = None,
) -> HandoverView | None:
    """A file of what waits to be handed on of one form, the oldest first; None when nothing does.

    `settle` is called in the transaction: it checkpoints the job. `left_out` is told the number of each that
    cannot be written. Raises NotPermitted.
    """
    with permit(actor, Function.LOADING) as given:
        made = _made(given, form, write, most, left_out or _pass)
        settle(given, made)
        given.conclude("encounters_handed_on" if made else "nothing_to_hand_on")
        return made


def content(*, actor: Actor, control_number: str) -> BinaryIO:
    """The file, to be copied to where the core fetches it. Raises HandoverNotFound, NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        row = models.Handover.objects.filter(control_number=control_number).first()
        given.conclude("not_found" if row is None else "handover_read")
    if row is None:
        raise HandoverNotFound
    return cast(BinaryIO, files.of_handover(row))


def unreceived(*, actor: Actor) -> tuple[HandoverView, ...]:
    """The files of which the core has not said that it has them, the oldest first. Raises NotPermitted."""
    with permit(actor, Function.LOADING) as given:
        rows = models.Handover.objects.filter(received_at=None).order_by("pk")
        given.conclude("handovers_listed")
        return tuple(_view(row) for row in rows)


def note_receipt(*, actor: Actor, control_number: str, receipt: str) -> HandoverView:
    """Notes that the core has the file of that control number; the first receipt stays.

    Raises HandoverNotFound, NotPermitted.
    """
    row = None
    with permit(actor, Function.LOADING) as given:
        row = models.Handover.objects.select_for_update().filter(control_number=control_number).first()
        if row is not None and row.received_at is None:
            row.received_at, row.receipt = actor.asked_at, receipt[:64]
            row.save(update_fields=["received_at", "receipt"])
        given.conclude("not_found" if row is None else "handover_received")
    if row is None:
        raise HandoverNotFound
    return _view(row)


def _made(
    given: Permit, form: Form, write: Write, most: int, left_out: Callable[[str], None]
) -> HandoverView | None:
    waiting = list(_waiting(form)[:most])
    if not waiting:
        return None
    try:
        with transaction.atomic():
            return _written(given, form, write, waiting)
    except DatabaseError:
        raise
    except Exception:
        writable = [pk for pk in waiting if _is_writable(pk, write, left_out)]
        return _written(given, form, write, writable) if writable else None


def _is_writable(pk: int, write: Write, left_out: Callable[[str], None]) -> bool:
    row = models.Encounter.objects.select_related("submission", "replaces").get(pk=pk)
    try:
        claim = _told(row)
        if claim is not None:
            write(io.BytesIO(), [claim], 1)
    except DatabaseError:
        raise
    except Exception:
        left_out(row.number)
        return False
    return True


def _pass(number: str) -> None:
    """Nobody asked."""


def _written(given: Permit, form: Form, write: Write, waiting: list[int]) -> HandoverView | None:
    row = models.Handover.objects.create(
        control_number=uuid4().hex[:9], form=form, digest="", record_count=0, made_at=given.actor.asked_at
    )
    row.control_number = f"{row.pk % 1_000_000_000:09d}"
    told = _Telling(waiting)
    target = files.Written(row)
    write(target, told.claims(), row.pk % 1_000_000_000)
    row.digest, row.size, row.record_count = target.close(), target.size, len(told.sent)
    models.Encounter.objects.filter(pk__in=told.unsaid).update(
        state=State.VOIDED, changed_at=given.actor.asked_at
    )
    if not told.sent:
        row.delete()
        return None
    row.save()
    models.Encounter.objects.filter(pk__in=told.sent).update(handover=row)
    given.note_subject("handover", row.control_number)
    return _view(row)


def _waiting(form: Form) -> "QuerySet[models.Encounter, int]":
    """The numbers of the rows that wait, held till the transaction ends."""
    rows = models.Encounter.objects.filter(
        state=State.ACCEPTED, handover=None, form=form, submission__stage=Stage.READ
    )
    return rows.select_for_update(of=("self",)).order_by("tax_id", "pk").values_list("pk", flat=True)


class _Telling:
    """What the core is told of each encounter, and which of them were told."""

    def __init__(self, waiting: list[int]) -> None:
        self._waiting = waiting
        self.sent: list[int] = []
        self.unsaid: list[int] = []

    def claims(self) -> Iterator[SentClaim]:
        """The claims as the core is to know them, a few in memory at a time."""
        for start in range(0, len(self._waiting), _AT_ONCE):
            some = self._waiting[start : start + _AT_ONCE]
            rows = models.Encounter.objects.filter(pk__in=some).select_related("submission", "replaces")
            for row in rows.order_by("tax_id", "pk"):
                claim = _told(row)
                (self.unsaid if claim is None else self.sent).append(row.pk)
                if claim is not None:
                    yield claim


def _told(row: models.Encounter) -> SentClaim | None:
    """The encounter under our number; None for a void of what the core never heard of."""
    claim = sealing.content_of(row, row.submission.public_id)
    if claim is None:
        raise ValueError("an accepted encounter was understood")
    heard_of = _heard_of(row)
    if row.frequency == VOID and heard_of is None:
        return None
    frequency = claim.frequency
    if frequency == REPLACING and heard_of is None:
        frequency = _ORIGINAL
    return replace(
        claim,
        frequency=frequency,
        original_number=heard_of.number if heard_of else "",
        tracking_number=row.number,
        is_encounter=True,
    )


def _heard_of(row: models.Encounter) -> models.Encounter | None:
    """The nearest of those that this one takes the place of, one after the other, that was handed on."""
    before = row.replaces
    while before is not None and before.handover_id is None:
        before = before.replaces
    return before


def _view(row: models.Handover) -> HandoverView:
    return HandoverView(
        id=row.public_id,
        control_number=row.control_number,
        form=row.form,
        size=row.size,
        digest=row.digest,
        record_count=row.record_count,
        made_at=row.made_at,
        received_at=row.received_at,
        receipt=row.receipt,
    )
