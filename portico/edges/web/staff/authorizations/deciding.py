"""The desk decides on a request, and asks the office for more before it does."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import asking_more, deciding
from portico.domains.authorizations.asking_more import NotAsked
from portico.domains.authorizations.facts.decided import Basis, NotDecided, Verdict
from portico.domains.authorizations.facts.shown import OPEN, State
from portico.domains.authorizations.reviewing import Case
from portico.edges.web import asking
from portico.edges.web.codes import authorizations as codes
from portico.edges.web.staff.authorizations import case as cases
from portico.edges.web.staff.authorizations import shown
from portico.edges.web.staff.authorizations.deciding_forms import DecisionForm
from portico.edges.web.staff.authorizations.question_forms import AskForm


@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Decide on every service that waits."""
    case = cases.found(request, authorization)
    if not case.to_decide:
        messages.error(request, "This request does not wait for a decision.")
        return redirect("authorization_case", authorization)
    form = _form(request, case)
    if request.method != "POST" or not form.is_valid():
        return _decision_page(request, case, form)
    verdict = Verdict(authorization, form.cleaned_data["version"], form.verdicts())
    done = deciding.decide(actor=asking.actor_of(request), verdict=verdict)
    if done is None:
        raise Http404
    if isinstance(done, NotDecided):
        form.say(done.stops)
        form.look_again(case.page.version)
        return _decision_page(request, case, form)
    said = codes.STATES[State(done.state)]
    messages.success(request, f"Decided: {said}. The offices are told, and the letter is written.")
    return redirect("authorization_case", authorization)


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Ask the office for more."""
    case = cases.found(request, authorization)
    if case.page.listed.state not in OPEN:
        messages.error(request, "This request does not wait for a decision.")
        return redirect("authorization_case", authorization)
    waiting = [each for each in _services(case) if each.is_to_decide]
    sent = request.POST if request.method == "POST" else None
    form = AskForm(sent, services=waiting, due_at=case.answer_due_at, version=case.page.version)
    if sent is None or not form.is_valid():
        return _ask_page(request, case, form)
    done = asking_more.ask(
        actor=asking.actor_of(request),
        authorization=authorization,
        version=form.cleaned_data["version"],
        questions=form.questions(),
    )
    if done is None:
        raise Http404
    if isinstance(done, NotAsked):
        form.say(done.stops)
        form.look_again(case.page.version)
        return _ask_page(request, case, form)
    messages.success(request, "Asked. The offices are told, and a letter says it too.")
    return redirect("authorization_case", authorization)


def _form(request: HttpRequest, case: Case) -> DecisionForm:
    waiting = [each for each in _services(case) if each.is_to_decide]
    return DecisionForm(
        request.POST if request.method == "POST" else None,
        services=waiting,
        may_deny=case.may_deny,
        is_after_talk=case.basis is Basis.TALK,
        version=case.page.version,
    )


def _services(case: Case) -> tuple[shown.ServiceShown, ...]:
    return shown.services(case.page.services, case.to_decide, case.awaited)


def _decision_page(request: HttpRequest, case: Case, form: DecisionForm) -> HttpResponse:
    context = {**cases.told(case), "form": form}
    status = 422 if form.errors else 200
    return render(request, "staff/authorizations/decide.html", context, status=status)


def _ask_page(request: HttpRequest, case: Case, form: AskForm) -> HttpResponse:
    context = {**cases.told(case), "form": form}
    status = 422 if form.errors else 200
    return render(request, "staff/authorizations/ask.html", context, status=status)
