"""Forms of the first sign-in."""

from typing import Final

from django import forms

from portico.domains.accounts import rules
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.rules import PasswordFault
from portico.edges.web.accounts import new_password
from portico.edges.web.accounts.new_password import NewPasswordForm

LEAST: Final = rules.LEAST_LENGTH_WITH_FACTOR
RULES: Final = (
    f"At least {LEAST} characters. Several words that do not belong together make a good one, with the "
    "spaces between them. It may not be your username, a row of neighbouring keys, a password that many "
    "people use, or your temporary one."
)
TOO_SHORT: Final = f"This is too short. Use at least {LEAST} characters."


class OwnPasswordForm(NewPasswordForm):
    """The first password of one's own; a second step at sign-in follows, so twelve characters are enough."""

    def __init__(self, *arguments: object, **named: object) -> None:
        """Take what any form takes."""
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self.fields["password"].help_text = RULES

    def explain(self, error: WeakPassword) -> None:
        """Say beside the field what is wrong with the password."""
        for fault in error.faults:
            said = TOO_SHORT if fault is PasswordFault.TOO_SHORT else new_password.WORDS[fault]
            self.add_error("password", said)


class LinkForm(forms.Form):
    """The username that goes with an activation link, whose secret is `t`."""

    t = forms.CharField(required=False, widget=forms.HiddenInput)
    username = forms.CharField(
        label="Username",
        help_text="Whoever invited you gave it to you. It looks like a short word, such as j.rivera.",
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={"required": "Enter your username."},
    )
