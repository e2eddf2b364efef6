"""Forms of the plan's clocks."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from portico.domains.authorizations.clock_desk import LONGEST_CITATION, LONGEST_EXTENSION, LONGEST_WARNING
from portico.domains.authorizations.clock_rules import Counts, Rule, Unit
from portico.domains.authorizations.clocks import Pause
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput
from portico.shared.periods import Period

KINDS: Final = {
    Counts.STANDARD: "Standard request",
    Counts.EXPEDITED: "Expedited request",
    Counts.CONCURRENT: "Admission and its days",
    Counts.REFERRAL: "Referral",
    Counts.ADMISSION_NOTICE: "Notice of an admission, by the office",
    Counts.RECONSIDERATION: "Reconsideration",
    Counts.APPEAL: "Appeal",
    Counts.INFORMATION: "Answer to what the plan asks, by the office",
}
UNITS: Final = {Unit.HOURS: "hours", Unit.CALENDAR: "calendar days", Unit.BUSINESS: "business days"}
PAUSES: Final = {
    Pause.INFORMATION_ASKED: "While the office is asked for more",
    Pause.PATIENT_UNAVAILABLE: "While the patient cannot be reached",
    Pause.EXAMINATION: "While an examination is waited for",
}
FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "amount": ("amount", "Too long: 720 hours, 90 calendar days or 60 business days at most."),
    "extension": ("extension_days", f"0 to {LONGEST_EXTENSION} days."),
    "warning": ("warn_hours", f"0 to {LONGEST_WARNING} hours."),
    "citation": ("citation", "Say what says so."),
    "pauses": ("pauses", "Choose of the list."),
    "law_pauses": (
        "pauses",
        "A clock of the law never stands still. Choose no pause, or say that it is not the law's.",
    ),
    "line": ("line", "Choose one of the list."),
    "there_already": (
        "first_on",
        "There is a clock of this kind and line from that day. End or remove that one.",
    ),
}
"""The field and the words of a fault."""
_EVERY_LINE: Final = ("", "Every line")
_NARROW: Final = {"class": "pt-width-10"}


class ClockForm(forms.Form):
    """How long something may take, for whom, since when, and what says so."""

    kind = forms.ChoiceField(label="For", choices=[(str(key), label) for key, label in KINDS.items()])
    line = forms.CharField(label="Line of business", required=False, widget=forms.Select())
    amount = forms.IntegerField(label="How long", min_value=1, widget=forms.NumberInput(_NARROW))
    unit = forms.ChoiceField(
        label="Counted in", choices=[(str(key), label.capitalize()) for key, label in UNITS.items()]
    )
    extension_days = forms.IntegerField(
        label="May be made longer by (days)", min_value=0, initial=0, widget=forms.NumberInput(_NARROW)
    )
    warn_hours = forms.IntegerField(
        label="Warn both sides before (hours)", min_value=0, initial=24, widget=forms.NumberInput(_NARROW)
    )
    first_on = DayField(label="Counts from", widget=DayPickerInput())
    last_on = DayField(label="Counts to", required=False, widget=DayPickerInput())
    citation = forms.CharField(
        label="What says so",
        max_length=LONGEST_CITATION,
        help_text="A law or a contract; both sides read it.",
    )
    pauses = forms.MultipleChoiceField(
        label="May stand still",
        required=False,
        choices=[(str(key), label) for key, label in PAUSES.items()],
        widget=Checkboxes(),
    )
    is_law = forms.BooleanField(
        label="The law's time limit: counted in the published figures", required=False
    )

    def __init__(self, data: Any = None, *, lines: Sequence[tuple[str, str]]) -> None:
        """Take the plan's lines of business."""
        super().__init__(data, auto_id="clock_%s")
        self.fields["line"].widget.choices = [_EVERY_LINE, *lines]

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "It would end before it begins.")
        return given

    def rule(self) -> Rule:
        """The clock the valid form describes."""
        given = self.cleaned_data
        return Rule(
            kind=Counts(given["kind"]),
            amount=given["amount"],
            unit=Unit(given["unit"]),
            citation=given["citation"],
            period=Period(given["first_on"], given["last_on"]),
            line=given["line"],
            extension_days=given["extension_days"],
            pauses=tuple(given["pauses"]),
            warn_hours=given["warn_hours"],
            is_law=given["is_law"],
        )


class EndForm(forms.Form):
    """The last day on which a clock counts."""

    last_on = DayField(label="Last day", widget=DayPickerInput())
