"""Forms by which somebody shows again that it is they; a hidden field `means` says which one was sent."""

from collections.abc import Mapping
from typing import Final

from django import forms

from portico.domains.accounts.signing_in.confirmation import Means
from portico.edges.web.accounts.forms import CodeForm, PasskeyForm, RecoveryCodeForm


class PasswordForm(forms.Form):
    """The password alone: who it is, the session says."""

    password = forms.CharField(
        label="Your password",
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter your password."},
    )


FORMS: Final[Mapping[Means, type[forms.Form]]] = {
    Means.PASSKEY: PasskeyForm,
    Means.CODE: CodeForm,
    Means.RECOVERY_CODE: RecoveryCodeForm,
    Means.PASSWORD: PasswordForm,
}
