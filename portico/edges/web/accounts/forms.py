"""Forms of sign-in and of one's own account."""

from django import forms

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
