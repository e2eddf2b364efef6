"""The form of a change of one field: what it is to say, from when, and perhaps a document."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import forms

from portico.domains.directory import overlay, upkeep_rules
from portico.domains.directory.changes import BadChange
from portico.domains.directory.upkeep_rules import Kind
from portico.edges.web.accounts.identity.forms import ACCEPTED, FAULTS
from portico.edges.web.finding.words import ACCESSIBILITY
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput, Options
from portico.edges.web.upkeep import words
from portico.shared.files.checking import MOST_BYTES
from portico.shared.files.faults import Fault

PARTS: Final[Mapping[str, tuple[str, int]]] = {
    "address": ("Street and number", 160),
    "city": ("City", 80),
    "state": ("State", 2),
    "postal_code": ("ZIP code", 10),
}
YES, NO = "yes", "no"
_TELEPHONE_HINT: Final = "Ten digits, for example (530) 555-0142."


class DocumentForm(forms.Form):
    """One document that goes with a change."""

    file = forms.FileField(
        label="Document",
        help_text="PDF, PNG or JPEG, up to 5 MB. Never a patient's data.",
        max_length=None,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "Choose a file."},
    )

    def __init__(self, data: Any = None, files: Any = None, *, sent: int = 0) -> None:
        """Take what was sent; a request of too many bytes (`sent`) arrived without its file."""
        super().__init__(data, files)
        self._sent = sent

    def clean(self) -> dict[str, Any]:
        """Say so where a file was too large to arrive."""
        cleaned = super().clean() or self.cleaned_data
        if self._sent > MOST_BYTES and not cleaned.get("file"):
            self.add_error("file", FAULTS[Fault.TOO_LARGE])
        return cleaned

    def file_of(self) -> tuple[str, bytes] | None:
        """The name of the file and what it holds, one byte too many at most; None where none was sent."""
        sent = self.cleaned_data.get("file")
        return (sent.name, bytes(sent.read(MOST_BYTES + 1))) if sent else None

    def explain_file(self, fault: Fault) -> None:
        """Say beside the file why it is not taken."""
        self.add_error("file", FAULTS[fault])


class ChangeForm(DocumentForm):
    """What one field of an entry is to say, and from when."""

    effective_on = DayField(
        label="True from",
        help_text="mm/dd/yyyy; the day on which it became or becomes true.",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the day from which it is true."},
    )

    def __init__(
        self, data: Any = None, files: Any = None, *, field: str, now: Any, today: date, sent: int = 0
    ) -> None:
        """Ask for the field, filled with what it says now."""
        super().__init__(data, files, sent=sent)
        self._field = field
        self.initial = {"effective_on": today, **_initial(field, now)}
        self.fields = {**_asked(field, now), **self.fields}
        self.fields["file"].required = False
        self.fields["file"].label = "Document, if you have one"
        if field == overlay.LAST_ON:
            del self.fields["effective_on"]

    @property
    def after(self) -> Any:
        """What the field is to say (overlay)."""
        given, kind = self.cleaned_data, upkeep_rules.FIELDS[self._field]
        if kind is Kind.ADDRESS:
            return {part: given[part] for part in PARTS}
        if kind is Kind.FLAG:
            return given["after"] == YES
        if kind is Kind.DAY:
            return given["after"].isoformat() if given["after"] else None
        return given["after"]

    def explain(self, bad: BadChange) -> None:
        """Say what the plan cannot take, beside what it is about."""
        name = "address" if bad.part == "after" and "after" not in self.fields else bad.part
        self.add_error(name if name in self.fields else None, words.FAULTS[bad.code])


def _initial(field: str, now: Any) -> dict[str, Any]:
    kind = upkeep_rules.FIELDS[field]
    if kind is Kind.ADDRESS:
        return dict(now)
    if kind is Kind.FLAG:
        return {"after": YES if now else NO}
    if kind is Kind.DAY:
        return {"after": date.fromisoformat(now) if now else None}
    return {"after": words.value(field, now) if kind is Kind.TELEPHONE and now else now}


def _asked(field: str, now: Any) -> dict[str, forms.Field]:
    kind, label = upkeep_rules.FIELDS[field], words.QUESTIONS.get(field, words.LABELS[field])
    if kind is Kind.ADDRESS:
        return {part: _text(name, most) for part, (name, most) in PARTS.items()}
    if kind is Kind.TELEPHONE:
        return {"after": _telephone(label, is_required=field not in upkeep_rules.MAY_BE_EMPTY)}
    if kind is Kind.DAY:
        hint = "mm/dd/yyyy; leave it empty where this provider stays."
        return {"after": DayField(label=label, help_text=hint, widget=DayPickerInput(), required=False)}
    if kind is Kind.FLAG:
        choices = [(YES, words.FLAGS[field][0]), (NO, words.FLAGS[field][1])]
        return {"after": forms.ChoiceField(label=label, choices=choices, widget=Options())}
    return {"after": _several(field, label, now)}


def _text(label: str, most: int) -> forms.Field:
    missing = {
        "required": f"Enter the {label[0].lower()}{label[1:]}."
        if label != "ZIP code"
        else "Enter the ZIP code."
    }
    return forms.CharField(
        label=label,
        max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages=missing,
    )


def _telephone(label: str, *, is_required: bool) -> forms.Field:
    return forms.CharField(
        label=label,
        help_text=_TELEPHONE_HINT
        if is_required
        else f"{_TELEPHONE_HINT} Leave it empty where there is none.",
        max_length=30,
        required=is_required,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        error_messages={"required": "Enter the number."},
    )


def _several(field: str, label: str, now: Any) -> forms.Field:
    offered = dict.fromkeys((*upkeep_rules.OPTIONS[field], *now))
    return forms.MultipleChoiceField(
        label=label,
        help_text="Choose all that are true; none is an answer too.",
        required=False,
        choices=[(each, ACCESSIBILITY.get(each, each)) for each in offered],
        widget=Checkboxes(),
        error_messages={"invalid_choice": "Choose among these."},
    )
