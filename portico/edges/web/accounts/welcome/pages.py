"""Four steps of the first sign-in: the terms, a password of one's own, the recovery question, and the end."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from portico.domains.accounts.credentials import questions
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.joining import activation
from portico.domains.accounts.joining.activation import Finished, Standing
from portico.domains.accounts.joining.activation_rules import Step
from portico.domains.permits.actors import Actor
from portico.domains.plan import terms as plan_terms
from portico.edges.web import addresses, asking
from portico.edges.web.accounts import devices, marks
from portico.edges.web.accounts.coming_back_forms import QuestionForm
from portico.edges.web.accounts.own_credentials import explain_answer
from portico.edges.web.accounts.terms import PUBLISHED_MEANWHILE, AgreeForm
from portico.edges.web.accounts.terms_text import blocks
from portico.edges.web.accounts.welcome import steps
from portico.edges.web.accounts.welcome.forms import OwnPasswordForm

DONE: Final = "Welcome. Your account is set up, and you are signed in."


@steps.step(Step.TERMS)
def terms(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Show the terms in force; a POST agrees to the text that was shown."""
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        digest, address = form.cleaned_data["digest"], addresses.client_address(request)
        if activation.accept_terms(actor=actor, digest=digest, address=address):
            return steps.go_on(request)
        messages.warning(request, PUBLISHED_MEANWHILE)
        return redirect("welcome_terms")
    asked = plan_terms.current()
    form.initial = {"digest": asked.digest if asked else ""}
    text = blocks(asked.text) if asked else ()
    return steps.shown(request, standing, "terms.html", form=form, terms=asked, blocks=text)


@steps.step(Step.PASSWORD)
def password(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Ask for a password of one's own, twice; the session goes on under a new id."""
    form = OwnPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            epoch = activation.set_password(actor=actor, password=form.cleaned_data["password"])
        except WeakPassword as error:
            form.explain(error)
        else:
            if epoch is not None:
                asking.go_on(request, epoch=epoch)
            return steps.go_on(request)
    return steps.shown(request, standing, "password.html", form=form)


@steps.step(Step.QUESTION)
def question(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Ask for a recovery question and its answer, the last step where the plan has one."""
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            finished = activation.answer_question(
                actor=actor, **form.cleaned_data, browser=devices.stranger(request)
            )
        except questions.WeakAnswer as error:
            explain_answer(form, error)
        else:
            return _home(request, actor, finished)
    of_callers = questions.are_asked_of_callers()
    return steps.shown(request, standing, "question.html", form=form, of_callers=of_callers)


@steps.step(Step.FINISH)
def finish(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Nothing is left to be asked: a POST opens the account."""
    if request.method == "POST":
        finished = activation.finish(actor=actor, browser=devices.stranger(request))
        return _home(request, actor, finished)
    return steps.shown(request, standing, "finish.html")


def _home(request: HttpRequest, actor: Actor, finished: Finished | None) -> HttpResponse:
    """In, with a whole session; where the step was not due, on to the one that is."""
    if finished is None:
        return steps.go_on(request)
    asking.begin(
        request,
        user_id=actor.user_id or 0,
        epoch=finished.epoch,
        second_factor=True,
        device_id=finished.device.number,
    )
    messages.success(request, DONE)
    response = redirect("home")
    devices.remember(request, response, finished.device)
    marks.drop(response)
    return response
