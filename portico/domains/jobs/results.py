"""What became of each row of a file: noted with its chunk, counted, read page by page, repaired.

Good rows may be left out and counted in the job's summary: only what a person must look at needs a row.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from portico.domains.jobs import steering
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.models import RowResult
from portico.domains.jobs.rules import RowOutcome
from portico.domains.permits.permit import Permit
from portico.shared import pages

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RowNote:
    """One row's result: its `position` in the file, where to look ("segment 123"), the outcome and why.

    `message` is in plain words and names no person. `raw_sealed` is the row itself, sealed by the caller.
    """

    position: int
    locator: str
    outcome: RowOutcome
    reason: str = ""
    message: str = ""
    raw_sealed: bytes | None = None


@dataclass(frozen=True, slots=True)
class RowView:
    """A row's result as people see it; `is_settled` when a later job took the row in."""

    position: int
    locator: str
    outcome: RowOutcome
    reason: str
    message: str
    is_settled: bool


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A row that waits to be repaired and run again; `id` is what `settle` takes."""

    id: int
    position: int
    locator: str
    reason: str
    raw_sealed: bytes


def note(leased: Leased, rows: Iterable[RowNote]) -> None:
    """Writes the results of a chunk in its transaction; one statement per few hundred rows."""
    RowResult.objects.bulk_create(
        [
            RowResult(
                job_id=leased.id,
                position=row.position,
                locator=row.locator,
                outcome=str(row.outcome),
                reason=row.reason,
                message=row.message,
                raw_sealed=row.raw_sealed,
            )
            for row in rows
        ],
        batch_size=500,
    )


def counts(*, given: Permit, job: UUID) -> Counter[RowOutcome]:
    """How many rows of a job had each outcome, among those that were noted."""
    noted = _reached(given, job).order_by().values_list("outcome").annotate(number=Count("id"))
    return Counter({RowOutcome(outcome): number for outcome, number in noted})


def page(
    *, given: Permit, job: UUID, outcome: RowOutcome | None = None, key: str = "", size: int = PAGE
) -> pages.Page[RowView]:
    """The results of a job's rows in the order of the file, of one outcome or of all."""
    wanted = _reached(given, job)
    wanted = wanted.filter(outcome=outcome) if outcome else wanted
    wanted = wanted.filter(pk__gt=int(key)) if key else wanted
    found = list(wanted.defer("raw_sealed").order_by("pk")[: size + 1])
    cut = pages.cut(found, size=size, key_of=lambda row: str(row.pk))
    return pages.Page(tuple(_view(row) for row in cut.rows), cut.next_key)


def to_run_again(*, job: UUID, after: int = 0, size: int = 500) -> list[Quarantined]:
    """The next quarantined rows of a job that no later job took in; go on `after` the last one's id."""
    quarantined = RowResult.objects.filter(job__public_id=job, outcome=RowOutcome.QUARANTINED)
    waiting = quarantined.filter(settled_by=None, raw_sealed__isnull=False, pk__gt=after)
    return [
        Quarantined(row.pk, row.position, row.locator, row.reason, bytes(row.raw_sealed or b""))
        for row in waiting.order_by("pk")[:size]
    ]


def settle(leased: Leased, rows: Iterable[int]) -> None:
    """Says that the job at hand took these quarantined rows in; their raw text is dropped."""
    RowResult.objects.filter(pk__in=list(rows)).update(settled_by_id=leased.id, raw_sealed=None)


def _reached(given: Permit, job: UUID) -> QuerySet[RowResult]:
    rows = RowResult.objects.filter(job__public_id=job)
    if steering.reaches_all(given):
        return rows
    return rows.filter(job__office_id=given.actor.office_id, job__office_id__isnull=False)


def _view(row: RowResult) -> RowView:
    outcome = RowOutcome(row.outcome)
    settled = row.settled_by_id is not None
    return RowView(row.position, row.locator, outcome, row.reason, row.message, settled)
