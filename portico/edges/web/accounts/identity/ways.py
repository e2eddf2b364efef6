"""A page for each way to verify one's identity: files handed in, a code typed, a sign-in elsewhere."""

from typing import Any, Final

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.elsewhere import providers
from portico.domains.accounts.proving import document_proofs, proof_rules, proofs
from portico.domains.accounts.proving.proof_views import Stand
from portico.domains.accounts.proving.proofs import Way
from portico.domains.accounts.proving.provers import Hands, Verdict
from portico.domains.claims import payment_proofs
from portico.edges.web import asking, prover_words
from portico.edges.web import identity_words as words
from portico.edges.web.accounts.elsewhere import leaving
from portico.edges.web.accounts.elsewhere.pending import Purpose
from portico.edges.web.accounts.identity import tasks
from portico.edges.web.accounts.identity.forms import FAULTS, ChoiceForm, FileForm, PaymentForm, ProofCodeForm
from portico.edges.web.templatetags.portico import instant
from portico.shared import pages

TEMPLATES: Final = {
    Hands.FILES: "accounts/identity/files.html",
    Hands.CODE: "accounts/identity/code.html",
    Hands.PAYMENT: "accounts/identity/payment.html",
    Hands.WORD: "accounts/identity/word.html",
}
SAYS: Final = {
    Verdict.MISSED: "This is not the code. You have used {tries} of {most} tries.",
    Verdict.BLOCKED: (
        "Too many tries. None is looked at before {until}. Trying again before then does not help; it does "
        "not make it longer either."
    ),
    Verdict.TOO_LATE: "There is no code to enter: it worked for 15 minutes. Ask for a new one.",
    Verdict.TOO_MANY_SENT: "Three codes an hour are sent. The next one can be sent later.",
    Verdict.NOTHING: "Add a file first.",
    Verdict.NOT_OFFERED: "This is not offered to you any more. Choose another.",
    Verdict.NOT_BEGUN: "Nothing is asked of you here. Begin again.",
    Verdict.HANDED_IN: "The plan looks at it already. You will be told by mail.",
}
NO_PAYMENT: Final = (
    "No payment of the last four months has this number and this amount. "
    "You have used {tries} of {most} tries."
)
FULL: Final = "Five files are the most. Take one back first."
ADDED: Final = "The file is added. Hand it in when all are there."
ADDED_UNSCANNED: Final = (
    "The file is added. It is still to be checked for viruses; you can hand it in meanwhile. We write to you "
    "only if one is found."
)
SENT: Final = "The code is on its way. Enter it here within 15 minutes."
CALLED: Final = "The plan's desk will call. Enter here the code that is read out."
HANDED_IN: Final = "Handed in. The plan's desk looks at it and tells you by mail."


@require_http_methods(["GET", "POST"])
def way(request: HttpRequest, prover: str) -> HttpResponse:
    """How far it is; a POST adds a file, or begins with what was chosen."""
    found = _found(request, prover)
    if request.method == "GET":
        return _page(request, found)
    if found.hands is Hands.FILES:
        return _add(request, found)
    form = ChoiceForm(request.POST, choices=found.choices)
    if found.choices and not form.is_valid():
        return _page(request, found, choice=form)
    choice = form.cleaned_data["choice"] if found.choices else ""
    verdict = proofs.begin(
        actor=asking.actor_of(request), prover=prover, choice=choice, asked_for=_wanted(request)
    )
    return _begun(request, found, form, choice, verdict)


@sensitive_post_parameters()
@require_POST
def code(request: HttpRequest, prover: str) -> HttpResponse:
    """Look at the code."""
    found = _found(request, prover)
    if found.hands is not Hands.CODE:
        raise Http404
    form = ProofCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, code=form)
    answer = form.cleaned_data["code"]
    verdict = proofs.submit(actor=asking.actor_of(request), prover=prover, answer=answer)
    if verdict is Verdict.PASSED:
        messages.success(request, "Your identity is verified.")
        return redirect(tasks.address(wanted=_wanted(request)))
    return _refused(request, prover, form, verdict, code=form)


@sensitive_post_parameters()
@require_POST
def payment(request: HttpRequest, prover: str) -> HttpResponse:
    """Look at the number and the amount of a payment; the task begins with the first try."""
    found = _found(request, prover)
    if found.hands is not Hands.PAYMENT:
        raise Http404
    form, actor = PaymentForm(request.POST), asking.actor_of(request)
    if not form.is_valid():
        return _page(request, found, payment=form)
    answer = payment_proofs.answer_of(form.cleaned_data["number"], form.cleaned_data["amount"])
    verdict = proofs.begin(actor=actor, prover=prover, asked_for=_wanted(request))
    if verdict is Verdict.BEGUN:
        verdict = proofs.submit(actor=actor, prover=prover, answer=answer)
    if verdict is Verdict.PASSED:
        messages.success(request, "Your identity is verified.")
        return redirect(tasks.address(wanted=_wanted(request)))
    return _refused(request, prover, form, verdict, payment=form)


@require_POST
def remove(request: HttpRequest, prover: str, number: str) -> HttpResponse:
    """Take a file back."""
    _files(request, prover)
    is_removed = pages.is_row(number) and document_proofs.remove(
        actor=asking.actor_of(request), document_id=int(number)
    )
    if not is_removed:
        raise Http404
    messages.success(request, "The file is taken back.")
    return redirect(tasks.address(prover, _wanted(request)))


@require_POST
def hand_in(request: HttpRequest, prover: str) -> HttpResponse:
    """Hand in the files that were added."""
    _files(request, prover)
    verdict = proofs.submit(actor=asking.actor_of(request), prover=prover)
    if verdict is Verdict.HANDED_IN:
        messages.success(request, HANDED_IN)
    else:
        messages.error(request, _say(request, prover, verdict))
    return redirect(tasks.address(prover, _wanted(request)))


def _found(request: HttpRequest, prover: str) -> Way:
    found = proofs.way(actor=asking.actor_of(request), prover=prover)
    if found is None:
        raise Http404
    return found


def _files(request: HttpRequest, prover: str) -> Way:
    found = _found(request, prover)
    if found.hands is not Hands.FILES:
        raise Http404
    return found


def _add(request: HttpRequest, found: Way) -> HttpResponse:
    form = FileForm(request.POST, request.FILES, sent=int(request.headers.get("Content-Length") or 0))
    if not form.is_valid():
        return _page(request, found, file=form)
    added = document_proofs.add(
        actor=asking.actor_of(request),
        kind=form.cleaned_data["kind"],
        name=form.cleaned_data["file"].name,
        content=form.content(),
        asked_for=_wanted(request),
    )
    if added.verdict is Verdict.BEGUN:
        messages.success(request, ADDED_UNSCANNED if added.is_waiting else ADDED)
        return redirect(tasks.address(found.code, _wanted(request)))
    if added.fault is not None:
        form.add_error("file", FAULTS[added.fault])
    elif added.verdict is Verdict.TOO_MANY_SENT:
        form.add_error("file", FULL)
    else:
        form.add_error(None, _say(request, found.code, added.verdict))
    return _page(request, found, file=form)


def _begun(request: HttpRequest, found: Way, form: ChoiceForm, choice: str, verdict: Verdict) -> HttpResponse:
    if verdict is Verdict.BEGUN and found.hands is Hands.WORD:
        provider = providers.opened(choice)
        if provider is None:
            raise Http404
        target = tasks.address(wanted=_wanted(request))
        return leaving.begin(request, provider, purpose=Purpose.PROVE, target=target)
    if verdict in (Verdict.BEGUN, Verdict.HANDED_IN):
        messages.success(request, CALLED if verdict is Verdict.HANDED_IN else SENT)
        return redirect(tasks.address(found.code, _wanted(request)))
    return _refused(request, found.code, form, verdict, choice=form)


def _refused(request: HttpRequest, prover: str, form: Form, verdict: Verdict, **forms: Form) -> HttpResponse:
    """The page as it is after the try, with what came of it."""
    form.add_error(None, _say(request, prover, verdict))
    return _page(request, _found(request, prover), **forms)


def _say(request: HttpRequest, prover: str, verdict: Verdict) -> str:
    found = _found(request, prover)
    task, until = found.task, strip_tags(instant(found.task.blocked_until))
    is_payment = found.hands is Hands.PAYMENT and verdict is Verdict.MISSED
    said = NO_PAYMENT if is_payment else SAYS[verdict]
    return said.format(tries=task.tries, most=proof_rules.MOST_TRIES, until=until)


def _wanted(request: HttpRequest) -> str:
    asked = request.POST.get("for", "") if request.method == "POST" else request.GET.get("for", "")
    return asked if tasks.function_of(asked) else ""


def _page(request: HttpRequest, found: Way, **forms: Form) -> HttpResponse:
    task = found.task
    wanted = _wanted(request)
    context: dict[str, Any] = {
        "way": found,
        "task": task,
        "name": prover_words.name(found.code),
        "how": prover_words.HOW.get(found.code, ""),
        "state": words.STANDS[task.stand],
        "refused": words.REASONS.get(task.reason) if task.stand is Stand.REFUSED else None,
        "is_blocked": task.blocked_until is not None,
        "contact": f"{words.WAYS[task.way]} {task.shown}" if task.way else "",
        "papers": [(paper, words.KINDS.get(paper.kind, paper.kind)) for paper in task.papers],
        "most_papers": document_proofs.MOST_FILES,
        "most": proof_rules.MOST_TRIES,
        "wanted": wanted,
        "back": tasks.address(wanted=wanted),
        "file": forms.get("file") or FileForm(),
        "choice": forms.get("choice") or ChoiceForm(choices=found.choices),
        "code": forms.get("code") or ProofCodeForm(),
        "payment": forms.get("payment") or PaymentForm(),
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return render(request, TEMPLATES[found.hands], context, status=status)
