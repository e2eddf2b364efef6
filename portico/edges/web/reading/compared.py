"""The page of what changed from one version of a document to another."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.library import comparisons
from portico.domains.library.comparing.differences import Fate, Grid, Passed
from portico.domains.library.reading import UnknownDocument
from portico.edges.web import asking

SHOWN_BESIDE: Final = 2
"""So many unchanged passages in a row are shown; more of them fold away."""


@dataclass(frozen=True, slots=True)
class Run:
    """Passages one after the other, each with whether it is a table; folded where nothing in them changed."""

    passages: tuple[tuple[bool, Passed], ...]
    is_folded: bool


@require_safe
def shown(request: HttpRequest, key: str, before: int, after: int) -> HttpResponse:
    """From one version to another, passage by passage."""
    try:
        found = comparisons.between(actor=asking.actor_of(request), key=key, before=before, after=after)
    except UnknownDocument as error:
        raise Http404 from error
    context = {
        "found": found,
        "runs": _runs(found.passages),
        "added": found.counts[Fate.ADDED],
        "removed": found.counts[Fate.REMOVED],
        "changed": found.counts[Fate.CHANGED],
    }
    return render(request, "reading/differences.html", context)


def _runs(passages: Iterable[Passed]) -> list[Run]:
    runs = []
    for is_same, group in groupby(passages, key=lambda passed: passed.fate is Fate.SAME):
        rows = tuple((isinstance(each, Grid), each) for each in group)
        runs.append(Run(rows, is_same and len(rows) > SHOWN_BESIDE))
    return runs
