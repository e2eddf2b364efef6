"""Forms of one's own profile: who one is, another mail address, and which mails one does without."""

from typing import Any, Final

from django import forms

from portico.domains.accounts.own import profile
from portico.domains.accounts.own.profile import BadDetails, Details
from portico.domains.permits.actors import Actor
from portico.edges.web import zones

PLAIN: Final = {"autocapitalize": "none", "spellcheck": "false"}
MAILS: Final = {
    "new_notices": (
        "New notices for your office",
        "It goes to the address the plan has on file for your office. Your choice counts if that is yours.",
    ),
}
WRONG: Final = {
    "first_name": "Enter a first name of at most 60 letters.",
    "last_name": "Enter a last name of at most 60 letters.",
    "telephone": "Enter a telephone number, such as (530) 555-0193 or (530) 555-0193 x12.",
    "language": "Choose one of the languages.",
    "time_zone": "Choose one of the time zones.",
}


class DetailsForm(forms.Form):
    """Name, telephone, language where there is a choice, time zone."""

    first_name = forms.CharField(
        label="First name",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": "Enter your first name."},
    )
    last_name = forms.CharField(
        label="Last name",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
        error_messages={"required": "Enter your last name."},
    )
    telephone = forms.CharField(
        label="Telephone",
        help_text="With the extension if there is one: (530) 555-0193 x12.",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    language = forms.ChoiceField(label="Language", required=False)
    time_zone = forms.ChoiceField(
        label="Time zone",
        help_text="Times on pages are shown in it. Days, such as those of a coverage, stay the plan's.",
        required=False,
    )

    def __init__(self, data: Any = None, *, actor: Actor, details: Details) -> None:
        """Begin with what is kept."""
        kept = {name: getattr(details, name) for name in Details.__slots__}
        super().__init__(data, initial=kept)
        languages = profile.languages()
        if len(languages) > 1:
            self._offer("language", list(languages.items()))
        else:
            del self.fields["language"]
        self._offer("time_zone", zones.choices(actor.asked_at))
        self.kept = details

    def clean(self) -> dict[str, Any]:
        """Say of each field what it cannot hold."""
        told: dict[str, Any] = super().clean() or {}
        if self.errors:
            return told
        try:
            profile.checked(self.details())
        except BadDetails as error:
            for name in error.faults:
                self.add_error(name, WRONG[name])
        return told

    def details(self) -> Details:
        """What was entered; a field that is not on the page stays as it is."""
        kept = {name: getattr(self.kept, name) for name in Details.__slots__}
        return Details(**{**kept, **self.cleaned_data})

    def _offer(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = choices


class AddressForm(forms.Form):
    """The new mail address."""

    email = forms.CharField(
        label="New mail address",
        help_text="We write a link to it. Nothing changes until you open that link.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", **PLAIN}),
        error_messages={"required": "Enter a mail address."},
    )


class LinkForm(forms.Form):
    """The secret of a mailed link, on its way from the address to the form that acts."""

    t = forms.CharField(widget=forms.HiddenInput(), max_length=200, required=False)


class MailsForm(forms.Form):
    """Each mail that may be switched off, ticked where it is wanted."""

    def __init__(self, data: Any = None, *, off: frozenset[str] = frozenset()) -> None:
        """Begin with what was chosen."""
        super().__init__(data)
        for name, (label, says) in MAILS.items():
            self.fields[name] = forms.BooleanField(
                label=label, help_text=says, required=False, initial=name not in off
            )

    def off(self) -> list[str]:
        """Those that are not wanted."""
        return [name for name, is_wanted in self.cleaned_data.items() if not is_wanted]
