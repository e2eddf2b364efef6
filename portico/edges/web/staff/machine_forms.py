"""Forms of connected systems: which to list, for which office, how one is described, what it may ask for."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from portico.domains.access import machine_rules
from portico.domains.access.granting import NewGrant
from portico.domains.access.machines import NewMachine
from portico.domains.permits.functions import Function
from portico.domains.plan.catalogue import Named
from portico.edges.web import machine_words as words
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput
from portico.edges.web.staff.machine_key_forms import KeysForm
from portico.shared import identifiers

ORDER: Final = (
    *("name", "contact_email", "sender_id", "key_set_url", "key_set", "scopes"),
    *("functions", "tax_ids", "tax_id", "lines", "first_on", "last_on"),
)
FUNCTIONS: Final = (Function.ELIGIBILITY, Function.BENEFITS)
_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}


class FilterForm(forms.Form):
    """Which connected systems to list."""

    office = forms.SlugField(
        label="Key of the office",
        required=False,
        max_length=60,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"invalid": "A key has small letters, digits and dashes, such as lakeside."},
    )
    kind = forms.ChoiceField(label="Kind", required=False, choices=(("", "Every kind"), *words.KINDS.items()))
    state = forms.ChoiceField(
        label="State", required=False, choices=(("", "Every state"), *words.STATES.items())
    )


class OfficeForm(forms.Form):
    """The office a system shall ask for."""

    office = forms.CharField(
        label="Office",
        help_text="Part of its name, its key, or one of its tax IDs.",
        max_length=160,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter part of the office's name, its key or a tax ID."},
    )


class GrantForm(forms.Form):
    """What a system may ask for: functions on tax IDs, in lines, from one day to another."""

    functions = forms.MultipleChoiceField(
        label="It may ask for",
        choices=[(str(function), FUNCTION_NAMES[function]) for function in FUNCTIONS],
        widget=Checkboxes(),
        error_messages={"required": "Choose what it may ask for."},
    )
    tax_ids = forms.MultipleChoiceField(
        label="For the tax IDs",
        widget=Checkboxes(),
        error_messages={"required": "Choose the tax IDs it may ask for."},
    )
    lines = forms.MultipleChoiceField(
        label="In the lines of business",
        help_text="None chosen means every line, also one the plan adds later.",
        required=False,
        widget=Checkboxes(),
    )
    first_on = DayField(
        label="From",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the first day."},
    )
    last_on = DayField(
        label="Until", required=False, help_text="mm/dd/yyyy; empty: no end", widget=DayPickerInput()
    )

    def __init__(
        self, data: Any = None, *, tax_ids: Sequence[str], lines: Sequence[Named], today: date
    ) -> None:
        """Take the office's tax IDs and the plan's lines; one tax ID alone is chosen already."""
        chosen = list(tax_ids) if len(tax_ids) == 1 else []
        start = {"first_on": today, "functions": [str(each) for each in FUNCTIONS], "tax_ids": chosen}
        super().__init__(data, initial=start)
        self.own_tax_ids = tuple(tax_ids)
        _choose(self.fields["tax_ids"], [(each, identifiers.format_tax_id(each)) for each in tax_ids])
        _choose(self.fields["lines"], [(line.code, line.name) for line in lines])

    def clean(self) -> dict[str, Any]:
        """Both days count, so the last is not before the first."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", "The last day is before the first. Enter a later one, or none.")
        return cleaned

    def grants(self) -> tuple[NewGrant, ...]:
        """The grants the valid form asks for, one a function."""
        given = self.cleaned_data
        return tuple(
            NewGrant(
                function=Function(function),
                tax_ids=tuple(given["tax_ids"]),
                first_on=given["first_on"],
                last_on=given["last_on"],
                lines=tuple(given["lines"]),
            )
            for function in given["functions"]
        )


class MachineForm(GrantForm):
    """What every connected system is made with: its name, its technician, what it may ask for."""

    name = forms.CharField(
        label="Name",
        help_text="As the office calls it: its clearinghouse or practice software.",
        max_length=machine_rules.LONGEST_NAME,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter a name for the system."},
    )
    contact_email = forms.EmailField(
        label="Mail of the technician",
        help_text="Told of every new password and of a revocation, never a secret.",
        required=False,
        error_messages={"invalid": "Enter a mail address such as name@example.org."},
    )
    tax_id = forms.CharField(
        label="Main tax ID",
        help_text="The one it asks for where a message names none.",
        widget=forms.Select(),
    )

    def __init__(
        self, data: Any = None, *, tax_ids: Sequence[str], lines: Sequence[Named], today: date
    ) -> None:
        """Take the office's tax IDs and the plan's lines; one tax ID alone is not asked as the main one."""
        super().__init__(data, tax_ids=tax_ids, lines=lines, today=today)
        widget = forms.Select(choices=[(each, identifiers.format_tax_id(each)) for each in tax_ids])
        self.fields["tax_id"].widget = widget if len(tax_ids) > 1 else forms.HiddenInput()
        self.initial["tax_id"] = tax_ids[0] if tax_ids else ""
        self.order_fields(ORDER)

    def clean(self) -> dict[str, Any]:
        """The main tax ID is among those it may ask for."""
        cleaned = super().clean()
        chosen = cleaned.get("tax_ids")
        if chosen and cleaned.get("tax_id") not in chosen:
            self.add_error("tax_id", "Choose the main tax ID among those it may ask for.")
        return cleaned

    def machine(self, *, office: str, kind: str) -> NewMachine:
        """The machine the valid form describes."""
        given = self.cleaned_data
        own = ("sender_id", "key_set", "key_set_url", "scopes")
        return NewMachine(
            office=office,
            kind=kind,
            name=given["name"],
            tax_id=given["tax_id"],
            contact_email=given["contact_email"],
            grants=self.grants(),
            **{name: given[name] for name in own if name in given},
        )


class PartnerForm(MachineForm):
    """A trading partner to be made."""

    sender_id = forms.CharField(
        label="Sender ID",
        help_text="Agreed with its technician: 2 to 15 letters and digits. It stands in ISA06 and GS02.",
        max_length=15,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the ID it sends as."},
    )


class ClientForm(MachineForm, KeysForm):
    """A FHIR client to be made."""

    scopes = forms.MultipleChoiceField(
        label="Scopes it may ask for",
        choices=tuple(words.SCOPES.items()),
        widget=Checkboxes(),
        error_messages={"required": "Choose the scopes it may ask for."},
    )


def _choose(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which fields these are
    field.choices = choices
