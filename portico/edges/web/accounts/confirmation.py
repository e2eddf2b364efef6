"""Showing again that it is you: the page a sensitive act leads to, and from which it goes on."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.signing_in import confirmation, sign_in
from portico.domains.accounts.signing_in.confirmation import Attempt, Means, Outcome
from portico.domains.permits.actors import Actor
from portico.edges.web import asking, confirming
from portico.edges.web.accounts import passkeys
from portico.edges.web.accounts.confirmation_forms import FORMS
from portico.edges.web.refusals import FUNCTION_NAMES

MISSED: Final = {
    Means.PASSKEY: "The passkey was not accepted.",
    Means.CODE: "This code is not right, or it was used already. Wait for the next one and enter it.",
    Means.RECOVERY_CODE: "This recovery code is not right, or it was used already.",
    Means.PASSWORD: "This is not your password.",
}
LEFT: Final = "Tries left before a break: {number}."
BUSY: Final = "Many people are signing in at this moment. Wait a few seconds, then try again."


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Say what asks for it and how it stands; a POST shows that it is you, and goes on."""
    if not asking.is_signed_in(request):
        return redirect(f"{reverse('sign_in')}?{urlencode({'next': confirming.target(request)})}")
    actor = asking.actor_of(request)
    if request.method == "GET":
        return _page(request, actor)
    if confirming.is_done(request):
        confirmation.state(actor=actor)
        return _go_on(request)
    means = Means(request.POST["means"]) if request.POST.get("means") in set(Means) else None
    form = _form(means, request.POST) if means else None
    if means is None or form is None or not form.is_valid():
        return _page(request, actor, form, status=422)
    attempt = _TRIES[means](request, actor, form.cleaned_data)
    if attempt.outcome is Outcome.CONFIRMED:
        asking.confirmed(request, with_factor=attempt.with_factor)
        return _go_on(request)
    return _missed(request, actor, attempt, form)


@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """Ask the browser for one of this person's passkeys."""
    asked = confirmation.ask_passkey(actor=asking.actor_of(request))
    if asked is None:
        raise Http404
    return passkeys.question(request, asked)


def _missed(request: HttpRequest, actor: Actor, attempt: Attempt, form: Form) -> HttpResponse:
    if attempt.outcome is Outcome.BUSY:
        form.add_error(None, BUSY)
        response = _page(request, actor, form, status=429)
        response.headers["Retry-After"] = str(sign_in.BUSY_SECONDS)
        return response
    if attempt.outcome is Outcome.MISSED:
        missed = MISSED[Means(form.data["means"])]
        form.add_error(None, f"{missed} {LEFT.format(number=attempt.state.tries_left)}")
    return _page(request, actor, form, status=422)


def _go_on(request: HttpRequest) -> HttpResponse:
    """To the page that was asked for; or to a form that waits, or a file, each by one button more."""
    page = confirming.target(request)
    sent = confirming.sent_from(request, page)
    confirming.finish(request)
    if sent is not None:
        return render(request, "accounts/confirmed_form.html", {"sent": sent, "fields": _fields(sent.fields)})
    if not page.partition("?")[0].endswith("/"):
        folder = f"{page.partition('?')[0].rpartition('/')[0]}/"
        return render(request, "accounts/confirmed_file.html", {"url": page, "back": folder})
    return redirect(page)


def _fields(typed: Mapping[str, list[str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, values in typed.items() for value in values]


def _form(means: Means, sent: Any = None) -> Form:
    return FORMS[means](sent, auto_id=f"id_{means}_%s")


def _page(request: HttpRequest, actor: Actor, form: Form | None = None, *, status: int = 200) -> HttpResponse:
    state, page = confirmation.state(actor=actor), confirming.target(request)
    tried = form.data.get("means") if form is not None else ""
    standing = confirming.standing(request, state)
    context: dict[str, Any] = {
        "state": state,
        "standing": standing,
        "function": FUNCTION_NAMES[standing.function] if standing.function else "",
        "is_done": confirming.is_done(request),
        "waits": confirming.sent_from(request, page) is not None,
        "ways": [(means, form if means == tried else _form(means)) for means in state.means],
    }
    return render(request, "accounts/confirm.html", context, status=status)


_Try = Callable[[HttpRequest, Actor, Mapping[str, str]], Attempt]
_TRIES: Mapping[Means, _Try] = {
    Means.PASSWORD: lambda request, actor, typed: confirmation.with_password(
        actor=actor, password=typed["password"]
    ),
    Means.CODE: lambda request, actor, typed: confirmation.with_code(actor=actor, code=typed["code"]),
    Means.RECOVERY_CODE: lambda request, actor, typed: confirmation.with_recovery_code(
        actor=actor, code=typed["code"]
    ),
    Means.PASSKEY: lambda request, actor, typed: confirmation.with_passkey(
        actor=actor, challenge=passkeys.challenge(request), reply=typed["reply"]
    ),
}
