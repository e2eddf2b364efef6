"""Offices that would like to take part: what waits as it is due, one of them, notes, and the answer."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.plan import catalogue
from portico.domains.registration import network_queue, network_review, network_rules
from portico.domains.registration.network_events import Kind
from portico.domains.registration.network_queue import Which, Who
from portico.domains.registration.network_review import Case
from portico.domains.registration.network_rules import Decline
from portico.edges.web import asking
from portico.edges.web.network import words
from portico.edges.web.network.forms import NoteForm, TrackingForm
from portico.edges.web.register.words import account_type
from portico.edges.web.rendering import Options
from portico.shared.identifiers import BadIdentifier

LISTS: Final[Mapping[Which, str]] = {Which.WAITING: "Waiting", Which.MINE: "Mine", Which.ANSWERED: "Answered"}
PEOPLE: Final[Mapping[Who, str]] = {Who.NOBODY: "Nobody", Who.YOU: "You", Who.A_COLLEAGUE: "A colleague"}
HAPPENED: Final[Mapping[Kind, str]] = {
    Kind.ASKED: "Asked",
    Kind.TAKEN: "Taken",
    Kind.HANDED_BACK: "Handed back",
    Kind.NOTED: "Note",
    Kind.INVITED: "Invited",
    Kind.DECLINED: "Declined",
    Kind.WITHDRAWN: "Taken back by the office",
}
NOBODYS: Final = "No request has this tracking number."
GONE: Final = "Nothing was changed: somebody was quicker. This is how it stands now."


class FindForm(TrackingForm):
    """Which request a caller speaks of."""

    def __init__(self, data: Any = None) -> None:
        """Ask whoever answers the call."""
        super().__init__(data)
        self.fields["tracking_number"].label = "Tracking number a caller names"
        self.fields["tracking_number"].help_text = ""


class DeclineForm(forms.Form):
    """Why the plan says no."""

    reason = forms.TypedChoiceField(
        label="Why?",
        help_text="The office reads it, in words of its own, with what it can do.",
        choices=[(str(reason), words.DECLINES[reason].short) for reason in Decline],
        coerce=Decline,
        widget=Options(),
        error_messages={"required": "Choose why.", "invalid_choice": "Choose one of these."},
    )


@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the soonest due first; a POST looks for the tracking number a caller names."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        number = _found(request, form)
        if number is not None:
            return redirect("network_request", number)
    asked = request.GET.get("which", "")
    which = Which(asked) if asked in set(Which) else Which.WAITING
    found = network_queue.queue(
        actor=asking.actor_of(request), which=which, after=request.GET.get("after", "")
    )
    context = {
        "form": form,
        "queue": found,
        "which": which,
        "lists": LISTS.items(),
        "rows": [_shown(row) for row in found.page.rows],
    }
    return render(request, "staff/network_requests.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One request."""
    return _page(request, number)


@require_POST
def assign(request: HttpRequest, number: int) -> HttpResponse:
    """Take it, or hand it back."""
    takes = request.POST.get("takes") == "yes"
    done = network_review.assign(actor=asking.actor_of(request), number=number, takes=takes)
    said = "You have taken this request." if takes else "Anybody can take this request now."
    return _after(request, number, done=done, said=said)


@sensitive_post_parameters()
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """Keep a note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, number, note_form=form)
    actor, text = asking.actor_of(request), form.cleaned_data["text"]
    if not network_review.note(actor=actor, number=number, text=text):
        raise Http404
    return _after(request, number, done=True, said="The note is kept.")


@require_POST
def invite(request: HttpRequest, number: int) -> HttpResponse:
    """Say yes."""
    done = network_review.invite(actor=asking.actor_of(request), number=number)
    return _after(request, number, done=done, said="The office is told. Get in touch with it now.")


@require_POST
def decline(request: HttpRequest, number: int) -> HttpResponse:
    """Say no, and why."""
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _page(request, number, decline_form=form)
    done = network_review.decline(
        actor=asking.actor_of(request), number=number, reason=form.cleaned_data["reason"]
    )
    return _after(request, number, done=done, said="The office is told that there is an answer.")


def _found(request: HttpRequest, form: TrackingForm) -> int | None:
    """The number of the request; None, and said in the form, where there is none."""
    typed = form.cleaned_data["tracking_number"]
    try:
        number = network_review.find(actor=asking.actor_of(request), tracking_number=typed)
    except BadIdentifier as error:
        form.add_error("tracking_number", words.FAULTS[error.code])
        return None
    if number is None:
        form.add_error("tracking_number", NOBODYS)
    return number


def _after(request: HttpRequest, number: int, *, done: bool, said: str) -> HttpResponse:
    if done:
        messages.success(request, said)
    else:
        messages.error(request, GONE)
    return redirect("network_request", number)


def _page(
    request: HttpRequest,
    number: int,
    *,
    note_form: forms.Form | None = None,
    decline_form: forms.Form | None = None,
) -> HttpResponse:
    found = network_review.case(actor=asking.actor_of(request), number=number)
    if found is None:
        raise Http404
    context = {
        **_in_words(found),
        "note_form": note_form or NoteForm(),
        "decline_form": decline_form or DeclineForm(),
    }
    return render(
        request, "staff/network_request.html", context, status=422 if note_form or decline_form else 200
    )


def _in_words(found: Case) -> dict[str, Any]:
    offered = catalogue.choices()
    regions = {each.code: each.name for each in offered.regions}
    lines = {each.code: each.name for each in offered.lines}
    return {
        "case": found,
        "shown": _shown(found.row),
        "is_open": network_rules.is_open(found.row.stage),
        "regions": [regions.get(code, code) for code in found.regions],
        "lines": [lines.get(code, code) for code in found.lines],
        "reason": words.DECLINES[found.reason].short if found.reason else "",
        "happened": [(each, HAPPENED[each.kind], PEOPLE[each.by]) for each in found.happened],
        "others": [_shown(row) for row in found.others],
    }


def _shown(row: network_queue.Row) -> dict[str, Any]:
    return {
        "row": row,
        "kind": account_type(row.kind),
        "stage": words.SHORT[row.stage],
        "assigned": PEOPLE[row.assigned],
    }
