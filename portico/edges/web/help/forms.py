"""Forms of help: what somebody sees who is not signed in, what somebody misses, a case, and words in one."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.domains.plan.entrances import Audience
from portico.domains.support import case_rules, diagnosing
from portico.domains.support.case_rules import CaseTopic
from portico.domains.support.diagnosing import Asked
from portico.domains.support.facts import ALWAYS, Facts
from portico.domains.support.told import Told
from portico.edges.web.help import words
from portico.edges.web.once import OnceField
from portico.edges.web.parts import Part
from portico.edges.web.rendering import Checkboxes, Options
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

REFERENCE_SIGNS: Final = 12
NO_PATIENTS: Final = "Nothing about a patient: no name, number or birth date."
_TYPED: Final = {"autocomplete": "off", "spellcheck": "false"}
_CHOOSE: Final = {"required": "Choose one of these.", "invalid_choice": "Choose one of these."}


class ToldForm(forms.Form):
    """Who it is and what they see."""

    audience = forms.TypedChoiceField(
        label="Who are you?",
        choices=[(str(each), said) for each, said in words.AUDIENCES.items()],
        initial=Audience.PROVIDER,
        coerce=Audience,
        widget=Options(),
        error_messages=_CHOOSE,
    )
    told = forms.TypedChoiceField(
        label="What do you see?",
        choices=[(str(each), said) for each, said in words.TOLD.items()],
        coerce=Told,
        widget=Options(),
        error_messages=_CHOOSE,
    )


class AskedForm(forms.Form):
    """What somebody misses, and where."""

    function = forms.TypedChoiceField(label="What do you miss?", coerce=Function, error_messages=_CHOOSE)
    line = forms.ChoiceField(label="In which line of business?", required=False, error_messages=_CHOOSE)
    region = forms.ChoiceField(label="In which region?", required=False, error_messages=_CHOOSE)
    tax_id = forms.ChoiceField(label="For which tax ID?", required=False, error_messages=_CHOOSE)
    provider = forms.CharField(
        label="For one provider alone?",
        help_text="The NPI; leave it empty for all.",
        required=False,
        max_length=20,
        widget=forms.TextInput({**_TYPED, "inputmode": "numeric"}),
    )
    reference = forms.CharField(
        label="Did a page show a reference?",
        help_text="12 letters and digits, on a page that says that something failed or is closed.",
        required=False,
        max_length=40,
        widget=forms.TextInput(_TYPED),
    )

    def __init__(self, actor: Actor, data: Any = None, *, part: Part, function: str = "") -> None:
        """Offer what somebody like this actor may miss, in the part of the plan they are in."""
        super().__init__(data)
        choices = catalogue.choices()
        named = [(each.code, each.name) for each in choices.lines]
        regions = [(each.code, each.name) for each in choices.regions]
        functions = [(str(each), words.function(each)) for each in diagnosing.choices(actor)]
        tax_ids = sorted(actor.standing.tax_ids | actor.standing.former_clients)
        self._offer("function", functions, function)
        self._offer("line", [("", "Every line"), *named], part.line)
        self._offer("region", [("", "Every region"), *regions], part.region)
        offered = [(each, identifiers.format_tax_id(each)) for each in tax_ids]
        self._offer("tax_id", [("", "Any of your office's"), *offered], "")
        for name, few in (("region", not regions), ("line", not named), ("tax_id", not offered)):
            if few:
                self.fields[name].widget = forms.HiddenInput()

    def clean_provider(self) -> str:
        """The NPI in digits."""
        return self._parsed("provider", identifiers.parse_npi)

    def clean_reference(self) -> str:
        """The reference as the portal writes it."""
        return self._parsed("reference", _reference)

    def asked(self) -> Asked:
        """What the valid form asks."""
        return Asked(**self.cleaned_data)

    def _offer(self, name: str, choices: Sequence[tuple[str, str]], initial: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = choices
        field.initial = initial if initial in {code for code, _ in choices} else choices[0][0]

    def _parsed(self, name: str, parse: Any) -> str:
        typed = self.cleaned_data[name]
        try:
            return str(parse(typed)) if typed else ""
        except BadIdentifier as error:
            raise forms.ValidationError(error.words) from error


class CaseForm(forms.Form):
    """What a case is about, in the sender's words, and which facts go with it."""

    topic = forms.TypedChoiceField(
        label="What is it about?",
        choices=[(str(each), said) for each, said in words.TOPICS.items()],
        initial=CaseTopic.CLOSED,
        coerce=CaseTopic,
        error_messages=_CHOOSE,
    )
    words = forms.CharField(
        label="What did you try, and what happened?",
        help_text=NO_PATIENTS,
        required=False,
        max_length=case_rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 5}),
    )
    keep = forms.MultipleChoiceField(
        label="What goes with it",
        help_text="Uncheck what you would rather not tell.",
        required=False,
        widget=Checkboxes(),
    )
    once = OnceField()

    def __init__(self, facts: Facts, data: Any = None) -> None:
        """Offer the facts there are; those that always go are shown beside the form."""
        super().__init__(data)
        offered = [
            (name, ": ".join(words.fact(name, value))) for name, value in facts.items() if name not in ALWAYS
        ]
        field = self.fields["keep"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101 - tells the type checker which field it is
        field.choices = offered
        field.initial = [name for name, _ in offered]


class WordsForm(forms.Form):
    """More words in a case."""

    words = forms.CharField(
        label="Write more",
        help_text=NO_PATIENTS,
        max_length=case_rules.LONGEST_WORDS,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write something."},
    )

    def __init__(self, data: Any = None, *, label: str = "", prefix: str = "") -> None:
        """Take another label, and another prefix where two of these stand on a page."""
        super().__init__(data, prefix=prefix or None)
        self.fields["words"].label = label or self.fields["words"].label


def _reference(typed: str) -> str:
    found = identifiers.parse_reference(typed)
    if len(found) != REFERENCE_SIGNS or not set(found) <= set(identifiers.CROCKFORD):
        raise BadIdentifier("reference_format", "A reference of a page has 12 letters and digits.")
    return found
