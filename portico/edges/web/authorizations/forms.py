"""The forms of Check Authorization Status: five ways to search, a note, and to whom a request is given."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.conf import settings

from portico.domains.authorizations import numbers, office_notes
from portico.domains.authorizations.asked import Asked
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers, names

MEMBER_ID: Final = "member_id"
NUMBER: Final = "number"
NAME: Final = "name"
SSN: Final = "ssn"
DAYS: Final = "days"
ALL_LINES: Final = ("", "All your lines")
_PRIVATE = {"autocomplete": "off", "spellcheck": "false"}
_BIRTH_MISSING = "Enter the birth date; this search needs it."
_UNTIL = "The last day of service lies before the first one."


class SearchForm(forms.Form):
    """What every search asks: on which days, in which line, and for which tax ID."""

    first_on = DayField(label="Service from", required=False, widget=DayPickerInput())
    last_on = DayField(label="Service to", required=False, widget=DayPickerInput())
    line = forms.SlugField(
        label="Line of business",
        required=False,
        max_length=64,
        widget=forms.Select(),
        error_messages={"invalid": "Choose a line of business of the list."},
    )
    tax_id = forms.CharField(
        label="For tax ID",
        widget=forms.Select(),
        error_messages={"required": "Choose the tax ID that is a party to the request."},
    )
    order: tuple[str, ...] = ()

    def __init__(
        self,
        data: Any = None,
        *,
        tax_ids: Sequence[str],
        lines: Sequence[tuple[str, str]],
        within: str = "",
    ) -> None:
        """Take the tax IDs and lines this person may ask for; one tax ID alone is not asked.

        `within`: the line the page is in; then there is none to choose.
        """
        super().__init__(data, initial={"tax_id": tax_ids[0] if tax_ids else ""})
        self.within = within
        self.order_fields([*self.order, "first_on", "last_on", "line", "tax_id"])
        line, tax_id = self.fields["line"].widget, self.fields["tax_id"].widget
        line.choices = [ALL_LINES, *lines]
        tax_id.choices = [(number, identifiers.format_tax_id(number)) for number in tax_ids]
        if within:
            del self.fields["line"]
        if len(tax_ids) <= 1:
            self.fields["tax_id"].widget = forms.HiddenInput()

    def clean_tax_id(self) -> str:
        """The nine digits; whether they are granted is the permit's to say, and the audit's to keep."""
        return checked(identifiers.parse_tax_id, self.cleaned_data["tax_id"])

    def clean(self) -> dict[str, Any]:
        """Days in their order."""
        given = super().clean() or {}
        first, last = given.get("first_on"), given.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", forms.ValidationError(_UNTIL, code="last_on"))
        return given

    def asked(self) -> Asked:
        """The question the valid form asks."""
        given = self.cleaned_data
        told = {name: given[name] for name in ("tax_id", *self.order)}
        days = {name: given.get(name) for name in ("first_on", "last_on")}
        return Asked(**{**told, **days, "line": self.within or given["line"]})


class ByMemberIdForm(SearchForm):
    """By the ID on the member's card."""

    order = ("member_id",)
    member_id = forms.CharField(
        label="Member ID or subscriber ID",
        help_text="As on the card; spaces and dashes do not matter.",
        max_length=90,
        widget=forms.TextInput(attrs=_PRIVATE),
        error_messages={"required": "Enter the member ID."},
    )

    def clean_member_id(self) -> str:
        """The ID in canonical form."""
        return checked(identifiers.parse_member_id, self.cleaned_data["member_id"])


class ByNumberForm(SearchForm):
    """By the plan's own number of the request."""

    order = ("number",)
    number = forms.CharField(
        label="Authorization number",
        help_text="The letter A and nine digits.",
        max_length=20,
        widget=forms.TextInput(attrs=_PRIVATE),
        error_messages={"required": "Enter the authorization number."},
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        """A number stands for one request, so its days are not asked."""
        super().__init__(*args, **facts)
        del self.fields["first_on"], self.fields["last_on"]

    def clean_number(self) -> str:
        """The number in canonical form; one that was mistyped is noticed."""
        return checked(numbers.parse, self.cleaned_data["number"])


class ByNameForm(SearchForm):
    """By name and birth date."""

    order = ("last_name", "first_name", "birth_date")
    last_name = forms.CharField(
        label="Last name",
        max_length=80,
        widget=forms.TextInput(attrs=_PRIVATE),
        error_messages={"required": "Enter the last name."},
    )
    first_name = forms.CharField(
        label="First name",
        required=False,
        help_text="Narrows the search.",
        max_length=60,
        widget=forms.TextInput(attrs=_PRIVATE),
    )
    birth_date = DayField(label="Birth date", error_messages={"required": _BIRTH_MISSING})

    def clean_last_name(self) -> str:
        """The name, which has letters: without any it would find those whose name nobody told."""
        name: str = self.cleaned_data["last_name"]
        if not names.key(name):
            raise forms.ValidationError("Enter the last name.", code="required")
        return name


class BySsnForm(SearchForm):
    """By Social Security number and birth date."""

    order = ("ssn", "birth_date")
    ssn = forms.CharField(
        label="Social Security number",
        help_text="Nine digits.",
        max_length=11,
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "numeric"}),
        error_messages={"required": "Enter the Social Security number."},
    )
    birth_date = DayField(label="Birth date", error_messages={"required": _BIRTH_MISSING})

    def clean_ssn(self) -> str:
        """The nine digits."""
        return checked(_ssn, self.cleaned_data["ssn"])


class ByDaysForm(SearchForm):
    """By days of service alone; both are needed."""

    def __init__(self, *args: Any, **facts: Any) -> None:
        """Ask for both days."""
        super().__init__(*args, **facts)
        for name, which in (("first_on", "first"), ("last_on", "last")):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = f"Enter the {which} day of service."


class NoteForm(forms.Form):
    """A note for the colleagues."""

    text = forms.CharField(
        label="New note",
        help_text="Your office alone reads it; the plan and other offices do not.",
        max_length=office_notes.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, **_PRIVATE}),
        error_messages={
            "required": "Write the note.",
            "max_length": f"Shorten the note to {office_notes.LONGEST} characters.",
        },
    )


FORMS: Final[dict[str, type[SearchForm]]] = {
    MEMBER_ID: ByMemberIdForm,
    NUMBER: ByNumberForm,
    NAME: ByNameForm,
    SSN: BySsnForm,
    DAYS: ByDaysForm,
}


def checked(parse: Any, text: str) -> str:
    """What a field holds in canonical form, or why it cannot be that."""
    try:
        return str(parse(text))
    except identifiers.BadIdentifier as error:
        raise forms.ValidationError(error.words, code=error.code) from error


def _ssn(text: str) -> str:
    return identifiers.parse_ssn(text, allow_demo=settings.DEMO_IDENTIFIERS)
