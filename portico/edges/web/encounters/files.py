"""What can be taken home of a file: its acknowledgements, the Control Summary and the Rejection Report."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portico.domains.encounters import reports, submissions
from portico.domains.encounters.reports import ControlSummary, RecordView
from portico.domains.encounters.submissions import SubmissionNotFound
from portico.edges.web import asking, attachments, csv_written
from portico.edges.web.encounters import edit_words, printing, shown
from portico.edges.web.encounters.pages import UNDER_WAY

AT_A_TIME = 500
MOST_PRINTED = 500
SUMMARY_HEADS = ("what", "records", "billed")
REJECTION_HEADS = (
    *("record", "segment", "patient_control_number", "member_id", "first_day", "last_day", "billed"),
    *("state", "edit", "where", "reason", "what_to_do"),
)


@require_safe
def answer(request: HttpRequest, submission: UUID, kind: str) -> HttpResponse:
    """An acknowledgement as it goes to a system: ta1, 999 or 277ca."""
    try:
        actor, names_people = asking.actor_of(request), kind == "277ca"
        told = submissions.answers(actor=actor, submission=submission, to_take=names_people)
    except SubmissionNotFound as error:
        raise Http404 from error
    kinds = {"ta1": told.of_interchange, "999": told.of_sets, "277ca": told.of_records}
    content = kinds.get(kind)
    if not content:
        raise Http404
    return attachments.sent(f"encounters-{submission}.{kind}", "application/edi-x12", content)


@require_safe
def summary_csv(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The Control Summary as CSV."""
    summary = _summary(request, submission)
    rows = [(name, str(count), billed) for name, count, billed in printing.sums(summary)]
    rows += [(edit_words.of(code).why, str(count), "") for code, count in summary.by_code]
    return csv_written.attached(f"control-summary-{submission}.csv", SUMMARY_HEADS, rows)


@require_safe
def summary_pdf(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The Control Summary as accessible PDF."""
    content = printing.control_summary(_summary(request, submission))
    return _pdf(f"control-summary-{submission}.pdf", content)


@require_safe
def rejections_csv(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The Rejection Report as CSV: a row for each edit of each rejected record."""
    rows = (cells for record in _rejections(request, submission) for cells in _cells(record))
    return csv_written.attached(f"rejections-{submission}.csv", REJECTION_HEADS, rows)


@require_safe
def rejections_pdf(request: HttpRequest, submission: UUID) -> HttpResponse:
    """The Rejection Report as accessible PDF; of very many records the first, and where the others are."""
    records: list[RecordView] = []
    for record in _rejections(request, submission):
        records.append(record)
        if len(records) == MOST_PRINTED:
            break
    content = printing.rejection_report(_summary(request, submission), shown.rows(records))
    return _pdf(f"rejections-{submission}.pdf", content)


def _summary(request: HttpRequest, submission: UUID) -> ControlSummary:
    try:
        found = reports.control_summary(actor=asking.actor_of(request), submission=submission)
    except SubmissionNotFound as error:
        raise Http404 from error
    if found.submission.stage in UNDER_WAY:
        raise Http404
    return found


def _rejections(request: HttpRequest, submission: UUID) -> Iterator[RecordView]:
    """Every rejected record, some at a time, each time as the person who asks is allowed now."""
    key: str | None = ""
    while key is not None:
        try:
            page = reports.rejections(
                actor=asking.anew(request), submission=submission, after=key, size=AT_A_TIME, to_take=True
            )
        except SubmissionNotFound as error:
            raise Http404 from error
        yield from page.rows
        key = page.next_key


def _cells(record: RecordView) -> Iterator[tuple[str, ...]]:
    days = (each.isoformat() if each else "" for each in (record.first_on, record.last_on))
    first, last = days
    state, _ = shown.STATES[record.state]
    about = record.patient_control_number, record.member_id, first, last, f"{record.billed:.2f}", state
    for view, edit in zip(record.edits, shown.edits(record.edits), strict=True):
        place = str(view.place) if view.place else ""
        yield str(record.position), place, *about, edit.code, edit.where, edit.why, edit.todo


def _pdf(name: str, content: bytes) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
