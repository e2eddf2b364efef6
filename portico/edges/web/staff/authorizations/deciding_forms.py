"""The form of a decision: a group of fields for each service that waits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.forms.boundfield import BoundField

from portico.domains.authorizations import deciding_rules, decision_reasons
from portico.domains.authorizations.facts.decided import Outcome, Refusal, ServiceVerdict, Stop
from portico.edges.web.rendering import DayField, DayPickerInput, Options
from portico.edges.web.staff.authorizations.shown import ServiceShown

_TYPED: Final = {"autocomplete": "off"}
FIELDS: Final[Mapping[str, str]] = {
    "outcome": "outcome",
    "quantity": "quantity",
    "first_on": "first_on",
    "last_on": "last_on",
    "reason_code": "reason",
    "reason_text": "words",
    "criteria": "criteria",
}
"""The form's field for each of the verdict's."""

SAYS: Final[Mapping[Refusal, str]] = {
    Refusal.CHANGED: (
        "Somebody was quicker: the request has changed since you opened it. Nothing was kept. Look at what "
        "changed below, and send your decision again if it still holds."
    ),
    Refusal.NOT_OPEN: "It does not wait for a decision any more.",
    Refusal.SERVICE_UNKNOWN: "The request has no such service.",
    Refusal.SERVICE_TWICE: "It is decided twice here.",
    Refusal.SERVICE_LEFT_OUT: "Decide this service too.",
    Refusal.STILL_ASKED: (
        "The office may still answer what you asked. Wait until its time is over, or take the question back."
    ),
    Refusal.QUANTITY_MISSING: "Enter how much is approved.",
    Refusal.QUANTITY_WRONG: "Enter a number above 0, with two decimals at most.",
    Refusal.DAYS_WRONG: "The last day is before the first.",
    Refusal.LESS_THAN_ASKED: "This is less than was asked for. Choose “Approve in part”.",
    Refusal.NOTHING_LESS: "This is all that was asked for. Choose “Approve”.",
    Refusal.REASON_MISSING: "Choose the reason.",
    Refusal.REASON_UNFIT: "This reason leaves no part to approve. Choose another one, or deny.",
    Refusal.TEXT_MISSING: "Write why, about this patient's request.",
    Refusal.TEXT_TOO_SHORT: f"Write at least {deciding_rules.SHORTEST_TEXT} letters: what is so here?",
    Refusal.TEXT_NOT_SPECIFIC: "This says no more than the reason does. Write what is so about this request.",
    Refusal.TEXT_TOO_LONG: f"Make it shorter: {deciding_rules.LONGEST_TEXT} letters at most.",
    Refusal.TEXT_HOLDS_SIGN: (
        "It holds a number or a birth date of a patient. Take it out: the letter names the patient."
    ),
    Refusal.CRITERIA_MISSING: "Say by which criteria you judged: their name, edition and section.",
    Refusal.CRITERIA_TOO_LONG: f"Make it shorter: {deciding_rules.LONGEST_CRITERIA} letters at most.",
    Refusal.REASON_NOT_WANTED: "An approval has no reason. Take it out, or choose another decision.",
    Refusal.TALK_CANNOT_WORSEN: "After a talk a decision can only become better for the patient.",
    Refusal.APPROVED_STAYS: (
        "What was approved before stays approved. Approve in part, at least as much and as long as then."
    ),
    Refusal.DECIDED_BEFORE: (
        "You decided on this request before. An appeal is decided by somebody who did not: hand it over."
    ),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The fields about one service: what is decided, how much of it, and why not all."""

    service: ServiceShown
    decides: tuple[BoundField, ...]
    amounts: tuple[BoundField, ...]
    why: tuple[BoundField, ...]

    @property
    def has_wrong_amounts(self) -> bool:
        """Is there an error among them, or something typed?"""
        return any(field.errors or field.value() for field in self.amounts)


class DecisionForm(forms.Form):
    """A verdict on each service that waits; `may_deny`: less than was asked can be decided too."""

    version = forms.IntegerField(widget=forms.HiddenInput(_TYPED))

    def __init__(
        self,
        data: Any = None,
        *,
        services: Sequence[ServiceShown],
        may_deny: bool,
        is_after_talk: bool = False,
        version: int,
    ) -> None:
        """Take the services that wait."""
        super().__init__(data, initial={"version": version})
        self.services, self.may_deny = services, may_deny
        for each in services:
            self._add(each, is_after_talk)

    def groups(self) -> list[Group]:
        """The fields, service by service."""
        return [
            Group(
                each,
                self._of(each, ("outcome",)),
                self._of(each, ("quantity", "first_on", "last_on")),
                self._of(each, ("reason", "words", "criteria", "document")),
            )
            for each in self.services
        ]

    def verdicts(self) -> tuple[ServiceVerdict, ...]:
        """What the valid form decides; a service that stays as it is after a talk is left out."""
        return tuple(
            self._verdict(each.service.position)
            for each in self.services
            if self.cleaned_data[f"s{each.service.position}_outcome"] != "stays"
        )

    def say(self, stops: Iterable[Stop]) -> None:
        """Say at each field why the decision is not taken."""
        for stop in stops:
            name = f"s{stop.service}_{FIELDS.get(stop.field, stop.field)}"
            known = name if name in self.fields else f"s{stop.service}_outcome"
            self.add_error(known if known in self.fields else None, SAYS[stop.code])

    def look_again(self, version: int) -> None:
        """Let the form, shown again, be about the request as it stands now."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": str(version)}

    def _add(self, shown: ServiceShown, is_after_talk: bool) -> None:
        number, at = shown.service.position, f"s{shown.service.position}_"
        offered = [("approved", "Approve"), ("not_needed", "No authorization needed")]
        if self.may_deny:
            offered = [("approved", "Approve"), ("partly", "Approve in part"), ("denied", "Deny"), offered[1]]
        if is_after_talk:
            offered = [
                ("stays", "It stays as it is"),
                *[each for each in offered if each[0] in {"approved", "partly"}],
            ]
        self.fields[f"{at}outcome"] = forms.ChoiceField(
            label=f"Decision on service {number}",
            choices=offered,
            widget=Options(),
            error_messages={"required": "Choose a decision."},
        )
        self.fields[f"{at}quantity"] = forms.DecimalField(
            label=f"Quantity approved of service {number}",
            help_text=f"Empty: what was asked for, {shown.asked}.",
            required=False,
            max_digits=10,
            decimal_places=2,
            widget=forms.TextInput({**_TYPED, "inputmode": "decimal", "class": "pt-width-10"}),
        )
        for name, label in (("first_on", "First day approved"), ("last_on", "Last day approved")):
            self.fields[f"{at}{name}"] = DayField(
                label=f"{label} of service {number}",
                help_text="mm/dd/yyyy; empty: as asked for.",
                required=False,
                widget=DayPickerInput(),
            )
        if self.may_deny:
            self._add_why(number, at)

    def _add_why(self, number: int, at: str) -> None:
        reasons = [(each.code, each.means) for each in decision_reasons.BY_CODE.values()]
        self.fields[f"{at}reason"] = forms.ChoiceField(
            label=f"Reason, service {number}", required=False, choices=[("", "Choose a reason"), *reasons]
        )
        self.fields[f"{at}words"] = forms.CharField(
            label=f"In words, service {number}",
            help_text=(
                "What is so about this request, in words a patient understands. The page, the letter and the "
                "278 say it as you write it."
            ),
            required=False,
            max_length=deciding_rules.LONGEST_TEXT,
            widget=forms.Textarea({"rows": 4}),
        )
        self.fields[f"{at}criteria"] = forms.CharField(
            label=f"Criteria, service {number}",
            help_text="Their name, edition and section. Whoever asks for them gets them free.",
            required=False,
            max_length=deciding_rules.LONGEST_CRITERIA,
            widget=forms.TextInput(_TYPED),
        )
        self.fields[f"{at}document"] = forms.SlugField(
            label=f"Document of the library, service {number}",
            help_text="The key in its address: library/knee-imaging/ has knee-imaging.",
            required=False,
            max_length=60,
        )

    def _of(self, shown: ServiceShown, names: Sequence[str]) -> tuple[BoundField, ...]:
        wanted = (f"s{shown.service.position}_{name}" for name in names)
        return tuple(self[name] for name in wanted if name in self.fields)

    def _verdict(self, position: int) -> ServiceVerdict:
        given = {
            name: self.cleaned_data.get(f"s{position}_{name}") for name in (*FIELDS.values(), "document")
        }
        return ServiceVerdict(
            position=position,
            outcome=Outcome(str(given["outcome"])),
            quantity=given["quantity"],
            first_on=given["first_on"],
            last_on=given["last_on"],
            reason_code=given["reason"] or "",
            reason_text=given["words"] or "",
            criteria=given["criteria"] or "",
            document=given["document"] or "",
        )
