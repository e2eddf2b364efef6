"""The form of Check Claim Status: for which tax ID, and what is known of the claims."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from portico.domains.claims.asked import Asked
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers

ALL_LINES: Final = ("", "All your lines")
_PRIVATE = {"autocomplete": "off", "spellcheck": "false"}
_NOT_ENOUGH = "Enter a subscriber ID, a claim number or a patient control number, or both days of service."
_UNTIL = "The last day of service lies before the first one."


class SearchForm(forms.Form):
    """Whose claims, or which, and when the service was; something of it has to be given."""

    subscriber_id = forms.CharField(
        label="Subscriber ID or member ID",
        help_text="As on the card; spaces and dashes do not matter.",
        required=False,
        max_length=90,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    first_on = DayField(label="Service from", required=False, widget=DayPickerInput())
    last_on = DayField(label="Service to", required=False, widget=DayPickerInput())
    claim_number = forms.CharField(
        label="Claim number",
        help_text="The plan's own number of the claim.",
        required=False,
        max_length=50,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    patient_control_number = forms.CharField(
        label="Patient control number",
        help_text="Your own number of the claim.",
        required=False,
        max_length=38,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    line = forms.SlugField(
        label="Line of business",
        required=False,
        max_length=64,
        widget=forms.Select(),
        error_messages={"invalid": "Choose a line of business of the list."},
    )
    tax_id = forms.CharField(
        label="Billed under tax ID",
        widget=forms.Select(),
        error_messages={"required": "Choose the tax ID it was billed under."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        tax_ids: Sequence[str],
        lines: Sequence[tuple[str, str]],
        within: str = "",
        initial: Any = None,
    ) -> None:
        """Take the tax IDs and lines this person may ask for; one tax ID alone is not asked.

        `within`: the line the page is in; then there is none to choose.
        """
        chosen = {"tax_id": tax_ids[0] if tax_ids else "", **(initial or {})}
        super().__init__(data, initial=chosen)
        self.within = within
        line, tax_id = self.fields["line"].widget, self.fields["tax_id"].widget
        line.choices = [ALL_LINES, *lines]
        tax_id.choices = [(number, identifiers.format_tax_id(number)) for number in tax_ids]
        if within:
            del self.fields["line"]
        if len(tax_ids) <= 1:
            self.fields["tax_id"].widget = forms.HiddenInput()

    def clean_tax_id(self) -> str:
        """The nine digits; whether they are granted is the permit's to say, and the audit's to keep."""
        return _checked(identifiers.parse_tax_id, self.cleaned_data["tax_id"])

    def clean_subscriber_id(self) -> str:
        """The ID in canonical form; empty where none was given."""
        typed = self.cleaned_data["subscriber_id"]
        return _checked(identifiers.parse_member_id, typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """Something to search by, and days in their order."""
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", forms.ValidationError(_UNTIL, code="last_on"))
        elif not self.errors and not self.asked().is_enough:
            self.add_error("subscriber_id", forms.ValidationError(_NOT_ENOUGH, code="not_enough"))
        return given

    def asked(self) -> Asked:
        """The question the valid form asks."""
        given = self.cleaned_data
        return Asked(
            given["tax_id"],
            subscriber_id=given["subscriber_id"],
            claim_number=given["claim_number"],
            patient_control_number=given["patient_control_number"],
            first_on=given["first_on"],
            last_on=given["last_on"],
            line=self.within or given["line"],
        )


class SaveForm(forms.Form):
    """The name a search is kept under."""

    name = forms.CharField(
        label="Name of the filter",
        max_length=60,
        widget=forms.TextInput(attrs=_PRIVATE),
        error_messages={"required": "Give the filter a name."},
    )
    moves = forms.BooleanField(
        label="Move the days of service with the calendar",
        help_text="Last month stays last month, whenever you use the filter.",
        required=False,
    )


def _checked(parse: Any, text: str) -> str:
    try:
        return str(parse(text))
    except identifiers.BadIdentifier as error:
        raise forms.ValidationError(error.words, code=error.code) from error
