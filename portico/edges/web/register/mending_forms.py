"""The forms by which an applicant mends a registration: other values, and files that prove something."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from portico.domains.registration import correcting
from portico.domains.registration.claims import Field
from portico.edges.web.accounts.identity.forms import ACCEPTED, FAULTS
from portico.edges.web.register import fault_words, states
from portico.edges.web.register.review import LABELS
from portico.shared.files.checking import MOST_BYTES
from portico.shared.files.faults import Fault

OF_FIELD: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.LICENCE: ("licence_state", "licence_number"),
    Field.LICENCE_LIST: ("licence_state", "licence_number"),
    Field.NPI: ("npi",),
    Field.TAX_ID: ("tax_ids",),
    Field.NAME: ("first_name", "last_name", "office_name"),
}
KINDS: Final[Mapping[str, str]] = {
    "photo_id": "Photo ID",
    "licence": "Professional licence",
    "tax_form": "Tax form, such as a W-9",
    "letter": "Letter of the office",
    "other": "Something else",
}
SEVERAL: Final = "All of them, with a blank between. They replace those you named before."


class CorrectForm(forms.Form):
    """What was entered wrong, once more. What is left empty stays as it is."""

    def __init__(self, data: Any = None, *, differs: Sequence[Field] = ()) -> None:
        """Ask first for what differs."""
        super().__init__(data)
        self.first = tuple(name for each in differs for name in OF_FIELD.get(each, ()))
        for name in (*self.first, *(each for each in correcting.CORRECTABLE if each not in self.first)):
            self.fields[name] = _field(name)

    @property
    def asked(self) -> list[BoundField]:
        """The fields that differ."""
        return [self[name] for name in self.first]

    @property
    def further(self) -> list[BoundField]:
        """The others."""
        return [self[name] for name in self.fields if name not in self.first]

    @property
    def changes(self) -> dict[str, str]:
        """What was entered."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def explain(self, faults: Mapping[str, str]) -> None:
        """Say beside each field what the plan cannot take."""
        for name, code in faults.items():
            self.add_error(name if name in self.fields else None, fault_words.FAULTS[code])


class FileForm(forms.Form):
    """One file that proves something."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=list(KINDS.items()),
        error_messages={"invalid_choice": "Choose what it is."},
    )
    file = forms.FileField(
        label="File",
        help_text=(
            f"PDF, PNG or JPEG, up to 5 MB. At most {correcting.MOST_FILES} files, with "
            f"{correcting.MOST_MEGABYTES} MB together."
        ),
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Take what was sent; a request of too many bytes (`sent`) arrived without its file."""
        super().__init__(data, files)
        if sent > MOST_BYTES:
            self.fields["file"].error_messages["required"] = FAULTS[Fault.TOO_LARGE]

    def content(self) -> bytes:
        """What the file holds, and one byte too many at most."""
        return bytes(self.cleaned_data["file"].read(MOST_BYTES + 1))


def _field(name: str) -> forms.Field:
    if name in ("licence_state", "state_code"):
        return forms.ChoiceField(label=LABELS[name], choices=states.CHOICES, required=False)
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(
        label=LABELS[name],
        help_text=SEVERAL if name == "tax_ids" else "",
        required=False,
        max_length=254,
        widget=widget,
    )
