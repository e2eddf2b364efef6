"""Forms of the plan's rules of claims."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from portico.domains.claims.deadline_rules import Kind, Rule, Unit
from portico.domains.claims.rules import PEND_REASONS
from portico.domains.claims.rules_desk import LONGEST_CITATION, LONGEST_CODE, LONGEST_DAYS, Policy
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers
from portico.shared.periods import Period

KINDS: Final = {
    Kind.TIMELY_FILING: "Sending a claim in time",
    Kind.DISPUTE: "Disputing a decision",
    Kind.PROMPT_PAY: "Prompt payment",
}
UNITS: Final = {Unit.CALENDAR: "Calendar days", Unit.BUSINESS: "Business days"}
CODES: Final = (
    ("carc", "Adjustment reason (CARC)"),
    ("rarc", "Remark (RARC)"),
    ("pend", "What a pended claim waits for"),
)
EVERY_LINE: Final = ("", "Every line")
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}
_DOCUMENT_HELP: Final = "The key in its address: library/timely-filing/ has timely-filing."


class DeadlineForm(forms.Form):
    """How long something may take, for whom, since when, and what says so."""

    kind = forms.ChoiceField(label="For", choices=[(str(key), label) for key, label in KINDS.items()])
    days = forms.IntegerField(label="Days", min_value=1, max_value=LONGEST_DAYS)
    unit = forms.ChoiceField(label="Counted in", choices=[(str(key), label) for key, label in UNITS.items()])
    line = forms.CharField(label="Line of business", required=False, widget=forms.Select())
    tax_id = forms.CharField(
        label="Contract of tax ID",
        required=False,
        max_length=11,
        help_text="Empty: every office.",
        widget=forms.TextInput(attrs=_TYPED),
    )
    first_on = DayField(label="Counts from", widget=DayPickerInput())
    last_on = DayField(label="Counts to", required=False, widget=DayPickerInput())
    citation = forms.CharField(
        label="What says so",
        max_length=LONGEST_CITATION,
        help_text="A law, a rule or a chapter of the manual; offices read it beside the deadline.",
    )
    document = forms.SlugField(
        label="Document of the library", required=False, max_length=60, help_text=_DOCUMENT_HELP
    )

    def __init__(self, data: Any = None, *, lines: Sequence[tuple[str, str]]) -> None:
        """Take the plan's lines of business."""
        super().__init__(data, auto_id="deadline_%s")
        self.fields["line"].widget.choices = [EVERY_LINE, *lines]

    def clean_tax_id(self) -> str:
        """The nine digits; empty where none were typed."""
        typed = self.cleaned_data["tax_id"]
        try:
            return str(identifiers.parse_tax_id(typed)) if typed else ""
        except identifiers.BadIdentifier as error:
            raise forms.ValidationError(error.words, code=error.code) from error

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "It would end before it begins.")
        return given

    def rule(self) -> Rule:
        """The rule the valid form describes."""
        given = self.cleaned_data
        return Rule(
            kind=Kind(given["kind"]),
            days=given["days"],
            unit=Unit(given["unit"]),
            citation=given["citation"],
            period=Period(given["first_on"], given["last_on"]),
            line=given["line"],
            tax_id=given["tax_id"],
            document=given["document"],
        )


class PolicyForm(forms.Form):
    """Which document of the library stands behind a code."""

    kind = forms.ChoiceField(label="Kind of code", choices=CODES)
    code = forms.CharField(
        label="Code",
        max_length=LONGEST_CODE,
        help_text=f"Such as 197, N130, or {next(iter(PEND_REASONS))}.",
        widget=forms.TextInput(attrs=_TYPED),
    )
    line = forms.CharField(label="Line of business", required=False, widget=forms.Select())
    document = forms.SlugField(label="Document of the library", max_length=60, help_text=_DOCUMENT_HELP)

    def __init__(self, data: Any = None, *, lines: Sequence[tuple[str, str]]) -> None:
        """Take the plan's lines of business."""
        super().__init__(data, auto_id="policy_%s")
        self.fields["line"].widget.choices = [EVERY_LINE, *lines]

    def clean_code(self) -> str:
        """The code as the lists write it; what a claim waits for has small letters."""
        typed: str = self.cleaned_data["code"].strip()
        return typed if typed in PEND_REASONS else typed.upper()

    def policy(self) -> Policy:
        """The policy the valid form describes."""
        given = self.cleaned_data
        return Policy(given["kind"], given["code"], given["document"], given["line"])


class EndForm(forms.Form):
    """The last day on which a deadline counts."""

    last_on = DayField(label="Last day", widget=DayPickerInput())
