"""The forms of billing companies: which one, and what it may do."""

from typing import Any, Final

from django import forms

from portico.domains.access.clients.giving import BeyondCeiling, CannotGive, Form
from portico.domains.access.clients.rules import ALWAYS, Terms
from portico.domains.access.delegating.choices import Choice
from portico.domains.permits.functions import Function
from portico.edges.web.billing import words
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput
from portico.shared import identifiers

_ALL_LINES: Final = "every"


class FindForm(forms.Form):
    """The tax ID of a billing company."""

    company = forms.CharField(
        label="The billing company's tax ID",
        help_text="Nine digits, such as 12-3456789. Ask the company for it.",
        max_length=12,
        widget=forms.TextInput({"autocomplete": "off", "inputmode": "numeric", "class": "pt-width-10"}),
        error_messages={"required": "Enter the billing company's tax ID."},
    )

    def clean_company(self) -> str:
        """The nine digits."""
        try:
            return identifiers.parse_tax_id(self.cleaned_data["company"])
        except identifiers.BadIdentifier as error:
            raise forms.ValidationError("A tax ID has nine digits, such as 12-3456789.") from error


class TermsForm(forms.Form):
    """What the company may do, where, and how long."""

    company = forms.CharField(max_length=9, widget=forms.HiddenInput())
    tax_ids = forms.MultipleChoiceField(
        label="Under which of your tax IDs",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one tax ID.", "invalid_choice": "Choose among these."},
    )
    functions = forms.MultipleChoiceField(
        label="What it may do there, besides looking up eligibility",
        help_text="Eligibility always belongs to it.",
        required=False,
        widget=Checkboxes(),
        error_messages={"invalid_choice": "Choose among these."},
    )
    lines = forms.MultipleChoiceField(
        label="In which lines of business",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one.", "invalid_choice": "Choose among these."},
    )
    first_on = DayField(label="First day", help_text="mm/dd/yyyy.", widget=DayPickerInput())
    last_on = DayField(
        label="Last day",
        help_text="mm/dd/yyyy. That day still counts. Empty: until you take it back.",
        required=False,
        widget=DayPickerInput(),
    )

    def __init__(self, data: Any = None, *, offered: Form, **more: Any) -> None:
        """Offer what this administrator may hand out."""
        super().__init__(data, **more)
        self.offered = offered
        self._offer("tax_ids", [(each.code, _tax_id(each)) for each in offered.tax_ids if not each.why])
        functions = [
            (each.code, FUNCTION_NAMES[Function(each.code)]) for each in offered.functions if not each.why
        ]
        self._offer("functions", functions)
        lines = [(each.code, each.name) for each in offered.lines if not each.why]
        if all(not each.why for each in offered.lines):
            lines.insert(0, (_ALL_LINES, "Every line, also one the plan adds later"))
        self._offer("lines", lines)
        if offered.latest_on is not None:
            latest = f"{offered.latest_on:%m/%d/%Y} at the latest: what you were given ends then."
            self.fields["last_on"].help_text = f"mm/dd/yyyy. {latest}"
            self.fields["last_on"].required = True

    def terms(self) -> Terms:
        """What the valid form gives."""
        said = self.cleaned_data
        return Terms(
            tax_ids=frozenset(said["tax_ids"]),
            functions=frozenset(map(Function, said["functions"])) | {ALWAYS},
            lines=None if _ALL_LINES in said["lines"] else frozenset(said["lines"]),
            first_on=said["first_on"],
            last_on=said["last_on"],
        )

    def refuse(self, error: CannotGive | BeyondCeiling) -> None:
        """Say beside the right field why it was not given."""
        if isinstance(error, CannotGive):
            self.add_error(*words.CANNOT[error.code])
            return
        for said in dict.fromkeys(map(words.fault, error.faults)):
            self.add_error(*said)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = choices


def _tax_id(choice: Choice) -> str:
    number = identifiers.format_tax_id(choice.code)
    return f"{number} {choice.name}".strip()
