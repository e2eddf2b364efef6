"""The page a mailed activation link opens. Opening it changes nothing: mail scanners open it too."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portico.domains.accounts.joining import activation_links
from portico.domains.accounts.signing_in.sign_in import Outcome
from portico.edges.web import asking, mailed
from portico.edges.web.accounts import marks, sign_in
from portico.edges.web.accounts.welcome.forms import LinkForm

REFUSED: Final = (
    "This link and this username open no account. Check the username. A link works for 24 hours, in the "
    "browser it was first used in, and until a newer one is sent; after five wrong usernames it ends. "
    "Whoever invited you, your office's administrator or the plan, can send another one."
)


@mailed.by_link
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """Ask for the username that goes with the link; or, in a POST, begin, sign out first, or disown it."""
    secret = mailed.secret_of(request)
    act = request.POST.get("act", "")
    if act == "not_mine":
        activation_links.disown(actor=asking.actor_of(request), token=secret)
        return render(request, "accounts/welcome/disowned.html")
    if act == "sign_out":
        asking.end(request)
    if asking.is_signed_in(request):
        return _page(request, "signed_in.html", LinkForm(initial={"t": secret}))
    if request.method == "GET" or act:
        return _page(request, "activate.html", LinkForm(initial={"t": secret}))
    return _take(request, LinkForm(request.POST))


def _take(request: HttpRequest, form: LinkForm) -> HttpResponse:
    if form.is_valid():
        attempt = activation_links.take(
            actor=asking.actor_of(request),
            token=form.cleaned_data["t"],
            username=form.cleaned_data["username"],
            mark=marks.of(request),
        )
        if attempt.outcome is Outcome.SIGNED_IN:
            return sign_in.enter(request, attempt, second_factor=False, target=reverse("welcome"))
        form.add_error(None, REFUSED)
    return _page(request, "activate.html", form)


def _page(request: HttpRequest, template: str, form: LinkForm) -> HttpResponse:
    context = {"form": form, "secret": form["t"].value() or "", "name": asking.actor_of(request).name}
    return render(request, f"accounts/welcome/{template}", context, status=422 if form.errors else 200)
