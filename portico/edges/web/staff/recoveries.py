"""Offices without an administrator: which there are, who asks, the proof, the approval, the refusal."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from portico.domains.access.officers import recovery_review
from portico.domains.access.officers.recovery_review import CannotDecide, UnknownRecovery
from portico.domains.access.officers.rules import Proof
from portico.edges.web import asking
from portico.edges.web.officers import words
from portico.edges.web.officers.forms import ProofForm, RefusalForm


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The offices, the longest without an administrator first."""
    found = recovery_review.queue(actor=asking.actor_of(request), after=request.GET.get("after", ""))
    rows = [(row, *words.STATES[row.state], words.CAUSES.get(row.cause, "")) for row in found.rows]
    return render(request, "staff/recoveries.html", {"rows": rows, "next_key": found.next_key})


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One of them."""
    return _page(request, number, ProofForm(), RefusalForm())


@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """The office was asked: the waiting time begins."""
    form = ProofForm(request.POST)
    if not form.is_valid():
        return _page(request, number, form, RefusalForm())

    def act() -> str:
        proof = form.cleaned_data["proof"]
        recovery_review.confirm(actor=asking.actor_of(request), number=number, proof=proof)
        return "The waiting time has begun, and everybody who may know better is told."

    return _done(request, number, act)


@require_POST
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Make who asks administrator."""

    def act() -> str:
        recovery_review.approve(actor=asking.actor_of(request), number=number)
        return "The office has an administrator again."

    return _done(request, number, act)


@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Say no."""
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, number, ProofForm(), form)

    def act() -> str:
        refusal = form.cleaned_data["refusal"]
        recovery_review.refuse(actor=asking.actor_of(request), number=number, refusal=refusal)
        return "Refused. Somebody else of the office may ask."

    return _done(request, number, act)


def _done(request: HttpRequest, number: int, act: Callable[[], str]) -> HttpResponse:
    try:
        messages.success(request, act())
    except UnknownRecovery as error:
        raise Http404 from error
    except CannotDecide as error:
        messages.error(request, words.CANNOT_DECIDE[error.code])
    return redirect("recovery_case", number)


def _page(request: HttpRequest, number: int, proving: ProofForm, refusing: RefusalForm) -> HttpResponse:
    try:
        case = recovery_review.one(actor=asking.actor_of(request), number=number)
    except UnknownRecovery as error:
        raise Http404 from error
    state, tone = words.STATES[case.row.state]
    context = {
        "case": case,
        "state": state,
        "tone": tone,
        "cause": words.CAUSES.get(case.row.cause, ""),
        "refused": words.REFUSALS.get(case.last_refusal, ""),
        "proof": words.PROOFS[Proof(case.proof)] if case.proof else "",
        "hindrance": words.STANDS_IN_THE_WAY.get(case.hindrance, ""),
        "proving": proving,
        "refusing": refusing,
    }
    status = 422 if proving.errors or refusing.errors else 200
    return render(request, "staff/recovery.html", context, status=status)
