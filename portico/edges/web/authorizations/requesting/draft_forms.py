"""The form of a draft: everything a request says, as far as it was typed; rows of services come and go."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final

from django import forms

from portico.domains.authorizations.draft_content import MOST_SERVICES, Content, ServiceTyped
from portico.domains.authorizations.drafts import Draft
from portico.domains.authorizations.facts.requested import Kind, Level, System, Unit
from portico.domains.plan import days
from portico.edges.web.authorizations import labels
from portico.edges.web.rendering import ComboBox, DayField, DayPickerInput, Options

_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}
_CHOOSE: Final = ("", "Choose one")
_NPI_HINT: Final = "Ten digits. Leave it empty if you do not know it yet."


def _text(name: str, most: int, hint: str = "", **attributes: str) -> forms.CharField:
    widget = forms.TextInput(attrs={**_PRIVATE, **attributes})
    return forms.CharField(
        label=labels.label(name), max_length=most, required=False, help_text=hint, widget=widget
    )


_TEXTS: Final = (
    "urgency",
    "requesting",
    "servicing",
    "servicing_tax_id",
    "facility",
    "facility_tax_id",
    "place",
    "diagnoses",
    "contact_name",
    "contact_telephone",
    "requirement",
)


class DraftForm(forms.Form):
    """A request as far as it was written; nothing is required before it is sent."""

    level = forms.ChoiceField(
        label=labels.label("level"), choices=list(labels.LEVELS.items()), required=False, widget=Options()
    )
    urgency = forms.CharField(
        label=labels.label("urgency"),
        required=False,
        max_length=2000,
        help_text="For an expedited request: what waiting for a standard answer could do to the patient.",
        widget=forms.Textarea(attrs={"rows": 3, **_PRIVATE}),
    )
    requesting = forms.CharField(label=labels.label("requesting"), required=False, max_length=10)
    servicing = _text("servicing", 10, f"NPI of who does it. {_NPI_HINT}", inputmode="numeric")
    servicing_tax_id = forms.CharField(
        label="Service provider tax ID",
        required=False,
        max_length=10,
        help_text="If you know it.",
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "numeric"}),
    )
    facility = _text("facility", 10, f"NPI of where it is done. {_NPI_HINT}", inputmode="numeric")
    facility_tax_id = forms.CharField(
        label="Facility tax ID",
        required=False,
        max_length=10,
        help_text="If you know it.",
        widget=forms.TextInput(attrs={**_PRIVATE, "inputmode": "numeric"}),
    )
    place = forms.ChoiceField(
        label=labels.label("place"),
        required=False,
        choices=[_CHOOSE, *((code, labels.place(code)) for code in labels.PLACES)],
    )
    diagnoses = _text("diagnoses", 200, "ICD-10-CM, the main one first, with spaces between: M23.91 S83.2")
    admitted_on = DayField(label="Admission date", required=False, widget=DayPickerInput())
    admitted_time = forms.TimeField(
        label="Admission hour",
        required=False,
        help_text="As 14:30, in the plan's time.",
        input_formats=["%H:%M", "%H%M", "%I:%M %p"],
        widget=forms.TimeInput(format="%H:%M", attrs={**_PRIVATE, "class": "pt-width-10"}),
        error_messages={"invalid": "Enter the hour as 14:30."},
    )
    contact_name = _text("contact_name", 120)
    contact_telephone = _text("contact_telephone", 20, inputmode="tel")
    requirement = _text(
        "requirement", 24, "If you asked whether an authorization is required: the answer's reference."
    )

    def __init__(self, data: Any = None, *, draft: Draft, rows: int = 0) -> None:
        """Show the draft with so many rows of services; with none said, as many as it has."""
        self._content, self._kind = draft.content, draft.listed.kind
        kept = len(draft.content.services)
        self.rows = min(max(rows or kept, 1), MOST_SERVICES)
        super().__init__(data, initial=_initial(draft.content))
        for place in range(1, self.rows + 1):
            typed = draft.content.services[place - 1] if place <= kept else ServiceTyped()
            self._add_row(place, typed)
        self._fit(draft)

    def content(self) -> Content:
        """What the valid form says."""
        given = self.cleaned_data
        typed = {name: given[name].strip() for name in _TEXTS}
        services = tuple(self._service(place) for place in range(1, self.rows + 1))
        return replace(
            self._content,
            **typed,
            level=given["level"] or Level.STANDARD,
            admitted_at=_instant(given.get("admitted_on"), given.get("admitted_time")),
            services=tuple(each for each in services if not each.is_empty),
        )

    def without(self, place: int) -> Content:
        """The same without the service in that row."""
        content = self.content()
        rows = [self._service(row) for row in range(1, self.rows + 1) if row != place]
        return replace(content, services=tuple(each for each in rows if not each.is_empty))

    def services(self) -> list[dict[str, forms.BoundField]]:
        """The fields of each row of services, by name."""
        names = ServiceTyped.__dataclass_fields__
        return [
            {name: self[f"s{place}-{name}"] for name in names if f"s{place}-{name}" in self.fields}
            for place in range(1, self.rows + 1)
        ]

    def _add_row(self, place: int, typed: ServiceTyped) -> None:
        for name, field in _service_fields(self._kind).items():
            key = f"s{place}-{name}"
            self.fields[key] = field
            value = getattr(typed, name)
            self.initial[key] = date.fromisoformat(value) if name.endswith("_on") and value else value

    def _fit(self, draft: Draft) -> None:
        """Leave out what this kind of request does not ask."""
        choices = [_CHOOSE, *((npi, f"{name} ({npi})") for npi, name in draft.requesters)]
        if draft.requesters:
            self.fields["requesting"].widget = ComboBox(choices=choices)
        else:
            self.fields["requesting"].help_text = "NPI of who asks. Ten digits."
        if self._kind is not Kind.ADMISSION:
            del self.fields["admitted_on"], self.fields["admitted_time"]
        for name, who in draft.named:
            for field in ("servicing", "facility"):
                if self.initial.get(field) == name:
                    self.fields[field].help_text = f"{who}, in the plan's provider file."

    def _service(self, place: int) -> ServiceTyped:
        given = self.cleaned_data
        typed = {name: given.get(f"s{place}-{name}") for name in ServiceTyped.__dataclass_fields__}
        values = {
            name: value.isoformat() if isinstance(value, date) else str(value).strip()
            for name, value in typed.items()
            if value not in (None, "")
        }
        return ServiceTyped(**values)


def _service_fields(kind: Kind) -> dict[str, forms.Field]:
    types = [_CHOOSE, *((code, labels.service_type(code)) for code in labels.SERVICE_TYPES)]
    fields: dict[str, forms.Field] = {
        "service_type": forms.ChoiceField(
            label=labels.label("services.service_type"), choices=types, required=False
        ),
        "code": _text("services.code", 10, "HCPCS, CPT or revenue code"),
        "system": forms.ChoiceField(
            label=labels.label("services.system"),
            choices=[(code, labels.SYSTEMS[code]) for code in (System.PROCEDURE, System.REVENUE)],
            required=False,
        ),
        "modifiers": _text("services.modifiers", 20, "With spaces between, if any."),
        "quantity": _text("services.quantity", 10, inputmode="decimal"),
        "unit": forms.ChoiceField(
            label=labels.label("services.unit"), choices=list(labels.UNITS.items()), required=False
        ),
        "first_on": DayField(
            label=labels.label("services.first_on"), required=False, widget=DayPickerInput()
        ),
        "last_on": DayField(
            label=labels.label("services.last_on"),
            required=False,
            widget=DayPickerInput(),
            help_text="Empty: the same day.",
        ),
    }
    if kind is Kind.REFERRAL:
        fields["unit"].initial = Unit.VISITS
    return fields


def _initial(content: Content) -> dict[str, Any]:
    names = set(Content.__dataclass_fields__) - {"patient", "services", "answers", "admitted_at"}
    shown: dict[str, Any] = {name: getattr(content, name) for name in names}
    if content.admitted_at:
        local = _local(datetime.fromisoformat(content.admitted_at))
        shown |= {"admitted_on": local.date(), "admitted_time": local.time()}
    return shown


def _local(at: datetime) -> datetime:
    """The plan's time; at the ends of the calendar, where there is none, what was typed."""
    try:
        return days.local(at)
    except OverflowError:
        return at


def _instant(day: date | None, hour: time | None) -> str:
    """The instant of a day and an hour in the plan's time; empty unless both are there."""
    if day is None or hour is None:
        return ""
    return datetime.combine(day, hour, days.zone()).isoformat()
