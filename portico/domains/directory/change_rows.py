"""A change as pages list it, for the office that sent it and for the plan's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from portico.domains.directory import models

SUBJECT: Final = "directory_change"
State = models.Change.State


@dataclass(frozen=True, slots=True)
class Row:
    """One change. `listing` None: the entry is in the directory no more, and `name` is then empty.

    `before` is what the provider file had. `is_late`: it was, or still is, decided past due. `why`: why the
    plan refused it, in its words.
    """

    reference: str
    listing: int | None
    npi: str
    tax_id: str
    name: str
    place: str
    field: str
    before: Any
    after: Any
    effective_on: date
    state: State
    sent_at: datetime
    due_at: datetime
    decided_at: datetime | None
    published_at: datetime | None
    settled_at: datetime | None
    exported_at: datetime | None
    why: str
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Is there no decision yet?"""
        return self.state is State.SENT


def of(row: models.Change, *, at: datetime) -> Row:
    """The change of a row whose listing and place are read, at an instant."""
    entry = row.listing
    return Row(
        reference=row.reference,
        listing=row.listing_id,
        npi=row.npi,
        tax_id=row.tax_id,
        name=entry.name if entry else "",
        place=f"{entry.place.address}, {entry.place.city}" if entry else "",
        field=row.field,
        before=row.before,
        after=row.after,
        effective_on=row.effective_on,
        state=State(row.state),
        sent_at=row.sent_at,
        due_at=row.due_at,
        decided_at=row.decided_at,
        published_at=row.published_at,
        settled_at=row.settled_at,
        exported_at=row.exported_at,
        why=row.why,
        is_late=_is_late(row, at),
    )


def of_all(rows: Sequence[models.Change], *, at: datetime) -> tuple[Row, ...]:
    """The changes of rows."""
    return tuple(of(row, at=at) for row in rows)


def _is_late(row: models.Change, at: datetime) -> bool:
    return row.state != State.TAKEN_BACK and (row.decided_at or at) > row.due_at
