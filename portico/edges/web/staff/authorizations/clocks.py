"""The plan's clocks: how long a decision, a notice or an answer may take, by line and kind of request."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import clock_desk
from portico.domains.authorizations.clock_rules import Rule
from portico.domains.authorizations.clocks import CannotSet
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.staff.authorizations.clock_forms import FAULTS, KINDS, UNITS, ClockForm, EndForm
from portico.shared import pages


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The clocks; a POST adds one, ends one, or removes one."""
    match request.POST.get("do", "") if request.method == "POST" else None:
        case None:
            return _page(request)
        case "add":
            return _add(request)
        case "end":
            return _end(request)
        case "remove":
            return _remove(request)
    raise Http404


def _add(request: HttpRequest) -> HttpResponse:
    form = ClockForm(request.POST, lines=_lines())
    if not form.is_valid():
        return _page(request, form=form)
    try:
        clock_desk.add(actor=asking.actor_of(request), rule=form.rule())
    except CannotSet as error:
        form.add_error(*FAULTS[error.code])
        return _page(request, form=form)
    messages.success(request, "The clock is added. It counts for requests that come in from its first day.")
    return redirect("authorization_clocks")


def _end(request: HttpRequest) -> HttpResponse:
    form = EndForm(request.POST)
    if not form.is_valid():
        return _page(request, ended=form)
    try:
        last_on = form.cleaned_data["last_on"]
        clock_desk.end(actor=asking.actor_of(request), number=_number(request), last_on=last_on)
    except clock_desk.UnknownRule as error:
        raise Http404 from error
    except CannotSet:
        form.add_error("last_on", "It would end before it begins.")
        return _page(request, ended=form)
    messages.success(request, "The clock ends on that day. Requests it counts for keep it.")
    return redirect("authorization_clocks")


def _remove(request: HttpRequest) -> HttpResponse:
    try:
        clock_desk.remove(actor=asking.actor_of(request), number=_number(request))
        messages.success(request, "The clock is removed.")
    except clock_desk.UnknownRule as error:
        raise Http404 from error
    except CannotSet:
        messages.error(request, "Requests are counted by this clock, so it stays. End it instead.")
    return redirect("authorization_clocks")


def _page(
    request: HttpRequest, *, form: ClockForm | None = None, ended: EndForm | None = None
) -> HttpResponse:
    rules, names = clock_desk.listed(actor=asking.actor_of(request)), catalogue.line_names()
    context = {
        "clocks": [_row(rule, names) for rule in rules],
        "form": form or ClockForm(lines=_lines()),
        "ended": ended,
    }
    status = 422 if form or ended else 200
    return render(request, "staff/authorizations/clocks.html", context, status=status)


def _row(rule: Rule, names: dict[str, str]) -> dict[str, object]:
    return {
        "rule": rule,
        "name": KINDS[rule.kind],
        "line": names.get(rule.line, rule.line) or "Every line",
        "length": f"{rule.amount} {UNITS[rule.unit]}",
    }


def _lines() -> list[tuple[str, str]]:
    return list(catalogue.line_names().items())


def _number(request: HttpRequest) -> int:
    typed = request.POST.get("row", "")
    return int(typed) if pages.is_row(typed) else 0
