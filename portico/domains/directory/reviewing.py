"""The plan's desk decides on changes of directory entries: one of them, accept, refuse with a reason.

An accepted change is published in the same act once its own day has come; else when it comes (publishing).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portico.domains.directory import (
    change_files,
    change_rows,
    entries,
    models,
    publishing,
    shown,
    telling,
    upkeep_rules,
)
from portico.domains.directory.change_files import Document, File
from portico.domains.directory.change_rows import SUBJECT, Row
from portico.domains.directory.entries import Entry
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import identifiers
from portico.shared.patient_signs import Sign, signs

State = models.Change.State
Act = Callable[[Permit, models.Change], str]


class NoReason(ValueError):
    """A refusal says why, in at most three hundred characters."""


class HoldsPatients(ValueError):
    """A reason holds what looks like a sign of a patient; `signs` are which."""

    def __init__(self, found: tuple[Sign, ...]) -> None:
        super().__init__("holds what looks like a sign of a patient")
        self.signs = found


@dataclass(frozen=True, slots=True)
class Case:
    """A change as the desk reads it. `entry` None: the provider file has that entry no more.

    `now`: what everybody reads today; `sent`: what the provider file has today. `documents` came with it.
    """

    row: Row
    entry: Entry | None
    now: Any
    sent: Any
    documents: tuple[Document, ...]
    others: tuple[Row, ...]


def case(*, actor: Actor, reference: str) -> Case | None:
    """One change, decided or not; None where there is none of that reference. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        row = _rows().filter(reference=_typed(reference)).first()
        given.conclude("directory_change_shown" if row else "not_found")
        if row is None:
            return None
        given.note_subject(SUBJECT, row.reference)
        return _case(actor, row)


def accept(*, actor: Actor, reference: str) -> bool:
    """Accept it; False where it does not wait any more, or its entry is gone. Raises NotPermitted."""

    def act(given: Permit, row: models.Change) -> str:
        if row.listing is None:
            return "directory_entry_gone"
        row.state, row.before = State.ACCEPTED, shown.sent(row.listing, row.field)
        publishing.decided(given, row)
        telling.decided(given, row)
        return "directory_change_accepted"

    return _on_open(actor, reference, act) == "directory_change_accepted"


def refuse(*, actor: Actor, reference: str, why: str) -> bool:
    """Refuse it; False where it does not wait any more.

    Raises NoReason, HoldsPatients, NotPermitted.
    """
    told = " ".join(why.split())
    if not told or len(told) > upkeep_rules.LONGEST_WHY:
        raise NoReason
    found = signs(told)
    if found:
        raise HoldsPatients(found)

    def act(given: Permit, row: models.Change) -> str:
        row.state, row.why = State.REFUSED, told
        publishing.decided(given, row)
        telling.decided(given, row)
        return "directory_change_refused"

    return _on_open(actor, reference, act) == "directory_change_refused"


def document(*, actor: Actor, reference: str, number: int) -> File | None:
    """A document of a change; None where it is none of it, or not known to be clean. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        rows = models.ChangeFile.objects.filter(change__reference=_typed(reference), pk=number)
        row = rows.first()
        file = change_files.opened(row) if row else None
        given.conclude("directory_document_handed_out" if file else "not_found")
        if file is not None:
            given.note_subject(change_files.SUBJECT, str(number))
        return file


def _on_open(actor: Actor, reference: str, act: Act) -> str:
    """Do it with a change that waits; answers of the conclusion."""
    with permit(actor, Function.DIRECTORY_REVIEW) as given:
        waiting = models.Change.objects.select_for_update().filter(
            reference=_typed(reference), state=State.SENT
        )
        row = waiting.first()
        ended = act(given, row) if row else "directory_change_settled"
        if row is not None:
            given.note_subject(SUBJECT, row.reference)
        given.conclude(ended)
        return ended


def _case(actor: Actor, row: models.Change) -> Case:
    at, entry = actor.asked_at, row.listing
    others = _rows().filter(listing=entry, listing__isnull=False).exclude(pk=row.pk).order_by("-pk")[:10]
    whole = entries.of_rows([entry], on=actor.today)[0] if entry else None
    return Case(
        row=change_rows.of(row, at=at),
        entry=whole,
        now=whole.says[row.field] if whole else None,
        sent=shown.sent(entry, row.field) if entry else None,
        documents=change_files.of(row),
        others=change_rows.of_all(list(others), at=at),
    )


def _rows() -> Any:
    return models.Change.objects.select_related("listing__place")


def _typed(reference: str) -> str:
    return identifiers.parse_reference(reference)
