"""The second step of a sign-in: a passkey, an authenticator's code, or a recovery code, one page each.

What may be chosen waits in the session since the right password, for ten minutes; before it nothing is told.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.second_factors.factors import Way
from portico.domains.accounts.signing_in import passkey_sign_in
from portico.domains.accounts.signing_in import sign_in as signing_in
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.edges.web import asking
from portico.edges.web.accounts import devices, passkeys, sign_in
from portico.edges.web.accounts.forms import RecoveryCodeForm, SecondCodeForm, SecondPasskeyForm

CODE_REFUSED: Final = "This code is not right, or it was used already. Wait for the next one and enter it."
PASSKEY_REFUSED: Final = "This passkey was not accepted. Try again, or choose another way."
RECOVERY_REFUSED: Final = "This recovery code is not right, or it was used already."
PENDING_SECONDS: Final = 600
_WAYS: Final = {
    Way.PASSKEY: "Use a passkey",
    Way.CODE: "Enter a code from your authenticator",
    Way.RECOVERY_CODE: "Enter a recovery code",
}

Pending = dict[str, Any]
Step = Callable[[HttpRequest, Pending], HttpResponse]


def half_way(step: Step) -> Callable[[HttpRequest], HttpResponse]:
    """A page after the right password; everybody else begins at the sign-in."""

    @wraps(step)
    def view(request: HttpRequest) -> HttpResponse:
        pending = request.session.get(asking.PENDING)
        if not pending or asking.now().timestamp() - pending["at"] > PENDING_SECONDS:
            request.session.pop(asking.PENDING, None)
            return redirect("sign_in")
        return step(request, pending)

    return view


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@half_way
def code(request: HttpRequest, pending: Pending) -> HttpResponse:
    """Ask for the authenticator's code."""
    form = SecondCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = signing_in.with_code(**_who(request, pending), **form.cleaned_data)
        if attempt.outcome is Outcome.SIGNED_IN:
            return _in(request, attempt, pending)
        sign_in.explain(form, attempt, CODE_REFUSED)
    return _page(request, pending, Way.CODE, form)


@require_POST
@half_way
def passkey_question(request: HttpRequest, pending: Pending) -> HttpResponse:
    """Ask the browser for one of this person's passkeys."""
    asked = passkey_sign_in.ask(actor=asking.actor_of(request), user_id=pending["user"])
    return passkeys.question(request, asked)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@half_way
def passkey(request: HttpRequest, pending: Pending) -> HttpResponse:
    """Ask for a passkey; a POST brings what the browser answered."""
    form = SecondPasskeyForm(request.POST or None)
    if request.method == "POST":
        challenge = passkeys.challenge(request)
        if form.is_valid():
            attempt = passkey_sign_in.enter(
                **_who(request, pending), challenge=challenge, **form.cleaned_data
            )
            if attempt.outcome is Outcome.SIGNED_IN:
                return _in(request, attempt, pending)
            sign_in.explain(form, attempt, PASSKEY_REFUSED)
    return _page(request, pending, Way.PASSKEY, form)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@half_way
def recovery_code(request: HttpRequest, pending: Pending) -> HttpResponse:
    """Ask for one of the recovery codes; it makes no browser remembered."""
    form = RecoveryCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = signing_in.with_recovery_code(**_who(request, pending), **form.cleaned_data)
        if attempt.outcome is Outcome.SIGNED_IN:
            return _in(request, attempt, pending)
        sign_in.explain(form, attempt, RECOVERY_REFUSED)
    return _page(request, pending, Way.RECOVERY_CODE, form)


def _who(request: HttpRequest, pending: Pending) -> dict[str, Any]:
    return {
        "actor": asking.actor_of(request),
        "user_id": pending["user"],
        "epoch": pending["epoch"],
        "browser": devices.of(request),
    }


def _in(request: HttpRequest, attempt: Attempt, pending: Pending) -> HttpResponse:
    return sign_in.enter(request, attempt, second_factor=True, target=pending["next"])


def _page(request: HttpRequest, pending: Pending, way: Way, form: Form) -> HttpResponse:
    """The page of that way, with the others the person has; one they have not leads to one they have."""
    ways = [Way(each) for each in pending["ways"]]
    if way not in ways:
        return redirect(sign_in.SECOND_STEPS[ways[0]])
    others = [(sign_in.SECOND_STEPS[each], _WAYS[each]) for each in ways if each is not way]
    context = {"form": form, "others": others}
    return render(request, f"accounts/second_{way}.html", context, status=422 if form.errors else 200)
