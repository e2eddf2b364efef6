"""The form of a questionnaire: the questions that matter, given what was answered."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django import forms

from portico.domains.authorizations.questions import NO, YES, Kind, Question, Wrong
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput, Options

WRONG: Final = {
    Wrong.MISSING: "This question has no answer yet.",
    Wrong.NOT_AN_OPTION: "Choose one of the answers.",
    Wrong.NOT_A_NUMBER: "Enter a number.",
    Wrong.TOO_SMALL: "The number is too small.",
    Wrong.TOO_LARGE: "The number is too large.",
    Wrong.NOT_A_DAY: "Enter a day as mm/dd/yyyy.",
    Wrong.TOO_LONG: "The answer is too long: 2,000 letters at most.",
}
_PREFIX: Final = "q-"


class QuestionForm(forms.Form):
    """One field a question."""

    def __init__(self, data: Any = None, *, asked: Iterable[Question], answers: dict[str, str]) -> None:
        """Ask these, filled with what was answered."""
        super().__init__(data)
        self.asked = tuple(asked)
        for question in self.asked:
            name = f"{_PREFIX}{question.id}"
            self.fields[name] = _field(question)
            self.initial[name] = _shown(question, answers.get(question.id, ""))

    def answers(self) -> dict[str, str]:
        """What the valid form says, by question."""
        given = {each.id: self.cleaned_data.get(f"{_PREFIX}{each.id}") for each in self.asked}
        return {key: _kept(value) for key, value in given.items() if value}

    def say(self, wrong: dict[str, Wrong]) -> None:
        """Say beside each question what is wrong with its answer."""
        for key, why in wrong.items():
            if f"{_PREFIX}{key}" in self.fields:
                self.add_error(f"{_PREFIX}{key}", WRONG[why])


def _field(question: Question) -> forms.Field:
    told: dict[str, Any] = {"label": question.text, "help_text": question.hint, "required": False}
    match question.kind:
        case Kind.YES_NO:
            return forms.ChoiceField(choices=[(YES, "Yes"), (NO, "No")], widget=Options(), **told)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=list(question.options), widget=Options(), **told)
        case Kind.SEVERAL:
            return forms.MultipleChoiceField(choices=list(question.options), widget=Checkboxes(), **told)
        case Kind.DAY:
            return DayField(widget=DayPickerInput(), **{**told, "help_text": question.hint or "mm/dd/yyyy"})
        case Kind.NUMBER:
            widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
            return forms.CharField(max_length=20, widget=widget, **told)
        case Kind.TEXT:
            area = forms.Textarea(attrs={"rows": 3, "autocomplete": "off"})
            return forms.CharField(max_length=2000, widget=area, **told)


def _shown(question: Question, answer: str) -> Any:
    if not answer:
        return None
    if question.kind is Kind.SEVERAL:
        return answer.split(",")
    if question.kind is Kind.DAY:
        try:
            return date.fromisoformat(answer)
        except ValueError:
            return answer
    return answer


def _kept(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(value)
    return value.isoformat() if isinstance(value, date) else str(value).strip()
