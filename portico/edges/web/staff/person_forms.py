"""Forms of inviting a person: who it is, and what it will act as."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django import forms

from portico.domains.access.granting import NewGrant, NewPersona
from portico.domains.accounts.users import NewUser
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import GRANTABLE, Desk, Function
from portico.domains.plan.catalogue import Named
from portico.edges.web.context import PERSONA_NAMES
from portico.edges.web.people.words import DESKS
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import Checkboxes, Options
from portico.edges.web.staff.machine_forms import GrantForm

LONGEST_NAME: Final = 60
FUNCTIONS: Final = tuple(function for function in GRANTABLE if function is not Function.MANAGE_USERS)
KINDS: Final = (PersonaKind.END_USER, PersonaKind.ADMINISTRATOR)
_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}


class WhoForm(forms.Form):
    """Who is invited."""

    first_name = forms.CharField(
        label="First name",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the first name."},
    )
    last_name = forms.CharField(
        label="Last name",
        max_length=LONGEST_NAME,
        widget=forms.TextInput(_PRIVATE),
        error_messages={"required": "Enter the last name."},
    )
    email = forms.EmailField(
        label="Mail",
        help_text="The person's own. The invitation goes there; two accounts of one person may share it.",
        widget=forms.EmailInput(_PRIVATE),
        error_messages={
            "required": "Enter the mail address the invitation goes to.",
            "invalid": "Enter a mail address such as name@example.org.",
        },
    )
    username = forms.CharField(
        label="Username",
        help_text="2 to 60 letters, digits, dots, dashes and underscores, such as ann.lee. Left empty, it is "
        "made from the name.",
        required=False,
        max_length=60,
        widget=forms.TextInput(_PRIVATE),
    )

    def user(self) -> NewUser:
        """The user the valid form describes, to be invited."""
        given = self.cleaned_data
        return NewUser(
            username=given["username"],
            password=None,
            first_name=given["first_name"],
            last_name=given["last_name"],
            email=given["email"],
        )


class StaffForm(WhoForm):
    """Somebody of the plan."""

    desk = forms.ChoiceField(
        label="Desk", widget=Options(), error_messages={"required": "Choose the desk they work at."}
    )

    def __init__(self, data: Any = None, *, desks: Sequence[Desk]) -> None:
        """Take the desks that whoever invites may give."""
        super().__init__(data)
        field = self.fields["desk"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(str(desk), DESKS[desk]) for desk in desks]

    def personas(self) -> list[NewPersona]:
        """What the valid form lets the person act as."""
        return [NewPersona(PersonaKind.PLAN_STAFF, desk=self.cleaned_data["desk"])]


class OfficePersonForm(WhoForm, GrantForm):
    """Somebody of an office: an administrator, somebody who works there, or both under one sign-in."""

    kinds = forms.MultipleChoiceField(
        label="Acts as",
        help_text="An administrator manages the office's users and sees no patient data.",
        choices=[(str(kind), PERSONA_NAMES[kind]) for kind in KINDS],
        widget=Checkboxes(),
        initial=[str(PersonaKind.END_USER)],
        error_messages={"required": "Choose what the person acts as."},
    )
    functions = forms.MultipleChoiceField(
        label="An end user may use",
        choices=[(str(function), FUNCTION_NAMES[function]) for function in FUNCTIONS],
        required=False,
        widget=Checkboxes(),
    )

    tax_ids = forms.MultipleChoiceField(
        label="For the tax IDs",
        widget=Checkboxes(),
        error_messages={"required": "Choose the tax IDs they work for."},
    )

    def __init__(
        self, data: Any = None, *, tax_ids: Sequence[str], lines: Sequence[Named], today: date
    ) -> None:
        """Take the office's tax IDs and the plan's lines."""
        super().__init__(data, tax_ids=tax_ids, lines=lines, today=today)
        self.initial["functions"] = [str(Function.ELIGIBILITY)]
        self.order_fields((*WhoForm.base_fields, "kinds", "functions"))

    def clean(self) -> dict[str, Any]:
        """An end user may use something."""
        cleaned = super().clean()
        if PersonaKind.END_USER in cleaned.get("kinds", ()) and not cleaned.get("functions"):
            self.add_error("functions", "Choose what an end user may use.")
        return cleaned

    def personas(self, office: str) -> list[NewPersona]:
        """What the valid form lets the person act as, in the office of that key."""
        return [
            NewPersona(kind, office=office, grants=self._grants(kind))
            for kind in map(PersonaKind, self.cleaned_data["kinds"])
        ]

    def _grants(self, kind: PersonaKind) -> tuple[NewGrant, ...]:
        """An administrator manages users in every line; an end user has what was chosen."""
        given = self.cleaned_data
        if kind is PersonaKind.END_USER:
            return self.grants()
        days = {"first_on": given["first_on"], "last_on": given["last_on"]}
        return (NewGrant(Function.MANAGE_USERS, tuple(given["tax_ids"]), **days),)
