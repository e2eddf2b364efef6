"""The forms of offices outside the network: what is asked of them, and the number of their request.

What each field may hold is decided by the domain; a form asks that something stands there.
"""

from typing import Any, Final

from django import forms

from portico.domains.plan import catalogue
from portico.domains.registration import network_rules
from portico.domains.registration.catalogue_rows import AccountType
from portico.domains.registration.network_rules import Wish
from portico.edges.web.once import OnceField
from portico.edges.web.register.words import ACCOUNT_TYPES
from portico.edges.web.rendering import Checkboxes, Options

LONGEST: Final = 254
_DIGITS: Final = {"autocomplete": "off", "inputmode": "numeric", "class": "pt-width-10"}


def _text(label: str, missing: str = "", says: str = "", **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=says,
        required=bool(missing),
        max_length=LONGEST,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": missing},
    )


def _several(label: str, missing: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        widget=Checkboxes(),
        error_messages={"required": missing, "invalid_choice": "Choose from this list."},
    )


class WishForm(forms.Form):
    """What an office that would like to take part says of itself."""

    once = OnceField()
    kind = forms.ChoiceField(
        label="Kind of office",
        choices=[
            (str(kind), name)
            for kind, (name, _) in ACCOUNT_TYPES.items()
            if kind is not AccountType.BILLING_COMPANY
        ],
        widget=Options(),
        error_messages={"required": "Choose what your office is.", "invalid_choice": "Choose one of these."},
    )
    office_name = _text(
        "Name of the office",
        "Enter the name of the office.",
        "As your patients know it.",
        autocomplete="organization",
    )
    npi = _text("NPI", "Enter the NPI.", "Ten digits, the one the office bills with.", **_DIGITS)
    tax_id = _text("Tax ID", "Enter the tax ID.", "Nine digits, such as 12-3456789.", **_DIGITS)
    specialty = _text(
        "Specialty", says="The main one, in letters, such as Internal medicine.", autocomplete="off"
    )
    regions = _several("Regions where you see patients", "Choose at least one region.")
    lines = _several("Lines of business you would like to join", "Choose at least one line.")
    contact_name = _text(
        "Person we reach", "Enter the name of a person.", "First and last name.", autocomplete="name"
    )
    telephone = _text(
        "Telephone",
        "Enter a telephone number.",
        "Ten digits, without an extension: (530) 555-0193.",
        autocomplete="tel",
        inputmode="tel",
    )
    email = _text(
        "Mail address",
        "Enter a mail address.",
        "The answer is sent there.",
        autocomplete="email",
        autocapitalize="none",
        spellcheck="false",
        inputmode="email",
    )

    def __init__(self, data: Any = None) -> None:
        """Offer the plan's regions and lines; where it has none, do not ask."""
        super().__init__(data)
        offered = catalogue.choices()
        for name, known in (("regions", offered.regions), ("lines", offered.lines)):
            field: Any = self.fields[name]
            field.choices = [(each.code, each.name) for each in known]
            if not known:
                del self.fields[name]

    def wish(self) -> Wish:
        """What the filled-in form says."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "once"}
        chosen = {name: tuple(said.pop(name, ())) for name in ("regions", "lines")}
        return Wish(**said | chosen | {"kind": AccountType(said["kind"])})


class TrackingForm(forms.Form):
    """Which request."""

    tracking_number = forms.CharField(
        label="Tracking number",
        help_text="17 letters and digits. Small letters do, and the dashes may be left out.",
        max_length=60,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter the tracking number you were shown."},
    )


class NoteForm(forms.Form):
    """A note of the desk."""

    text = forms.CharField(
        label="Note",
        help_text="For the plan alone, and nothing about a patient. Erased a year after the answer.",
        max_length=network_rules.LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write the note."},
    )
