"""Mends a rejected encounter on screen, and voids an accepted one.

    read -> a form of the fields that may be mended, each with what is wrong with it
    mend -> the same edits judge it again; taken: a record of its own, and the rejected one is mended for good
    void -> an accepted one is no longer in force, and the core is told

However often and at once somebody sends the form, one record comes of it (a constraint of the database).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db.models import F

from portico.domains.claims.edits.codes import Misfit
from portico.domains.claims.edits.forms import VOID
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import judging, mend_fields, models, reports, sealing, shown, storing
from portico.domains.encounters.mend_fields import CannotMend as CannotMend
from portico.domains.encounters.mend_fields import Field as Field
from portico.domains.encounters.mend_fields import Kind as Kind
from portico.domains.encounters.records import Judged, SentRecord
from portico.domains.encounters.reports import EncounterNotFound as EncounterNotFound
from portico.domains.encounters.shown import RecordView, State
from portico.domains.encounters.submission_views import Source, Stage
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


class NotMendable(Exception):
    """The encounter is not one to mend: accepted, mended or sent again by now, or never understood."""


class NotInForce(Exception):
    """The encounter is not in force, so it cannot be voided."""


@dataclass(frozen=True, slots=True)
class Mendable:
    """A rejected encounter, what is wrong with it, and the fields that may be mended."""

    record: RecordView
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Mended:
    """What came of it: the new record's `id` and `number`; neither while `misfits` are left."""

    id: UUID | None
    number: str
    misfits: tuple[Misfit, ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Was it taken?"""
        return bool(self.number)


def read(*, actor: Actor, encounter: UUID) -> Mendable:
    """The form to mend a rejected encounter with. Raises EncounterNotFound, NotMendable, NotPermitted."""
    mendable = None
    with permit(actor, Function.ENCOUNTERS) as given:
        row = reports.reached(given, encounter)
        claim = _mendable(row)
        if row is not None and claim is not None:
            edits = shown.edits_of([row]).get(row.pk, ())
            record = shown.record(row, row.submission.public_id, edits)
            mendable = Mendable(record, mend_fields.fields(claim))
        given.conclude(_came_of(row, "found" if mendable else "not_mendable"))
    if row is None:
        raise EncounterNotFound
    if mendable is None:
        raise NotMendable
    return mendable


def mend(*, actor: Actor, encounter: UUID, values: Mapping[str, str]) -> Mended:
    """Puts values in place of the record's own, by name, and submits it again if nothing is wrong any more.

    While something is, nothing is kept, and the answer says what. Raises CannotMend, EncounterNotFound,
    NotMendable, NotPermitted.
    """
    mended = None
    with permit(actor, Function.ENCOUNTERS) as given:
        row = _locked(given, encounter)
        claim = _mendable(row)
        if row is not None and claim is not None:
            mended = _again(given, row, mend_fields.mended(claim, values))
        given.conclude(_came_of(row, _mending_came_of(mended)))
    if row is None:
        raise EncounterNotFound
    if mended is None:
        raise NotMendable
    return mended


def void(*, actor: Actor, encounter: UUID) -> Mended:
    """Takes an accepted encounter out of force; where that is not taken, the answer says why.

    Raises EncounterNotFound, NotInForce, NotPermitted.
    """
    voided = None
    with permit(actor, Function.ENCOUNTERS) as given:
        row = _locked(given, encounter)
        claim = sealing.content_of(row, row.submission.public_id) if row else None
        if row is not None and claim is not None and _is_voidable(row):
            told = replace(claim, frequency=VOID, original_number=row.number)
            voided = _submitted(given, row, told)
        given.conclude(_came_of(row, _voiding_came_of(voided)))
    if row is None:
        raise EncounterNotFound
    if voided is None:
        raise NotInForce
    return voided


def _is_voidable(row: models.Encounter) -> bool:
    return row.state == State.ACCEPTED and row.frequency != VOID and row.submission.stage == Stage.READ


def _locked(given: Permit, encounter: UUID) -> models.Encounter | None:
    """The encounter in reach, held till the transaction ends: two who mend it come one after the other."""
    found = models.Encounter.objects.select_for_update().filter(public_id=encounter)
    found.order_by().values_list("pk").first()
    return reports.reached(given, encounter)


def _mendable(row: models.Encounter | None) -> SentClaim | None:
    if row is None or row.state != State.REJECTED or row.submission.stage != Stage.READ:
        return None
    return sealing.content_of(row, row.submission.public_id)


def _again(given: Permit, row: models.Encounter, claim: SentClaim) -> Mended:
    """What is left wrong is looked for first: a record that is rejected again is not kept."""
    mended = _submitted(given, row, claim)
    if mended.id is not None:
        changes = {"state": State.MENDED, "changed_at": given.actor.asked_at}
        models.Encounter.objects.filter(pk=row.pk).update(**changes)
        models.Encounter.objects.filter(public_id=mended.id).update(mended_from=row)
    return mended


def _submitted(given: Permit, row: models.Encounter, claim: SentClaim) -> Mended:
    """A submission of its own with this one record; none where it is not taken."""
    submission = _submission(given, row)
    # Without a place: what is still wrong stands in the form, no longer in a file.
    record = SentRecord(position=1, place=0, claim=replace(claim, place=0, is_encounter=True))
    judged = _judged(given, submission, record)
    if judged.is_accepted:
        counts = {"received_count": F("received_count") + 1, "accepted_count": F("accepted_count") + 1}
        models.Submission.objects.filter(pk=submission.pk).update(**counts)
        return Mended(judged.id, judged.number)
    submission.delete()
    return Mended(None, "", judged.misfits)


def _judged(given: Permit, submission: models.Submission, record: SentRecord) -> Judged:
    records: Sequence[SentRecord] = [record]
    tax_id = submission.tax_id  # the record's own: a machine's file may bring those of several offices
    (judged,) = storing.store(
        given,
        submission,
        records,
        lambda originals: judging.judged(given, records, tax_id=tax_id, originals=originals),
    )
    return judged


def _submission(given: Permit, row: models.Encounter) -> models.Submission:
    actor = given.actor
    return models.Submission.objects.create(
        public_id=uuid4(),
        tax_id=row.tax_id,
        persona_id=actor.persona_id,
        user_id=actor.user_id,
        machine_id=actor.machine_id,
        office_id=actor.office_id,
        source=Source.MENDED,
        stage=Stage.READ,
        name=row.submission.name,
        created_at=actor.asked_at,
        finished_at=actor.asked_at,
    )


def _came_of(row: models.Encounter | None, otherwise: str) -> str:
    return "not_found" if row is None else otherwise


def _voiding_came_of(voided: Mended | None) -> str:
    if voided is None:
        return "not_in_force"
    return "encounter_voided" if voided.is_accepted else "still_wrong"


def _mending_came_of(mended: Mended | None) -> str:
    if mended is None:
        return "not_mendable"
    return "encounter_mended" if mended.is_accepted else "still_wrong"
