"""The rows of the catalogue as a form: added, taken out, moved, without a script."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Self

from django import forms
from django.http import QueryDict

from portico.domains.registration.catalogue_rows import AccountType, Holds, Need, Offer, Path
from portico.domains.registration.catalogue_rules import LONGEST_NAME, LONGEST_SAYS, MOST_OFFERS
from portico.edges.web.rendering import Checkboxes
from portico.edges.web.staff.registration_rules import words

_ACT: Final = re.compile(r"(remove|up|down)-([0-9]{1,2})")
_NEW: Final = {
    "account_type": AccountType.PHYSICIAN,
    "path": Path.QUEUE,
    "holds": Holds.ADMINISTRATOR,
    "needs": [Need.NPI, Need.TAX_ID],
}


class InlineCheckboxes(Checkboxes):
    """A few short choices on one line."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Say that the options share a line."""
        context = super().get_context(name, value, attrs)
        context["widget"]["is_inline"] = True
        return context


class OfferForm(forms.Form):
    """One row."""

    account_type = forms.TypedChoiceField(label="Type of account", choices=words.TYPES, coerce=AccountType)
    code = forms.CharField(
        label="Code",
        help_text="Small letters and _.",
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Enter the code."},
    )
    name = forms.CharField(
        label="Name",
        help_text="As applicants read it.",
        max_length=LONGEST_NAME,
        error_messages={"required": "Enter the name."},
    )
    says = forms.CharField(
        label="Line beside it",
        max_length=LONGEST_SAYS,
        error_messages={"required": "Enter the line that stands beside the name."},
    )
    path = forms.TypedChoiceField(
        label="Way", choices=[(str(each), said) for each, said in words.PATHS.items()], coerce=Path
    )
    holds = forms.TypedChoiceField(
        label="Acts as", choices=[(str(each), said) for each, said in words.HOLDS.items()], coerce=Holds
    )
    needs = forms.TypedMultipleChoiceField(
        label="Needs at hand",
        choices=words.NEED_NAMES,
        coerce=Need,
        required=False,
        widget=InlineCheckboxes(),
    )
    four_eyes = forms.BooleanField(label="Two people of the plan have to say yes", required=False)

    def __init__(self, data: Any = None, *, number: int, initial: Any = None) -> None:
        """Take the row's number, counted from 1."""
        super().__init__(data, prefix=f"row{number}", initial=initial)
        self.number = number

    def offer(self) -> Offer:
        """The row a valid form says."""
        said = self.cleaned_data
        return Offer(**{**said, "needs": tuple(each for each in Need if each in said["needs"])})


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a page, in order."""

    forms: tuple[OfferForm, ...]

    @classmethod
    def of(cls, offers: Sequence[Offer]) -> Self:
        """The rows of a catalogue that is kept."""
        return cls._initial([{**asdict(each), "needs": list(each.needs)} for each in offers])

    @classmethod
    def sent(cls, sent: QueryDict) -> Self:
        """The rows that a page sent, to be checked."""
        told = sent.get("rows", "")
        count = min(int(told), MOST_OFFERS) if re.fullmatch("[0-9]{1,3}", told) else 0
        return cls(tuple(OfferForm(sent, number=number) for number in range(1, count + 1)))

    @classmethod
    def _initial(cls, rows: Sequence[dict[str, Any]]) -> Self:
        return cls(tuple(OfferForm(initial=row, number=number) for number, row in enumerate(rows, 1)))

    def are_valid(self) -> bool:
        """Does every row say something whole?"""
        return not [form for form in self.forms if not form.is_valid()]

    def offers(self) -> tuple[Offer, ...]:
        """What valid rows say."""
        return tuple(form.offer() for form in self.forms)

    def after(self, act: str) -> Self:
        """The rows after a button: add, remove-2, up-2, down-2; unchanged by anything else."""
        rows = [{name: form[name].value() for name in form.fields} for form in self.forms]
        if act == "add" and len(rows) < MOST_OFFERS:
            rows.append(dict(_NEW))
        found = _ACT.fullmatch(act)
        if found and 0 < int(found[2]) <= len(rows):
            at = int(found[2]) - 1
            row = rows.pop(at)
            if found[1] != "remove":
                rows.insert(max(0, at - 1) if found[1] == "up" else at + 1, row)
        return self._initial(rows)
