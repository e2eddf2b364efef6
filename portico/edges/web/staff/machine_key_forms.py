"""Forms of what connected systems sign in with: a client's public keys, a partner's new password."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final, TypeVar, cast

from django import forms
from django.http import QueryDict

from portico.domains.access import client_keys, machine_rules
from portico.edges.web import machine_words as words
from portico.edges.web.rendering import Options

MOST_KEY_TEXT: Final = 20_000
Given = TypeVar("Given")
Kept = TypeVar("Kept")
_PRIVATE: Final = {"autocomplete": "off", "spellcheck": "false"}


class KeysForm(forms.Form):
    """The public keys of a FHIR client: pasted, or the address they stand at."""

    key_set_url = forms.URLField(
        label="Address of its key set",
        help_text="An https address that answers a JSON Web Key Set. It is read again when a key is unknown.",
        required=False,
        max_length=300,
        assume_scheme="https",
        widget=forms.URLInput({**_PRIVATE, "inputmode": "url"}),
        error_messages={"invalid": "Enter an https address, or paste the keys."},
    )
    key_set = forms.CharField(
        label="Or its key set",
        help_text="A JSON Web Key Set of public keys: RSA for RS384, P-384 for ES384.",
        required=False,
        max_length=MOST_KEY_TEXT,
        widget=forms.Textarea({**_PRIVATE, "class": "pt-code"}),
    )

    def clean_key_set_url(self) -> str:
        """An address the plan lets us fetch from; an empty one for none."""
        url: str = self.cleaned_data["key_set_url"]
        return _allowed(client_keys.check_url, url) if url else ""

    def clean_key_set(self) -> dict[str, Any]:
        """The public keys of the pasted text; an empty set for none."""
        text = self.cleaned_data["key_set"].strip()
        return _allowed(client_keys.check, _read(text)) if text else {}

    def clean(self) -> dict[str, Any]:
        """Keys or an address, one of them; keys that are refused may be private and are not shown back."""
        cleaned = super().clean() or {}
        if "key_set" in self.errors:
            typed = cast("QueryDict", self.data).copy()
            typed["key_set"] = ""
            self.data = typed
        given = [bool(cleaned[name]) for name in ("key_set_url", "key_set") if name in cleaned]
        if given in ([True, True], [False, False]):
            self.add_error("key_set_url", "Give the address of the key set, or the key set; one of the two.")
        return cleaned


class RotationForm(forms.Form):
    """A new password, and how long the old one goes on beside it.

    `seen` is when the newest one was made as the page showed it: sent again, the form makes no second one.
    """

    overlap = forms.TypedChoiceField(
        label="The password in use goes on",
        choices=tuple(words.OVERLAPS.items()),
        coerce=lambda days: timedelta(days=int(days)),
        initial=str(machine_rules.OVERLAP.days),
        widget=Options(),
        error_messages={"required": "Choose how long the password in use goes on."},
    )
    seen = forms.DateTimeField(required=False, widget=forms.HiddenInput())


def _read(text: str) -> dict[str, Any]:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise forms.ValidationError("This is no JSON. Paste the whole key set, braces included.") from error
    if not isinstance(read, dict):
        raise forms.ValidationError('A key set is a JSON object with a list of "keys".')
    return read


def _allowed(check: Callable[[Given], Kept], given: Given) -> Kept:
    try:
        return check(given)
    except client_keys.BadKeys as error:
        raise forms.ValidationError(words.sentence(error)) from error
