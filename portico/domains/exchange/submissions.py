"""Batches of trading partners: handed in once, worked on by a job, and fetched by who handed them in.

    hand_in -> received -> keep_acknowledgement -> keep_results -> fetch -> acknowledge_results
                                                                     `-> forgotten after 30 days

Files are kept sealed. A submission is its partner's own: to every other one it is as unknown as one that
never was. Its functions take the name a partner knows it by: the PayloadID it was handed in with, or the one
we gave with the receipt.

Results are kept with what has to be open to whoever reads them: where it no longer is, they stay here.
"""

import json
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import Q, QuerySet

from portico.domains.exchange import log, models
from portico.domains.exchange.entries import Entry
from portico.domains.jobs import queue, steering
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

KEEP_FOR = timedelta(days=30)
MOST_WAITING = 50  # batches of one partner of the last day: its files must not keep everybody else's waiting
_WAITING_FOR = timedelta(days=1)
_TAKEN_IN, _REPEATED, _ANOTHER = "taken_in", "repeated", "another_content"
_HAS_TO_WAIT = "has_to_wait"
_PACKING = 1  # the quickest; more takes three times as long for little


class Kind(StrEnum):
    """Which file of a submission."""

    RECEIVED = "received"
    ACKNOWLEDGEMENT = "acknowledgement"
    RESULTS = "results"


@dataclass(frozen=True, slots=True)
class File:
    """A file as it travels: the connectivity rule's name of its type, and its bytes."""

    payload_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Receipt:
    """A submission was taken in, now or before (`is_repeated`); `public_id` is our name for it."""

    public_id: UUID
    received_at: datetime
    is_repeated: bool


@dataclass(frozen=True, slots=True)
class Fetched:
    """What waits for a partner; `file` is None while it is being made."""

    public_id: UUID
    file: File | None


class AnotherContent(Exception):
    """A file was handed in before under the same PayloadID, and it was another one."""


class UnknownSubmission(LookupError):
    """This partner handed nothing in under that name."""


class TooManyWaiting(Exception):
    """So many batches of this partner wait to be begun that another has to wait outside."""


class NoLongerOpen(Exception):
    """The results show what this partner may no longer see."""


def hand_in(
    *, actor: Actor, function: Function, job: str, payload_id: str, file: File, entry: Entry
) -> Receipt:
    """Keeps the file, notes the exchange and orders the job of kind `job`, all or nothing.

    The same file again under the same PayloadID is the same submission. Raises AnotherContent,
    TooManyWaiting, NotPermitted.
    """
    with permit(actor, function) as given:
        row, came_of_it = _handed_in(given, function, job, payload_id, file, entry)
        if row is not None:
            given.note_subject("submission", str(row.public_id))
        given.conclude(came_of_it)
    if row is None:
        raise TooManyWaiting
    if came_of_it == _ANOTHER:
        raise AnotherContent
    return Receipt(row.public_id, row.received_at, came_of_it == _REPEATED)


def function_of(
    *, actor: Actor, among: Collection[Function], name: str, our_interchange: str = ""
) -> Function:
    """What the named submission of this partner was handed in for; `among` are those it may be.

    Where there is none, the first of them that this partner may use, so that asking for it is no refusal.
    """
    own = models.Submission.objects.filter(machine_id=actor.machine_id or 0, function__in=list(among))
    row = own.filter(_called(name)).order_by("pk").first()
    if row is None and our_interchange:
        row = own.filter(payload_id=_answered_as(actor, our_interchange)).first()
    if row is not None:
        return Function(row.function)
    open_to_it = (each for each in among if decide(actor, Question(each)).allowed)
    return next(open_to_it, next(iter(among)))


def fetch(*, actor: Actor, function: Function, name: str, kind: Kind, entry: Entry) -> Fetched:
    """A file that waits for this partner, with the exchange noted.

    Where the work on it failed, as when a grant had ended in the middle, asking for it has it go on.
    Raises UnknownSubmission, NotPermitted; NoLongerOpen for results that show something taken away since.
    """
    with permit(actor, function) as given:
        row = _named(given, function, name)
        file = _content(row, kind) if row else None
        is_open = True
        if file and kind is Kind.RESULTS:
            file, is_open = _opened(given, file)
        given.conclude(_came_of(row, file, is_open=is_open))
        if row is not None:
            given.note_subject("submission", str(row.public_id))
        if row is not None and file is None and is_open and row.job is not None:
            steering.try_again(given=given, job=row.job)
        if row is not None and is_open:
            log.note(replace(entry, bytes_sent=len(file.content) if file else 0))
            if file and kind is Kind.RESULTS:
                _own(given).filter(pk=row.pk, fetched_at=None).update(fetched_at=actor.asked_at)
    if row is None:
        raise UnknownSubmission
    if not is_open:
        raise NoLongerOpen
    return Fetched(row.public_id, file)


def acknowledge_results(
    *, actor: Actor, function: Function, name: str, our_interchange: str, entry: Entry
) -> None:
    """Notes that the partner has the results of a submission: the one of that name, or the one whose results
    went out under our control number `our_interchange`. Raises UnknownSubmission, NotPermitted.
    """
    with permit(actor, function) as given:
        row = _named(given, function, name) or _with_results(given, function, our_interchange)
        given.conclude("not_found" if row is None else "results_acknowledged")
        if row is not None:
            given.note_subject("submission", str(row.public_id))
            log.note(entry)
            first = _own(given).filter(pk=row.pk, results_acknowledged_at=None)
            first.update(results_acknowledged_at=actor.asked_at)
    if row is None:
        raise UnknownSubmission


def kept_with(shown: Collection[Question], content: bytes) -> bytes:
    """Results as they are kept: in a first line, what has to be open to whoever reads them."""
    asked = sorted([each.function, each.tax_id or "", each.line or ""] for each in shown)
    return json.dumps(asked, separators=(",", ":")).encode() + b"\n" + content


def seal(submission: UUID, kind: Kind, content: bytes) -> bytes:
    """The content as the file of that kind keeps it, packed: X12 shrinks to a tenth."""
    text = zlib.compress(content, _PACKING).decode("latin-1")
    sealed: bytes = settings.PORTICO_VAULT.seal(text, place=_place(submission, kind))
    return sealed


def unseal(submission: UUID, kind: Kind, sealed: bytes) -> bytes:
    """What was sealed. Raises vault.CannotOpen."""
    text: str = settings.PORTICO_VAULT.open(sealed, place=_place(submission, kind))
    return zlib.decompress(text.encode("latin-1"))


def _opened(given: Permit, file: File) -> tuple[File, bool]:
    """The results themselves, and whether all that they show is open to the permit's actor now."""
    first, _, content = file.content.partition(b"\n")
    shown = [
        Question(Function(function), tax_id or None, line or None)
        for function, tax_id, line in json.loads(first)
    ]
    is_open = all(decide(given.actor, asked).allowed for asked in shown)
    return replace(file, content=content), is_open


def _came_of(row: models.Submission | None, file: File | None, *, is_open: bool) -> str:
    if row is None:
        return "not_found"
    if not is_open:
        return "no_longer_open"
    return "fetched" if file else "not_ready"


def _own(given: Permit) -> QuerySet[models.Submission]:
    """Those of the machine that asks; a person has none."""
    return models.Submission.objects.filter(machine_id=given.actor.machine_id or 0)


def _named(given: Permit, function: Function, name: str) -> models.Submission | None:
    return _own(given).filter(_called(name), function=function).order_by("pk").first()


def _called(name: str) -> Q:
    named = Q(payload_id=name)
    with suppress(ValueError):
        named |= Q(public_id=UUID(name))
    return named


def _with_results(given: Permit, function: Function, our_interchange: str) -> models.Submission | None:
    payload_id = _answered_as(given.actor, our_interchange) if our_interchange else None
    return _own(given).filter(payload_id=payload_id, function=function).first() if payload_id else None


def _answered_as(actor: Actor, our_interchange: str) -> str | None:
    """The PayloadID of the batch whose results went out under our control number."""
    sent = models.Exchange.objects.filter(
        machine_id=actor.machine_id or 0,
        operation=log.Operation.RESULTS,
        our_interchange=our_interchange,
    )
    return sent.order_by("-pk").values_list("payload_id", flat=True).first()


def _handed_in(
    given: Permit, function: Function, job: str, payload_id: str, file: File, entry: Entry
) -> tuple[models.Submission | None, str]:
    held = _own(given).filter(payload_id=payload_id).first()
    if held is not None and _content(held, Kind.RECEIVED) != file:
        return held, _ANOTHER
    if held is None and _waiting(given) >= MOST_WAITING:
        return None, _HAS_TO_WAIT
    number = log.note(entry).number
    if held is not None:
        return held, _REPEATED
    row, is_new = _take_in(given, function, payload_id, file, number)
    if is_new:
        _order(given, row, job)
    return row, _TAKEN_IN if is_new else _REPEATED


def _waiting(given: Permit) -> int:
    """How many of the partner's batches of the last day nobody has begun to work on."""
    since = given.actor.asked_at - _WAITING_FOR
    return _own(given).filter(acknowledged_at=None, received_at__gt=since).count()


def _take_in(
    given: Permit, function: Function, payload_id: str, file: File, exchange: int
) -> tuple[models.Submission, bool]:
    """A new row; or, where the same came in at the same moment, that one. Raises AnotherContent."""
    row, is_new = models.Submission.objects.get_or_create(
        machine_id=given.actor.machine_id or 0,
        payload_id=payload_id,
        defaults={
            "public_id": uuid4(),
            "exchange_id": exchange,
            "function": function,
            "payload_type": file.payload_type,
            "received_at": given.actor.asked_at,
            "keep_until": given.actor.asked_at + KEEP_FOR,
        },
    )
    if is_new:
        models.Payload.objects.create(
            submission=row,
            kind=Kind.RECEIVED,
            payload_type=file.payload_type,
            sealed=seal(row.public_id, Kind.RECEIVED, file.content),
            made_at=given.actor.asked_at,
        )
    elif _content(row, Kind.RECEIVED) != file:
        raise AnotherContent
    return row, is_new


def _order(given: Permit, row: models.Submission, job: str) -> None:
    payload = {"submission": str(row.public_id)}
    row.job = queue.enqueue(actor=given.actor, kind=job, payload=payload)
    row.save(update_fields=["job"])


def _content(row: models.Submission, kind: Kind) -> File | None:
    kept = row.payloads.filter(kind=kind).first()
    return File(kept.payload_type, unseal(row.public_id, kind, bytes(kept.sealed))) if kept else None


def _place(submission: UUID, kind: Kind) -> str:
    return f"exchange.payload:{submission}:{kind}"
