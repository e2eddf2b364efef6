"""The rules of access: how offices hand out what they have, edited as a whole, and every earlier version."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.audit import reading
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import access_rules
from portico.domains.plan.access_rule_bounds import BOUNDS, CannotSet
from portico.domains.plan.policy import AccessRules
from portico.edges.web import asking
from portico.edges.web.rendering import Options
from portico.edges.web.staff.sign_in_rules import texts

CHANGED: Final = (
    "Somebody else has changed the rules since you opened them. What you see is yours; open the page again "
    "to see theirs."
)
WRONG: Final[Mapping[str, str]] = {
    "review_outlasts_its_turn": "A review has to end before the next one begins. Give it fewer days.",
    "expires_before_the_plan_has_it": (
        "A request would expire before it has come to the plan. Give it more days, or each step fewer hours."
    ),
}
CONFIRMED_BY: Final = (
    ("", "Nobody: it counts at once"),
    ("administrator", "Another administrator of the office; the plan where there is none"),
    ("plan", "The plan"),
)
PERSONAS: Final = (
    ("linked", "One sign-in with two personas, and an open switch between them"),
    ("separate", "Two accounts, one for each"),
)
NAMES: Final[Mapping[str, str]] = {
    "confirmed_by": "Confirmed by",
    "personas": "Personas",
    "review_months": "Months between reviews",
    "review_days": "Days for a review",
    "request_hours": "Business hours for each step of a request",
    "request_days": "Days until a request expires",
    "recovery_days": "Days to object to a recovery",
}


def _number(field: str, help_text: str) -> forms.IntegerField:
    least, most = BOUNDS[field]
    said = f"Enter a whole number from {least} to {most}."
    return forms.IntegerField(
        label=NAMES[field],
        help_text=f"{help_text} {least} to {most}.",
        min_value=least,
        max_value=most,
        widget=forms.NumberInput({"class": "pt-width-10"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
    )


class AccessRulesForm(forms.Form):
    """All of the rules."""

    confirmed_by = forms.ChoiceField(
        label="Who confirms what an administrator hands out?",
        choices=CONFIRMED_BY,
        required=False,
        widget=Options(),
    )
    personas = forms.ChoiceField(
        label="An administrator who works with patients too has",
        choices=PERSONAS,
        widget=Options(),
        error_messages={"required": "Choose how an administrator works with patients."},
    )
    review_months = _number("review_months", "How often an office looks through who may do what; 0: never.")
    review_days = _number("review_days", "After that, patients' data closes to the office until it is done.")
    request_hours = _number(
        "request_hours", "With the first administrator, with all of them; then the plan has it."
    )
    request_days = _number("request_days", "Whoever asked is told, and may ask again.")
    recovery_days = _number(
        "recovery_days", "In these, everybody who was told may stop somebody from taking an office over."
    )
    was = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())

    def rules(self) -> AccessRules:
        """The rules that the valid form says."""
        said = dict(self.cleaned_data)
        del said["was"]
        return AccessRules(**said)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The rules as they are; a POST keeps them changed."""
    with permit(asking.actor_of(request), Function.ACCESS_RULES) as given:
        given.conclude("access_rules_shown")
        rules = access_rules.read()
    if request.method == "GET":
        initial: dict[str, Any] = {name: getattr(rules, name) for name in NAMES}
        return _page(request, AccessRulesForm(initial={**initial, "was": access_rules.version(rules)}))
    form = AccessRulesForm(request.POST)
    if form.is_valid() and _is_kept(request, form):
        return redirect("access_rules")
    return _page(request, form)


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Who changed the rules, when, from what to what, as the audit has it."""
    key = request.GET.get("after", "")
    with permit(asking.actor_of(request), Function.AUDIT_READING) as given:
        kind, identifier = access_rules.SUBJECT
        page = reading.about(given=given, kind=kind, identifier=identifier, key=key)
        given.conclude("access_rules_history_shown")
    changes = [
        (row, _said(texts(row, access_rules.WAS)), _said(texts(row, access_rules.IS)))
        for row in page.rows
        if row.outcome == "allowed"
    ]
    context = {"changes": changes, "next_key": page.next_key}
    return render(request, "staff/access_rules_history.html", context)


def _is_kept(request: HttpRequest, form: AccessRulesForm) -> bool:
    """Keep what was entered; else say on the form why that cannot be."""
    try:
        was = form.cleaned_data["was"]
        changed = access_rules.replace(actor=asking.actor_of(request), rules=form.rules(), was=was)
    except access_rules.Changed:
        form.add_error(None, CHANGED)
        return False
    except CannotSet as error:
        form.add_error(error.field, WRONG[error.code])
        return False
    said = "The rules are changed. They count from the next request on." if changed else "Nothing is changed."
    messages.success(request, said)
    return True


def _said(lines: list[str]) -> list[tuple[str, str]]:
    """The name of each rule, and what it says."""
    pairs = (line.partition(" ") for line in lines)
    return [(NAMES.get(name, name), "nobody" if value == "-" else value) for name, _, value in pairs]


def _page(request: HttpRequest, form: AccessRulesForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "staff/access_rules.html", {"form": form}, status=status)
