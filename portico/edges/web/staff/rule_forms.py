"""The rows of the sign-in rules as a form: added, taken out, moved, without a script."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

from django import forms
from django.http import QueryDict

from portico.domains.accounts.proving import provers
from portico.domains.permits.verification import ANY, PATIENT_DATA, Rule
from portico.domains.plan.verification_rules import ACCOUNT_TYPES, MOST_DAYS, MOST_ROWS, STATES, askable
from portico.edges.web import identity_words as words
from portico.edges.web import prover_words
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import Checkboxes

_ACT: Final = re.compile(r"(remove|up|down)-([0-9]{1,2})")
_FIELDS: Final = ("account_type", "persona", "functions", "state", "days")


def _any(says: str, choices: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(ANY, says), *choices]


class RuleForm(forms.Form):
    """One row."""

    account_type = forms.ChoiceField(
        label="Type of account",
        required=False,
        choices=_any("Every type", [(each, words.ACCOUNT_TYPES[each]) for each in ACCOUNT_TYPES]),
    )
    persona = forms.ChoiceField(
        label="Acting as", required=False, choices=_any("Everybody", list(words.PERSONAS.items()))
    )
    functions = forms.ChoiceField(
        label="To open",
        required=False,
        choices=_any(
            "Anything",
            [(PATIENT_DATA, "Patient data"), *((str(each), FUNCTION_NAMES[each]) for each in askable())],
        ),
    )
    state = forms.ChoiceField(
        label="State of the account",
        required=False,
        choices=_any("Any state", [(each, words.STATE_NAMES[each]) for each in STATES]),
    )
    provers = forms.MultipleChoiceField(
        label="One of these is asked",
        help_text="None chosen: nothing is asked.",
        required=False,
        widget=Checkboxes(),
    )
    days = forms.IntegerField(
        label="Holds for days",
        help_text="0: for good.",
        min_value=0,
        max_value=MOST_DAYS,
        widget=forms.NumberInput(attrs={"class": "pt-width-10"}),
        error_messages={
            "required": "Enter for how many days it holds; 0 is for good.",
            "invalid": "Enter a whole number of days.",
            "min_value": "Enter 0 or more days.",
            "max_value": f"Enter at most {MOST_DAYS} days.",
        },
    )

    def __init__(self, data: Any = None, *, number: int, initial: Any = None) -> None:
        """Take the row's number, counted from 1."""
        super().__init__(data, prefix=f"row{number}", initial=initial)
        self.number = number
        field = self.fields["provers"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker which field
        field.choices = [(code, prover_words.name(code)) for code in provers.codes()]

    def rule(self) -> Rule:
        """The row a valid form says."""
        said = self.cleaned_data
        return Rule(
            said["account_type"],
            said["persona"],
            said["functions"],
            said["state"],
            tuple(said["provers"]),
            said["days"],
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a page, in order."""

    forms: tuple[RuleForm, ...]

    @classmethod
    def of(cls, rules: Sequence[Rule]) -> Self:
        """The rows of a table that is kept; a way that is off is not offered, and so left out."""
        on = provers.codes()
        return cls._initial(
            [
                {
                    **{name: getattr(rule, name) for name in _FIELDS},
                    "provers": [code for code in rule.provers if code in on],
                }
                for rule in rules
            ]
        )

    @classmethod
    def sent(cls, sent: QueryDict) -> Self:
        """The rows that a page sent, to be checked."""
        told = sent.get("rows", "")
        count = min(int(told), MOST_ROWS) if re.fullmatch("[0-9]{1,3}", told) else 0
        return cls(tuple(RuleForm(sent, number=number) for number in range(1, count + 1)))

    @classmethod
    def _initial(cls, rows: Sequence[dict[str, Any]]) -> Self:
        return cls(tuple(RuleForm(initial=row, number=number) for number, row in enumerate(rows, 1)))

    def are_valid(self) -> bool:
        """Does every row say something whole?"""
        return not [form for form in self.forms if not form.is_valid()]

    def rules(self) -> tuple[Rule, ...] | None:
        """What the rows say; None where one of them says nothing whole."""
        checked = [form if form.is_bound else self._bound(form) for form in self.forms]
        if not all(form.is_valid() for form in checked):
            return None
        return tuple(form.rule() for form in checked)

    def after(self, act: str) -> Self:
        """The rows after a button: add, remove-2, up-2, down-2; unchanged by anything else."""
        rows = [self._said(form) for form in self.forms]
        if act == "add" and len(rows) < MOST_ROWS:
            rows.append({"days": 0, "provers": [], "functions": PATIENT_DATA})
        found = _ACT.fullmatch(act)
        if found and 0 < int(found[2]) <= len(rows):
            at = int(found[2]) - 1
            row = rows.pop(at)
            if found[1] != "remove":
                rows.insert(max(0, at - 1) if found[1] == "up" else at + 1, row)
        return self._initial(rows)

    @staticmethod
    def _said(form: RuleForm) -> dict[str, Any]:
        return {name: form[name].value() for name in (*_FIELDS, "provers")}

    @staticmethod
    def _bound(form: RuleForm) -> RuleForm:
        data = QueryDict(mutable=True)
        for name, value in form.initial.items():
            data.setlist(form.add_prefix(name), value if isinstance(value, list) else [str(value)])
        return RuleForm(data, number=form.number)
