"""Forms of encounters: the file, and the values of a rejected encounter."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from portico.domains.encounters.mending import Field, Kind
from portico.edges.web.encounters import file_words
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers

ACCEPTED = ".837,.837p,.837i,.x12,.edi,.txt"
MOST_BYTES = 5 * 1024 * 1024
TOO_LARGE = "The file is larger than 5 MB. Split it, or have your system send it over the connection."
_APART = "__"


class SendForm(forms.Form):
    """A file of encounters and the tax ID that submits it."""

    file = forms.FileField(
        label="File of encounters",
        help_text="An X12 837, professional or institutional, one interchange; up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file.", "empty": file_words.UPLOADS["empty"]},
    )
    tax_id = forms.CharField(label="Submitting for tax ID", widget=forms.Select())

    def __init__(self, data: Any = None, files: Any = None, *, tax_ids: Sequence[str], sent: int = 0) -> None:
        """Take the tax IDs to submit for (one alone is not offered), and how many bytes were `sent`."""
        super().__init__(data, files, initial={"tax_id": tax_ids[0] if tax_ids else ""})
        self.fields["tax_id"].widget.choices = [
            (number, identifiers.format_tax_id(number)) for number in tax_ids
        ]
        if len(tax_ids) <= 1:
            self.fields["tax_id"].widget = forms.HiddenInput()
        if sent > MOST_BYTES:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> tuple[str, bytes]:
        """The file's name, and what it holds."""
        file = self.cleaned_data["file"]
        content = bytes(file.read(MOST_BYTES + 1))
        if len(content) > MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        return str(file.name), content

    def clean_tax_id(self) -> str:
        """The nine digits; whether they are granted is the permit's to say, and the audit's to keep."""
        try:
            return identifiers.parse_tax_id(self.cleaned_data["tax_id"])
        except identifiers.BadIdentifier as error:
            raise forms.ValidationError(error.words, code=error.code) from error


class MendForm(forms.Form):
    """The values of an encounter that may be mended; those at fault stand first."""

    def __init__(self, data: Any = None, *, values: Iterable[Field], labels: dict[str, str]) -> None:
        """Take the fields as the domain has them, and what each is called."""
        super().__init__(data)
        self._names: dict[str, str] = {}
        for each in values:
            name = each.name.replace(".", _APART)
            self._names[name] = each.name
            self.fields[name] = _field(each, labels[each.name])

    def values(self) -> dict[str, str]:
        """What was typed, by the domain's names."""
        return {
            name: value.isoformat() if isinstance(value, date) else value or ""
            for name, value in ((self._names[key], typed) for key, typed in self.cleaned_data.items())
        }

    def names(self) -> tuple[str, ...]:
        """The domain's names of the fields, in their order."""
        return tuple(self._names.values())

    def bound(self, name: str) -> forms.BoundField:
        """The field of one of the domain's names."""
        return self[name.replace(".", _APART)]

    def holds(self, name: str) -> bool:
        """Is there such a field?"""
        return name.replace(".", _APART) in self.fields

    def say(self, name: str, words: str) -> None:
        """Say what is wrong beside a field, or above the form where there is no such field."""
        self.add_error(name.replace(".", _APART) if self.holds(name) else None, words)


def _field(field: Field, label: str) -> forms.Field:
    if field.kind is Kind.DAY:
        initial = date.fromisoformat(field.value) if field.value else None
        return DayField(label=label, required=False, initial=initial, widget=DayPickerInput())
    return forms.CharField(
        label=label,
        required=False,
        initial=field.value,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
