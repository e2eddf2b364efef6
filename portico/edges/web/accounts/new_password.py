"""How a new password is asked for, wherever one is: its rules before, what is wrong with it after."""

from collections.abc import Mapping
from typing import Any, Final

from django import forms

from portico.domains.accounts import rules
from portico.domains.accounts.credentials.passwords import WeakPassword
from portico.domains.accounts.rules import PasswordFault

RULES: Final = (
    f"At least {rules.LEAST_LENGTH} characters; {rules.LEAST_LENGTH_WITH_FACTOR} are enough when you have a "
    "second step at sign-in. Several words that do not belong together make a good one, with the spaces "
    "between them. It may not be your username, a row of neighbouring keys, or a password many people use."
)
WORDS: Final[Mapping[PasswordFault, str]] = {
    PasswordFault.TOO_SHORT: (
        f"This is too short. Use {rules.LEAST_LENGTH} characters, or {rules.LEAST_LENGTH_WITH_FACTOR} when "
        "you have a second step at sign-in."
    ),
    PasswordFault.TOO_LONG: f"This is too long. Use {rules.GREATEST_LENGTH} characters at most.",
    PasswordFault.GUESSABLE: "This is among the first that anybody would try. Choose another.",
    PasswordFault.TEMPORARY: "This is your temporary password. Choose one of your own.",
}


class NewPasswordInput(forms.PasswordInput):
    """A password to be chosen, which can be looked at where scripts run."""

    template_name = "forms/widgets/new_password.html"

    def __init__(self) -> None:
        """Have password managers offer a new one."""
        super().__init__(attrs={"autocomplete": "new-password", "spellcheck": "false"})


class NewPasswordField(forms.CharField):
    """A new password; what is wrong with it, the domain says."""

    def __init__(self, **options: Any) -> None:
        """Take what any field takes."""
        options.setdefault("label", "New password")
        super().__init__(
            help_text=RULES,
            max_length=4 * rules.GREATEST_LENGTH,
            strip=False,
            widget=NewPasswordInput(),
            error_messages={"required": "Enter a new password."},
            **options,
        )


class NewPasswordForm(forms.Form):
    """A new password alone."""

    password = NewPasswordField()


def explain(form: forms.Form, error: WeakPassword) -> None:
    """Say beside the field what is wrong with the password."""
    for fault in error.faults:
        form.add_error("password", WORDS[fault])
