"""The pages of batch eligibility: the list, the rows before they are asked, progress, and the results."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.members import batch_reading
from portico.domains.members.batches import BatchNotFound, BatchView, Outcome, RowView, Stage
from portico.edges.web import asking
from portico.edges.web.batches import downloads, forms, results, sending, words
from portico.shared import identifiers

_SHOWN_FIRST = 5


@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """The batches sent in, the newest first, and the lists that were saved."""
    actor, saved = asking.actor_of(request), request.GET.get("show") == "saved"
    page = batch_reading.recent(actor=actor, saved=saved, after=request.GET.get("after", ""))
    rows = [(batch, words.SOURCES[batch.source], *words.STAGES[batch.stage]) for batch in page.rows]
    context = {"rows": rows, "saved": saved, "next_key": page.next_key}
    return render(request, "batches/batches.html", context)


@require_safe
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """One batch: before it is asked what its rows say, afterwards what was answered."""
    return show(request, batch)


@require_safe
def progress(request: HttpRequest, batch: UUID) -> HttpResponse:
    """How far a batch is, as part of its page; once it is done, the page is asked for anew."""
    view = _progress(request, batch)
    if view.stage is not Stage.RUNNING:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "batches/progress.html", {"batch": view})


def show(request: HttpRequest, batch: UUID, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a batch, with a form that could not be taken among `more`."""
    view = _progress(request, batch)
    if view.stage is Stage.DRAFT:
        return _draft(request, view)
    outcome = _outcome(request)
    page = batch_reading.page(
        actor=asking.actor_of(request), batch=batch, outcome=outcome, after=request.GET.get("after", "")
    )
    context = {
        **_about(view),
        "rows": results.of(page.rows),
        "next_key": page.next_key,
        "outcome": outcome or "",
        "outcomes": [(each, label, view.counts[each]) for each, label in _present(view)],
        "files": downloads.offered(view),
        "save": forms.SaveForm(initial={"name": view.name}),
        "again": forms.AgainForm(today=asking.actor_of(request).today),
        **more,
    }
    return render(request, "batches/batch.html", context, status=status)


def _draft(request: HttpRequest, view: BatchView) -> HttpResponse:
    actor, key = asking.actor_of(request), request.GET.get("after", "")
    problems = batch_reading.page(actor=actor, batch=view.id, outcome=Outcome.UNREADABLE, after=key)
    first = batch_reading.page(actor=actor, batch=view.id, outcome=Outcome.WAITING, size=_SHOWN_FIRST)
    context = {
        **_about(view),
        "steps": sending.STEPS,
        "problems": list(_problems(problems.rows)),
        "next_key": problems.next_key,
        "first": results.of(first.rows),
        "asked": view.askable - view.shared,
    }
    return render(request, "batches/draft.html", context)


def _problems(rows: Iterable[RowView]) -> Iterable[tuple[results.Result, words.Said]]:
    found = tuple(rows)
    return zip(results.of(found), map(words.of_problem, found), strict=True)


def _about(view: BatchView) -> dict[str, Any]:
    stage, tone = words.STAGES[view.stage]
    return {
        "batch": view,
        "stage": stage,
        "tone": tone,
        "is_running": view.stage is Stage.RUNNING,
        "source": words.SOURCES[view.source],
        "tax_id": identifiers.format_tax_id(view.tax_id) if view.tax_id else "",
    }


def _present(view: BatchView) -> list[tuple[Outcome, str]]:
    return [(outcome, label) for outcome, (label, _) in words.OUTCOMES.items() if view.counts.get(outcome)]


def _outcome(request: HttpRequest) -> Outcome | None:
    wanted = request.GET.get("outcome", "")
    return Outcome(wanted) if wanted in set(Outcome) else None


def _progress(request: HttpRequest, batch: UUID) -> BatchView:
    try:
        return batch_reading.progress(actor=asking.actor_of(request), batch=batch)
    except BatchNotFound as error:
        raise Http404 from error
