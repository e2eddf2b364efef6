"""Drafts of long forms on their pages: what is offered when a form opens again, and filling it in.

A view asks `of(request, "partner_new", about=office)`, lets it `fill` the form, puts it on the page as
`draft`, and says `done` once the form was taken. The page shows `<c-draft :draft="draft" />` and marks the
form with `data-draft="{{ draft.save_url }}"`; a script keeps what is typed. Each form is named here with the
function that opens it, which may be none that asks for a confirmation: a script cannot give one.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django import forms
from django.http import HttpRequest
from django.urls import reverse

from portico.domains.accounts.own import drafts
from portico.domains.accounts.own.drafts import Draft, Form
from portico.domains.permits.functions import Function
from portico.edges.web import asking

FUNCTIONS: Final[Mapping[str, Function]] = {
    "partner_new": Function.CONNECTING,
    "client_new": Function.CONNECTING,
    "terms_new": Function.SIGN_IN_RULES,
}
RESTORE: Final = "restore"
_KEY: Final = re.compile(r"([a-z_]{1,40})(?:\.([A-Za-z0-9-]{1,39}))?")


@dataclass(frozen=True, slots=True)
class Offer:
    """A form's draft as its page shows it: `kept_at` where one may be restored, `draft` where it was."""

    form: Form
    page: str
    kept_at: datetime | None = None
    draft: Draft | None = None

    @property
    def save_url(self) -> str:
        """Where the script sends what is typed."""
        return reverse("draft_save", args=[self.form.key])

    @property
    def discard_url(self) -> str:
        """Where it is thrown away."""
        return reverse("draft_discard", args=[self.form.key])

    @property
    def restore_url(self) -> str:
        """The page, filled in."""
        return f"{self.page}?draft={RESTORE}"

    def fill(self, form: forms.Form) -> None:
        """Fill the form in where the draft is restored; what was left empty is empty again."""
        if self.draft is None:
            return
        for field in form.visible_fields():
            values = self.draft.fields.get(field.html_name, ())
            form.initial[field.name] = values[0] if len(values) == 1 else list(values)


def of(request: HttpRequest, name: str, *, about: str = "") -> Offer:
    """The draft of a form, for its page; nothing is offered beside a form that was just sent."""
    form, actor = Form(name, FUNCTIONS[name], about), asking.actor_of(request)
    if request.method != "GET":
        return Offer(form, request.path)
    if request.GET.get("draft") == RESTORE:
        return Offer(form, request.path, draft=drafts.read(actor=actor, form=form))
    return Offer(form, request.path, kept_at=drafts.kept_at(actor=actor, form=form))


def done(request: HttpRequest, offer: Offer) -> None:
    """The form was taken: what was kept of it is of no use any more."""
    actor = asking.actor_of(request)
    if drafts.kept_at(actor=actor, form=offer.form) is not None:
        drafts.discard(actor=actor, form=offer.form)


def named(key: str) -> Form | None:
    """The form an address names; None for none that keeps drafts."""
    match = _KEY.fullmatch(key)
    function = FUNCTIONS.get(match[1]) if match else None
    return None if match is None or function is None else Form(match[1], function, match[2] or "")
