"""The form of each step that has one, and the fields that are looked at while they are typed."""

from collections.abc import Mapping
from typing import Final

from portico.edges.web.register import facts_forms, forms
from portico.edges.web.register.forms import StepForm

FORMS: Final[Mapping[str, type[StepForm]]] = {
    "region": forms.RegionForm,
    "account": forms.AccountForm,
    "person": forms.PersonForm,
    "facts": facts_forms.FactsForm,
    "contact": facts_forms.ContactForm,
}
CHECKED: Final = frozenset(
    {
        "npi",
        "licence_number",
        "office_name",
        "address",
        "city",
        "postal_code",
        "first_name",
        "last_name",
        "email",
        "telephone",
        "username",
    }
)
"""The fields that are looked at while they are typed, besides the tax IDs."""
