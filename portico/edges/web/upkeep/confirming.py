"""Confirming on one page that what the directory says of an office is true."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.directory import attesting
from portico.domains.directory.attesting import Asked
from portico.edges.web import asking
from portico.edges.web.upkeep import words
from portico.shared import pages


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """All entries of the office, those due first, with what has changed since they were last confirmed."""
    sheet = attesting.sheet(actor=asking.actor_of(request), key=request.GET.get("after", ""))
    context = {"sheet": sheet, "rows": [_row(one) for one in sheet.page.rows]}
    return render(request, "upkeep/confirm.html", context)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Keep that what was shown is true."""
    said = attesting.confirm(actor=asking.actor_of(request), shown=dict(_said(request)))
    if said.count:
        entries = "entry is" if said.count == 1 else "entries are"
        messages.success(request, f"{said.count} {entries} confirmed. Thank you.")
    if said.changed:
        messages.error(request, f"{said.changed} changed while you looked. Look at them again.")
    if not said.count and not said.changed:
        messages.error(request, "Nothing was chosen, and nothing was confirmed.")
    return redirect("office_directory_confirm" if said.changed or not said.count else "office_directory")


def _said(request: HttpRequest) -> Iterator[tuple[int, str]]:
    """The entries said to be true: their numbers, with the digests of what was shown."""
    for typed in request.POST.getlist("true"):
        number, _, digest = typed.partition(":")
        if pages.is_row(number):
            yield int(number), digest


def _row(one: Asked) -> dict[str, Any]:
    facts = [
        (label, says, words.value(field, one.differs[field]) if field in one.differs else "")
        for field, label, says in words.facts(one.entry.says)
    ]
    return {
        "entry": one.entry,
        "value": f"{one.entry.number}:{one.digest}",
        "facts": facts,
        "differs": bool(one.differs),
    }
