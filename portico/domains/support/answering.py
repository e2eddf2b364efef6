"""The plan's answer to what people without an account ask: the queue, one enquiry, its end, forgetting it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Count, Q

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.support import enquiries, models, rules
from portico.domains.support.rules import BestTime, Ending, Kind, Topic
from portico.shared import pages, references

SIZE: Final = 25
_BEGINNING: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)
_KEY: Final = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Row:
    """An enquiry in the queue; `is_late`: it is past due."""

    number: int
    kind: Kind
    topic: Topic
    name: str
    office_name: str
    made_at: datetime
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits, the soonest due first; how many wait in all, and how many of them are late."""

    page: pages.Page[Row]
    waiting: int
    late: int


@dataclass(frozen=True, slots=True)
class Enquiry:
    """One enquiry as the plan reads it. Erased, it says no more who asked what, or how to reach them."""

    row: Row
    telephone: str
    email: str
    best_time: BestTime
    text: str
    ended_at: datetime | None
    ending: Ending | None
    erased_at: datetime | None


def queue(*, actor: Actor, after: str = "", size: int = SIZE) -> Queue:
    """What waits, in the order in which it is due; `after` is the key of the page before.

    Raises NotPermitted.
    """
    with permit(actor, Function.ENQUIRY_REVIEW) as given:
        waiting = models.Enquiry.objects.filter(ended_at=None)
        late = Count("pk", filter=Q(due_at__lt=actor.asked_at))
        counted = waiting.aggregate(waiting=Count("pk"), late=late)
        rows = list(waiting.filter(_later_than(after)).order_by("due_at", "pk")[: size + 1])
        cut = pages.cut(rows, size=size, key_of=_key)
        given.conclude("enquiries_shown")
        shown = tuple(_row(row, actor.asked_at) for row in cut.rows)
        return Queue(pages.Page(shown, cut.next_key), counted["waiting"], counted["late"])


def one(*, actor: Actor, number: int) -> Enquiry | None:
    """One enquiry, waiting or ended; None where there is none of that number. Raises NotPermitted."""
    with permit(actor, Function.ENQUIRY_REVIEW) as given:
        row = models.Enquiry.objects.filter(pk=number).first()
        given.conclude("enquiry_shown" if row else "not_found")
        if row is None:
            return None
        given.note_subject(enquiries.SUBJECT, str(row.pk))
        return _enquiry(row, actor.asked_at)


def find(*, actor: Actor, reference: str) -> int | None:
    """The number of the enquiry whose sender names this reference; None where there is none.

    Raises BadIdentifier for what is no reference or was mistyped, and NotPermitted.
    """
    wanted = enquiries.index_of(references.parse(reference))
    with permit(actor, Function.ENQUIRY_REVIEW) as given:
        number = models.Enquiry.objects.filter(reference_index=wanted).values_list("pk", flat=True).first()
        given.conclude("enquiry_found" if number else "not_found")
        if number is not None:
            given.note_subject(enquiries.SUBJECT, str(number))
        return number


def end(*, actor: Actor, number: int, ending: Ending) -> bool:
    """Say how it ended; False where none of that number waits any more. Raises NotPermitted."""
    with permit(actor, Function.ENQUIRY_REVIEW) as given:
        waiting = models.Enquiry.objects.filter(pk=number, ended_at=None)
        ended = waiting.update(ended_at=actor.asked_at, ended_by=actor.persona_id, ending=ending)
        given.conclude(f"enquiry_{ending}" if ended else "not_found")
        if ended:
            given.note_subject(enquiries.SUBJECT, str(number))
        return bool(ended)


def forget(*, actor: Actor) -> int:
    """Erase the text of what ended 90 days ago, who asked, and how to reach them; answers how many.

    That somebody asked about a topic, when, and how it ended, stays.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        old = models.Enquiry.objects.filter(ended_at__lte=actor.asked_at - rules.KEEP_TEXT, erased_at=None)
        nobody = {"name": "", "office_name": "", "telephone": "", "email": ""}
        count = old.update(erased_at=actor.asked_at, sealed=b"", **nobody)
        given.conclude("enquiries_erased" if count else "nothing_old")
        return count


def _later_than(key: str) -> Q:
    """Those after the row of that key; all of them for what is no key."""
    found = _KEY.fullmatch(key)
    if found is None:
        return Q()
    due_at = _BEGINNING + int(found[1]) * _TICK
    return Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=int(found[2]))


def _key(row: models.Enquiry) -> str:
    return f"{(row.due_at - _BEGINNING) // _TICK}-{row.pk}"


def _row(row: models.Enquiry, at: datetime) -> Row:
    return Row(
        number=row.pk,
        kind=Kind(row.kind),
        topic=Topic(row.topic),
        name=row.name,
        office_name=row.office_name,
        made_at=row.made_at,
        due_at=row.due_at,
        is_late=(row.ended_at or at) > row.due_at,
    )


def _enquiry(row: models.Enquiry, at: datetime) -> Enquiry:
    sealed = bytes(row.sealed)
    place = enquiries.place_of(bytes(row.reference_index))
    return Enquiry(
        row=_row(row, at),
        telephone=row.telephone,
        email=row.email,
        best_time=BestTime(row.best_time),
        text=settings.PORTICO_VAULT.open(sealed, place=place) if sealed else "",
        ended_at=row.ended_at,
        ending=Ending(row.ending) if row.ending else None,
        erased_at=row.erased_at,
    )
