"""One's own password and recovery question, changed while signed in."""

from typing import Final

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import strip_tags
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.accounts.credentials import own_password, questions
from portico.domains.accounts.credentials.own_password import Attempt, Outcome
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.credentials.question_rules import AnswerFault
from portico.domains.accounts.signing_in import sign_in
from portico.edges.web import asking
from portico.edges.web.accounts import new_password
from portico.edges.web.accounts.coming_back_forms import ChangeForm, QuestionForm
from portico.edges.web.templatetags.portico import instant

WRONG: Final = "This is not the password you use now."
LOCKED: Final = "Too many tries. Changing the password is locked {until}."
BUSY: Final = "Many people are at the sign-in at this moment. Wait a few seconds, then try again."
CHANGED: Final = (
    "Your password is changed. Everybody else who was signed in with your account was signed out."
)
KEPT: Final = "Your recovery question is kept."
ANSWER_WORDS: Final = {
    AnswerFault.TOO_SHORT: "This is too short. Use at least 3 letters or digits.",
    AnswerFault.TOO_LONG: "This is too long. Use 100 letters and digits at most.",
    AnswerFault.GUESSABLE: "This is too easy to guess. Choose another answer, or another question.",
    AnswerFault.HOLDS_USERNAME: "The answer may not hold your username.",
    AnswerFault.REPEATS_QUESTION: "The answer only repeats the question. Say more.",
}


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Ask for the password in use and a new one; the session goes on, every other ends."""
    actor = asking.actor_of(request)
    if not own_password.is_held(actor=actor):
        return render(request, "accounts/password_elsewhere.html")
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            attempt = own_password.change(actor=actor, **form.cleaned_data)
        except WeakPassword as error:
            new_password.explain(form, error)
        else:
            if attempt.outcome is Outcome.CHANGED:
                return _changed(request, attempt)
            _explain(form, attempt)
            if attempt.outcome is Outcome.BUSY:
                return _busy(request, form)
    return _page(request, "accounts/password.html", form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest) -> HttpResponse:
    """Ask for a recovery question and its answer, where the plan uses them."""
    actor = asking.actor_of(request)
    if not questions.are_kept():
        raise Http404
    chosen = questions.own(actor=actor)
    form = QuestionForm(request.POST or None, initial={"question": chosen})
    if request.method == "POST" and form.is_valid():
        try:
            questions.set_own(actor=actor, **form.cleaned_data)
        except questions.WeakAnswer as error:
            explain_answer(form, error)
        else:
            messages.success(request, KEPT)
            return redirect("account")
    context = {"form": form, "asked_of_callers": questions.are_asked_of_callers()}
    return render(request, "accounts/question.html", context, status=422 if form.errors else 200)


def explain_answer(form: Form, error: questions.WeakAnswer) -> None:
    """Say beside the field what is wrong with the answer."""
    for fault in error.faults:
        form.add_error("answer", ANSWER_WORDS[fault])


def _changed(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    asking.go_on(request, epoch=attempt.epoch)
    messages.success(request, CHANGED)
    return redirect("account")


def _explain(form: ChangeForm, attempt: Attempt) -> None:
    if attempt.outcome is Outcome.WRONG:
        form.add_error("current", WRONG)
    elif attempt.outcome is Outcome.LOCKED:
        until = attempt.locked_until
        said = f"until {strip_tags(instant(until))}" if until else "until somebody unlocks it"
        form.add_error(None, LOCKED.format(until=said))
    else:
        form.add_error(None, BUSY)


def _busy(request: HttpRequest, form: Form) -> HttpResponse:
    response = _page(request, "accounts/password.html", form)
    response.status_code, response.headers["Retry-After"] = 429, str(sign_in.BUSY_SECONDS)
    return response


def _page(request: HttpRequest, template: str, form: Form) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.errors else 200)
