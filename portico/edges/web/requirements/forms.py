"""The form of the question: a code, a day, a line or a patient; and what is looked for in the list."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from portico.domains.authorizations.facts.answered import Asked, NotAnswered
from portico.domains.authorizations.facts.requested import System
from portico.domains.members.asked import ByMemberId
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.edges.web.requirements import words
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}
_CODE: Final = {**_PRIVATE, "autocapitalize": "characters", "class": "pt-width-10"}


class QuestionForm(forms.Form):
    """What an office asks."""

    system = forms.ChoiceField(label="Kind of code", choices=list(words.SYSTEMS.items()))
    code = forms.CharField(
        label="Code",
        help_text="Such as 70551, J1745, or service type 62.",
        max_length=10,
        widget=forms.TextInput(attrs=_CODE),
        error_messages={"required": "Enter the code."},
    )
    on = DayField(
        label="Date of service",
        help_text="mm/dd/yyyy; the day it is planned for.",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the date of service."},
    )
    place = forms.ChoiceField(
        label="Place of service",
        required=False,
        choices=[("", "Not known yet"), *((code, words.place(code)) for code in words.PLACES)],
    )
    member_id = forms.CharField(
        label="Member ID",
        help_text="As on the card. With it, line of business and plan are the patient's.",
        required=False,
        max_length=90,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    line = forms.SlugField(
        label="Line of business",
        help_text="Without a patient.",
        required=False,
        max_length=64,
        widget=forms.Select(),
        error_messages={"invalid": "Choose a line of business of the list."},
    )
    npi = forms.CharField(
        label="NPI of whoever would do it",
        required=False,
        max_length=14,
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "numeric", "class": "pt-width-10"}),
    )
    service_type = forms.CharField(
        label="Service type",
        help_text="Where a procedure code alone does not tell, such as 62 for scans.",
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs=_CODE),
    )
    tax_id = forms.CharField(
        label="Asking for tax ID",
        widget=forms.Select(),
        error_messages={"required": "Choose the tax ID you ask for."},
    )

    def __init__(
        self,
        data: Any = None,
        *,
        tax_ids: Sequence[str],
        lines: Sequence[tuple[str, str]],
        today: date,
        within: str = "",
    ) -> None:
        """Take the tax IDs and lines this person may ask for; one tax ID alone is not asked.

        `within`: the line the page is in; then there is none to choose.
        """
        super().__init__(data, initial={"on": today, "tax_id": tax_ids[0] if tax_ids else ""})
        self._within = within
        line, tax_id = self.fields["line"].widget, self.fields["tax_id"].widget
        line.choices = [("", "The patient's own"), *lines]
        tax_id.choices = [(number, identifiers.format_tax_id(number)) for number in tax_ids]
        if within:
            del self.fields["line"]
        if len(tax_ids) <= 1:
            self.fields["tax_id"].widget = forms.HiddenInput()

    def clean_code(self) -> str:
        """The code in capitals, without blanks."""
        return _code(self.cleaned_data["code"])

    def clean_service_type(self) -> str:
        """The service type in capitals."""
        return _code(self.cleaned_data["service_type"])

    def clean_member_id(self) -> str:
        """A member ID, or nothing."""
        return _typed(identifiers.parse_member_id, self.cleaned_data["member_id"])

    def clean_npi(self) -> str:
        """An NPI, or nothing."""
        return _typed(identifiers.parse_npi, self.cleaned_data["npi"])

    def clean_tax_id(self) -> str:
        """The nine digits; whether they are granted is the permit's to say, and the audit's to keep."""
        return _typed(identifiers.parse_tax_id, self.cleaned_data["tax_id"])

    def asked(self) -> Asked:
        """What the filled-in form asks."""
        said = self.cleaned_data
        return Asked(
            tax_id=said["tax_id"],
            system=System(said["system"]),
            code=said["code"],
            on=said["on"],
            line=self._within or said.get("line") or None,
            patient=ByMemberId(said["member_id"]) if said["member_id"] else None,
            place=said["place"],
            npi=said["npi"],
            service_type=said["service_type"],
        )

    def explain(self, told: NotAnswered) -> None:
        """Say beside its field why there is no answer."""
        why = words.why_not(told)
        self.add_error(why.field if why.field in self.fields else None, why.words)


class LookForm(forms.Form):
    """What is looked for in the public list."""

    code = forms.CharField(
        label="Code",
        help_text="A procedure, revenue or service type code, or how it begins.",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs=_CODE),
    )
    line = forms.SlugField(label="Line of business", required=False, max_length=64, widget=forms.Select())
    version = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, lines: Sequence[tuple[str, str]]) -> None:
        """Offer the plan's lines."""
        super().__init__(data)
        self.fields["line"].widget.choices = [("", "Every line"), *lines]

    def clean_code(self) -> str:
        """The code in capitals, without blanks."""
        return _code(self.cleaned_data["code"])


def _code(typed: str) -> str:
    return "".join(typed.split()).upper()


def _typed(parse: Any, typed: str) -> str:
    try:
        return str(parse(typed)) if typed.strip() else ""
    except BadIdentifier as error:
        raise forms.ValidationError(error.words, code=error.code) from error
