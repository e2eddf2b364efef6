"""The form of what the plan asks an office for: up to three questions at once, each with its day and time."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from portico.domains.authorizations import asking_more, question_kinds
from portico.domains.authorizations.asking_more import Question
from portico.domains.plan import days
from portico.edges.web.rendering import DayField, DayPickerInput
from portico.edges.web.staff.authorizations.shown import ServiceShown

QUESTIONS: Final = 3
_TYPED: Final = {"autocomplete": "off"}
_TIMES: Final = ("%H:%M", "%I:%M %p", "%I %p")
ASK_SAYS: Final[Mapping[asking_more.Refusal, str]] = {
    asking_more.Refusal.CHANGED: (
        "Somebody was quicker: the request has changed since you opened it. Nothing was asked. Look again, "
        "and ask if it is still needed."
    ),
    asking_more.Refusal.NOT_OPEN: "It does not wait for a decision any more.",
    asking_more.Refusal.NOTHING_ASKED: "Write at least one question.",
    asking_more.Refusal.TOO_MANY: "Ask less at once.",
    asking_more.Refusal.SERVICE_UNKNOWN: "Choose a service that waits for a decision.",
    asking_more.Refusal.KIND_UNKNOWN: "Choose what is missing.",
    asking_more.Refusal.TEXT_TOO_SHORT: "Say in a sentence what is to be sent.",
    asking_more.Refusal.TEXT_TOO_LONG: "Make it shorter.",
    asking_more.Refusal.DUE_PAST: "This is over already.",
    asking_more.Refusal.DUE_TOO_LATE: (
        "The decision itself is due before that. Choose an earlier time, and none more than "
        f"{asking_more.LONGEST_WAIT.days} days away."
    ),
}


class AskForm(forms.Form):
    """Up to three questions at once, each of a service or the whole, each with its day and time."""

    version = forms.IntegerField(widget=forms.HiddenInput(_TYPED))

    def __init__(
        self, data: Any = None, *, services: Sequence[ServiceShown], due_at: datetime, version: int
    ) -> None:
        """Take the services that wait, and until when an office would usually answer."""
        super().__init__(data, initial={"version": version})
        about = [("", "The whole request")]
        about += [
            (str(each.service.position), f"Service {each.service.position}: {each.name}") for each in services
        ]
        for number in range(1, QUESTIONS + 1):
            self._add(number, about, days.local(due_at))

    def groups(self) -> list[list[BoundField]]:
        """The fields, question by question."""
        return [
            [self[f"q{number}_{name}"] for name in ("service", "kind", "text", "due_on", "due_time")]
            for number in range(1, QUESTIONS + 1)
        ]

    def questions(self) -> tuple[Question, ...]:
        """What the valid form asks."""
        return tuple(self._question(number) for number in self._asked())

    def say(self, stops: Iterable[asking_more.Stop]) -> None:
        """Say at each field why it is not asked."""
        numbers = self._asked()
        for stop in stops:
            field = {"due_at": "due_on"}.get(stop.field, stop.field)
            name = f"q{numbers[stop.question]}_{field}" if stop.question is not None else None
            self.add_error(name, ASK_SAYS[stop.code])

    def look_again(self, version: int) -> None:
        """Let the form, shown again, be about the request as it stands now."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": str(version)}

    def clean(self) -> dict[str, Any]:
        """A question is whole: its words, its kind, its day."""
        given = super().clean() or {}
        for number in self._asked():
            for name in ("kind", "text", "due_on", "due_time"):
                field = f"q{number}_{name}"
                if not given.get(field) and field not in self.errors:
                    self.add_error(field, "Fill this in too.")
        return given

    def _asked(self) -> list[int]:
        """The questions of which a kind or words were given."""
        given = self.cleaned_data
        return [
            number
            for number in range(1, QUESTIONS + 1)
            if given.get(f"q{number}_text") or given.get(f"q{number}_kind")
        ]

    def _question(self, number: int) -> Question:
        given = {
            name: self.cleaned_data[f"q{number}_{name}"] for name in ("kind", "text", "due_on", "due_time")
        }
        due_at = datetime.combine(given["due_on"], given["due_time"], days.zone())
        about = self.cleaned_data[f"q{number}_service"]
        return Question(given["kind"], given["text"], due_at, int(about) if about else None)

    def _add(self, number: int, about: list[tuple[str, str]], due: datetime) -> None:
        at = f"q{number}_"
        self.fields[f"{at}service"] = forms.ChoiceField(
            label=f"Question {number} is about", choices=about, required=False
        )
        self.fields[f"{at}kind"] = forms.ChoiceField(
            label=f"What is missing, question {number}",
            choices=[("", "Choose one"), *question_kinds.BY_CODE.items()],
            required=False,
        )
        self.fields[f"{at}text"] = forms.CharField(
            label=f"Question {number} in words",
            help_text="What is to be sent, so that nobody has to ask back. The office reads it as it stands.",
            required=False,
            max_length=asking_more.LONGEST_TEXT,
            widget=forms.Textarea({"rows": 3}),
        )
        self.fields[f"{at}due_on"] = DayField(
            label=f"Day by which question {number} is answered",
            required=False,
            initial=due.date(),
            widget=DayPickerInput(),
        )
        self.fields[f"{at}due_time"] = forms.TimeField(
            label=f"Time of that day, question {number}",
            help_text="Such as 5:00 PM, in the plan's time zone.",
            required=False,
            initial=time(due.hour, due.minute).strftime("%I:%M %p").lstrip("0"),
            input_formats=_TIMES,
            widget=forms.TextInput({**_TYPED, "class": "pt-width-10"}),
            error_messages={"invalid": "Enter a time such as 5:00 PM."},
        )
