"""A record as pages show it: what it is, what is wrong with it, and the segments as they were sent."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from portico.domains.claims.edits import places
from portico.domains.claims.edits.places import Segment
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import models, sealing


class State(StrEnum):
    """Where a record stands."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    MENDED = "mended"
    REPLACED = "replaced"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class EditView:
    """One thing that is wrong: the code, and the segment as it was sent with the element it is about.

    `segment` is None where what is wrong is that it is missing. `value_at` names the field to mend, where
    there is one.
    """

    code: str
    place: int
    loop: str
    name: str
    element: int | None
    value_at: str
    about: str
    segment: Segment | None


@dataclass(frozen=True, slots=True)
class RecordView:
    """A record in a list. `number` is ours, which an accepted one has."""

    id: UUID
    submission: UUID
    position: int
    state: State
    number: str
    form: str
    tax_id: str
    provider_npi: str
    line: str
    member_id: str
    patient_control_number: str
    first_on: date | None
    last_on: date | None
    billed: Decimal
    edits: tuple[EditView, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordPage:
    """A record by itself: as understood (None where it could not be), as sent, and what it stands to.

    `successor` is the record it was mended by or replaced by, `predecessor` the one it takes the place of,
    each where it is in reach.
    """

    record: RecordView
    claim: SentClaim | None
    segments: tuple[Segment, ...]
    handed_on: bool
    successor: UUID | None = None
    predecessor: UUID | None = None


def edits_of(encounters: Collection[models.Encounter]) -> Mapping[int, list[models.Edit]]:
    """What is wrong with each of these, by row number. One query."""
    found: dict[int, list[models.Edit]] = {}
    for edit in models.Edit.objects.filter(encounter__in=[row.pk for row in encounters]):
        found.setdefault(edit.encounter_id or 0, []).append(edit)
    return found


def record(row: models.Encounter, submission: UUID, edits: Collection[models.Edit] = ()) -> RecordView:
    """A record of a submission; its segments are opened only where something is wrong with one."""
    segments = sealing.raw_of(row, submission) if edits else ()
    return RecordView(
        id=row.public_id,
        submission=submission,
        position=row.position,
        state=State(row.state),
        number=row.number,
        form=row.form,
        tax_id=row.tax_id,
        provider_npi=row.provider_npi,
        line=row.line,
        member_id=row.member_id,
        patient_control_number=row.patient_control_number,
        first_on=row.first_on,
        last_on=row.last_on,
        billed=row.billed,
        edits=tuple(_edit(each, places.find(each.place, segments)) for each in edits),
    )


def file_edit(edit: models.Edit, submission: UUID) -> EditView:
    """What is wrong with a file as a whole."""
    return _edit(edit, sealing.segment_of(edit, submission))


def _edit(edit: models.Edit, segment: Segment | None) -> EditView:
    return EditView(
        code=edit.code,
        place=edit.place,
        loop=edit.loop,
        name=edit.segment,
        element=edit.element,
        value_at=edit.value_at,
        about=edit.about,
        segment=segment,
    )
