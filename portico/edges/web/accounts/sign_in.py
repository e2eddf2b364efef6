"""Signing in and out: a password, or a passkey alone; what comes after a password is in `second_step`."""

from datetime import datetime
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import passkey_sign_in
from portico.domains.accounts.signing_in import sign_in as signing_in
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.edges.web import addresses, asking
from portico.edges.web.accounts import devices, marks, passkeys, wrong_audience
from portico.edges.web.accounts.forms import PasskeyForm, SignInForm
from portico.edges.web.templatetags.portico import instant

REFUSED: Final = (
    "We could not sign you in with this username and password. Usernames look like a short word, such as "
    "j.rivera, not like a mail address or a tax ID. Check both and try again."
)
PASSKEY_REFUSED: Final = (
    "This passkey did not sign you in. Try again, or sign in with your username and password."
)
LOCKED: Final = (
    "Too many tries. Signing in with this username is locked {until}. Trying again before then does not "
    "help. A new password does, if the password is what fails: choose Forgot your password? Your office's "
    "administrator or the plan can unlock it too."
)
NETWORK_CLOSED: Final = (
    "Too many wrong passwords have come from your network. Signing in from here is closed {until}. Browsers "
    "that you signed in with before still work, and so do passkeys."
)
CLOSED: Final = {Outcome.LOCKED: LOCKED, Outcome.NETWORK_CLOSED: NETWORK_CLOSED}
BUSY: Final = "Many people are signing in at this moment. Wait a few seconds, then sign in again."
SECOND_STEPS: Final = {
    factors.Way.PASSKEY: "sign_in_second_passkey",
    factors.Way.CODE: "sign_in_code",
    factors.Way.RECOVERY_CODE: "sign_in_recovery",
}


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for username and password; go on to the second step or in."""
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = signing_in.with_password(
            actor=asking.actor_of(request),
            **form.cleaned_data,
            browser=devices.of(request),
            mark=marks.of(request),
            address=addresses.client_address(request),
        )
        if attempt.outcome is Outcome.BUSY:
            return _busy(request, form)
        if attempt.outcome is Outcome.WRONG_AUDIENCE:
            return wrong_audience.page(request, attempt.audience)
        if attempt.user_id is not None:
            return go_on(request, attempt, target=_next(request))
        explain(form, attempt, REFUSED)
    return _page(request, form)


@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """Ask the browser for any passkey of this site."""
    return passkeys.visitors_question(passkey_sign_in.ask(actor=asking.actor_of(request)))


@sensitive_post_parameters()
@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with the passkey that the browser answered with."""
    response = _by_passkey(request, PasskeyForm(request.POST))
    passkeys.drop_visitors(response)
    return response


def _by_passkey(request: HttpRequest, form: Form) -> HttpResponse:
    if form.is_valid():
        attempt = passkey_sign_in.enter(
            actor=asking.actor_of(request),
            challenge=passkeys.visitors_challenge(request),
            reply=form.cleaned_data["reply"],
            browser=devices.of(request),
        )
        if attempt.outcome is Outcome.SIGNED_IN:
            return go_on(request, attempt, target=_next(request))
        form.add_error(None, PASSKEY_REFUSED)
    return _page(request, SignInForm(), passkey_form=form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    asking.end(request)
    return render(request, "accounts/signed_out.html")


def go_on(request: HttpRequest, attempt: Attempt, *, target: str) -> HttpResponse:
    """On to the second step where one is needed, or in: after a password, or a provider's word for one."""
    if attempt.outcome is Outcome.SIGNED_IN:
        return enter(request, attempt, second_factor=attempt.second_factor, target=target)
    request.session.flush()
    request.session[asking.PENDING] = {
        "user": attempt.user_id,
        "epoch": attempt.epoch,
        "at": asking.now().timestamp(),
        "next": target,
        "ways": attempt.ways,
    }
    return redirect(SECOND_STEPS[attempt.ways[0]])


def enter(request: HttpRequest, attempt: Attempt, *, second_factor: bool, target: str) -> HttpResponse:
    """Begin the session; whoever has nobody to act as is told so instead of finding an empty portal."""
    device = attempt.device
    asking.begin(
        request,
        user_id=attempt.user_id or 0,
        epoch=attempt.epoch,
        second_factor=second_factor,
        is_proven=attempt.is_proven,
        device_id=device.number if device else None,
    )
    if not asking.is_signed_in(request):
        asking.end(request)
        return render(request, "accounts/no_persona.html", status=403)
    response = redirect(target)
    if device is not None:
        devices.remember(request, response, device)
    if attempt.mark:
        marks.keep(response, attempt.mark)
    return response


def explain(form: Form, attempt: Attempt, refused: str) -> None:
    """Say that it is locked and until when, or that this try was refused."""
    said = CLOSED.get(attempt.outcome, refused)
    form.add_error(None, said.format(until=until(attempt.locked_until)))


def until(at: datetime | None) -> str:
    """Until when a lock holds: an instant, or until somebody lifts it."""
    return "until somebody unlocks it" if at is None else f"until {strip_tags(instant(at))}"


def _busy(request: HttpRequest, form: Form) -> HttpResponse:
    form.add_error(None, BUSY)
    response = _page(request, form)
    response.status_code = 429
    response.headers["Retry-After"] = str(signing_in.BUSY_SECONDS)
    return response


def _next(request: HttpRequest) -> str:
    asked = request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_here else reverse("home")


def _page(request: HttpRequest, form: Form, *, passkey_form: Form | None = None) -> HttpResponse:
    wrong = form.errors or (passkey_form is not None and passkey_form.errors)
    context: dict[str, Any] = {
        "form": form,
        "passkey_form": passkey_form or PasskeyForm(),
        "query": request.GET.urlencode(),
    }
    return render(request, "accounts/sign_in.html", context, status=422 if wrong else 200)
