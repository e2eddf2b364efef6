"""What people do with a list of claims: keep its search under a name, and take it home as a file."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.claims import exports, filters, finding
from portico.domains.claims.asked import Asked
from portico.domains.claims.exports import ExportView, Stage
from portico.edges.web import asking, workbook_written
from portico.edges.web.claims import forms, results, words

STAGES = {
    Stage.RUNNING: ("Being written", "caution"),
    Stage.DONE: ("Ready", "positive"),
    Stage.REFUSED: ("Not written: your access has changed", "negative"),
    Stage.FAILED: ("Failed: export it again", "negative"),
}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": workbook_written.CONTENT_TYPE}
_WAIT = f"{exports.MOST_RUNNING} of your exports are being written. Ask again when one of them is ready."
_FULL = f"You keep {filters.MOST} filters already. Remove one first."
_OUTDATED = "What you may see has changed since this file was written. Export the list again."


@require_POST
def save(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Keep the search under a name."""
    form = forms.SaveForm(request.POST)
    if not form.is_valid():
        return results.show(request, inquiry, chosen=request.POST, status=422, save=form)
    given, actor = form.cleaned_data, asking.actor_of(request)
    try:
        filters.save(actor=actor, name=given["name"], asked=_asked(request, inquiry), moves=given["moves"])
    except filters.TooManyFilters:
        form.add_error("name", _FULL)
        return results.show(request, inquiry, chosen=request.POST, status=422, save=form)
    messages.success(request, "The filter is saved.")
    return redirect("claims_filters")


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The filters this person saved, each with what it asks for today."""
    rows = [(row, words.asked(row.asked, whole=True)) for row in filters.mine(actor=asking.actor_of(request))]
    return render(request, "claims/filters.html", {"rows": rows})


@require_POST
def run(request: HttpRequest, number: UUID) -> HttpResponse:
    """Search by a saved filter."""
    try:
        return redirect("claims_found", inquiry=filters.run(actor=asking.actor_of(request), number=number))
    except filters.FilterNotFound as error:
        raise Http404 from error


@require_POST
def drop(request: HttpRequest, number: UUID) -> HttpResponse:
    """Remove a saved filter."""
    try:
        filters.drop(actor=asking.actor_of(request), number=number)
    except filters.FilterNotFound as error:
        raise Http404 from error
    messages.success(request, "The filter is removed.")
    return redirect("claims_filters")


@require_POST
def export(request: HttpRequest, inquiry: UUID) -> HttpResponse:
    """Have the list written to a file."""
    kind = request.POST.get("format", "")
    if kind not in TYPES:
        raise Http404
    try:
        exports.ask(actor=asking.actor_of(request), asked=_asked(request, inquiry), format=kind)
    except exports.TooManyRunning:
        messages.warning(request, _WAIT)
    return redirect("claims_exports")


@require_safe
def exported(request: HttpRequest) -> HttpResponse:
    """The files this person asked for; while one is written, the list renews itself."""
    views = exports.mine(actor=asking.actor_of(request))
    rows, is_running = [_row(view) for view in views], any(view.stage is Stage.RUNNING for view in views)
    name = "claims/export_list.html" if request.headers.get("HX-Request") else "claims/exports.html"
    return render(request, name, {"rows": rows, "is_running": is_running})


@require_safe
def file(request: HttpRequest, number: UUID) -> HttpResponse:
    """The file of an export."""
    try:
        found = exports.read(actor=asking.actor_of(request), export=number)
    except exports.ExportNotFound as error:
        raise Http404 from error
    except exports.ExportOutdated:
        messages.warning(request, _OUTDATED)
        return redirect("claims_exports")
    name = f"claims-{found.created_at:%Y%m%d-%H%M%S}.{found.format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(found.content, content_type=TYPES[found.format], headers=headers)


@require_POST
def discard(request: HttpRequest, number: UUID) -> HttpResponse:
    """Drop an export and its file."""
    try:
        exports.discard(actor=asking.actor_of(request), export=number)
    except exports.ExportNotFound as error:
        raise Http404 from error
    messages.success(request, "The export is removed.")
    return redirect("claims_exports")


def _asked(request: HttpRequest, inquiry: UUID) -> Asked:
    """What the list was of, narrowed as it was shown."""
    try:
        asked = finding.asked_in(actor=asking.actor_of(request), inquiry=inquiry)
    except finding.InquiryNotFound as error:
        raise Http404 from error
    return results.narrowed(asked, request.POST)


def _row(view: ExportView) -> dict[str, object]:
    said, tone = STAGES[view.stage]
    return {"view": view, "said": said, "tone": tone, "is_ready": view.stage is Stage.DONE}
