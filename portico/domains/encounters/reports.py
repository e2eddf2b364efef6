"""What came of a file: the Control Summary, the Rejection Report, and each record by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Q, Sum

from portico.domains.encounters import models, sealing, shown, submission_views
from portico.domains.encounters.shown import EditView as EditView
from portico.domains.encounters.shown import RecordPage as RecordPage
from portico.domains.encounters.shown import RecordView as RecordView
from portico.domains.encounters.shown import State
from portico.domains.encounters.submission_views import Records, SubmissionView, opened
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages

PAGE = 50
_NOTHING = Decimal(0)


class EncounterNotFound(LookupError):
    """There is no such encounter that this actor reaches."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many records, and what they were billed at."""

    count: int
    billed: Decimal


@dataclass(frozen=True, slots=True)
class ControlSummary:
    """A file's sums: `received` is `accepted` and `rejected` together, to the record and to the cent.

    `by_code` says how many records have each edit, the most frequent first; a record may have several.
    `outstanding`, `mended`, `sent_again` are what became of the rejected ones since, `in_force`, `replaced`
    and `voided` of the accepted ones. `file_edits` are what is wrong with the file as a whole.
    """

    submission: SubmissionView
    received: Total
    accepted: Total
    rejected: Total
    by_code: tuple[tuple[str, int], ...]
    outstanding: int
    mended: int
    sent_again: int
    in_force: int
    replaced: int
    voided: int
    file_edits: tuple[EditView, ...]


def control_summary(*, actor: Actor, submission: UUID) -> ControlSummary:
    """The Control Summary of a file, over the records in reach.

    Seven queries, however many records. Raises SubmissionNotFound, NotPermitted.
    """
    with opened(actor, submission) as (given, row):
        mine = _of(given, row)
        states = _states(mine)
        accepted, rejected = _total(mine.exclude(number="")), _total(mine.filter(number=""))
        by_code = models.Edit.objects.filter(encounter__in=mine).order_by().values_list("code")
        counted = by_code.annotate(count=Count("encounter", distinct=True)).order_by("-count", "code")
        given.conclude("encounters_control_summary")
        return ControlSummary(
            submission=submission_views.views(given, [row])[0],
            received=Total(accepted.count + rejected.count, accepted.billed + rejected.billed),
            accepted=accepted,
            rejected=rejected,
            by_code=tuple(counted),
            outstanding=states.get((State.REJECTED, False), 0),
            mended=states.get((State.MENDED, False), 0),
            sent_again=states.get((State.REPLACED, False), 0),
            in_force=states.get((State.ACCEPTED, True), 0),
            replaced=states.get((State.REPLACED, True), 0),
            voided=states.get((State.VOIDED, True), 0),
            file_edits=_file_edits(row, with_segments=submission_views.shows_all(given, row)),
        )


def rejections(
    *,
    actor: Actor,
    submission: UUID,
    code: str = "",
    only_outstanding: bool = False,
    after: str = "",
    size: int = PAGE,
    to_take: bool = False,
) -> pages.Page[RecordView]:
    """The rejected records of a file in its order, each with all that is wrong; those of one edit, or all.

    `after` is the key of the page before. `to_take`: they leave the portal as a file, which is a sensitive
    act. Three queries a page. Raises SubmissionNotFound, NotPermitted.
    """
    with opened(actor, submission, lately=to_take and not after) as (given, row):
        wanted = _of(given, row).filter(number="")
        if only_outstanding:
            wanted = wanted.filter(state=State.REJECTED)
        if code and not code.isprintable():  # out of an address; no code, and not all databases take it
            wanted = wanted.none()
        elif code:
            wanted = wanted.filter(
                pk__in=models.Edit.objects.filter(submission=row, code=code).values("encounter")
            )
        given.conclude("encounters_rejections")
        return _page(given, wanted, row.public_id, after, size)


def accepted(*, actor: Actor, submission: UUID, after: str = "", size: int = PAGE) -> pages.Page[RecordView]:
    """The accepted records of a file in its order, with the number each has. Raises as `rejections`."""
    with opened(actor, submission) as (given, row):
        given.conclude("encounters_accepted")
        return _page(given, _of(given, row).exclude(number=""), row.public_id, after, size)


def record(*, actor: Actor, encounter: UUID) -> RecordPage:
    """One record: as understood, as sent, and what is wrong. Raises EncounterNotFound, NotPermitted."""
    with permit(actor, Function.ENCOUNTERS) as given:
        row = reached(given, encounter)
        page = None if row is None else _record_page(given, row)
        given.conclude("found" if page else "not_found")
    if page is None:
        raise EncounterNotFound
    return page


def reached(given: Permit, encounter: UUID) -> models.Encounter | None:
    """The encounter with its submission, where the permit reaches it; notes whom it shows."""
    found = submission_views.records(given).select_related("submission", "mended_from", "replaces")
    row = found.filter(public_id=encounter).first()
    if row is not None:
        note_shown(given, [row])
    return row


def note_shown(given: Permit, rows: Iterable[models.Encounter]) -> None:
    """Says in the audit which encounters, and so which members, are shown."""
    for row in rows:
        given.note_subject("encounter", str(row.public_id))
        if row.member_id:
            given.note_subject("member", row.member_id)


def _of(given: Permit, row: models.Submission) -> Records:
    return submission_views.records(given).filter(submission=row)


def _page(given: Permit, wanted: Records, submission: UUID, after: str, size: int) -> pages.Page[RecordView]:
    wanted = wanted.filter(position__gt=int(after)) if pages.is_row(after) else wanted
    found = list(wanted.defer("content_sealed").order_by("position")[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda row: str(row.position))
    edits = shown.edits_of(cut.rows)
    note_shown(given, cut.rows)
    rows = tuple(shown.record(row, submission, edits.get(row.pk, ())) for row in cut.rows)
    return pages.Page(rows, cut.next_key)


def _record_page(given: Permit, row: models.Encounter) -> RecordPage:
    submission = row.submission.public_id
    before = row.mended_from or row.replaces
    after = Q(mended_from=row) | Q(replaces=row)
    successor = (
        submission_views.records(given).filter(after).order_by("-pk").values_list("public_id", flat=True)
    )
    return RecordPage(
        record=shown.record(row, submission, shown.edits_of([row]).get(row.pk, ())),
        claim=sealing.content_of(row, submission),
        segments=sealing.raw_of(row, submission),
        handed_on=row.handover_id is not None,
        successor=successor.first(),
        predecessor=before.public_id if before else None,
    )


def _states(mine: Records) -> dict[tuple[str, bool], int]:
    """How many stand where, and were they accepted once."""
    counted = (
        mine.order_by()
        .values("state")
        .annotate(accepted=Count("pk", filter=~Q(number="")), rejected=Count("pk", filter=Q(number="")))
    )
    found: dict[tuple[str, bool], int] = {}
    for each in counted:
        found[(each["state"], True)] = each["accepted"]
        found[(each["state"], False)] = each["rejected"]
    return found


def _total(mine: Records) -> Total:
    told = mine.aggregate(count=Count("pk"), billed=Sum("billed"))
    return Total(told["count"], told["billed"] or _NOTHING)


def _file_edits(row: models.Submission, *, with_segments: bool) -> tuple[EditView, ...]:
    """What is wrong with the file; nobody knows whose the segments are of what was not read."""
    edits = models.Edit.objects.filter(submission=row, encounter=None)
    found = (shown.file_edit(each, row.public_id) for each in edits)
    return tuple(each if with_segments else replace(each, segment=None) for each in found)
