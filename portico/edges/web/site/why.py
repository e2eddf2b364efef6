"""Why something is closed: to this persona, in this part of the plan, under the tax ID somebody chooses."""

from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import GRANTABLE, Function
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.plan import catalogue
from portico.edges.web import asking, middleware, parts, refusals
from portico.edges.web.parts import Part
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

EVERYWHERE: Final = "Wherever it is open"


class WhereForm(forms.Form):
    """Where somebody missed it; what is left open is asked as a page asks that names nothing."""

    tax_id = forms.ChoiceField(label="Tax ID", required=False)
    line = forms.ChoiceField(label="Line of business", required=False)
    region = forms.ChoiceField(label="Region", required=False)
    provider = forms.CharField(
        label="Provider's NPI",
        required=False,
        max_length=14,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, actor: Actor, part: Part) -> None:
        """Offer the tax IDs of the actor's office, and the plan's lines and regions."""
        super().__init__(data, initial={"line": part.line, "region": part.region})
        choices = catalogue.choices()
        tax_ids = [(each, identifiers.format_tax_id(each)) for each in sorted(actor.standing.tax_ids)]
        lines = [(each.code, each.name) for each in choices.lines]
        regions = [(each.code, each.name) for each in choices.regions]
        for name, offered in (("tax_id", tax_ids), ("line", lines), ("region", regions)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker which it is
            field.choices = [("", EVERYWHERE), *offered]
            if not offered:
                del self.fields[name]

    def clean_provider(self) -> str:
        """The ten digits, or nothing."""
        typed = self.cleaned_data["provider"]
        try:
            return identifiers.parse_npi(typed) if typed else ""
        except BadIdentifier as error:
            raise forms.ValidationError(error.words) from error

    def question(self, function: Function) -> Question:
        """The question of the valid form."""
        said: dict[str, Any] = {name: value or None for name, value in self.cleaned_data.items()}
        return Question(function, **said)


@require_http_methods(["GET", "HEAD", "POST"])
def why(request: HttpRequest, function: str) -> HttpResponse:
    """Why a function is closed to this persona, what was tested, who can change it, and what helps.

    A POST says where: nothing of that stands in an address.
    """
    if not asking.is_signed_in(request):
        return middleware.to_sign_in(request)
    if function not in set(Function):
        raise Http404
    actor, part = asking.actor_of(request), parts.of(request)
    data = request.POST if request.method == "POST" else None
    form = WhereForm(data, actor=actor, part=part) if _has_places(actor, function) else None
    question = part.question(Function(function))
    if form is not None and form.is_valid():
        question = form.question(Function(function))
    decision = decide(actor, question)
    if decision.allowed and request.method != "POST":
        return redirect("home")
    context = {
        "name": refusals.FUNCTION_NAMES[Function(function)],
        "refusal": None if decision.allowed else refusals.in_words(actor, decision),
        "form": form,
    }
    return render(request, "site/why.html", context, status=422 if form and form.errors else 200)


def _has_places(actor: Actor, function: str) -> bool:
    """Can the question be put about one tax ID, line, region or provider?"""
    return actor.office_id is not None and function in GRANTABLE
