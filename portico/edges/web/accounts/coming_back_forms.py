"""Forms for coming back in: what one remembers, and the answer to one's question."""

from django import forms

from portico.domains.accounts.credentials.question_rules import TEXTS, Question
from portico.edges.web.accounts.new_password import NewPasswordForm
from portico.edges.web.rendering import Options

LONGEST = 254
_AS_TYPED = {"autocapitalize": "none", "spellcheck": "false"}


class ForgotPasswordForm(forms.Form):
    """Whose password was forgotten."""

    username = forms.CharField(
        label="Username",
        help_text="It looks like a short word, such as j.rivera, not like a mail address or a tax ID.",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "username", **_AS_TYPED}),
        error_messages={"required": "Enter your username."},
    )


class ForgotUsernameForm(forms.Form):
    """To which address the usernames are mailed."""

    email = forms.EmailField(
        label="Mail address",
        help_text="The address that the portal writes to you at.",
        max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **_AS_TYPED}),
        error_messages={
            "required": "Enter your mail address.",
            "invalid": "Enter a whole mail address, such as j.rivera@example.org.",
        },
    )


class AnswerForm(forms.Form):
    """The answer to the recovery question, behind the link whose secret is `t`."""

    t = forms.CharField(widget=forms.HiddenInput)
    answer = forms.CharField(
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", **_AS_TYPED}),
        error_messages={"required": "Enter your answer."},
    )


class ResetForm(NewPasswordForm):
    """The new password, behind the link whose secret is `t`; `answered` says the question was answered."""

    t = forms.CharField(widget=forms.HiddenInput)
    answered = forms.CharField(required=False, widget=forms.HiddenInput)


class ChangeForm(NewPasswordForm):
    """The password in use, and a new one."""

    current = forms.CharField(
        label="Password you use now",
        max_length=512,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": "Enter the password you use now."},
    )
    field_order = ("current", "password")


class QuestionForm(forms.Form):
    """A recovery question and its answer."""

    question = forms.TypedChoiceField(
        label="Question",
        choices=[(question.value, TEXTS[question]) for question in Question],
        coerce=Question,
        widget=Options,
        error_messages={"required": "Choose a question.", "invalid_choice": "Choose one of the questions."},
    )
    answer = forms.CharField(
        label="Your answer",
        help_text=(
            "Something only you know and will remember. At least 3 letters or digits; capitals, accents, "
            "spaces and dashes make no difference. It is kept so that nobody can read it."
        ),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", **_AS_TYPED}),
        error_messages={"required": "Enter your answer."},
    )
