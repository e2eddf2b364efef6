"""Forms of sign-in and of one's own account."""

from typing import Any

from django import forms
from django.conf import settings

CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "maxlength": "7",
    "class": "pt-width-10",
}


class SignInForm(forms.Form):
    """Username and password."""

    username = forms.CharField(
        label="Username",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter your username."},
    )
    password = forms.CharField(
        label="Password",
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )


class CodeForm(forms.Form):
    """The six digits of an authenticator."""

    code = forms.CharField(
        label="Code from your authenticator",
        help_text="Six digits. They change every 30 seconds.",
        max_length=7,
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES),
        error_messages={"required": "Enter the six digits your authenticator shows."},
    )


class ReplyInput(forms.HiddenInput):
    """A hidden field that a script fills in; what it was sent with is not written back."""

    def format_value(self, value: Any) -> None:
        """Nothing, whatever was sent."""
        del value


class PasskeyForm(forms.Form):
    """What the browser answered for a passkey; its script fills it in (assets/js/passkeys.js)."""

    reply = forms.CharField(
        max_length=65_536,
        widget=ReplyInput(),
        error_messages={"required": "The browser gave no passkey. Try again, or choose another way."},
    )


class RememberForm(forms.Form):
    """Whether this browser is to stand for the second step from now on, where the plan lets it."""

    remember = forms.BooleanField(
        required=False,
        help_text="Your password alone is enough here then. Not on a computer that others use.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Leave the question out where the plan has no browser remembered."""
        super().__init__(*args, **kwargs)
        days = settings.TRUSTED_DEVICE_DAYS
        if days:
            self.fields["remember"].label = f"Remember this browser for {days} day{'s' if days > 1 else ''}"
        else:
            del self.fields["remember"]


class SecondCodeForm(CodeForm, RememberForm):
    """The second step by an authenticator's code."""

    field_order = ("code", "remember")


class SecondPasskeyForm(PasskeyForm, RememberForm):
    """The second step by a passkey."""

    field_order = ("reply", "remember")


class RecoveryCodeForm(forms.Form):
    """One of the recovery codes."""

    code = forms.CharField(
        label="Recovery code",
        help_text="Twelve letters and digits; dashes do not matter. Each code works once.",
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter one of your recovery codes."},
    )


class PasskeyNameForm(forms.Form):
    """What a person calls a passkey."""

    name = forms.CharField(
        label="Name",
        help_text="So that you know it again, such as Work telephone or Blue key.",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter a name, so that you know it again."},
    )


class NewPasskeyForm(PasskeyNameForm):
    """A new passkey: its name, and what the browser answered."""

    reply = forms.CharField(
        max_length=65_536,
        widget=ReplyInput(),
        error_messages={"required": "The browser made no passkey. Try again."},
    )
