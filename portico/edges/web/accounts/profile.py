"""What one changes of one's own account: who one is, and which mails one does without."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.accounts.own import profile
from portico.edges.web import asking
from portico.edges.web.accounts.profile_forms import DetailsForm, MailsForm


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Change name, telephone, language, time zone."""
    actor = asking.actor_of(request)
    shown = profile.read(actor=actor)
    form = DetailsForm(request.POST or None, actor=actor, details=shown.details)
    if request.method == "POST" and form.is_valid():
        changed = profile.change(actor=actor, details=form.details())
        messages.success(request, "Your changes are kept." if changed else "Nothing was different.")
        return redirect("account")
    return _page(request, "accounts/details.html", form, {"username": shown.username})


@require_http_methods(["GET", "POST"])
def mails(request: HttpRequest) -> HttpResponse:
    """Choose which mails one does without."""
    actor = asking.actor_of(request)
    form = MailsForm(request.POST if request.method == "POST" else None, off=_off(request))
    if request.method == "POST" and form.is_valid():
        profile.choose_mails(actor=actor, off=form.off())
        messages.success(request, "Your choice of mails is kept.")
        return redirect("account")
    return _page(request, "accounts/mails.html", form, {})


def _off(request: HttpRequest) -> frozenset[str]:
    if request.method == "POST":
        return frozenset()
    return profile.read(actor=asking.actor_of(request)).mails_off


def _page(request: HttpRequest, template: str, form: Any, more: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)
