"""Signing in and out: a password, then a code where an authenticator is set up."""

from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts import sign_in as signing_in
from portico.domains.accounts.sign_in import Attempt, Outcome
from portico.edges.web import asking
from portico.edges.web.accounts import devices
from portico.edges.web.accounts.forms import CodeForm, SignInForm
from portico.edges.web.templatetags.portico import instant

REFUSED: Final = (
    "We could not sign you in with this username and password. Usernames look like a short word, such as "
    "j.rivera, not like a mail address or a tax ID. Check both and try again."
)
CODE_REFUSED: Final = "This code is not right, or it was used already. Wait for the next one and enter it."
LOCKED: Final = (
    "Too many tries. Signing in with this username is locked {until}. Trying again before then does not "
    "help; your office's administrator or the plan can."
)
BUSY: Final = "Many people are signing in at this moment. Wait a few seconds, then sign in again."
PENDING_SECONDS: Final = 600


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password; go on to the code or in."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = signing_in.with_password(
            actor=asking.actor_of(request), **form.cleaned_data, devices=devices.of(request)
        )
        if attempt.outcome is Outcome.BUSY:
            return _busy(request, form)
        if attempt.user_id is not None:
            return _go_on(request, attempt)
        _explain(form, attempt, REFUSED)
    return _page(request, "accounts/sign_in.html", form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the authenticator's code, after the right password and within ten minutes of it."""
    pending = request.session.get(asking.PENDING)
    if not pending or asking.now().timestamp() - pending["at"] > PENDING_SECONDS:
        request.session.pop(asking.PENDING, None)
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = signing_in.with_code(
            actor=asking.actor_of(request),
            user_id=pending["user"],
            epoch=pending["epoch"],
            code=form.cleaned_data["code"],
            devices=devices.of(request),
        )
        if attempt.outcome is Outcome.SIGNED_IN:
            response = _enter(request, attempt, second_factor=True, target=pending["next"])
            devices.remember(request, response, user_id=pending["user"], epoch=attempt.epoch)
            return response
        _explain(form, attempt, CODE_REFUSED)
    return _page(request, "accounts/code.html", form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    asking.end(request)
    return render(request, "accounts/signed_out.html")


def _go_on(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    target = _next(request)
    if attempt.outcome is Outcome.SIGNED_IN:
        return _enter(request, attempt, second_factor=False, target=target)
    request.session.flush()
    request.session[asking.PENDING] = {
        "user": attempt.user_id,
        "epoch": attempt.epoch,
        "at": asking.now().timestamp(),
        "next": target,
    }
    return redirect("sign_in_code")


def _enter(request: HttpRequest, attempt: Attempt, *, second_factor: bool, target: str) -> HttpResponse:
    """Begin the session; whoever has nobody to act as is told so instead of finding an empty portal."""
    asking.begin(request, user_id=attempt.user_id or 0, epoch=attempt.epoch, second_factor=second_factor)
    if asking.is_signed_in(request):
        return redirect(target)
    asking.end(request)
    return render(request, "accounts/no_persona.html", status=403)


def _explain(form: Form, attempt: Attempt, refused: str) -> None:
    form.add_error(
        None, LOCKED.format(until=_until(attempt)) if attempt.outcome is Outcome.LOCKED else refused
    )


def _until(attempt: Attempt) -> str:
    if attempt.locked_until is None:
        return "until somebody unlocks it"
    return f"until {strip_tags(instant(attempt.locked_until))}"


def _busy(request: HttpRequest, form: Form) -> HttpResponse:
    form.add_error(None, BUSY)
    response = _page(request, "accounts/sign_in.html", form)
    response.status_code = 429
    response.headers["Retry-After"] = str(signing_in.BUSY_SECONDS)
    return response


def _next(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_here else reverse("home")


def _page(request: HttpRequest, template: str, form: Form) -> HttpResponse:
    context: dict[str, Any] = {"form": form}
    return render(request, template, context, status=422 if form.errors else 200)
