"""Two steps of the first sign-in: a second factor, a passkey or an authenticator, and recovery codes."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from portico.domains.accounts.joining.activation import Standing
from portico.domains.accounts.joining.activation_rules import Step
from portico.domains.accounts.second_factors import authenticators, own_passkeys, recovery_codes
from portico.domains.accounts.second_factors.own_factors import Change
from portico.domains.permits.actors import Actor
from portico.edges.web import asking, browsers
from portico.edges.web.accounts import authenticator, passkeys
from portico.edges.web.accounts.forms import CodeForm, NewPasskeyForm
from portico.edges.web.accounts.welcome import steps

NOT_SHOWN: Final = "This passkey could not be kept. Try again, or set up an authenticator instead."


@steps.step(Step.FACTOR)
def choose(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Offer a passkey and an authenticator; a POST with the code an authenticator shows keeps that one."""
    if standing.has_factor:
        return steps.shown(request, standing, "factor_held.html")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _, secret = authenticator.proposed(request, actor)
        epoch = authenticators.confirm(actor=actor, secret=secret, code=form.cleaned_data["code"])
        if epoch is not None:
            return _passed(request)
        form.add_error("code", authenticator.WRONG)
    return _page(request, actor, standing, form, NewPasskeyForm(initial={"name": browsers.name_of(request)}))


@require_POST
@steps.step(Step.FACTOR)
def passkey_question(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Ask the browser for a new passkey; no question where one is set up already, which the page says."""
    asked = own_passkeys.propose(actor=actor)
    return HttpResponse(status=409) if isinstance(asked, Change) else passkeys.question(request, asked)


@require_POST
@steps.step(Step.FACTOR)
def passkey(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Keep the passkey that the browser answered with."""
    form, challenge = NewPasskeyForm(request.POST), passkeys.challenge(request)
    if form.is_valid():
        change = own_passkeys.add(actor=actor, challenge=challenge, **form.cleaned_data)
        if change is Change.DONE:
            return _passed(request)
        form.add_error(None, NOT_SHOWN)
    return _page(request, actor, standing, CodeForm(), form)


@sensitive_variables("made")
@steps.step(Step.CODES)
def codes(request: HttpRequest, actor: Actor, standing: Standing) -> HttpResponse:
    """Say what recovery codes are for; a POST makes them and shows them, this once."""
    if request.method == "GET":
        return steps.shown(request, standing, "codes.html")
    made = recovery_codes.renew(actor=actor)
    return steps.shown(request, standing, "codes_made.html", codes=made) if made else steps.go_on(request)


def _passed(request: HttpRequest) -> HttpResponse:
    """Whoever has just set up a factor has shown it."""
    asking.passed_factor(request)
    return steps.go_on(request)


@sensitive_variables("proposal", "secret")
def _page(
    request: HttpRequest, actor: Actor, standing: Standing, form: CodeForm, passkey_form: NewPasskeyForm
) -> HttpResponse:
    proposal, secret = authenticator.proposed(request, actor)
    drawn = authenticator.drawn(actor, secret)
    context = {"form": form, "passkey_form": passkey_form, "proposal": proposal, **drawn}
    response = steps.shown(request, standing, "factor.html", **context)
    response.status_code = 422 if passkey_form.errors else response.status_code
    return response
