"""The hidden field of a form that makes one thing however often it is sent."""

from typing import Any

from django import forms

from portico.shared import once


class OnceField(forms.Field):
    """A new key on every page, the key that was sent on a page that shows a form again; "" for none."""

    def __init__(self) -> None:
        """Ask for nothing: without a key the form works too. A browser fills in none of its own."""
        hidden = forms.HiddenInput({"autocomplete": "off"})
        super().__init__(required=False, widget=hidden, initial=once.new_key)

    def to_python(self, value: Any) -> str:
        """The key that was sent."""
        return once.parse(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the form shown again holds."""
        return once.parse(data) or initial
