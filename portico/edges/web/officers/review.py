"""The access review on one page: everybody, what they may do, what nobody used, and what stays."""

from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from portico.domains.access.reviews import judging, reading
from portico.domains.access.reviews.judging import (
    BeyondCeiling,
    LastAdministrator,
    NoReview,
    OutOfReach,
    Said,
    Unfinished,
    UnknownPerson,
)
from portico.domains.access.reviews.reading import Reviewed, Rhythm
from portico.domains.permits.actors import PersonaKind
from portico.domains.plan import catalogue
from portico.edges.web import asking, refusals
from portico.edges.web.context import PERSONA_NAMES
from portico.edges.web.officers import words
from portico.shared import pages

SAID_OF: Final = "said-"
MISSES: Final[Mapping[type[Exception], str]] = {
    NoReview: "Nothing was changed: no review is open.",
    UnknownPerson: "Nothing was changed: somebody on this page is not here any more. Look again.",
    OutOfReach: "Nothing was changed: nobody judges what they hold themselves.",
    BeyondCeiling: "Nothing was changed: somebody on this page holds more than you may give or take. Keep "
    "them, and let an administrator of the whole office decide.",
    LastAdministrator: "Nothing was changed: your office would be left without an administrator.",
}


@require_safe
def shown(request: HttpRequest) -> HttpResponse:
    """The open review; when the next one is where none is open."""
    after = request.GET.get("after", "")
    found = reading.sheet(actor=asking.actor_of(request), after=after)
    if isinstance(found, Rhythm):
        return render(request, "officers/no_review.html", {"rhythm": found})
    lines = catalogue.line_names()
    context = {
        "sheet": found,
        "after": after,
        "rows": [_row(row, lines) for row in found.page.rows],
        "answers": [(str(said), label) for said, label in words.SAID.items()],
    }
    return render(request, "officers/review.html", context)


@require_POST
def say(request: HttpRequest) -> HttpResponse:
    """Keep what was said of the people of one page."""
    verdicts = dict(_said(request))
    try:
        count = judging.say(actor=asking.actor_of(request), verdicts=verdicts)
    except tuple(MISSES) as error:
        messages.error(request, MISSES[type(error)])
    else:
        messages.success(
            request, f"Saved for {count}." if count else "Nobody was chosen, and nothing was changed."
        )
    after = request.POST.get("after", "")
    query = f"?{urlencode({'after': after})}" if pages.is_row(after) else ""
    return redirect(reverse("office_review") + query)


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Finish it."""
    try:
        judging.finish(actor=asking.actor_of(request))
    except Unfinished as error:
        messages.error(request, f"Not finished: {error.count} still to be answered.")
    except NoReview as error:
        messages.error(request, MISSES[type(error)])
    else:
        messages.success(request, "The review is finished. Thank you.")
    return redirect("office_review")


def _said(request: HttpRequest) -> Iterator[tuple[int, Said]]:
    """What was chosen; where the button says so, those without anything flagged are kept."""
    known = {str(said) for said in Said}
    keeps = "keep_rest" in request.POST
    for typed in request.POST.getlist("row"):
        said = request.POST.get(SAID_OF + typed, "")
        if pages.is_row(typed) and said in known:
            yield int(typed), Said(said)
        elif pages.is_row(typed) and keeps and typed in request.POST.getlist("calm"):
            yield int(typed), Said.KEPT


def _row(row: Reviewed, lines: Mapping[str, str]) -> dict[str, object]:
    return {
        "of": row,
        "kind": PERSONA_NAMES[PersonaKind(row.kind)],
        "said": words.SAID_BEFORE[row.said] if row.said else None,
        "chosen": str(row.said) if row.said else "",
        "uses": [
            (
                use,
                refusals.FUNCTION_NAMES[use.function],
                ", ".join(lines.get(line, line) for line in use.lines),
            )
            for use in row.uses
        ],
    }
