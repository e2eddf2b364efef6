"""Setting up an authenticator, or passing it, so that patient data may open."""

from typing import Final

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.accounts import authenticators, factors
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.web import asking, middleware
from portico.edges.web.accounts.forms import CodeForm

_PROPOSAL: Final = "authenticator_proposal"
WRONG: Final = "This is not the code your authenticator shows now. Check its clock, and enter the next one."


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def authenticator(request: HttpRequest) -> HttpResponse:
    """Show a new secret and keep it once its code proves it works; whoever has one signs in again with it."""
    actor = asking.actor_of(request)
    if not asking.is_signed_in(request) or actor.user_id is None:
        return middleware.to_sign_in(request)
    if factors.has_authenticator(actor.user_id):
        return render(request, "accounts/authenticator_kept.html", {"passed": actor.account.second_factor})
    if _PROPOSAL not in request.session:
        request.session[_PROPOSAL] = authenticators.propose(actor=actor)
    secret = authenticators.proposed(actor=actor, proposal=request.session[_PROPOSAL])
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if authenticators.confirm(actor=actor, secret=secret, code=form.cleaned_data["code"]):
            return _kept(request)
        form.add_error("code", WRONG)
    return _page(request, actor, form, secret)


def _kept(request: HttpRequest) -> HttpResponse:
    request.session.pop(_PROPOSAL, None)
    asking.passed_factor(request)
    messages.success(request, "Your authenticator is set up. Use its code whenever you sign in.")
    return redirect("home")


def _page(request: HttpRequest, actor: Actor, form: CodeForm, secret: str) -> HttpResponse:
    plan = catalogue.identity()
    uri = factors.provisioning_uri(secret, username=actor.context["username"], issuer=plan.name)
    picture = segno.make(uri, error="m").svg_inline(
        scale=5, border=2, dark="#000", light="#fff", omitsize=True
    )
    groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    context = {"form": form, "picture": picture, "secret": groups}
    return render(request, "accounts/authenticator.html", context, status=422 if form.errors else 200)
