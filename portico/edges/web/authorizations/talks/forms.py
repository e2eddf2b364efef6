"""The form that books or moves a talk: who is called, at which of the times there are."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from django import forms

from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.talks import FreeSlot
from portico.edges.web import zones
from portico.edges.web.authorizations.talks import words
from portico.edges.web.rendering import Options

GONE: Final = "This time is gone. Choose another one."


class TimeForm(forms.Form):
    """One of the times there are, as shown in a zone."""

    kind = forms.ChoiceField(choices=[(each.value, each.value) for each in Kind], widget=forms.HiddenInput())
    zone = forms.CharField(max_length=40, widget=forms.HiddenInput())
    slot = forms.ChoiceField(label="Time", widget=Options(), error_messages={"invalid_choice": GONE})

    def __init__(self, data: Any = None, *, slots: Sequence[FreeSlot], zone: str, **more: Any) -> None:
        """Take the free times, shown in that zone."""
        super().__init__(data, auto_id="talk_%s", **more)
        choices = [(str(each.id), words.slot(each, zone)) for each in slots]
        self.fields["slot"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen(self) -> UUID:
        """The time that was chosen in a valid form."""
        return UUID(self.cleaned_data["slot"])


class BookForm(TimeForm):
    """The same, and who is called there."""

    clinician = forms.CharField(
        label="Clinician who talks",
        max_length=160,
        help_text="The plan's physician asks for this person.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    telephone = forms.CharField(
        label="Telephone",
        max_length=20,
        help_text="A number at which the clinician can be reached then, with its area code.",
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    field_order = ("clinician", "telephone", "slot")


class ZoneForm(forms.Form):
    """The zone in which times are shown."""

    zone = forms.ChoiceField(label="Show times in", choices=list(zones.NEAR.items()))
