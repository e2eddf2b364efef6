"""The lists of the directory's desk: what waits, what was published and how fast, what nobody confirmed; and
accepted changes as a table for the core system.
"""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.directory import exporting, review_queue
from portico.domains.directory.exporting import Line
from portico.domains.directory.review_queue import Which
from portico.edges.web import asking, csv_written
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.edges.web.upkeep import words

LISTS: Final[Mapping[Which, str]] = {
    Which.WAITING: "Waiting",
    Which.CONTRADICTED: "Contradicted",
    Which.DECIDED: "Decided",
}
TABS: Final[Mapping[str, Any]] = {"lists": tuple(LISTS.items())}
HEADS: Final = (
    *("reference", "npi", "tax_id", "address", "city", "field"),
    *("before", "after", "effective_on", "accepted_at", "state"),
)


class ExportForm(forms.Form):
    """Which accepted changes."""

    since = DayField(
        label="Accepted since",
        help_text="mm/dd/yyyy; leave it empty for those that were never handed out.",
        widget=DayPickerInput(),
        required=False,
    )


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the soonest due first; what was decided; what the provider file contradicts."""
    asked = request.GET.get("which", "")
    which = Which(asked) if asked in set(Which) else Which.WAITING
    after = request.GET.get("after", "")
    found = review_queue.queue(actor=asking.actor_of(request), which=which, after=after)
    context = {
        **TABS,
        "queue": found,
        "which": which,
        "changes": words.changes(found.page),
    }
    return render(request, "staff/directory/queue.html", context)


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """What was published, and how fast, month by month."""
    found = review_queue.log(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    context = {**TABS, "log": found, "rows": [(each, words.change(each.row)) for each in found.page.rows]}
    return render(request, "staff/directory/published.html", context)


@require_safe
def unconfirmed(request: HttpRequest) -> HttpResponse:
    """Entries that nobody confirmed in time."""
    found = review_queue.unconfirmed(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    return render(request, "staff/directory/unconfirmed.html", {**TABS, "found": found})


@require_http_methods(["GET", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """Accepted changes as CSV for the core system; a POST hands them out and notes that it did."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actor = asking.actor_of(request)
        lines = exporting.export(actor=actor, since=form.cleaned_data["since"])
        return csv_written.attached(f"directory-changes-{actor.today}.csv", HEADS, map(_cells, lines))
    waiting = exporting.waiting(actor=asking.actor_of(request))
    context = {**TABS, "form": form, "waiting": waiting}
    return render(request, "staff/directory/export.html", context, status=422 if form.errors else 200)


def _cells(line: Line) -> list[str]:
    return [
        *(line.reference, line.npi, line.tax_id, line.address, line.city, line.field),
        *(_cell(line.before), _cell(line.after)),
        *(line.effective_on.isoformat(), line.accepted_at.isoformat(), line.state),
    ]


def _cell(says: Any) -> str:
    """A value as a core system reads it: several in a list apart by a bar, an address by commas."""
    if isinstance(says, bool):
        return "yes" if says else "no"
    if isinstance(says, dict):
        return words.address(says)
    return "|".join(says) if isinstance(says, list) else str(says or "")
