"""What to look for in the directory, and about which network and day to ask."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.utils.datastructures import MultiValueDict

from portico.domains.directory import rules
from portico.domains.directory.finding import WITHIN, Choices, Wanted
from portico.domains.plan.catalogue import Named
from portico.edges.web.rendering import Checkboxes, ComboBox, DayField, DayPickerInput

ALSO: Final = (
    ("accepts", "Accepting new patients"),
    ("telehealth", "Telehealth"),
    ("accessible", "Accessible to people with a disability"),
)
ANY_NETWORK: Final = ("", "Any network of the plan")
NO_ZIP: Final = "Enter a ZIP code of five digits, or an address that ends with one."
NO_CHOICE: Final = "Choose one of the list."
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}


class DayForm(forms.Form):
    """On which day, and perhaps in which network, a provider's page is shown."""

    line = forms.ChoiceField(label="Network", required=False, error_messages={"invalid_choice": NO_CHOICE})
    on = DayField(label="On", required=False, widget=DayPickerInput())

    def __init__(self, data: Any = None, *, today: date, lines: Sequence[Named], line: str = "") -> None:
        """Offer the plan's networks; `line`: the one of the part of the plan."""
        super().__init__(_with_a_day(data, today), initial={"on": today, "line": line})
        self._today = today
        self.fields["line"].choices = [ANY_NETWORK, *((each.code, each.name) for each in lines)]  # type: ignore[attr-defined]

    def clean_on(self) -> date:
        """The day; today where none was given."""
        return self.cleaned_data["on"] or self._today

    def asked(self) -> tuple[str, date]:
        """The network and the day: any of them, and today, where what was given will not do."""
        given = self.cleaned_data if self.is_valid() else {}
        return given.get("line", ""), given.get("on", self._today)


class FindForm(DayForm):
    """Who is looked for. An address is sent, never linked: of it only the ZIP code goes on."""

    field_order = ("near", "within")
    near = forms.CharField(
        label="Near",
        help_text="A ZIP code, or an address with one.",
        required=False,
        max_length=200,
        widget=forms.TextInput(_TYPED),
    )
    within = forms.TypedChoiceField(
        label="Within",
        required=False,
        coerce=int,
        choices=[(miles, f"{miles} miles") for miles in WITHIN],
        error_messages={"invalid_choice": NO_CHOICE},
    )
    specialty = forms.ChoiceField(
        label="Specialty",
        required=False,
        widget=ComboBox(),
        error_messages={"invalid_choice": NO_CHOICE},
    )
    language = forms.ChoiceField(
        label="Language beside English", required=False, error_messages={"invalid_choice": NO_CHOICE}
    )
    name = forms.CharField(
        label="Name",
        help_text="Of a person or a place; the beginning is enough.",
        required=False,
        max_length=80,
        widget=forms.TextInput(_TYPED),
    )
    also = forms.MultipleChoiceField(
        label="Only those who are",
        required=False,
        choices=ALSO,
        widget=Checkboxes(),
        error_messages={"invalid_choice": NO_CHOICE},
    )

    def __init__(
        self, data: Any = None, *, today: date, lines: Sequence[Named], choices: Choices, line: str = ""
    ) -> None:
        """Offer the plan's networks, and what some listing has."""
        super().__init__(data, today=today, lines=lines, line=line)
        self.initial["within"] = WITHIN[2]
        self.fields["specialty"].choices = _any(choices.specialties)  # type: ignore[attr-defined]
        self.fields["language"].choices = _any(choices.languages)  # type: ignore[attr-defined]

    def clean_near(self) -> str:
        """The ZIP code in what was typed."""
        typed = self.cleaned_data["near"]
        found = rules.zip_code(typed)
        if typed and not found:
            raise forms.ValidationError(NO_ZIP)
        return found

    def clean_within(self) -> int:
        """How many miles; the middle of the list where none was said."""
        return int(self.cleaned_data["within"] or WITHIN[2])

    def wanted(self) -> Wanted:
        """What the valid form asks for."""
        asked = self.cleaned_data
        return Wanted(
            on=asked["on"],
            line=asked["line"],
            specialty=asked["specialty"],
            zip_code=asked["near"],
            within=asked["within"],
            language=asked["language"],
            name=asked["name"],
            **{field: field in asked["also"] for field, _ in ALSO},
        )

    def query(self) -> str:
        """The valid form as the query of an address that shows the same again; no street stands in it."""
        asked = self.cleaned_data
        kept = {name: asked[name] for name in ("near", "line", "specialty", "language", "name", "also")}
        if asked["near"]:
            kept["within"] = asked["within"]
        given = {name: value for name, value in kept.items() if value}
        return urlencode({**given, "on": asked["on"].isoformat()}, doseq=True)


class NetworkForm(DayForm):
    """In which network, on which day: both have to be said for a receipt."""

    def __init__(self, data: Any = None, *, today: date, lines: Sequence[Named]) -> None:
        """Offer the plan's networks, without any of them."""
        super().__init__(data, today=today, lines=lines)
        line = self.fields["line"]
        line.required, line.error_messages["required"] = True, "Choose the network to ask about."
        line.choices = [("", "Choose a network"), *((each.code, each.name) for each in lines)]  # type: ignore[attr-defined]


def _with_a_day(data: Any, today: date) -> Any:
    """What was given, its day written as people type it: today's where none was given."""
    if data is None:
        return None
    given = data.get("on", "")
    day = _day(given)
    typed = f"{day or today:%m/%d/%Y}" if day or not given else given
    return MultiValueDict({**{name: data.getlist(name) for name in data}, "on": [typed]})


def _day(text: str) -> date | None:
    """A day as addresses write it."""
    try:
        return date.fromisoformat(text) if _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _any(names: Sequence[str]) -> list[tuple[str, str]]:
    return [("", "Any"), *((name, name) for name in names)]
