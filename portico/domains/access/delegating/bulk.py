"""Making many people of an office from one sheet: first looked at with nobody made, then chunk by chunk.

Good rows are made whatever becomes of the others. A row whose person works here already makes nobody, so the
same sheet may be sent again after it was mended: by the username where one is named, else by name and mail.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from django.db import transaction

from portico.domains.access.delegating import (
    acting,
    bulk_rows,
    ceiling,
    creating,
    person_rules,
    sets,
    writing,
)
from portico.domains.access.delegating.bulk_rows import CannotRead, SheetRow
from portico.domains.access.delegating.person_rules import BadPerson, NewPerson
from portico.domains.access.delegating.refusals import REFUSALS, BeyondCeiling, code_of
from portico.domains.access.delegating.sets import AccessSet
from portico.domains.accounts import finding, users
from portico.domains.offices.offices import Office
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.permit import Permit

__all__ = ["CannotRead", "Chunk", "Outcome", "RowResult", "SheetRow", "check", "commit", "read"]

CHUNK = 25
read = bulk_rows.read


class Outcome(StrEnum):
    """What became of a row, or would; stable codes."""

    CREATED = "created"
    WOULD_CREATE = "would_create"
    ALREADY_HERE = "already_here"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RowResult:
    """One row: its line in the file, whom it names, what became of it, and why nothing did."""

    line: int
    name: str
    username: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """What became of some rows, and where to go on; None at the end."""

    results: tuple[RowResult, ...]
    next_start: int | None


def check(*, actor: Actor, rows: Sequence[SheetRow], office: str = "") -> tuple[RowResult, ...]:
    """What each row would come to, with nobody made. `office`: its key, for the plan.

    A username is named where the row names one. Raises UnknownOffice, NotPermitted.
    """
    with acting.act(actor) as given:
        place, seen = acting.office_for(given, office), set[object]()
        results = tuple(_would(given, place, row, seen) for row in rows)
        given.conclude("people_sheet_checked")
        return results


def commit(*, actor: Actor, rows: Sequence[SheetRow], start: int = 0, office: str = "") -> Chunk:
    """Make the people of the rows from `start` on, a chunk of them; call again with who the actor is by then.

    Raises UnknownOffice, NotPermitted.
    """
    with acting.act(actor) as given:
        place = acting.office_for(given, office)
        results = tuple(_made(given, place, row) for row in rows[start : start + CHUNK])
        given.conclude("people_made" if _any(results, Outcome.CREATED) else "nobody_made")
    follows = start + CHUNK
    return Chunk(results, follows if follows < len(rows) else None)


def _made(given: Permit, office: Office, row: SheetRow) -> RowResult:
    if row.faults:
        return _result(row, Outcome.REFUSED, row.faults)
    known = creating.known(office, row.person, PersonaKind.END_USER)
    if known:
        return replace(_result(row, Outcome.ALREADY_HERE), username=known)
    try:
        with transaction.atomic():
            person = replace(row.person, office=office.key)
            made = creating.make(given, person, _access(given, office, row.access))
    except REFUSALS as error:
        return _result(row, Outcome.REFUSED, _reasons(error))
    return replace(_result(row, Outcome.CREATED), username=made.username)


def _would(given: Permit, office: Office, row: SheetRow, seen: set[object]) -> RowResult:
    """The same without making anybody; `seen` are those of the rows before."""
    if row.faults:
        return _result(row, Outcome.REFUSED, row.faults)
    known, key = creating.known(office, row.person, PersonaKind.END_USER), _key(row.person)
    if known or key in seen:
        return replace(_result(row, Outcome.ALREADY_HERE), username=known or row.person.username)
    try:
        _check(given, office, row)
    except REFUSALS as error:
        return _result(row, Outcome.REFUSED, _reasons(error))
    seen.add(key)
    return _result(row, Outcome.WOULD_CREATE)


def _check(given: Permit, office: Office, row: SheetRow) -> None:
    person_rules.check(row.person)
    if row.person.username:
        users.check_name(row.person.username)
        if finding.number_of(row.person.username) is not None:
            raise users.UsernameTaken(row.person.username)
    lent = ceiling.client_tax_ids(office.id, on=given.actor.today)
    items = sets.items(sets.whole(_access(given, office, row.access)))
    writing.check(given, office, PersonaKind.END_USER, items, lent)


def _access(given: Permit, office: Office, access: AccessSet) -> AccessSet:
    """The row's access; where it names no tax ID, in every one of the office's own that may be given."""
    if access.where.tax_ids:
        return access
    own = ceiling.of(given, office).tax_ids & frozenset(office.tax_ids)
    return replace(access, where=replace(access.where, tax_ids=own))


def _key(person: NewPerson) -> object:
    if person.username:
        return person.username.casefold()
    return person.email.casefold(), person.first_name.casefold(), person.last_name.casefold()


def _reasons(error: Exception) -> tuple[str, ...]:
    if isinstance(error, BadPerson):
        return tuple(f"{name}_{code}" for name, code in error.faults.items())
    if isinstance(error, BeyondCeiling):
        return tuple(dict.fromkeys(str(fault.beyond) for fault in error.faults))
    return (code_of(error),)


def _result(row: SheetRow, outcome: Outcome, reasons: Sequence[str] = ()) -> RowResult:
    name = f"{row.person.first_name} {row.person.last_name}".strip()
    return RowResult(row.line, name, row.person.username, outcome, tuple(reasons))


def _any(results: Sequence[RowResult], outcome: Outcome) -> bool:
    return any(result.outcome is outcome for result in results)
