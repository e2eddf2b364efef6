"""Forms of batch eligibility: the file, the name of a saved list, another day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from portico.edges.web.batches import questions, tables, words
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers

ACCEPTED = ".csv,.txt,.xlsx,.270,.x12,.edi"
TOO_LARGE = "The file is larger than 5 MB. Split it."


class UploadForm(forms.Form):
    """A file of patients, the tax ID it is asked for, and the day for rows that name none."""

    file = forms.FileField(
        label="File of patients",
        help_text="CSV, Excel (.xlsx) or X12 270; up to 5 MB.",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file.", "empty": "The file is empty."},
    )
    as_of = DayField(
        label="Date of service",
        help_text="mm/dd/yyyy; for rows that name none.",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the date of service."},
    )
    tax_id = forms.CharField(label="Asking for tax ID", widget=forms.Select())

    def __init__(
        self, data: Any = None, files: Any = None, *, tax_ids: Sequence[str], today: date, sent: int = 0
    ) -> None:
        """Take the tax IDs to ask for (one alone is not offered), and how many bytes were `sent`."""
        super().__init__(data, files, initial={"as_of": today, "tax_id": tax_ids[0] if tax_ids else ""})
        self._today = today
        widget = self.fields["tax_id"].widget
        widget.choices = [(number, identifiers.format_tax_id(number)) for number in tax_ids]
        if len(tax_ids) <= 1:
            self.fields["tax_id"].widget = forms.HiddenInput()
        if sent > tables.MOST_BYTES:
            self.fields["file"].error_messages["required"] = TOO_LARGE

    def clean_file(self) -> bytes:
        """What the file holds."""
        content = bytes(self.cleaned_data["file"].read(tables.MOST_BYTES + 1))
        if len(content) > tables.MOST_BYTES:
            raise forms.ValidationError(TOO_LARGE, code="too_large")
        return content

    def clean_as_of(self) -> date:
        """A day that may be asked about."""
        return _askable(self.cleaned_data["as_of"], self._today)

    def clean_tax_id(self) -> str:
        """The nine digits; whether they are granted is the permit's to say, and the audit's to keep."""
        try:
            return identifiers.parse_tax_id(self.cleaned_data["tax_id"])
        except identifiers.BadIdentifier as error:
            raise forms.ValidationError(error.words, code=error.code) from error


class SaveForm(forms.Form):
    """The name a list is kept under."""

    name = forms.CharField(
        label="Name of the list",
        help_text="Such as “Tuesday schedule”; no patient's name.",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Give the list a name."},
    )


class AgainForm(forms.Form):
    """The day to ask a list about once more."""

    as_of = DayField(
        label="Date of service",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the date of service."},
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        """Take the day it is, which is asked about unless another is given."""
        super().__init__(data, initial={"as_of": today})
        self._today = today

    def clean_as_of(self) -> date:
        """A day that may be asked about."""
        return _askable(self.cleaned_data["as_of"], self._today)


def _askable(day: date, today: date) -> date:
    problem = questions.outside_window(day, today=today)
    if problem:
        said = words.PROBLEMS[problem]
        raise forms.ValidationError(f"{said.why} {said.todo}", code=problem)
    return day
