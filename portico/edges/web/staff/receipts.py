"""Verifying a receipt that an office shows: is it ours, is it unaltered, is it still true?"""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from portico.domains.authorizations import requirements
from portico.domains.directory import network_answers
from portico.domains.members import receipts
from portico.domains.members.answers import Verdict
from portico.domains.members.papers import ReceiptFacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.edges.web import asking
from portico.edges.web.finding import answers as network_words
from portico.edges.web.members import words
from portico.edges.web.requirements import asking_pages as requirement_pages
from portico.shared import identifiers

UNKNOWN: Final = "No receipt has this reference. Check each sign: 0 and O, 1 and I count as the same."


class ReferenceForm(forms.Form):
    """The reference on a receipt."""

    reference = forms.CharField(
        label="Reference number",
        help_text="As printed on the receipt; dashes and spaces do not matter.",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the reference number."},
    )


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for a reference and say what the plan answered under it."""
    actor, form = asking.actor_of(request), ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = receipts.verify(actor=actor, reference=form.cleaned_data["reference"])
        if facts is not None:
            return render(request, "staff/verify_receipt.html", {"form": form, **_said(facts)})
        answer = network_answers.verify(actor=actor, reference=form.cleaned_data["reference"])
        if answer is not None:
            return render(request, "staff/verify_receipt.html", {"form": form, **network_words.said(answer)})
        told = requirements.verify(actor=actor, reference=form.cleaned_data["reference"])
        if told is not None:
            context = {"form": form, **requirement_pages.said(told)}
            return render(request, "staff/verify_receipt.html", context)
        form.add_error("reference", UNKNOWN)
    else:
        _open(actor)
    return render(request, "staff/verify_receipt.html", {"form": form}, status=422 if form.errors else 200)


def _open(actor: Actor) -> None:
    with permit(actor, Function.RECEIPT_VERIFICATION) as given:
        given.conclude("opened")


def _said(facts: ReceiptFacts) -> dict[str, Any]:
    return {
        "receipt": facts,
        "grouped": identifiers.group_reference(facts.reference),
        "headline": words.receipt_headline(facts),
        "tone": words.TONES[facts.verdict],
        "span": words.span(facts.coverage) if facts.coverage else "",
        "tax_id": identifiers.format_tax_id(facts.tax_id),
        "changed_to": words.STATUS[Verdict(facts.changed_to)] if facts.changed_to else "",
    }
