"""The form that gives access: who, where, what, until when; each fault named beside what it is about."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from portico.domains.access.delegating import refusals
from portico.domains.access.delegating.creating import BadPerson, NewPerson
from portico.domains.access.delegating.refusals import (
    BeyondCeiling,
    CannotGive,
    ChangedMeanwhile,
)
from portico.domains.access.delegating.sets import Access
from portico.domains.access.officers.standing import LastAdministrator
from portico.domains.accounts.joining.invitations import CannotInvite
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.permits.actors import PersonaKind
from portico.edges.web.people.access import words
from portico.edges.web.people.access.chosen import Chosen
from portico.edges.web.people.words import CANNOT_INVITE
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import DayField, DayPickerInput

_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}
WHO: Final = ("first_name", "last_name", "email", "telephone", "username")


def _boxes(label: str) -> forms.Field:
    """A group of boxes that the page draws itself; the form holds its faults."""
    return forms.Field(label=label, required=False, widget=forms.CheckboxSelectMultiple())


class AccessForm(forms.Form):
    """Where, what and until when; `chosen` is what was ticked."""

    tax_ids = _boxes("Tax IDs")
    providers = _boxes("Providers")
    regions = _boxes("Regions")
    lines = _boxes("Lines of business")
    functions = _boxes("Functions")
    hands_out = _boxes("What they may hand out")
    last_on = DayField(
        label="Last day",
        help_text="mm/dd/yyyy. That day still counts. Empty: no end.",
        required=False,
        widget=DayPickerInput(),
    )
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput())

    def __init__(
        self, data: Any = None, *, chosen: Chosen, latest_on: date | None = None, **more: Any
    ) -> None:
        """Take what was sent, and what of it was ticked; `latest_on`: the last day there is to choose."""
        super().__init__(data, **more)
        self.chosen = chosen
        if latest_on is not None:
            latest = f"{latest_on:%m/%d/%Y} at the latest: what you were given ends then."
            self.fields["last_on"].help_text = f"mm/dd/yyyy. That day still counts. {latest}"

    def clean(self) -> dict[str, Any]:
        """Nothing that is to be named is left empty: that would read as everything."""
        cleaned = super().clean() or {}
        chosen = self.chosen
        empty = {
            "no_tax_id": not chosen.tax_ids,
            "no_provider": chosen.providers.is_empty,
            "no_line": chosen.lines.is_empty,
            "no_region": chosen.regions.is_empty,
            "no_hands_out": chosen.kind is PersonaKind.ADMINISTRATOR and chosen.hands_out.is_empty,
        }
        for code in (code for code, is_so in empty.items() if is_so):
            self.add_error(*words.CANNOT_GIVE[code])
        self._clean_own_lines()
        return cleaned

    def _clean_own_lines(self) -> None:
        for function in sorted(self.chosen.functions):
            if function in self.chosen.own_lines and self.chosen.lines_of(function).is_empty:
                name = FUNCTION_NAMES[function]
                self.add_error("functions", f"{name}: choose at least one line of business for it.")

    def access(self) -> Access:
        """The set of the valid form."""
        return self.chosen.access(self.cleaned_data["last_on"])

    def refuse(self, error: Exception) -> None:
        """Say beside the right field why the domain refused."""
        if isinstance(error, BadPerson):
            for field, code in error.faults.items():
                self.add_error(field, words.person_fault(field, code))
        elif isinstance(error, BeyondCeiling):
            self._beyond(error)
        elif isinstance(error, CannotGive):
            self._cannot(error)
        else:
            self.add_error(*_said(error))

    def _beyond(self, error: BeyondCeiling) -> None:
        if not error.faults:
            self.add_error(None, words.BEYOND_YOURS)
        for found in error.faults:
            name = words.FIELDS[found.beyond]
            self.add_error(name, f"{words.fault(found)}.")

    def _cannot(self, error: CannotGive) -> None:
        name, said = words.CANNOT_GIVE.get(error.code, (None, error.code))
        self.add_error(name, said.format(values=", ".join(error.values)))


class NewUserForm(AccessForm):
    """The same for somebody who is to be made."""

    first_name = forms.CharField(
        label="First name",
        max_length=60,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": words.FAULTS["first_name"]["missing"]},
    )
    last_name = forms.CharField(
        label="Last name",
        max_length=60,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": words.FAULTS["last_name"]["missing"]},
    )
    email = forms.EmailField(
        label="Mail",
        help_text="The person's own. The invitation goes there.",
        widget=forms.EmailInput(_PRIVATE),
        error_messages={
            "required": words.FAULTS["email"]["missing"],
            "invalid": words.FAULTS["email"]["bad"],
        },
    )
    telephone = forms.CharField(
        label="Telephone",
        help_text="Where they can be called. May be left empty.",
        required=False,
        max_length=20,
        widget=forms.TextInput({**_PRIVATE, "inputmode": "tel"}),
    )
    username = forms.CharField(
        label="Username",
        help_text="Left empty, it is made from the name. You tell it yourself: the mail does not hold it.",
        required=False,
        max_length=60,
        widget=forms.TextInput(_PRIVATE),
    )
    field_order = (*WHO, *AccessForm.base_fields)

    def person(self) -> NewPerson:
        """Whom the valid form describes."""
        said = self.cleaned_data
        return NewPerson(**{name: said[name] for name in WHO})


def _said(error: Exception) -> tuple[str | None, str]:
    """The field, None for the whole form, and what is said there."""
    if isinstance(error, CannotInvite):
        return None, CANNOT_INVITE[error.hindrance]
    return _SAID.get(type(error), (None, refusals.code_of(error)))


_SAID: Final[Mapping[type[Exception], tuple[str | None, str]]] = {
    BadUsername: ("username", words.BAD_USERNAME),
    UsernameTaken: ("username", words.USERNAME_TAKEN),
    ChangedMeanwhile: (None, words.CHANGED_MEANWHILE),
    LastAdministrator: (None, words.LAST_ADMINISTRATOR),
}
