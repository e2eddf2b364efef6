"""The queue of registrations: what waits in the order it is due, what is late, and looking one up."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.registration import review, turnaround
from portico.domains.registration.review import Row, Which
from portico.edges.web import asking
from portico.edges.web.register.words import business_days
from portico.edges.web.register.words import turnaround as said_turnaround
from portico.edges.web.staff.registrations import words

NOBODYS: Final = "No registration has this. A name is looked for as a whole."


class SoughtForm(forms.Form):
    """What a caller names."""

    text = forms.CharField(
        label="Transaction ID, NPI, tax ID, licence, mail address, name",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter what the caller names."},
    )


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def registrations(request: HttpRequest) -> HttpResponse:
    """What waits; a POST looks for what a caller names, and goes there where it is one."""
    form = SoughtForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = review.find(actor=asking.actor_of(request), text=form.cleaned_data["text"])
        if len(found) == 1:
            return redirect("registration", found[0].number)
        if found:
            return render(request, "staff/registrations/found.html", {"rows": _rows(found), "form": form})
        form.add_error("text", NOBODYS)
    return _page(request, form)


def _page(request: HttpRequest, form: SoughtForm) -> HttpResponse:
    actor, which = asking.actor_of(request), _which(request)
    queue = review.queue(actor=actor, which=which, key=request.GET.get("after", ""))
    context: dict[str, Any] = {
        "form": form,
        "which": which,
        "filters": [(each, name, queue.counts[each]) for each, name in words.FILTERS.items()],
        "rows": _rows(queue.page.rows),
        "next_key": queue.page.next_key,
        "may_rule": decide(actor, Question(Function.REGISTRATION_RULES)).allowed,
        "turnaround": said_turnaround(turnaround.published(today=actor.today)),
    }
    status = 422 if form.errors else 200
    return render(request, "staff/registrations/queue.html", context, status=status)


def _which(request: HttpRequest) -> Which:
    asked = request.GET.get("show", "")
    return Which(asked) if asked in set(Which) else Which.ALL


def _rows(found: tuple[Row, ...]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "type": words.account_type(row.account_type),
            "state": words.STATES[row.state],
            "reason": words.reason(row.reason),
            "left": "" if row.left is None else business_days(row.left),
        }
        for row in found
    ]
