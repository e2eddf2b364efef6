"""The forms that make an account: a username, a password, and what shows whose registration it is."""

from typing import Any, Final

from django import forms

from portico.domains.accounts import rules
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.rules import PasswordFault
from portico.edges.web.accounts import new_password
from portico.edges.web.accounts.new_password import NewPasswordForm
from portico.edges.web.register.facts_forms import checked

RULES: Final = (
    f"At least {rules.LEAST_LENGTH} characters. Several words that do not belong together make a good one, "
    "with the spaces between them. It may not be your username, a row of neighbouring keys, or a password "
    "many people use."
)
HINT: Final = "A short word of your own, such as j.rivera. You cannot change it later."
TOO_SHORT: Final = f"This is too short. Use at least {rules.LEAST_LENGTH} characters."
AS_TYPED: Final = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


def transaction_id() -> forms.CharField:
    """The transaction ID, as it stands on the confirmation."""
    return forms.CharField(
        label="Transaction ID",
        help_text="17 letters and digits. Small letters do, and the dashes may be left out.",
        max_length=60,
        widget=forms.TextInput(attrs=AS_TYPED),
        error_messages={"required": "Enter the transaction ID of your confirmation."},
    )


class OpeningForm(NewPasswordForm):
    """A username and a password; with the transaction ID where another browser finishes it."""

    transaction_id = forms.CharField(required=False, widget=forms.HiddenInput, max_length=60)
    username = checked(
        "username",
        "Username",
        "Choose a username.",
        HINT,
        autocomplete="username",
        autocapitalize="none",
        spellcheck="false",
    )
    field_order = ("transaction_id", "username", "password")

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Take what any form takes; there is no second step yet that would let a shorter password do."""
        super().__init__(*arguments, **named)
        self.fields["password"].label, self.fields["password"].help_text = "Password", RULES

    def explain(self, error: WeakPassword) -> None:
        """Say beside the field what is wrong with the password."""
        for fault in error.faults:
            said = TOO_SHORT if fault is PasswordFault.TOO_SHORT else new_password.WORDS[fault]
            self.add_error("password", said)


class CompletionForm(OpeningForm):
    """The same behind a mailed link, whose secret is `t`, together with the transaction ID."""

    t = forms.CharField(required=False, widget=forms.HiddenInput)
    transaction_id = transaction_id()


class StatusForm(forms.Form):
    """Which registration."""

    transaction_id = transaction_id()
