"""Coming back in: a reset link for who forgot the password, a reminder for who forgot the username.

Both are answered by one page, whoever is named. The page a mailed link opens changes nothing; its form does.
"""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.accounts.coming_back import reminders, reset_links, resets
from portico.domains.accounts.coming_back.reset_links import Opened, Stage
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.credentials.question_rules import TEXTS
from portico.domains.accounts.signing_in import sign_in
from portico.edges.web import addresses, asking, mailed
from portico.edges.web.accounts import new_password
from portico.edges.web.accounts.coming_back_forms import (
    AnswerForm,
    ForgotPasswordForm,
    ForgotUsernameForm,
    ResetForm,
)
from portico.edges.web.accounts.sign_in import until

WRONG: Final = "This is not the answer we have. {left} before this link ends."
CLOSED: Final = (
    "Too many wrong answers. No answer is taken {until}. Signing in with a password and a second step opens "
    "this again, and so does the plan."
)
BUSY: Final = (
    "Many people are at the sign-in at this moment. Wait a few seconds, then send your answer again."
)
DONE: Final = (
    "Your new password is set. Sign in with it. Everybody who was signed in with your account was signed out."
)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def forgot_password(request: HttpRequest) -> HttpResponse:
    """Ask for the username; have a link mailed if somebody has it."""
    form = ForgotPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        resets.ask(
            actor=asking.actor_of(request),
            username=form.cleaned_data["username"],
            address=addresses.client_address(request),
        )
        return render(request, "accounts/forgot_password_sent.html")
    return _page(request, "accounts/forgot_password.html", form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def forgot_username(request: HttpRequest) -> HttpResponse:
    """Ask for the mail address; have the usernames mailed that belong to it."""
    form = ForgotUsernameForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reminders.ask(
            actor=asking.actor_of(request),
            email=form.cleaned_data["email"],
            address=addresses.client_address(request),
        )
        return render(request, "accounts/forgot_username_sent.html")
    return _page(request, "accounts/forgot_username.html", form)


@mailed.by_link
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest) -> HttpResponse:
    """Ask the recovery question where there is one, then a new password; the mailed link says for whom."""
    secret = mailed.secret_of(request)
    if request.method == "GET":
        return _shown(request, secret, reset_links.opened(actor=asking.actor_of(request), secret=secret))
    return _answer(request, secret) if "answer" in request.POST else _set(request, secret)


def _answer(request: HttpRequest, secret: str) -> HttpResponse:
    actor, form = asking.actor_of(request), AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, secret, reset_links.opened(actor=actor, secret=secret), form)
    found = reset_links.answered(actor=actor, secret=secret, answer=form.cleaned_data["answer"])
    if found.stage is Stage.BUSY:
        form.add_error(None, BUSY)
        response = _shown(request, secret, reset_links.opened(actor=actor, secret=secret), form)
        response.status_code, response.headers["Retry-After"] = 429, str(sign_in.BUSY_SECONDS)
        return response
    if found.is_closed:
        form.add_error("answer", CLOSED.format(until=until(found.closed_until)))
    if found.missed:
        left = "One try is left" if found.tries_left == 1 else f"{found.tries_left} tries are left"
        form.add_error("answer", WRONG.format(left=left))
    return _shown(request, secret, found, form if form.errors else None)


def _set(request: HttpRequest, secret: str) -> HttpResponse:
    actor, form = asking.actor_of(request), ResetForm(request.POST)
    if not form.is_valid():
        return _shown(request, secret, reset_links.opened(actor=actor, secret=secret), form)
    proof, password = form.cleaned_data["answered"], form.cleaned_data["password"]
    try:
        found = reset_links.used(actor=actor, secret=secret, password=password, proof=proof)
    except WeakPassword as error:
        new_password.explain(form, error)
        return _page(request, "accounts/reset.html", form)
    if found.stage is not Stage.DONE:
        return _shown(request, secret, found)
    asking.end(request)
    messages.success(request, DONE)
    return redirect("sign_in")


def _shown(
    request: HttpRequest, secret: str, found: Opened, form: AnswerForm | ResetForm | None = None
) -> HttpResponse:
    """The page of the stage, with the form as it was sent where there was one."""
    if found.stage is Stage.OVER:
        return render(request, "accounts/reset_over.html", status=404)
    if found.question is not None and not isinstance(form, ResetForm):
        form = form or AnswerForm(initial={"t": secret})
        form["answer"].label = TEXTS[found.question]
        return _page(request, "accounts/reset_question.html", form)
    form = form if isinstance(form, ResetForm) else ResetForm(initial={"t": secret, "answered": found.proof})
    return _page(request, "accounts/reset.html", form)


def _page(
    request: HttpRequest,
    template: str,
    form: ForgotPasswordForm | ForgotUsernameForm | AnswerForm | ResetForm,
) -> HttpResponse:
    return render(request, template, {"form": form}, status=422 if form.errors else 200)
