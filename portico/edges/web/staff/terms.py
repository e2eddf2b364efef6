"""The terms of use at the plan's desk: every version with how many agreed to it, and publishing the next."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.accounts.joining import terms as own_terms
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import terms
from portico.domains.plan.rules import LONGEST_TERMS
from portico.domains.plan.terms import CannotPublish
from portico.edges.web import asking, drafts
from portico.edges.web.accounts.terms_text import blocks

DRAFT: Final = "terms_new"


class TermsForm(forms.Form):
    """A new version."""

    version = forms.CharField(
        label="Version",
        help_text="A name that was not used before, with a digit in it: 2026-04. It stands in addresses.",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "pt-width-10"}),
        error_messages={"required": "Name the version."},
    )
    text = forms.CharField(
        label="Text",
        help_text="# begins a heading, - a point, 1. a numbered point. Blank lines part paragraphs.",
        max_length=LONGEST_TERMS,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "pt-terms-text"}),
        error_messages={"required": "Enter the text."},
    )


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every version, the one in force first."""
    tally = own_terms.tally(actor=asking.actor_of(request))
    rows = [(each, tally.agreed.get(each.digest, 0)) for each in terms.versions()]
    return render(request, "staff/terms.html", {"rows": rows, "open": tally.open})


@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest) -> HttpResponse:
    """Take a new version: shown as it will be read first, and published from there."""
    form, draft = TermsForm(request.POST or None), drafts.of(request, DRAFT)
    if form.is_valid() and "publish" in request.POST and _is_published(request, form):
        drafts.done(request, draft)
        return redirect("staff_terms")
    with permit(asking.actor_of(request), Function.SIGN_IN_RULES, lately=True) as given:
        given.conclude("terms_form_shown")
    draft.fill(form)
    return _page(request, form, draft)


def _is_published(request: HttpRequest, form: TermsForm) -> bool:
    """Publish what was entered; else say on the form why that cannot be."""
    try:
        made = terms.publish(actor=asking.actor_of(request), **form.cleaned_data)
    except CannotPublish as error:
        form.add_error(None, f"Not published: {error}.")
        return False
    said = f"Version {made.version} is in force. Everybody is asked to agree to it."
    messages.success(request, said)
    return True


def _page(request: HttpRequest, form: TermsForm, draft: drafts.Offer) -> HttpResponse:
    """The form, and under it what was entered as people will read it."""
    looks_right = request.method == "POST" and not form.errors
    context: dict[str, Any] = {
        "form": form,
        "draft": draft,
        "blocks": blocks(form.cleaned_data["text"]) if looks_right else (),
        "looks_right": looks_right,
    }
    return render(request, "staff/terms_new.html", context, status=422 if form.errors else 200)
