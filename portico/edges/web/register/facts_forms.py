"""The forms of two steps: the numbers the plan looks at, and who the person is that registers."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse_lazy

from portico.domains.registration.catalogue_rows import AccountType, Need
from portico.edges.web.register import checks, fault_words, states
from portico.edges.web.register.forms import StepForm
from portico.edges.web.register.kept import LONGEST, MOST_TAX_IDS, TAX_ID, tax_ids_in

_DIGITS: Final = {"autocomplete": "off", "inputmode": "numeric", "class": "pt-width-10"}
_STATE: Final = "Choose a state."
OWN_NPI: Final = "Ten digits. Your own, not that of a group."
AS_KNOWN: Final = "As members and the plan know it."
AS_ON_W9: Final = "As it stands on the company's W-9."
NPI_OF_OFFICE: Final = "Ten digits. The one the organization bills with."


def checked(name: str, label: str, missing: str, says: str = "", **attributes: str) -> forms.CharField:
    """A text that is looked at while it is typed; what comes of it stands beside it."""
    asking = {
        "hx-post": reverse_lazy("register_check"),
        "hx-trigger": "input changed delay:800ms",
        "hx-target": f"#check_{name}",
        "hx-vals": f'{{"check": "{name}"}}',
    }
    return forms.CharField(
        label=label,
        help_text=says,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={**asking, **attributes}),
        error_messages={"required": missing},
    )


def _state(label: str) -> forms.ChoiceField:
    words = {"required": _STATE, "invalid_choice": _STATE}
    widget = forms.Select(attrs={"class": "pt-width-10"})
    return forms.ChoiceField(label=label, choices=states.CHOICES, widget=widget, error_messages=words)


def _tax_id(place: int, count: int) -> forms.CharField:
    label = "Tax ID" if place == 0 else f"Tax ID, number {place + 1}"
    says = "Nine digits, such as 12-3456789. The dash may be left out." if place == 0 else ""
    missing = "Enter a tax ID." if count == 1 else "Enter a tax ID, or remove this line."
    return checked(f"{TAX_ID}{place}", label, missing, says, **_DIGITS)


def _licence() -> Mapping[str, forms.Field]:
    as_typed = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    missing, says = "Enter the licence number.", "As it stands on the licence."
    attributes = {**as_typed, "class": "pt-width-10"}
    return {
        "licence_state": _state("State of the licence"),
        "licence_number": checked("licence_number", "Licence number", missing, says, **attributes),
    }


def _address() -> Mapping[str, forms.Field]:
    postal = {"autocomplete": "postal-code", "inputmode": "numeric", "class": "pt-width-5"}
    street = {"autocomplete": "street-address"}
    return {
        "address": checked("address", "Street and number", "Enter the street.", **street),
        "city": checked("city", "City", "Enter the city.", autocomplete="address-level2"),
        "state_code": _state("State"),
        "postal_code": checked("postal_code", "ZIP code", "Enter the ZIP code.", **postal),
    }


class CheckedForm(StepForm):
    """A form whose texts must hold what they say they hold."""

    def clean(self) -> dict[str, Any]:
        """Say of each field what is wrong with it."""
        told: dict[str, Any] = super().clean() or {}
        for name, typed in list(told.items()):
            for fault in checks.faults(name, str(typed), self.data):
                self.add_error(name, fault_words.FAULTS[fault])
        return told


class FactsForm(CheckedForm):
    """The numbers that an applicant of this type has at hand, and what the office is called."""

    def __init__(self, data: Any = None, **named: Any) -> None:
        """Ask for what the type needs; for as many tax IDs as were begun."""
        super().__init__(data, **named)
        account_type = self.kept.text("account_type")
        row = self.offered.offer(account_type, self.kept.text("user_type"))
        needs = row.needs if row else ()
        if Need.LICENCE in needs:
            self.fields.update(_licence())
        if Need.NPI in needs:
            said = OWN_NPI if account_type == AccountType.PHYSICIAN else NPI_OF_OFFICE
            self.fields["npi"] = checked("npi", "NPI", "Enter the NPI.", said, **_DIGITS)
        if Need.TAX_ID in needs:
            count = max(1, len(tax_ids_in(self.data if self.is_bound else self.kept.values)))
            self.fields.update({f"{TAX_ID}{place}": _tax_id(place, count) for place in range(count)})
        self.fields["office_name"] = checked(
            "office_name",
            "Name of the office",
            "Enter the name of the office.",
            AS_ON_W9 if account_type == AccountType.BILLING_COMPANY else AS_KNOWN,
            autocomplete="organization",
        )
        if Need.ADDRESS in needs:
            self.fields.update(_address())

    @property
    def before(self) -> Iterable[BoundField]:
        """The fields before the tax IDs."""
        return [self[name] for name in ("licence_state", "licence_number", "npi") if name in self.fields]

    @property
    def tax_ids(self) -> list[BoundField]:
        """The tax IDs."""
        return [self[name] for name in self.fields if name.startswith(TAX_ID)]

    @property
    def tax_ids_legend(self) -> str:
        """What they are; a billing company's clients have theirs, and those are not asked for."""
        is_company = self.kept.text("account_type") == AccountType.BILLING_COMPANY
        return "Tax IDs of the company itself" if is_company else "Tax IDs you bill this plan under"

    @property
    def has_room(self) -> bool:
        """May another tax ID be added?"""
        return 0 < len(self.tax_ids) < MOST_TAX_IDS

    @property
    def after(self) -> Iterable[BoundField]:
        """The name of the office, and its address where it is asked for."""
        shown = {each.name for each in (*self.before, *self.tax_ids)}
        return [field for field in self if field.name not in shown]


class ContactForm(CheckedForm):
    """Who registers, and how the plan reaches them."""

    first_name = checked("first_name", "First name", "Enter your first name.", autocomplete="given-name")
    last_name = checked("last_name", "Last name", "Enter your last name.", autocomplete="family-name")
    email = checked(
        "email",
        "Mail address",
        "Enter your mail address.",
        "Your own. What the plan decides is sent there.",
        autocomplete="email",
        autocapitalize="none",
        spellcheck="false",
        inputmode="email",
    )
    telephone = checked(
        "telephone",
        "Telephone",
        "Enter a telephone number.",
        "Ten digits, without an extension: (530) 555-0193.",
        autocomplete="tel",
        inputmode="tel",
    )
