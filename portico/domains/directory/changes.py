"""An office changes its entries: one field, from a day on, perhaps with a document; sees how it stands; takes
it back while the plan has not decided.

    send -> waits at the plan's desk (reviewing) -> accepted or refused
     `-> take_back

A change may be sent only for an entry within reach, and while none of the same field waits.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from portico.domains.directory import change_files, change_rows, entries, models, shown, upkeep_rules
from portico.domains.directory.change_files import Document, Full, Looked
from portico.domains.directory.change_rows import SUBJECT, Row
from portico.domains.directory.entries import Entry, UnknownEntry
from portico.domains.directory.upkeep_rules import Fault
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import opening
from portico.shared import identifiers, pages, references

SIZE = 25
State = models.Change.State


class BadChange(ValueError):
    """The change is not taken; `part` is what is wrong, after, effective_on or file, and `code` says how."""

    def __init__(self, part: str, code: Fault | Full) -> None:
        super().__init__(f"{part}: {code}")
        self.part = part
        self.code = code


class UnknownChange(LookupError):
    """Whoever asks sees no change of this reference."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A field of an entry, what it is to say, and from when."""

    number: int
    field: str
    after: Any
    effective_on: date


@dataclass(frozen=True, slots=True)
class Own:
    """A change as the office sees it, with what came with it."""

    row: Row
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class OfEntry:
    """An entry, and what its office wanted changed, the newest first, twenty-five at most."""

    entry: Entry
    changes: tuple[Row, ...]


def send(*, actor: Actor, wish: Wish, file: Looked | None = None) -> str:
    """The reference of the change, which waits from now on. Raises UnknownEntry, BadChange, NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        row = entries.reached(given, wish.number) if wish.field in upkeep_rules.FIELDS else None
        ended = _sent(given, row, wish, file) if row else UnknownEntry()
        if isinstance(ended, UnknownEntry):
            given.conclude("not_found")
    if isinstance(ended, Exception):
        raise ended
    return ended


def add_file(*, actor: Actor, reference: str, file: Looked) -> None:
    """Keep one more document with a change that waits. Raises UnknownChange, BadChange, NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        row = _held(given, reference)
        full = change_files.full(given, row, size=len(file.checked.content)) if row else None
        given.conclude("not_found" if row is None else full or "directory_document_kept")
        if row is not None and full is None:
            given.note_subject(SUBJECT, row.reference)
            change_files.keep(given, row, file)
    if row is None:
        raise UnknownChange
    if full is not None:
        raise BadChange("file", full)


def take_back(*, actor: Actor, reference: str) -> bool:
    """Take it back; False where the plan has decided already. Raises UnknownChange, NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        row = _within_reach(given).select_for_update(of=("self",)).filter(reference=_typed(reference)).first()
        is_open = row is not None and row.state == State.SENT
        if row is None:
            given.conclude("not_found")
        else:
            given.note_subject(SUBJECT, row.reference)
            given.conclude("directory_change_taken_back" if is_open else "directory_change_settled")
        if row is not None and is_open:
            row.state, row.settled_at = State.TAKEN_BACK, actor.asked_at
            row.save(update_fields=["state", "settled_at"])
    if row is None:
        raise UnknownChange
    return is_open


def one(*, actor: Actor, reference: str) -> Own:
    """How a change stands. Raises UnknownChange, NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        row = _joined(_within_reach(given)).filter(reference=_typed(reference)).first()
        given.conclude("directory_change_shown" if row else "not_found")
        if row is not None:
            given.note_subject(SUBJECT, row.reference)
            return Own(change_rows.of(row, at=actor.asked_at), change_files.of(row))
    raise UnknownChange


def page(*, actor: Actor, key: str = "", size: int = SIZE) -> pages.Page[Row]:
    """What was wanted changed of the entries within reach, the newest first. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        rows = _joined(_within_reach(given)).order_by("-pk")
        rows = rows.filter(pk__lt=int(key)) if pages.is_row(key) else rows
        cut = pages.cut(list(rows[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        given.conclude("directory_changes_shown")
        return pages.Page(change_rows.of_all(cut.rows, at=actor.asked_at), cut.next_key)


def of_entry(*, actor: Actor, number: int) -> OfEntry:
    """One entry with its changes. Raises UnknownEntry, NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        row = entries.reached(given, number)
        given.conclude("directory_entry_shown" if row else "not_found")
        if row is not None:
            given.note_subject(entries.SUBJECT, str(row.pk))
            own = list(_joined(models.Change.objects.filter(listing=row)).order_by("-pk")[:SIZE])
            entry = entries.of_rows([row], on=actor.today)[0]
            return OfEntry(entry, change_rows.of_all(own, at=actor.asked_at))
    raise UnknownEntry


def _sent(given: Permit, row: models.Listing, wish: Wish, file: Looked | None) -> str | BadChange:
    after = upkeep_rules.tidied(wish.field, wish.after)
    bad = _bad(given, row, wish, after, file)
    reference = "" if bad else _kept(given, row, wish, after)
    if not reference:
        bad = bad or BadChange("after", Fault.WAITS)
        given.conclude(bad.code)
        return bad
    if file is not None:
        change_files.keep(given, models.Change.objects.get(reference=reference), file)
    given.note_subject(SUBJECT, reference)
    given.conclude("directory_change_sent")
    return reference


def _bad(given: Permit, row: models.Listing, wish: Wish, after: Any, file: Looked | None) -> BadChange | None:
    now = shown.of([row], on=given.actor.today)[row.pk][wish.field]
    fault = upkeep_rules.fault_of(wish.field, after, now=now)
    if fault is None and upkeep_rules.is_same(wish.field, now, after):
        fault = Fault.SAME
    if fault is not None:
        return BadChange("after", fault)
    day = upkeep_rules.fault_of_day(wish.effective_on, today=given.actor.today)
    if day is not None:
        return BadChange("effective_on", day)
    full = change_files.full(given, None, size=len(file.checked.content)) if file else None
    return BadChange("file", full) if full else None


def _kept(given: Permit, row: models.Listing, wish: Wish, after: Any) -> str:
    """The reference of the new change; "" where one of the same field waits, even since this very moment."""
    at = given.actor.asked_at
    try:
        with transaction.atomic():
            made = models.Change.objects.create(
                reference=references.new(),
                listing=row,
                npi=row.npi,
                tax_id=row.tax_id,
                office_id=given.actor.office_id or 0,
                field=wish.field,
                before=shown.sent(row, wish.field),
                after=after,
                effective_on=wish.effective_on,
                sent_at=at,
                sent_by=given.actor.user_id,
                due_at=upkeep_rules.due_at(opening.hours(), at),
            )
    except IntegrityError:
        return ""
    return made.reference


def _within_reach(given: Permit) -> "QuerySet[models.Change]":
    return models.Change.objects.filter(scoping.q(given, tax_id="tax_id", provider="npi"))


def _joined(rows: "QuerySet[models.Change]") -> "QuerySet[models.Change]":
    return rows.select_related("listing__place")


def _held(given: Permit, reference: str) -> models.Change | None:
    """A change that waits, held until the transaction ends."""
    rows = _within_reach(given).select_for_update(of=("self",))
    return rows.filter(reference=_typed(reference), state=State.SENT).first()


def _typed(reference: str) -> str:
    return identifiers.parse_reference(reference)
