"""Which payments to look for."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from portico.domains.claims.payments import Wanted
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

ALL_TAX_IDS: Final = ("", "All your tax IDs")
TURNED: Final = "The last day comes before the first one."
_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}


class TaxIdForm(forms.Form):
    """For which tax ID; nobody who holds one alone is asked."""

    tax_id = forms.CharField(label="Tax ID", required=False, widget=forms.Select())

    def __init__(self, data: Any = None, *, tax_ids: Sequence[str], **more: Any) -> None:
        """Offer the tax IDs this person may ask for."""
        super().__init__(data, **more)
        field = self.fields["tax_id"]
        choices = [(number, identifiers.format_tax_id(number)) for number in tax_ids]
        field.widget.choices = choices if field.required else [ALL_TAX_IDS, *choices]
        if len(tax_ids) <= 1:
            field.widget = forms.HiddenInput()
            field.initial = tax_ids[0] if tax_ids and field.required else ""

    def clean_tax_id(self) -> str:
        """The nine digits, or nothing; whether they are granted is the permit's to say."""
        typed = self.cleaned_data["tax_id"]
        try:
            return identifiers.parse_tax_id(typed) if typed else ""
        except BadIdentifier as error:
            raise forms.ValidationError(error.words) from None


class SearchForm(TaxIdForm):
    """By number, days, tax ID and member; what is left open is not asked for."""

    field_order = ("number", "member_id", "first", "last", "tax_id")
    number = forms.CharField(
        label="Payment number",
        help_text="Of the check or the transfer.",
        required=False,
        max_length=50,
        widget=forms.TextInput(_PRIVATE),
    )
    member_id = forms.CharField(
        label="Member ID or subscriber ID",
        help_text="As on the card.",
        required=False,
        max_length=90,
        widget=forms.TextInput(_PRIVATE),
    )
    first = DayField(label="Paid from", required=False, widget=DayPickerInput())
    last = DayField(label="Paid to", required=False, widget=DayPickerInput())

    def clean_member_id(self) -> str:
        """The ID in canonical form."""
        typed = self.cleaned_data["member_id"]
        try:
            return identifiers.parse_member_id(typed) if typed.strip() else ""
        except BadIdentifier as error:
            raise forms.ValidationError(error.words) from None

    def clean(self) -> dict[str, Any]:
        """The days are in order."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", TURNED)
        return cleaned

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        return Wanted(**self.cleaned_data)

    @staticmethod
    def as_typed(wanted: Wanted) -> dict[str, str]:
        """What was asked, as somebody would type it again."""
        days = {"first": wanted.first, "last": wanted.last}
        typed = {name: f"{day:%m/%d/%Y}" for name, day in days.items() if day}
        return {"number": wanted.number, "member_id": wanted.member_id, "tax_id": wanted.tax_id, **typed}
