"""What is looked for in the library, and a row of words that mean the same."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from portico.domains.library.search import synonym_rules
from portico.domains.library.search.asked import FURTHEST_PAGE, Asked
from portico.edges.web.parts import Part
from portico.edges.web.reading.words import KINDS, OFFICE_TYPES
from portico.edges.web.rendering import DayField, DayPickerInput

_MOST: Final = 2000
"""Signs of what was typed that are looked at; far more than count."""


class SearchForm(forms.Form):
    """Words or a number, a day, and what the answers are narrowed to; everything may be left out."""

    q = forms.CharField(
        label="Words, topic or material number",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "type": "search"}),
    )
    on = DayField(
        label="In force on",
        required=False,
        help_text="mm/dd/yyyy; empty: today",
        widget=DayPickerInput(),
    )
    kind = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())
    topic = forms.SlugField(required=False, max_length=60, widget=forms.HiddenInput())
    office = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())
    page = forms.IntegerField(
        required=False, min_value=1, max_value=FURTHEST_PAGE, widget=forms.HiddenInput()
    )

    def clean_q(self) -> str:
        """As much of it as anybody types."""
        return str(self.cleaned_data["q"])[:_MOST]

    def clean_kind(self) -> str:
        """A kind there is; any other narrows nothing."""
        return _known(self.cleaned_data["kind"], KINDS)

    def clean_office(self) -> str:
        """A kind of office there is; any other narrows nothing."""
        return _known(self.cleaned_data["office"], OFFICE_TYPES)

    def asked(self, part: Part, *, is_being_typed: bool) -> Asked:
        """What the form asks, in a part of the plan; a field that is wrong is left out."""
        said: Mapping[str, Any] = self.cleaned_data
        return Asked(
            text=said.get("q", ""),
            line=part.line,
            region=part.region,
            kind=said.get("kind", ""),
            topic=said.get("topic", ""),
            office_type=said.get("office", ""),
            on=said.get("on"),
            page=said.get("page") or 1,
            is_being_typed=is_being_typed,
        )


class SynonymsForm(forms.Form):
    """A row of words that mean the same."""

    words = forms.CharField(
        label="Words that mean the same",
        help_text="With commas between them, such as: precert, prior authorization, prior auth",
        max_length=synonym_rules.LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={
            "required": "Enter two words or phrases at least, with a comma between them.",
            "max_length": "Enter no more than 500 characters.",
        },
    )


def _known(code: str, known: Mapping[str, str]) -> str:
    return code if code in known else ""
