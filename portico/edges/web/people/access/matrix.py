"""Who of the office may do what, as one picture: to look at, to narrow to one function, to print."""

from collections.abc import Iterable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.domains.access.delegating import matrix
from portico.domains.access.delegating.matrix import Cell, Row, State
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.edges.web import asking
from portico.edges.web.people.access import words
from portico.edges.web.people.opening import by_side
from portico.edges.web.people.sides import Side
from portico.edges.web.refusals import FUNCTION_NAMES

MOST_AT_ONCE: Final = 1_000
SIGNS: Final = {
    State.ACTIVE: ("check-circle", "Yes", "positive"),
    State.PROPOSED: ("hourglass", "Waits to be confirmed", "caution"),
    State.AHEAD: ("schedule", "From a later day on", "neutral"),
}
LIMITED: Final = ("check", "Yes, limited to some lines, regions or providers, or until a day", "info")


@require_safe
@by_side
def shown(request: HttpRequest, side: Side) -> HttpResponse:
    """The picture; `all` of it on one page, for paper."""
    asked, whole = request.GET.get("function", ""), "all" in request.GET
    function = Function(asked) if asked in set(matrix.COLUMNS) else None
    page = matrix.page(
        actor=asking.actor_of(request),
        function=function,
        key=request.GET.get("after", ""),
        size=MOST_AT_ONCE if whole else matrix.PAGE,
    )
    context = {
        "side": side,
        "columns": [(str(each), FUNCTION_NAMES[each]) for each in matrix.COLUMNS],
        "function": function or "",
        "function_name": FUNCTION_NAMES[function] if function else "",
        "rows": [_row(side, each) for each in page.rows],
        "next_key": page.next_key,
        "whole": whole,
    }
    return render(request, "people/access/matrix.html", context)


def _row(side: Side, row: Row) -> dict[str, object]:
    return {
        "row": row,
        "kind": words.KINDS[row.kind],
        "url": side.person(row.user_id),
        "cells": list(_cells(row)),
        "is_administrator": row.kind is PersonaKind.ADMINISTRATOR,
    }


def _cells(row: Row) -> Iterable[dict[str, str]]:
    for column in matrix.COLUMNS:
        cell = row.cells.get(column)
        yield {"column": FUNCTION_NAMES[column], **(_sign(cell) if cell else {})}


def _sign(cell: Cell) -> dict[str, str]:
    icon, says, tone = SIGNS[cell.state]
    if cell.state is State.ACTIVE and cell.is_limited:
        icon, says, tone = LIMITED
    return {"icon": icon, "says": says, "tone": tone}
