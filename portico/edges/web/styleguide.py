"""A page that shows every part of the pages at once, for people who build them; served in the demo only."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portico.edges.web import rendering
from portico.edges.web.explaining import Way
from portico.edges.web.refusals import FixerWords, Refusal, TestWords

_LINES: Final = (("", "Choose a line"), ("ppo", "Employer PPO"), ("hmo", "Employer HMO"), ("mc", "Medi-Cal"))


@dataclass(frozen=True, slots=True)
class _Claim:
    number: str
    member: str
    served_on: date
    billed: Decimal
    paid: Decimal
    tone: str
    status: str


class SampleForm(forms.Form):
    """One control of each kind."""

    member_id = forms.CharField(label="Member ID", help_text="As on the card, with or without spaces")
    birth_date = rendering.DayField(label="Birth date")
    served_on = rendering.DayField(label="As of", widget=rendering.DayPickerInput, required=False)
    line = forms.ChoiceField(label="Line of business", choices=_LINES)
    specialty = forms.ChoiceField(
        label="Specialty", choices=_LINES, widget=rendering.ComboBox, required=False
    )
    urgency = forms.ChoiceField(
        label="Urgency", choices=(("s", "Standard"), ("e", "Expedited")), widget=rendering.InlineOptions
    )
    functions = forms.MultipleChoiceField(
        label="Functions", choices=_LINES[1:], widget=rendering.Checkboxes, required=False
    )
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    agreed = forms.BooleanField(label="I have read the terms")


class SearchForm(forms.Form):
    """The short form people use all day."""

    member_number = forms.CharField(label="Member ID")
    born_on = rendering.DayField(label="Birth date", help_text="")
    as_of = rendering.DayField(label="As of", help_text="", widget=rendering.DayPickerInput)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component with invented words."""
    wrong = {"birth_date": "13/45/1984", "served_on": "12/02/2026", "line": "ppo", "agreed": "on"}
    context: dict[str, Any] = {
        "form": SampleForm(wrong, auto_id="sample_%s"),
        "search": SearchForm(initial={"as_of": date(2026, 11, 21)}),
        "claims": _claims(),
        "refusal": _refusal(),
        "birth_date": date(1984, 3, 12),
        "crumbs": ({"label": "Patient info", "url": "#"}, {"label": "Adaeze Okafor", "url": ""}),
        "steps": ("Member and provider", "Service details", "Clinical information", "Review"),
        "pages": _pages(),
        "amounts": {"used": Decimal("1050.00"), "total": Decimal("1500.00"), "visits": 1, "limit": 20},
    }
    return render(request, "styleguide.html", context)


def _claims() -> tuple[_Claim, ...]:
    served_on = date(2026, 10, 2)
    money = Decimal
    return (
        _Claim(
            "26318-004512", "Okafor, Adaeze", served_on, money("412.00"), money("286.14"), "positive", "Paid"
        ),
        _Claim(
            "26319-001187",
            "Brennan, Tomas",
            served_on,
            money("1240"),
            money(0),
            "caution",
            "Records requested",
        ),
        _Claim("26321-009940", "Vasquez, Maria", served_on, money("185"), money(0), "negative", "Denied"),
        _Claim("26326-003318", "Haddad, Samir", served_on, money("2310.75"), money(0), "info", "In process"),
    )


def _refusal() -> Refusal:
    ask = Way("Ask for access", "#")
    return Refusal(
        asked=(),
        button=ask,
        headline="Claims are not open to you yet",
        why="Your administrator has not given you Claims inquiry for this tax ID.",
        tests=(
            TestWords("You are signed in and your account is active.", passed=True),
            TestWords("You hold the function Claims inquiry.", passed=False, detail="No grant names it."),
        ),
        fixers=(
            FixerWords("Your office's administrator", "can grant it on the page Users.", ask),
            FixerWords("Provider Services", "can tell you who your administrator is: 1-800-555-0142."),
        ),
        reference="R-7K2M-QX41",
    )


def _pages() -> tuple[dict[str, object], ...]:
    first: dict[str, object] = {"number": 1, "url": "#"}
    current: dict[str, object] = {"number": 2, "is_current": True}
    return (first, current, {"number": 3, "url": "#"}, {"number": 0}, {"number": 12, "url": "#"})
