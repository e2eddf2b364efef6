"""Keeping what is typed into a long form, and throwing it away."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from portico.domains.accounts.own import drafts
from portico.domains.accounts.own.drafts import Form
from portico.edges.web import asking, confirming, typed
from portico.edges.web import drafts as forms


@require_POST
def save(request: HttpRequest, key: str) -> HttpResponse:
    """Keep what a page's script sends: 204, or 413 where it is more than a draft holds."""
    try:
        drafts.save(actor=asking.actor_of(request), form=_form(key), fields=typed.of(request).fields)
    except drafts.TooLong:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


@require_POST
def discard(request: HttpRequest, key: str) -> HttpResponse:
    """Throw the draft away, and show its page again."""
    drafts.discard(actor=asking.actor_of(request), form=_form(key))
    return redirect(confirming.path(request.POST.get("next", "")) or reverse("home"))


def _form(key: str) -> Form:
    form = forms.named(key)
    if form is None:
        raise Http404
    return form
