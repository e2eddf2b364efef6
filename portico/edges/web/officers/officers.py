"""An office's officers: who administers it, who takes over, and leaving."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access.officers import leaving, listing
from portico.domains.access.officers.leaving import CannotName, LastAdministrator, Left
from portico.edges.web import asking
from portico.edges.web.officers import words
from portico.edges.web.officers.forms import LeavingForm
from portico.shared import pages

LONGEST_TEXT = 60


@require_http_methods(["GET", "POST"])
def shown(request: HttpRequest) -> HttpResponse:
    """Who administers the office, and whom to name; a POST looks for somebody."""
    text = request.POST.get("who", "")[:LONGEST_TEXT].strip()
    house = listing.house(actor=asking.actor_of(request), text=text)
    return render(request, "officers/officers.html", {"house": house, "text": text})


@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """Name the successor, or nobody."""
    try:
        leaving.name(actor=asking.actor_of(request), user_id=_number(request))
    except CannotName as error:
        messages.error(request, words.CANNOT_NAME[error.code])
    else:
        messages.success(
            request, "Saved: this is who takes over." if _number(request) else "Nobody is named now."
        )
    return redirect("office_officers")


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Give the duty up: what it means, who takes over, and the one button."""
    form = LeavingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            left = leaving.leave(
                actor=asking.actor_of(request), what=form.cleaned_data["what"], successor=_number(request)
            )
        except CannotName as error:
            form.add_error(None, words.CANNOT_NAME[error.code])
        except LastAdministrator:
            form.add_error(None, words.LAST_ADMINISTRATOR)
        else:
            return _gone(request, left)
    house = listing.house(actor=asking.actor_of(request), lately=True)
    context = {"house": house, "form": form, "what": words.WHAT.values(), "chosen": _number(request)}
    return render(request, "officers/leave.html", context, status=422 if form.errors else 200)


def _gone(request: HttpRequest, left: Left) -> HttpResponse:
    """On as what is left of the person here; out, where nothing is."""
    if left.goes_on_as is None:
        asking.end(request)
        return render(request, "officers/left.html")
    asking.act_as(request, left.goes_on_as)
    messages.success(request, "You are no longer administrator. You go on as what you are here besides.")
    return redirect("home")


def _number(request: HttpRequest) -> int | None:
    """Who is named; None for nobody. What is no number names somebody there is not."""
    typed = request.POST.get("successor", "")
    return (int(typed) if pages.is_row(typed) else 0) if typed else None
