"""Identities to be verified, at the plan's desk: what waits, one case with its files, the decision."""

from datetime import timedelta
from typing import Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access import contacts, looking_after
from portico.domains.accounts.proving import proof_reviews
from portico.domains.accounts.proving.deciders import Hindrance
from portico.domains.accounts.proving.proof_reviews import Case
from portico.domains.accounts.proving.proof_rules import MOST_TRIES, Refusal
from portico.domains.accounts.proving.proof_views import Paper
from portico.domains.permits.actors import Actor
from portico.edges.web import asking, attachments, prover_words
from portico.edges.web import identity_words as words
from portico.edges.web.accounts.identity.tasks import function_of
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import Options

DOCUMENTS: Final = (Refusal.UNREADABLE, Refusal.OTHER_NAME, Refusal.OUT_OF_DATE, Refusal.NOT_ENOUGH)
CALLS: Final = (Refusal.NOT_REACHED, Refusal.NOT_KNOWN_THERE)
UNITS: Final = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "minute"),
)
GONE: Final = "Nothing was decided: somebody was quicker, or it is for a colleague to decide."
STOPS: Final = {
    Hindrance.OWN_CASE: ("This is your own", "Nobody decides on himself."),
    Hindrance.INVITED_ONESELF: (
        "You invited this person",
        "Whoever invited somebody does not say who it is.",
    ),
    Hindrance.OUT_OF_REACH: (
        "Somebody else looks after this account",
        "It has, or had, a desk of the plan that may do more than yours.",
    ),
}


class RefusalForm(forms.Form):
    """Why an identity is not taken as proven; the person reads the words."""

    reason = forms.ChoiceField(
        label="Why not",
        help_text="The person reads this, with what to do.",
        widget=Options(),
        error_messages={"required": "Choose why.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, data: object = None, *, case: Case) -> None:
        """Take the reasons that fit the case."""
        super().__init__(data)  # type: ignore[arg-type]
        fitting = CALLS if case.task.way else DOCUMENTS
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(str(each), words.REASONS[each][0]) for each in fitting]


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the longest waiting first."""
    actor = asking.actor_of(request)
    found = proof_reviews.queue(actor=actor)
    offices = contacts.offices_of([each.user_id for each in found.cases])
    rows = [
        (
            each,
            offices.get(each.user_id, ()),
            prover_words.name(each.task.prover),
            _wanted(each),
            _age(each, actor),
        )
        for each in found.cases
    ]
    context = {"rows": rows, "more": found.count - len(rows)}
    return render(request, "staff/identity_queue.html", context)


@require_safe
def case(request: HttpRequest, number: int) -> HttpResponse:
    """One case."""
    return _page(request, _read(request, number))


@require_safe
def document(request: HttpRequest, number: int, document_id: int) -> HttpResponse:
    """One of its files, as an attachment."""
    actor = asking.actor_of(request)
    found = proof_reviews.document(actor=actor, number=number, document_id=document_id)
    if found is None:
        raise Http404
    return attachments.sent(found.name, found.content_type, found.content)


@require_POST
def accept(request: HttpRequest, number: int) -> HttpResponse:
    """Take the identity as proven."""
    is_done = proof_reviews.accept(
        actor=asking.actor_of(request), number=number, looks_after=looking_after.may
    )
    return _decided(request, is_done, "The identity is verified. The person is told by mail.")


@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Do not take it, and say why."""
    found = _read(request, number)
    form = RefusalForm(request.POST, case=found)
    if not form.is_valid():
        return _page(request, found, form)
    reason = Refusal(form.cleaned_data["reason"])
    is_done = proof_reviews.refuse(
        actor=asking.actor_of(request), number=number, reason=reason, looks_after=looking_after.may
    )
    return _decided(request, is_done, "It is not accepted. The person is told by mail, and may try again.")


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, number: int) -> HttpResponse:
    """Ask whether the number on file answers; a POST shows a code to read out, this once."""
    found = _read(request, number)
    if found.contact is None:
        raise Http404
    context = {"case": found, "way": words.WAYS[found.contact.way], "code": ""}
    if request.method == "POST":
        code = proof_reviews.read_out(
            actor=asking.actor_of(request), number=number, looks_after=looking_after.may
        )
        if code is None:
            return _decided(request, False, "")
        context["code"] = code
    return render(request, "staff/identity_call.html", context)


def _read(request: HttpRequest, number: int) -> Case:
    found = proof_reviews.case(actor=asking.actor_of(request), number=number, looks_after=looking_after.may)
    if found is None:
        raise Http404
    return found


def _decided(request: HttpRequest, is_done: bool, says: str) -> HttpResponse:
    if is_done:
        messages.success(request, says)
    else:
        messages.error(request, GONE)
    return redirect("identity_queue")


def _page(request: HttpRequest, found: Case, form: RefusalForm | None = None) -> HttpResponse:
    actor = asking.actor_of(request)
    context = {
        "case": found,
        "stops": STOPS[found.stops] if found.stops else None,
        "offices": contacts.offices_of([found.user_id]).get(found.user_id, ()),
        "prover": prover_words.name(found.task.prover),
        "wanted": _wanted(found),
        "age": _age(found, actor),
        "papers": [
            (paper, words.KINDS.get(paper.kind, paper.kind), _kind(paper)) for paper in found.task.papers
        ],
        "way": words.WAYS[found.contact.way] if found.contact else "",
        "most": MOST_TRIES,
        "form": form or RefusalForm(case=found),
    }
    return render(request, "staff/identity_case.html", context, status=422 if form else 200)


def _wanted(found: Case) -> str:
    function = function_of(found.task.asked_for)
    return FUNCTION_NAMES[function] if function else ""


def _kind(paper: Paper) -> str:
    return paper.content_type.rpartition("/")[2].upper()


def _age(found: Case, actor: Actor) -> str:
    """For how long it waits, in its largest unit."""
    waited = actor.asked_at - found.handed_in_at
    for unit, name in UNITS:
        if waited >= unit:
            return f"{waited // unit} {name}{'' if waited < 2 * unit else 's'}"
    return "Just now"
