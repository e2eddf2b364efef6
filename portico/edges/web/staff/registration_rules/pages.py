"""The catalogue of what may be registered: edited as a whole, and every version with who changed what.

The page works without scripts: every button sends the whole catalogue, and only Save keeps it.
"""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.access import colleagues
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.registration import catalogue
from portico.domains.registration.catalogue import CannotSet, Catalogue, Changed, Version
from portico.domains.registration.catalogue_rows import DEFAULT
from portico.domains.registration.catalogue_rules import MOST_OFFERS
from portico.edges.web import asking
from portico.edges.web.staff.registration_rules import words
from portico.edges.web.staff.registration_rules.forms import Rows

CHANGED: Final = (
    "Somebody else has changed the catalogue since you opened it. What you see is yours; open the page again "
    "to see theirs."
)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The catalogue as it is; a POST changes what is shown, and Save keeps it."""
    known = _read(request)
    if request.method == "GET":
        return _page(request, Rows.of(known.offers), known, was=known.number)
    told = request.POST.get("was", "")
    was = int(told) if told.isascii() and told.isdecimal() and len(told) < len("1000000000") else -1
    rows, act = Rows.sent(request.POST), request.POST.get("act", "")
    if act == "default":
        return _save(request, Rows.of(DEFAULT), known, was=was)
    if act != "save":
        return _page(request, rows.after(act), known, was=was)
    if not rows.are_valid():
        return _page(request, rows, known, was=was, status=422)
    return _save(request, rows, known, was=was)


@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    """Every version the plan has written: when, by whom, and what was changed."""
    actor = asking.actor_of(request)
    made = catalogue.versions(actor=actor)
    with permit(actor, Function.REGISTRATION_RULES) as given:
        who = colleagues.names(given, [each.made_by for each in made if each.made_by is not None])
        given.conclude("registration_rules_shown")
    before = [*made[1:], Version(0, DEFAULT, actor.asked_at, None)]
    rows = [
        (each, who.get(each.made_by or 0, "The system"), words.differences(was.offers, each.offers))
        for each, was in zip(made, before, strict=False)
    ]
    return render(request, "staff/registration_rules/versions.html", {"rows": rows})


def _read(request: HttpRequest) -> Catalogue:
    with permit(asking.actor_of(request), Function.REGISTRATION_RULES) as given:
        given.conclude("registration_rules_shown")
        return catalogue.current()


def _save(request: HttpRequest, rows: Rows, known: Catalogue, *, was: int) -> HttpResponse:
    offers = rows.offers() if all(form.is_bound for form in rows.forms) else DEFAULT
    try:
        catalogue.replace(actor=asking.actor_of(request), offers=offers, was=was)
    except Changed:
        return _page(request, rows, known, was=was, wrong=CHANGED, status=422)
    except CannotSet as error:
        said = str(error)
        wrong = f"{said[:1].upper()}{said[1:]}."
        return _page(request, rows, known, was=was, wrong=wrong, status=422)
    messages.success(request, "The catalogue is changed. It counts for whoever registers from now on.")
    return redirect("registration_rules")


def _page(
    request: HttpRequest, rows: Rows, known: Catalogue, *, was: int, wrong: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "rows": rows.forms,
        "was": was,
        "wrong": wrong,
        "is_default": known.number == 0,
        "may_add": len(rows.forms) < MOST_OFFERS,
        "error_forms": [form for form in rows.forms if form.is_bound and form.errors],
    }
    return render(request, "staff/registration_rules/edit.html", context, status=status)
