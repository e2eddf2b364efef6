"""Whom a provider knows: linking somebody who waits to a user, and taking the link away."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from portico.domains.access import looking_after, personas
from portico.domains.accounts.elsewhere import linking
from portico.domains.accounts.elsewhere.linking import CannotLink, UnknownIdentity, WrongReference
from portico.edges.web import asking
from portico.edges.web.staff.single_sign_on.forms import LinkForm

WRONG: Final = (
    "This is not the reference this person was told. Ask for it again, and look whether you chose the right "
    "one of those who wait."
)


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, slug: str, identity: int) -> HttpResponse:
    """Ask which user somebody is, and link the two."""
    actor = asking.actor_of(request)
    waiting = _waiting(request, slug, identity)
    form = LinkForm(request.POST or None, initial={"username": waiting.asked_by})
    if request.method == "POST" and form.is_valid():
        try:
            linked = linking.link(
                actor=actor,
                identity_id=identity,
                username=form.cleaned_data["username"],
                reference=form.cleaned_data["reference"],
                belongs=personas.belongs,
                looks_after=looking_after.may,
            )
        except WrongReference:
            form.add_error("reference", WRONG)
        except CannotLink as error:
            form.add_error("username", f"It cannot be linked: {error}.")
        else:
            messages.success(request, f"Linked to {linked.username}, who is told by mail.")
            return redirect("identity_provider", slug=slug)
    context = {"form": form, "waiting": waiting, "slug": slug}
    return render(request, "staff/identity_link.html", context, status=422 if form.errors else 200)


@require_POST
def unlink(request: HttpRequest, slug: str, identity: int) -> HttpResponse:
    """Take a link away."""
    try:
        linking.unlink(actor=asking.actor_of(request), identity_id=identity)
    except UnknownIdentity as error:
        raise Http404 from error
    messages.success(
        request, "The link is taken away. Open sessions of that user ended; they are told by mail."
    )
    return redirect("identity_provider", slug=slug)


def _waiting(request: HttpRequest, slug: str, identity: int) -> linking.Identity:
    try:
        found = linking.one(actor=asking.actor_of(request), identity_id=identity)
    except UnknownIdentity as error:
        raise Http404 from error
    if found.provider != slug:
        raise Http404
    return found
