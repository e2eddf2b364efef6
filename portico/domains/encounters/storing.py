"""Stores judged records: of one identity one is in force, and one that replaces another takes its place.

Two files read at the same moment may bring the same encounter. The database lets one of them in; the other
chunk is then judged once more and finds it there.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from portico.domains.claims.edits import spots
from portico.domains.claims.edits.amounts import MOST_DOLLARS
from portico.domains.claims.edits.codes import Code, Misfit
from portico.domains.claims.edits.forms import REPLACING, VOID
from portico.domains.claims.facts.submitted import SentClaim
from portico.domains.encounters import models, sealing
from portico.domains.encounters.records import Judged, SentRecord, Verdict, identity
from portico.domains.permits.permit import Permit
from portico.shared import identifiers

MOST_TRIES: Final = 5
State = models.Encounter.State
Originals = dict[str, models.Encounter]
Judge = Callable[[Originals], list[Verdict]]


def store(
    given: Permit, submission: models.Submission, records: Sequence[SentRecord], judge: Judge
) -> list[Judged]:
    """Judges and stores records of a submission, in the transaction that is open; answers what came of them.

    `judge` is given the encounters that the records take the place of, locked.
    """
    for _ in range(MOST_TRIES - 1):
        try:
            with transaction.atomic():
                return _stored(given, submission, records, judge)
        except IntegrityError:
            continue
    with transaction.atomic():
        return _stored(given, submission, records, judge)


def _stored(
    given: Permit, submission: models.Submission, records: Sequence[SentRecord], judge: Judge
) -> list[Judged]:
    originals = _originals(records)
    settled = _Settling(submission, originals, judge(originals))
    rows = [_row(given, submission, each, settled) for each in settled.verdicts]
    settled.give_way(given)
    # In one order, so that two chunks with the same encounters wait for each other and not both.
    models.Encounter.objects.bulk_create(sorted(rows, key=lambda row: row.identity), batch_size=200)
    misfits = [
        _edit(submission, row, misfit)
        for row, verdict in zip(rows, settled.verdicts, strict=True)
        for misfit in verdict.misfits
    ]
    models.Edit.objects.bulk_create(misfits, batch_size=500)
    _note_sent_again(given, submission, rows)
    return [_judged(row, verdict) for row, verdict in zip(rows, settled.verdicts, strict=True)]


def _originals(records: Sequence[SentRecord]) -> Originals:
    """The encounters named as replaced or voided, locked till the transaction ends."""
    numbers = {
        record.claim.original_number for record in records if record.claim and _takes_place(record.claim)
    }
    if not numbers - {""}:
        return {}
    rows = models.Encounter.objects.select_for_update(of=("self",)).filter(number__in=numbers - {""})
    return {row.number: row for row in rows.order_by("pk")}


def _takes_place(claim: SentClaim) -> bool:
    return claim.frequency in (REPLACING, VOID)


class _Settling:
    """Which of the records are accepted, one after the other in the order of the file."""

    def __init__(self, submission: models.Submission, originals: Originals, verdicts: list[Verdict]) -> None:
        self._submission = submission
        self._originals = originals
        self.identities = {
            each.sent.position: identity(each.claim, member_id=each.member_id)
            for each in verdicts
            if not each.misfits
        }
        self._in_force = _in_force(set(self.identities.values()) - {""})
        self._gone: dict[str, str] = {}
        self.verdicts = [self._settled(each) for each in verdicts]

    def original(self, verdict: Verdict) -> models.Encounter | None:
        """What an accepted record takes the place of."""
        if verdict.misfits or not _takes_place(verdict.claim):
            return None
        return self._originals[verdict.claim.original_number]

    def give_way(self, given: Permit) -> None:
        """Those that are replaced or voided are no longer in force."""
        for state in (State.REPLACED, State.VOIDED):
            numbers = [number for number, into in self._gone.items() if into == state]
            if numbers:
                rows = models.Encounter.objects.filter(number__in=numbers)
                rows.update(state=state, changed_at=given.actor.asked_at)

    def _settled(self, verdict: Verdict) -> Verdict:
        if verdict.misfits:
            return verdict
        claim, same = verdict.claim, self.identities[verdict.sent.position]
        original = self.original(verdict)
        if original is not None and original.number in self._gone:
            misfit = spots.of_claim(claim, Code.ORIGINAL_NOT_IN_FORCE, "original_number")
            return verdict.against(misfit)
        other = self._in_force.get(same)
        if other is not None and (original is None or other.pk != original.pk):
            return verdict.against(self._duplicate(claim, other))
        if original is not None:
            self._gone[original.number] = State.VOIDED if claim.frequency == VOID else State.REPLACED
            self._in_force.pop(original.identity, None)
        if same:
            self._in_force[same] = models.Encounter(submission=self._submission)
        return verdict

    def _duplicate(self, claim: SentClaim, other: models.Encounter) -> Misfit:
        """The number of the one in force is told: it is of the same tax ID, or it would not be the same."""
        is_here = other.submission_id == self._submission.pk
        code = Code.DUPLICATE_IN_FILE if is_here else Code.DUPLICATE
        return spots.of_claim(claim, code, "claim", about=other.number)


def _in_force(wanted: set[str]) -> dict[str, models.Encounter]:
    rows = models.Encounter.objects.filter(identity__in=wanted, state=State.ACCEPTED)
    return {row.identity: row for row in rows.defer("content_sealed", "raw_sealed")}


def _row(
    given: Permit, submission: models.Submission, verdict: Verdict, settled: _Settling
) -> models.Encounter:
    sent, claim = verdict.sent, verdict.sent.claim
    original = settled.original(verdict)
    first, last = (claim.starts_on, claim.ends_on) if claim else (None, None)
    return models.Encounter(
        public_id=uuid4(),
        submission=submission,
        position=sent.position,
        place=sent.place,
        number="" if verdict.misfits else f"E{identifiers.new_reference()}",
        identity="" if verdict.misfits else settled.identities[sent.position],
        state=State.REJECTED if verdict.misfits else State.ACCEPTED,
        form=claim.form if claim else "",
        frequency=claim.frequency[:1] if claim else "",
        tax_id=verdict.tax_id,
        provider_npi=verdict.provider_npi,
        line=verdict.line,
        member_id=verdict.member_id,
        patient_control_number=claim.patient_control_number[:38] if claim else "",
        first_on=first,
        last_on=last,
        received_on=given.actor.today,
        lag_days=_lag(last, given.actor.today),
        billed=claim.billed if claim and abs(claim.billed) <= MOST_DOLLARS else 0,
        content_sealed=sealing.content(submission.public_id, sent.position, claim),
        raw_sealed=sealing.raw(submission.public_id, sent.position, sent.segments),
        replaces=original,
        changed_at=given.actor.asked_at,
    )


def _lag(last: date | None, received: date) -> int | None:
    return max(0, (received - last).days) if last else None


def _edit(submission: models.Submission, row: models.Encounter, misfit: Misfit) -> models.Edit:
    return models.Edit(
        submission=submission,
        encounter=row,
        code=misfit.code[:40],
        place=misfit.place,
        segment=misfit.spot.segment[:3],
        element=misfit.spot.element,
        loop=misfit.spot.loop[:8],
        value_at=misfit.value_at[:60],
        about=misfit.about[:40],
    )


def _note_sent_again(given: Permit, submission: models.Submission, rows: Sequence[models.Encounter]) -> None:
    """Rejected ones that came again and are accepted now wait for nobody any more.

    The office's own number says that it is the same, with the first day or the charge beside it. One that
    voids another answers for none, nor does one without such a number.
    """
    fresh = {
        (row.tax_id, row.patient_control_number): row
        for row in rows
        if row.number and row.patient_control_number and row.frequency != VOID
    }
    wanted = Q(tax_id__in={key[0] for key in fresh}, patient_control_number__in={key[1] for key in fresh})
    waiting = models.Encounter.objects.filter(wanted, state=State.REJECTED).exclude(submission=submission)
    again = []
    columns = ("pk", "tax_id", "patient_control_number", "first_on", "billed")
    for pk, tax_id, number, first_on, billed in waiting.values_list(*columns) if fresh else ():
        row = fresh.get((tax_id, number))
        if row is not None and (row.first_on == first_on or row.billed == billed):
            again.append(pk)
    if again:
        models.Encounter.objects.filter(pk__in=again, state=State.REJECTED).update(
            state=State.REPLACED, changed_at=given.actor.asked_at
        )


def _judged(row: models.Encounter, verdict: Verdict) -> Judged:
    return Judged(
        id=row.public_id,
        position=row.position,
        place=row.place,
        claim=verdict.sent.claim,
        number=row.number,
        misfits=verdict.misfits,
        patient_control_number=row.patient_control_number,
        billed=row.billed,
        tax_id=row.tax_id,
    )
