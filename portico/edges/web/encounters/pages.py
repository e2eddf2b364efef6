"""The pages of files: the list, and one file with what came of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.encounters import reports, submissions
from portico.domains.encounters.submissions import Stage, SubmissionNotFound, SubmissionView
from portico.domains.jobs import queue
from portico.edges.web import asking
from portico.edges.web.encounters import edit_words, file_words, shown
from portico.shared import identifiers

UNDER_WAY = (Stage.WAITING, Stage.READING)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The files sent in, the newest first."""
    page = submissions.listed(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    rows = [_about(view) for view in page.rows]
    return render(request, "encounters/encounters.html", {"rows": rows, "next_key": page.next_key})


@require_safe
def file(request: HttpRequest, submission: UUID) -> HttpResponse:
    """One file: how far it is, and then its Control Summary and Rejection Report."""
    actor = asking.actor_of(request)
    try:
        view = submissions.read(actor=actor, submission=submission)
        if view.stage in UNDER_WAY:
            return render(request, "encounters/file.html", _running(view))
        return render(request, "encounters/file.html", _told(request, view))
    except SubmissionNotFound as error:
        raise Http404 from error


@require_safe
def progress(request: HttpRequest, submission: UUID) -> HttpResponse:
    """How far a file is, as part of its page; once it is read, the page is asked for anew."""
    try:
        view = submissions.progress(actor=asking.actor_of(request), submission=submission)
    except SubmissionNotFound as error:
        raise Http404 from error
    if view.stage not in UNDER_WAY:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "encounters/progress.html", {"file": view, "share": _share(view)})


def _running(view: SubmissionView) -> dict[str, Any]:
    return {**_about(view), "is_running": True, "share": _share(view)}


def _share(view: SubmissionView) -> int:
    return queue.share_of(view.job) if view.job else 0


def _told(request: HttpRequest, view: SubmissionView) -> dict[str, Any]:
    actor, code = asking.actor_of(request), request.GET.get("code", "")
    shows_accepted = request.GET.get("show") == "accepted"
    summary = reports.control_summary(actor=actor, submission=view.id)
    after = request.GET.get("after", "")
    if shows_accepted:
        page = reports.accepted(actor=actor, submission=view.id, after=after)
    else:
        page = reports.rejections(actor=actor, submission=view.id, after=after, code=code)
    told = submissions.answers(actor=actor, submission=view.id)
    return {
        **_about(view),
        "summary": summary,
        "refusal": file_words.of_refusal(view.refusal) if view.stage is Stage.REFUSED else None,
        "file_edits": shown.edits(summary.file_edits),
        "by_code": [(each, edit_words.of(each).why, count) for each, count in summary.by_code],
        "rows": shown.rows(page.rows),
        "next_key": page.next_key,
        "code": code,
        "shows_accepted": shows_accepted,
        "answers": [(kind, label) for kind, label, content in _answers(told) if content],
    }


def _answers(told: submissions.Answers) -> tuple[tuple[str, str, bytes], ...]:
    return (
        ("ta1", "TA1: the interchange", told.of_interchange),
        ("999", "999: its transaction sets", told.of_sets),
        ("277ca", "277CA: each encounter", told.of_records),
    )


def _about(view: SubmissionView) -> dict[str, Any]:
    stage, tone = file_words.STAGES[view.stage]
    if view.stage is Stage.READ and view.outstanding:
        stage, tone = "To be mended", "caution"
    return {
        "file": view,
        "stage": stage,
        "tone": tone,
        "source": file_words.SOURCES[view.source],
        "tax_id": identifiers.format_tax_id(view.tax_id),
    }
