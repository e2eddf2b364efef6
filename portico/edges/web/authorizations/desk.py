"""The office's desk for requests: by tax ID, what is due, on whom it waits, and who follows it."""

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from portico.domains.authorizations import dashboard
from portico.domains.authorizations.dashboard import ME, NOBODY, Dashboard, Shelf
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import require
from portico.edges.web import asking, parts
from portico.edges.web.authorizations.results import row
from portico.shared import identifiers

LABELS: Final = {
    Shelf.DUE_TODAY: "Due today",
    Shelf.WAITING_ON_US: "Waiting on us",
    Shelf.WAITING_ON_PLAN: "Waiting on the plan",
    Shelf.ANSWERED: "Answered lately",
}
EMPTY: Final = {
    Shelf.DUE_TODAY: "Nothing is due today",
    Shelf.WAITING_ON_US: "The plan waits for nothing of yours",
    Shelf.WAITING_ON_PLAN: "The plan owes you no answer",
    Shelf.ANSWERED: "No answers in the last two weeks",
}


_NOBODYS: Final = "Nothing on this list for whom you chose"


@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """One list of the desk; tax ID, list and person stand in the address, and are no patient's."""
    actor, part = asking.actor_of(request), parts.of(request)
    decision = require(
        actor, Function.AUTHORIZATION_INQUIRY, line=part.line or None, region=part.region or None
    )
    tax_ids = sorted(decision.scope.tax_ids())
    chosen = _chosen(request, tax_ids)
    told = dashboard.of(actor=actor, after=request.GET.get("after", ""), **chosen)
    context = {"told": told, "rows": list(map(row, told.rows)), **_choices(chosen, told, tax_ids)}
    return render(request, "authorizations/desk.html", context)


def _chosen(request: HttpRequest, tax_ids: list[str]) -> dict[str, Any]:
    """What the address asks for; nothing said is the first tax ID, and what waits on the office."""
    shelf, tax_id = request.GET.get("list", Shelf.WAITING_ON_US), request.GET.get("tax_id", "")
    if shelf not in list(Shelf) or (tax_id and not _is_tax_id(tax_id)):
        raise Http404
    whose = request.GET.get("whose", "")
    return {"tax_id": tax_id or (tax_ids or [""])[0], "shelf": Shelf(shelf), "whose": whose}


def _is_tax_id(text: str) -> bool:
    try:
        return identifiers.parse_tax_id(text) == text
    except identifiers.BadIdentifier:
        return False


def _choices(chosen: dict[str, Any], told: Dashboard, tax_ids: list[str]) -> dict[str, Any]:
    shelf, whose = chosen["shelf"], chosen["whose"]
    same = {"tax_id": chosen["tax_id"], "whose": whose}
    people = [("", "Everybody"), (ME, "Me"), (NOBODY, "Nobody yet")]
    people += [(str(number), name) for number, name in told.people]
    return {
        **chosen,
        "shelves": [
            (_query(list=each, **same), LABELS[each], told.counts[each], each is shelf) for each in Shelf
        ],
        "title": LABELS[shelf],
        "empty": _NOBODYS if whose else EMPTY[shelf],
        "people": people,
        "tax_ids": [(number, identifiers.format_tax_id(number)) for number in tax_ids],
        "next": _query(list=shelf, after=told.next_key, **same) if told.next_key else "",
    }


def _query(**values: str) -> str:
    return urlencode({name: value for name, value in values.items() if value})
