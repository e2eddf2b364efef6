"""Forms of the rules that approve: conditions are written a line each."""

from typing import Any, Final

from django import forms

from portico.domains.authorizations import approval_desk
from portico.domains.authorizations.approval_desk import NewRule
from portico.domains.authorizations.approval_rules import FIELDS, TESTS, Condition
from portico.edges.web.rendering import DayField, DayPickerInput

OUTCOMES: Final = (("approve", "Approve it"), ("pend", "Send it to a person"))
_EXAMPLE: Final = "line in employer-ppo\ncodes all_in 97110-97140, G0283\nunits at_most 12"
_WRONG: Final = {
    "unknown_field": "there is no such field",
    "unknown_test": "this field is not tested like that",
    "values_missing": "it has no values, or too many or too long ones",
    "not_yes_or_no": "the value is yes or no",
    "not_a_number": "the value is one number",
}


def read(text: str) -> tuple[Condition, ...]:
    """The conditions, a line each: field, test, values apart by commas. Raises ValueError with the line."""
    return tuple(_one(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip())


def written(conditions: tuple[Condition, ...]) -> str:
    """The conditions as they are typed."""
    return "\n".join(f"{one.field} {one.test} {', '.join(one.values)}" for one in conditions)


def wrong_condition(code: str) -> str:
    """Why conditions cannot be, in words; `code` is that of approval_rules.wrong."""
    if code == "no_conditions":
        return "Write at least one condition: a rule without one would hold for everything."
    if code == "too_many_conditions":
        return "Write fewer conditions."
    place, _, why = code.partition(":")
    return f"Condition {place}: {_WRONG.get(why, 'it cannot be read')}."


def _one(line: str, number: int) -> Condition:
    field, _, rest = line.strip().partition(" ")
    test, _, values = rest.strip().partition(" ")
    if not test:
        raise ValueError(f"Line {number}: write the field, the test, and the values.")
    return Condition(field, test, tuple(value.strip() for value in values.split(",") if value.strip()))


class TryForm(forms.Form):
    """Conditions to try out, and what the rule would do."""

    outcome = forms.ChoiceField(label="What the rule does", choices=OUTCOMES)
    conditions = forms.CharField(
        label="Conditions",
        help_text="One a line: field, test, values. All of them have to hold.",
        widget=forms.Textarea({"rows": 6, "spellcheck": "false", "placeholder": _EXAMPLE}),
        max_length=8000,
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        """Ids of its own: two forms stand on the page."""
        super().__init__(data, auto_id="try_%s", **more)

    def clean_conditions(self) -> tuple[Condition, ...]:
        """The conditions that were typed."""
        try:
            return read(self.cleaned_data["conditions"])
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class RuleForm(TryForm):
    """A version of a rule to be published."""

    key = forms.SlugField(
        label="Key",
        max_length=approval_desk.LONGEST_KEY,
        help_text="Of a rule there is: its next version. Such as first-therapy-visits.",
    )
    position = forms.IntegerField(
        label="Position", min_value=1, max_value=9999, initial=100, help_text="Smaller ones are tried first."
    )
    text = forms.CharField(
        label="What it says",
        max_length=approval_desk.LONGEST_TEXT,
        help_text="In a sentence; a reviewer reads it.",
    )
    citation = forms.CharField(
        label="What says so",
        max_length=approval_desk.LONGEST_CITATION,
        help_text="The policy or criteria behind it.",
    )
    first_on = DayField(label="Counts from", widget=DayPickerInput())
    last_on = DayField(label="Counts to", required=False, widget=DayPickerInput())

    field_order = ("key", "outcome", "conditions", "position", "text", "citation", "first_on", "last_on")

    def __init__(self, data: Any = None, **more: Any) -> None:
        """Take what was typed."""
        super().__init__(data, **more)
        self.auto_id = "rule_%s"

    def rule(self) -> NewRule:
        """The version the valid form describes."""
        given = self.cleaned_data
        return NewRule(
            key=given["key"],
            outcome=given["outcome"],
            conditions=given["conditions"],
            text=given["text"],
            citation=given["citation"],
            first_on=given["first_on"],
            position=given["position"],
            last_on=given["last_on"],
        )


class EndForm(forms.Form):
    """The last day a version counts."""

    last_on = DayField(label="Last day", widget=DayPickerInput())


def vocabulary() -> list[tuple[str, str]]:
    """Each field with the tests it takes, for the page."""
    return [(field, ", ".join(sorted(TESTS[shape]))) for field, shape in FIELDS.items()]
