"""An office that is here already: showing that one belongs to it, and who its administrators are."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portico.domains.registration import joining, transaction_ids
from portico.domains.registration.joining import Joining
from portico.edges.web.register import mending, status
from portico.edges.web.rendering import Options

WRONG: Final = "This is not the code we sent. {left}"


class ContactForm(forms.Form):
    """Which contact of the office a code goes to."""

    key = forms.ChoiceField(
        label="Where to",
        widget=Options(),
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one of these."},
    )

    def __init__(self, data: Any = None, *, found: Joining) -> None:
        """Take the contacts; one alone is chosen already."""
        alone = found.choices[0].key if len(found.choices) == 1 else ""
        super().__init__(data, initial={"key": alone})
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared so above
        field.choices = [(each.key, each.shown) for each in found.choices]


class CodeForm(forms.Form):
    """The six digits that were mailed to the office."""

    code = forms.CharField(
        label="Code",
        help_text="Six digits.",
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "pt-width-10"}
        ),
        error_messages={"required": "Enter the code."},
    )


@mending.guarded
def office(request: HttpRequest) -> HttpResponse:
    """How far it is; or, as `act` says, have a code mailed to the office, or take the one that came."""
    whose = mending.whose(request)
    found = joining.contacts(**whose)
    act = request.POST.get("act", "")
    if found is None:
        return status.look(request)
    if act == "send":
        return _send(request, found, whose)
    return _prove(request, found, whose) if act == "prove" else _page(request, found)


def _send(request: HttpRequest, found: Joining, whose: dict[str, Any]) -> HttpResponse:
    form = ContactForm(request.POST, found=found)
    if not form.is_valid():
        return _page(request, found, contact=form)
    now = joining.send_code(**whose, key=form.cleaned_data["key"])
    return _page(request, now or found)


def _prove(request: HttpRequest, found: Joining, whose: dict[str, Any]) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, code=form)
    now = joining.prove(**whose, code=form.cleaned_data["code"]) or found
    if now.administrators is None:
        form.add_error("code", WRONG.format(left=_left(now.tries_left)))
    return _page(request, now, code=form)


def _left(tries: int) -> str:
    if tries <= 0:
        return "No try is left."
    return "One try is left." if tries == 1 else f"{tries} tries are left."


def _page(
    request: HttpRequest, found: Joining, *, contact: ContactForm | None = None, code: CodeForm | None = None
) -> HttpResponse:
    wrong = (contact is not None and contact.errors) or (code is not None and code.errors)
    context = {
        "found": found,
        "transaction_id": transaction_ids.parse(request.POST["transaction_id"]),
        "contact": contact or ContactForm(found=found),
        "code": code or CodeForm(),
    }
    return render(request, "register/office.html", context, status=422 if wrong else 200)
