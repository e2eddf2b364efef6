"""Forms about people's accounts: whom to list, and why something is done."""

from collections.abc import Iterable
from typing import Any, Final

from django import forms

from portico.domains.access.factor_resetting import LONGEST_WHY
from portico.domains.access.looking_after import Why
from portico.domains.access.people import Holding, Sought
from portico.domains.accounts.joining.provisioning_rules import Standing
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import GRANTABLE, Function
from portico.edges.web.context import PERSONA_NAMES
from portico.edges.web.people.words import STANDINGS, WHYS
from portico.edges.web.refusals import FUNCTION_NAMES
from portico.edges.web.rendering import Options

TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}
LONGEST_TEXT: Final = 120
ANYTHING: Final = "Anything"
OF_AN_OFFICE: Final = (PersonaKind.END_USER, PersonaKind.ADMINISTRATOR)
_SOUGHT: Final = [standing for standing in STANDINGS if standing is not Standing.LOCKED]


class SoughtForm(forms.Form):
    """Which people to list."""

    text = forms.CharField(
        label="Name, username or mail",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.TextInput(TYPED),
    )
    standing = forms.ChoiceField(
        label="State",
        required=False,
        choices=(("", "Every state"), *((str(each), STANDINGS[each][0]) for each in _SOUGHT)),
    )
    kind = forms.ChoiceField(
        label="Acts as",
        required=False,
        choices=(("", ANYTHING), *((str(each), PERSONA_NAMES[each]) for each in PersonaKind)),
    )
    holds = forms.ChoiceField(
        label="Holds",
        required=False,
        choices=(("", "Any function"), *((str(each), FUNCTION_NAMES[each]) for each in GRANTABLE)),
    )
    office = forms.CharField(
        label="Office", required=False, max_length=LONGEST_TEXT, widget=forms.TextInput(TYPED)
    )
    after = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput())

    def __init__(self, data: Any = None, *, with_office: bool) -> None:
        """Take what was sent; only the plan looks for an office."""
        super().__init__(data)
        if not with_office:
            del self.fields["office"]
            kinds = self.fields["kind"]
            assert isinstance(kinds, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
            kinds.choices = [("", ANYTHING), *((str(each), PERSONA_NAMES[each]) for each in OF_AN_OFFICE)]

    def sought(self) -> Sought:
        """Whom the valid form looks for."""
        return Sought(self.cleaned_data["text"], self.cleaned_data["standing"])

    def holding(self) -> Holding:
        """What those are to act as, and hold."""
        kind, function = self.cleaned_data["kind"], self.cleaned_data["holds"]
        return Holding(PersonaKind(kind) if kind else None, Function(function) if function else None)

    def wanted(self) -> dict[str, str]:
        """What the valid form narrows the list by, to be sent again; without the place in it."""
        return {name: value for name, value in self.cleaned_data.items() if value and name != "after"}


class WhyForm(forms.Form):
    """Why an account is changed, from a short list: it stands in the audit."""

    why = forms.ChoiceField(
        label="Why?", widget=Options(), error_messages={"required": "Choose why; it is kept in the audit."}
    )

    def __init__(self, data: Any = None, *, whys: Iterable[Why]) -> None:
        """Take the reasons there are for this act."""
        super().__init__(data)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = [(str(why), WHYS[why]) for why in whys]


class AddressForm(forms.Form):
    """Where an invitation goes, for the plan, which may correct it."""

    email = forms.EmailField(
        label="Mail",
        help_text="Correct it where the first one was wrong.",
        required=False,
        widget=forms.EmailInput(TYPED),
        error_messages={"invalid": "Enter a mail address such as name@example.org."},
    )


class ReasonForm(forms.Form):
    """Why, in one's own words, for the person who agrees to it."""

    why = forms.CharField(
        label="Why?",
        help_text="How you made sure who it is, and what was lost. Nothing about patients.",
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why: somebody else decides by it."},
    )


class AnswerForm(forms.Form):
    """What a caller answers to the recovery question."""

    answer = forms.CharField(
        label="The caller's answer",
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.TextInput(TYPED),
        error_messages={"required": "Enter what the caller answers."},
    )
