"""Work items: opened when something is owed, seen and closed by the plan's staff."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F

from portico.domains.audit import uses
from portico.domains.members import schedule
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.work import models
from portico.shared import identifiers, pages

MISSING_SCHEDULE = "missing_schedule"
PAGE = 50


class ItemNotFound(LookupError):
    """There is no work item with this reference."""


class NothingMissing(Exception):
    """The plan owes no schedule for this plan code on this day."""


@dataclass(frozen=True, slots=True)
class Item:
    """One obligation; `subject` says about what, such as a plan code and a year; `done_at` None: open."""

    reference: str
    kind: str
    subject: str
    times_asked: int
    opened_at: datetime
    last_asked_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """The items longest open, and how many there are in all."""

    items: tuple[Item, ...]
    count: int


def open_missing_schedule(*, actor: Actor, plan_code: str, on: date) -> str:
    """The reference of the item that asks for a plan's schedule of that year; one already open counts up.

    Raises NothingMissing (also for a code nobody knows), NotPermitted.
    """
    with permit(actor, Function.BENEFIT_DOCUMENTS) as given:
        if schedule.is_missing(plan_code=plan_code, on=on, today=actor.today):
            reference = _ask(MISSING_SCHEDULE, f"{plan_code.upper()} {on.year}", actor)
            given.note_subject("work_item", reference)
            given.conclude("work_item_open")
            return reference
        given.conclude("nothing_missing")
    raise NothingMissing


def page(*, actor: Actor, done: bool = False, after: str = "", size: int = PAGE) -> pages.Page[Item]:
    """Open items, the oldest first, or those done; `after` is the key of the page before.

    Raises NotPermitted.
    """
    with permit(actor, Function.WORK_QUEUE) as given:
        state = models.Item.State.DONE if done else models.Item.State.OPEN
        rows = models.Item.objects.filter(state=state).order_by("pk")
        rows = rows.filter(pk__gt=int(after)) if pages.is_row(after) else rows
        cut = pages.cut(list(rows[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        given.conclude("work_items")
        return pages.Page(tuple(map(_item, cut.rows)), cut.next_key)


def waiting(*, actor: Actor, size: int = PAGE) -> Waiting:
    """The open items for the list of what the plan owes, the longest open first. Raises NotPermitted."""
    with permit(actor, Function.WORK_QUEUE) as given:
        rows = models.Item.objects.filter(state=models.Item.State.OPEN)
        found = tuple(map(_item, rows.order_by("pk")[:size]))
        given.conclude(uses.GLANCED)
        return Waiting(found, rows.count() if len(found) == size else len(found))


def close(*, actor: Actor, reference: str) -> Item:
    """The item, done; closing it twice changes nothing. Raises ItemNotFound, NotPermitted."""
    with permit(actor, Function.WORK_QUEUE) as given:
        wanted = models.Item.objects.filter(reference=identifiers.parse_reference(reference))
        wanted.filter(state=models.Item.State.OPEN).update(
            state=models.Item.State.DONE, done_at=actor.asked_at
        )
        row = wanted.first()
        given.conclude("work_item_done" if row else "not_found")
        if row is not None:
            given.note_subject("work_item", row.reference)
    if row is None:
        raise ItemNotFound
    return _item(row)


def _ask(kind: str, subject: str, actor: Actor) -> str:
    row, opened = models.Item.objects.get_or_create(
        kind=kind,
        subject=subject,
        state=models.Item.State.OPEN,
        defaults={
            "reference": identifiers.new_reference(),
            "office_id": actor.office_id,
            "opened_at": actor.asked_at,
            "last_asked_at": actor.asked_at,
        },
    )
    if not opened:
        again = {"times_asked": F("times_asked") + 1, "last_asked_at": actor.asked_at}
        models.Item.objects.filter(pk=row.pk).update(**again)
    return row.reference


def _item(row: models.Item) -> Item:
    return Item(
        reference=row.reference,
        kind=row.kind,
        subject=row.subject,
        times_asked=row.times_asked,
        opened_at=row.opened_at,
        last_asked_at=row.last_asked_at,
        done_at=row.done_at,
    )
