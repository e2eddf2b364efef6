"""Results to take home: as CSV, as an Excel workbook, and as X12 271 where that edge is there.

Rows are read a few hundred at a time, each time as the person who asks is allowed now; what is taken away
meanwhile ends the download with a refusal and without a file. Nothing is written to a disk.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_safe

from portico.domains.members import batch_reading
from portico.domains.members.batches import BatchNotFound, BatchView, RowView, Stage
from portico.edges.web import asking, workbook_written
from portico.edges.web.batches import results
from portico.edges.web.batches.results import Result
from portico.edges.web.csv_written import harmless

AT_A_TIME = 500
X12 = "x12"
HEADS: Final = {
    "locator": "row",
    "asked_id": "asked_member_id",
    "asked_name": "asked_name",
    "asked_birth_date": "asked_birth_date",
    "as_of": "date_of_service",
    "status": "status",
    "member_name": "member_name",
    "member_id": "member_id",
    "line": "line_of_business",
    "plan_code": "plan_code",
    "plan": "plan",
    "begins": "coverage_begins",
    "ends": "coverage_ends",
    "pcp": "pcp",
    "pcp_standing": "pcp_standing",
    "other_coverage": "other_coverage",
    "why": "reason",
    "todo": "what_to_do",
    "same_as": "same_question_as",
    "reference": "reference",
}


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be taken home."""

    url: str
    label: str
    kind: str


def offered(view: BatchView) -> tuple[File, ...]:
    """The files there are of a batch that was asked."""
    if view.stage is Stage.DRAFT:
        return ()
    kinds = [("batch_csv", "Results for any program", "CSV"), ("batch_xlsx", "Results for Excel", "XLSX")]
    if X12 in settings.BATCH_WRITERS:
        kinds.append(("batch_271", "Answers for practice software", "X12 271"))
    return tuple(File(reverse(route, args=[view.id]), label, kind) for route, label, kind in kinds)


@require_safe
def as_csv(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Every row in words, as CSV that no spreadsheet takes for a calculation."""
    view = _view(request, batch)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADS.values())
    for row in _rows(request, view):
        writer.writerow([harmless(_text(cell)) for cell in _cells(results.of_row(row))])
    content = text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8
    return _attached(content, view, "csv", "text/csv; charset=utf-8")


@require_safe
def as_xlsx(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Every row in words, as an Excel workbook with days that are days."""
    view = _view(request, batch)
    rows = (_cells(results.of_row(row)) for row in _rows(request, view))
    content = workbook_written.written(tuple(HEADS.values()), rows)
    return _attached(content, view, "xlsx", workbook_written.CONTENT_TYPE)


@require_safe
def as_271(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Every answer as practice software reads it."""
    view, path = _view(request, batch), settings.BATCH_WRITERS.get(X12)
    if path is None:
        raise Http404
    frame = batch_reading.frame(actor=asking.actor_of(request), batch=batch)
    write = import_string(path)
    content: bytes = write(view, _rows(request, view, with_benefits=True), frame=frame)
    return _attached(content, view, "271", "application/edi-x12")


def _view(request: HttpRequest, batch: UUID) -> BatchView:
    try:
        view = batch_reading.progress(actor=asking.actor_of(request), batch=batch)
    except BatchNotFound as error:
        raise Http404 from error
    if view.stage is Stage.DRAFT:
        raise Http404
    return view


def _rows(request: HttpRequest, view: BatchView, *, with_benefits: bool = False) -> Iterator[RowView]:
    key: str | None = ""
    while key is not None:
        page = batch_reading.page(
            actor=asking.anew(request),
            batch=view.id,
            after=key,
            size=AT_A_TIME,
            with_benefits=with_benefits,
            to_take=True,
        )
        yield from page.rows
        key = page.next_key


def _cells(result: Result) -> list[str | date | None]:
    return [getattr(result, name) for name in HEADS]


def _text(cell: str | date | None) -> str:
    return cell.isoformat() if isinstance(cell, date) else cell or ""


def _attached(content: bytes, view: BatchView, ending: str, content_type: str) -> HttpResponse:
    name = f"batch-eligibility-{view.created_at:%Y%m%d-%H%M%S}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)
