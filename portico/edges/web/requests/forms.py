"""The forms of access requests: what is missed and where, and the answer."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import QueryDict

from portico.domains.access.asking import rules
from portico.domains.access.asking.decide import Case
from portico.domains.access.asking.proposing import Offers
from portico.domains.access.asking.rules import LONGEST_NOTE, Denial, Wish
from portico.domains.access.delegating.sets import Item, Lines, Where
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.domains.plan.catalogue import Named
from portico.edges.web import refusals
from portico.edges.web.rendering import Checkboxes, DayField, DayPickerInput, Options
from portico.edges.web.requests import words
from portico.shared import identifiers

NO_PATIENTS: Final = "Nothing about a patient: no name, number or birth date."
AS_IT_IS: Final = "As my access is now"


class WishForm(forms.Form):
    """What somebody misses, and where; what is left open stays as their access is."""

    functions = forms.MultipleChoiceField(
        label="What you miss",
        widget=Checkboxes(),
        error_messages={"required": "Choose what you miss.", "invalid_choice": "Choose among these."},
    )
    tax_id = forms.ChoiceField(label="Tax ID", required=False)
    line = forms.ChoiceField(label="Line of business", required=False)
    region = forms.ChoiceField(label="Region", required=False)
    provider = forms.CharField(
        label="Provider's NPI",
        help_text="Where you miss it for one provider.",
        required=False,
        max_length=14,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    wants_end_user = forms.BooleanField(required=False, widget=forms.HiddenInput())
    note = forms.CharField(
        label="A word to whoever decides",
        help_text=f"What you need it for. {NO_PATIENTS}",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, actor: Actor, prefilled: QueryDict) -> None:
        """Offer what this actor's persona can be given, under the tax IDs of their office."""
        super().__init__(data, initial={**prefilled.dict(), "functions": prefilled.getlist("functions")})
        choices = catalogue.choices()
        kind = PersonaKind.END_USER if prefilled.get("wants_end_user") else actor.persona_kind
        offered = [function for function in Function if rules.may_hold(function, kind)]
        tax_ids = [Named(each, identifiers.format_tax_id(each)) for each in sorted(actor.standing.tax_ids)]
        _offer(self.fields["functions"], ((str(each), refusals.FUNCTION_NAMES[each]) for each in offered))
        for name, named in (("tax_id", tax_ids), ("line", choices.lines), ("region", choices.regions)):
            _offer(self.fields[name], (("", AS_IT_IS), *((each.code, each.name) for each in named)))
        if not choices.regions:
            del self.fields["region"]

    def wish(self) -> Wish:
        """What the valid form asks for."""
        said = dict(self.cleaned_data)
        said["functions"] = tuple(Function(each) for each in said["functions"])
        said["provider"] = "".join(filter(str.isalnum, said["provider"]))
        return Wish(**said)

    def field_of(self, name: str | None) -> str | None:
        """The field of that name where the form has it, None for the whole form."""
        return name if name in self.fields else None


class AnswerForm(forms.Form):
    """A word with a yes; `place` tells its fields from those of the other answers on the page."""

    place = "approve"

    answer = forms.CharField(
        label="A word with it",
        help_text=f"The person reads it. {NO_PATIENTS}",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, data: Any = None, **more: Any) -> None:
        """Take what was sent."""
        super().__init__(data, auto_id=f"{self.place}_%s", **more)


class DenyForm(AnswerForm):
    """Why not."""

    place = "deny"

    why = forms.ChoiceField(
        label="Why?",
        choices=[(str(why), says) for why, says in words.DENIALS.items()],
        widget=Options(),
        error_messages={"required": "Choose why.", "invalid_choice": "Choose one of these."},
    )
    field_order = ("why", "answer")

    def denial(self) -> Denial:
        """Why, of the valid form."""
        return Denial(self.cleaned_data["why"])


class GivingForm(forms.Form):
    """What is given, among what whoever decides may hand out."""

    functions = forms.MultipleChoiceField(
        label="Functions",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one, or say no."},
    )
    tax_ids = forms.MultipleChoiceField(
        label="Under the tax IDs",
        widget=Checkboxes(),
        error_messages={"required": "Choose at least one tax ID."},
    )
    lines = forms.MultipleChoiceField(
        label="In the lines of business",
        help_text="None chosen means every line, also one the plan adds later.",
        required=False,
        widget=Checkboxes(),
    )
    last_on = DayField(
        label="Last day", help_text="mm/dd/yyyy. Empty: no end.", required=False, widget=DayPickerInput()
    )

    def __init__(self, data: Any = None, *, offers: Offers, **more: Any) -> None:
        """Offer what may be handed out."""
        super().__init__(data, **more)
        names = catalogue.line_names()
        functions = ((str(each), refusals.FUNCTION_NAMES[each]) for each in offers.functions)
        _offer(self.fields["functions"], functions)
        _offer(self.fields["tax_ids"], ((each, identifiers.format_tax_id(each)) for each in offers.tax_ids))
        _offer(self.fields["lines"], ((each, names[each]) for each in offers.lines if each in names))

    def given_functions(self) -> tuple[Function, ...]:
        """The functions of the valid form."""
        return tuple(Function(each) for each in self.cleaned_data["functions"])

    def given_lines(self) -> Lines:
        """Its lines; None for every one."""
        return frozenset(self.cleaned_data["lines"]) or None

    def where(self) -> Where:
        """Its tax IDs and its last day."""
        return Where(frozenset(self.cleaned_data["tax_ids"]), last_on=self.cleaned_data["last_on"])


class AdjustForm(GivingForm, AnswerForm):
    """Something else than was asked for."""

    place = "adjust"
    field_order = ("functions", "tax_ids", "lines", "last_on", "answer")

    def __init__(self, data: Any = None, *, case: Case) -> None:
        """Offer what may be handed out, with what approving would give already chosen."""
        super().__init__(data, initial=_proposed(case.items), offers=case.offers)
        self.items = case.items

    def chosen(self) -> tuple[Item, ...]:
        """What the valid form gives; for the providers and regions that approving would give."""
        first = self.items[0].where
        where = replace(self.where(), providers=first.providers, regions=first.regions)
        return tuple(Item(each, where, self.given_lines()) for each in self.given_functions())


def _proposed(items: Sequence[Item]) -> dict[str, Any]:
    if not items:
        return {}
    first = items[0]
    return {
        "functions": [str(each.function) for each in items],
        "tax_ids": sorted(first.where.tax_ids),
        "lines": sorted(first.lines or ()),
        "last_on": first.where.last_on,
    }


def _offer(field: forms.Field, choices: Iterable[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which field it is
    field.choices = list(choices)
