"""Forms of Patient Info: three ways to search, each with its own required fields."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.conf import settings

from portico.domains.members.asked import ByMemberId, ByName, BySsn, Inquiry, SearchBy
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.shared import identifiers, names

MEMBER_ID: Final = "member_id"
SSN: Final = "ssn"
NAME: Final = "name"
ALL_LINES: Final = ("", "All your lines")
_PRIVATE = {"autocomplete": "off", "spellcheck": "false"}
_BIRTH_MISSING = "Enter the birth date; this search needs it."


class SearchForm(forms.Form):
    """What every search asks: for which tax ID, in which line, as of which day."""

    as_of = DayField(
        label="Date of service",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the date of service."},
    )
    line = forms.SlugField(
        label="Line of business",
        required=False,
        max_length=64,
        widget=forms.Select(),
        error_messages={"invalid": "Choose a line of business of the list."},
    )
    tax_id = forms.CharField(label="Asking for tax ID", widget=forms.Select())
    order: tuple[str, ...] = ()

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
        super().__init__(data, initial={"as_of": today, "tax_id": tax_ids[0] if tax_ids else ""})
        self.within = within
        self.order_fields([*self.order, "as_of", "line", "tax_id"])
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

    def inquiry(self) -> Inquiry:
        """The inquiry the valid form asks."""
        given = self.cleaned_data
        return Inquiry(given["tax_id"], given["as_of"], self.by(), self.within or given["line"] or None)

    def by(self) -> SearchBy:
        """What is searched by; each way has its own."""
        raise AssertionError("a search form says what it searches by")


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
        return _checked(identifiers.parse_member_id, self.cleaned_data["member_id"])

    def by(self) -> SearchBy:
        """By member ID."""
        return ByMemberId(self.cleaned_data["member_id"])


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
        return _checked(_ssn, self.cleaned_data["ssn"])

    def by(self) -> SearchBy:
        """By SSN and birth date."""
        return BySsn(self.cleaned_data["ssn"], self.cleaned_data["birth_date"])


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

    def by(self) -> SearchBy:
        """By name and birth date."""
        given = self.cleaned_data
        return ByName(given["last_name"], given["birth_date"], given["first_name"])


class AsOfForm(forms.Form):
    """Another day for the same person."""

    as_of = DayField(
        label="Date of service",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the date of service."},
    )


FORMS: Final[dict[str, type[SearchForm]]] = {MEMBER_ID: ByMemberIdForm, SSN: BySsnForm, NAME: ByNameForm}


def _ssn(text: str) -> str:
    return identifiers.parse_ssn(text, allow_demo=settings.DEMO_IDENTIFIERS)


def _checked(parse: Any, text: str) -> str:
    try:
        return str(parse(text))
    except identifiers.BadIdentifier as error:
        raise forms.ValidationError(error.words, code=error.code) from error
