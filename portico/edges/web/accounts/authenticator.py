"""Setting up an authenticator, replacing it, removing it.

The new secret waits on the page, sealed for its user, until its code proves that it works.
"""

from typing import Final

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.accounts.second_factors import authenticators, factors, own_factors
from portico.domains.accounts.second_factors.own_factors import Change
from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.accounts import factors as factor_pages
from portico.edges.web.accounts.forms import CodeForm
from portico.shared.vault import CannotOpen

WRONG: Final = "This is not the code your authenticator shows now. Check its clock, and enter the next one."
KEPT: Final = "Your authenticator is set up. Use its code whenever you sign in."
REMOVED: Final = (
    "The authenticator is removed. Everybody else who was signed in with your account was signed out."
)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@factor_pages.after_first_sign_in
def authenticator(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator; whoever has one is told so."""
    held = own_factors.held(actor=asking.actor_of(request))
    if held.authenticator_since is not None or not held.may_change:
        return render(request, "accounts/authenticator_kept.html", {"held": held})
    return _set_up(request, done="home")


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@factor_pages.after_first_sign_in
def replace(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator, in the place of one there may be."""
    return _set_up(request, done="factors")


@require_POST
@factor_pages.after_first_sign_in
def remove(request: HttpRequest) -> HttpResponse:
    """Remove the authenticator; this session alone goes on."""
    return factor_pages.removed(request, authenticators.remove(actor=asking.actor_of(request)), REMOVED)


@sensitive_variables("secret", "proposal")
def _set_up(request: HttpRequest, *, done: str) -> HttpResponse:
    actor = asking.actor_of(request)
    if not own_factors.prepare(actor=actor):
        return factor_pages.answer(request, Change.NOT_PASSED, "")
    proposal, secret = proposed(request, actor)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        epoch = authenticators.confirm(actor=actor, secret=secret, code=form.cleaned_data["code"])
        if epoch is not None:
            asking.go_on(request, epoch=epoch)
            asking.passed_factor(request)
            messages.success(request, KEPT)
            return redirect(done)
        form.add_error("code", WRONG)
    return _page(request, actor, form, proposal, secret)


def proposed(request: HttpRequest, actor: Actor) -> tuple[str, str]:
    """The proposal the page was sent with, and its secret; a new one where none was, or another's."""
    proposal = request.POST.get("proposal", "")
    try:
        return proposal, authenticators.proposed(actor=actor, proposal=proposal)
    except CannotOpen:
        made = authenticators.propose(actor=actor)
        return made, authenticators.proposed(actor=actor, proposal=made)


def drawn(actor: Actor, secret: str) -> dict[str, str]:
    """A new secret as a page shows it: the `picture` that authenticators read, and the `secret` in groups."""
    plan = catalogue.identity()
    uri = factors.provisioning_uri(secret, username=actor.context["username"], issuer=plan.name)
    picture = segno.make(uri, error="m").svg_inline(
        scale=5, border=2, dark="#000", light="#fff", omitsize=True
    )
    groups = " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))
    return {"picture": picture, "secret": groups}


def _page(request: HttpRequest, actor: Actor, form: CodeForm, proposal: str, secret: str) -> HttpResponse:
    context = {"form": form, "proposal": proposal, **drawn(actor, secret)}
    return render(request, "accounts/authenticator.html", context, status=422 if form.errors else 200)
