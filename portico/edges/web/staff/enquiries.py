"""Enquiries of people without an account: what waits in the order it is due, one of them, and its end."""

from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.support import answering
from portico.domains.support.answering import Enquiry
from portico.domains.support.rules import Ending
from portico.edges.web import asking
from portico.edges.web.enquiry_words import ENDINGS, KINDS, TIMES, TOPICS
from portico.edges.web.rendering import Options
from portico.shared.identifiers import BadIdentifier

NOBODYS: Final = "No enquiry has this reference."
GONE: Final = "Nothing was changed: somebody was quicker, and it has ended already."


class ReferenceForm(forms.Form):
    """The reference a caller names."""

    reference = forms.CharField(
        label="Reference a caller names",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the reference."},
    )


class EndingForm(forms.Form):
    """How an enquiry ended."""

    ending = forms.TypedChoiceField(
        label="How it ended",
        choices=[(str(ending), words) for ending, words in ENDINGS.items()],
        coerce=Ending,
        widget=Options(),
        error_messages={"required": "Choose how it ended.", "invalid_choice": "Choose one of these."},
    )


@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the soonest due first; a POST looks for the reference a caller names."""
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = _found(request, form)
        if number is not None:
            return redirect("enquiry", number)
    found = answering.queue(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    context = {
        "form": form,
        "queue": found,
        "rows": [(row, KINDS[row.kind], TOPICS[row.topic]) for row in found.page.rows],
    }
    return render(request, "staff/enquiries.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One enquiry."""
    return _page(request, _read(request, number), EndingForm())


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Say how it ended."""
    form = EndingForm(request.POST)
    if not form.is_valid():
        return _page(request, _read(request, number), form)
    ending = form.cleaned_data["ending"]
    if answering.end(actor=asking.actor_of(request), number=number, ending=ending):
        messages.success(request, f"Enquiry {number} has ended: {ENDINGS[ending].lower()}.")
    else:
        messages.error(request, GONE)
    return redirect("enquiries")


def _found(request: HttpRequest, form: ReferenceForm) -> int | None:
    """The number of the enquiry; None, and said in the form, where there is none."""
    reference = form.cleaned_data["reference"]
    try:
        number = answering.find(actor=asking.actor_of(request), reference=reference)
    except BadIdentifier as error:
        form.add_error("reference", error.words)
        return None
    if number is None:
        form.add_error("reference", NOBODYS)
    return number


def _read(request: HttpRequest, number: int) -> Enquiry:
    found = answering.one(actor=asking.actor_of(request), number=number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, found: Enquiry, form: EndingForm) -> HttpResponse:
    context = {
        "enquiry": found,
        "kind": KINDS[found.row.kind],
        "topic": TOPICS[found.row.topic],
        "best_time": TIMES[found.best_time],
        "ending": ENDINGS[found.ending] if found.ending else "",
        "form": form,
    }
    return render(request, "staff/enquiry.html", context, status=422 if form.errors else 200)
