"""What is done about a registration: each act says what it does, asks what it needs, and does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from portico.domains.registration import deciding, transaction_ids
from portico.domains.registration.claims import Field
from portico.domains.registration.deciding import Outcome
from portico.domains.registration.review import Case
from portico.edges.web import asking
from portico.edges.web.staff.registrations import case as cases
from portico.edges.web.staff.registrations import words
from portico.edges.web.staff.registrations.act_forms import (
    ApproveForm,
    CheckForm,
    DenyForm,
    ProofForm,
    RecogniseForm,
    ReturnForm,
    WithdrawForm,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The words of an act's page: its question, what it does, its button; `is_grave`: it takes something."""

    title: str
    lead: str
    submit: str
    is_grave: bool = False


Act = Callable[[Any], Outcome]


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, number: int, field: str) -> HttpResponse:
    """Give one's word on a field."""
    case = cases.read(request, number, lately=True)
    compared = next((each for each in case.fields if each.field == field), None)
    if compared is None:
        raise Http404
    page = Page(
        f"{words.field(compared.field)}: your word",
        "Say it only when you have made sure. It stands in the case with your name, and counts until the "
        "applicant changes something, or something else is found.",
        "Keep it",
    )
    form = CheckForm(_sent(request), initial={"seen": case.seen})

    def act(said: Any) -> Outcome:
        return deciding.check(
            actor=asking.actor_of(request),
            number=number,
            field=Field(field),
            finding=said["finding"],
            basis=said["basis"],
            seen=said["seen"],
        )

    return _do(request, case, page, form, act, "Your word is kept.")


@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    """Ask the applicant for more."""
    page = Page(
        "Send it back?",
        "The applicant is told by mail that something is missing, and reads on the portal what it is. The "
        "clock stands still until they answer. This can be done once.",
        "Send it back",
    )
    case = cases.read(request, number, lately=True)
    form = ReturnForm(_sent(request), case=case)

    def act(said: Any) -> Outcome:
        return deciding.send_back(
            actor=asking.actor_of(request), number=number, reason=said["reason"], missing=said["missing"]
        )

    return _do(request, case, page, form, act, "It was sent back. The applicant is told by mail.")


@require_http_methods(["GET", "POST"])
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Say yes."""
    case = cases.read(request, number, lately=True)
    form = ApproveForm(_sent(request), case=case)

    def act(said: Any) -> Outcome:
        joins = case.offices[0].id if said.get("joins") else None
        return deciding.approve(
            actor=asking.actor_of(request),
            number=number,
            seen=said["seen"],
            takes_licence=bool(said.get("takes_licence")),
            joins=joins,
        )

    return _do(
        request, case, _approving(case), form, act, "It is approved. A link is on its way to the applicant."
    )


@require_http_methods(["GET", "POST"])
def deny(request: HttpRequest, number: int) -> HttpResponse:
    """Say no."""
    page = Page(
        "Deny it?",
        "The applicant is told by mail, and reads the reason and how to appeal on the portal. A link that "
        "was mailed, or a match, works no more. This cannot be taken back: whoever wins an appeal registers "
        "again.",
        "Deny it",
        is_grave=True,
    )
    form = DenyForm(_sent(request))

    def act(said: Any) -> Outcome:
        return deciding.deny(actor=asking.actor_of(request), number=number, reason=said["reason"])

    case = cases.read(request, number, lately=True)
    return _do(request, case, page, form, act, "It is denied. The applicant is told by mail.")


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take a decision back."""
    case = cases.read(request, number, lately=True)
    over = (
        "What matched opens no account any more."
        if case.state == "matched"
        else "The mailed link works no more."
    )
    page = Page(
        "Take it back?",
        f"{over} The case waits for the plan again, due in two business days from now. The applicant is told "
        "by mail and on the portal that the plan looks at it again, and not why.",
        "Take it back",
        is_grave=True,
    )
    form = WithdrawForm(_sent(request))

    def act(said: Any) -> Outcome:
        return deciding.withdraw(actor=asking.actor_of(request), number=number, why=said["why"])

    return _do(request, case, page, form, act, "It is taken back and waits for the plan again.")


@require_http_methods(["GET", "POST"])
def recognise(request: HttpRequest, number: int) -> HttpResponse:
    """Leave it to the administrators of the office that is here."""
    page = Page(
        "Leave it to the office?",
        "The office has an account already. Its administrators are told that somebody asks to join, and "
        "decide themselves; the applicant learns their names after a code to a mail address on file.",
        "Leave it to them",
    )
    case = cases.read(request, number, lately=True)
    form = RecogniseForm(_sent(request), case=case)

    def act(said: Any) -> Outcome:
        return deciding.recognise(actor=asking.actor_of(request), number=number, office_id=said["office"])

    return _do(request, case, page, form, act, "The office's administrators are told.")


@require_http_methods(["GET", "POST"])
def renew_link(request: HttpRequest, number: int) -> HttpResponse:
    """Mail another link."""
    case = cases.read(request, number, lately=True)
    page = Page(
        "Mail another link?",
        f"It goes to {case.claim.email} and works for 24 hours, together with the transaction ID. The one "
        "before works no more.",
        "Mail it",
    )

    def act(said: Any) -> Outcome:
        del said
        return deciding.renew_link(actor=asking.actor_of(request), number=number)

    return _do(request, case, page, None, act, "A new link is on its way.")


@require_http_methods(["GET", "POST"])
def reissue(request: HttpRequest, number: int) -> HttpResponse:
    """Make a new transaction ID; a POST shows it, this once."""
    page = Page(
        "Make a new transaction ID?",
        "For an applicant who has lost theirs. The one before works no more, and the applicant is told so by "
        "mail. You see the new one once: read it out, and never write it in a mail.",
        "Make a new one",
    )
    case = cases.read(request, number, lately=True)
    form = ProofForm(_sent(request))
    if request.method == "GET" or not form.is_valid():
        return _ask(request, case, page, form)
    outcome, made = deciding.reissue(
        actor=asking.actor_of(request), number=number, proof=form.cleaned_data["proof"]
    )
    if outcome is not Outcome.DONE:
        return _ended(request, number, outcome, "")
    context = {"case": case, "shown": transaction_ids.shown(made)}
    return render(request, "staff/registrations/reissued.html", context)


def _sent(request: HttpRequest) -> Any:
    """What a form sent; None where nothing was."""
    return request.POST if request.method == "POST" else None


def _approving(case: Case) -> Page:
    if case.four_eyes and case.state == "submitted":
        return Page(
            "Say the first yes?",
            "Two people have to say yes to a registration of this kind. A colleague says the second, and "
            "then the link is mailed.",
            "Say the first yes",
        )
    joining = f" They join {case.joins.name}, as the first yes says." if case.joins else ""
    return Page(
        "Approve it?",
        f"A link is mailed to {case.claim.email}. With the transaction ID it opens an account that "
        f"administers {case.claim.office_name}.{joining} Patients open after a second step and a proof of "
        "who it is.",
        "Approve it",
    )


def _do(
    request: HttpRequest, case: Case, page: Page, form: forms.Form | None, act: Act, says: str
) -> HttpResponse:
    """Ask first; do what was asked for, and go back to the case with what came of it."""
    if request.method == "GET" or (form is not None and not form.is_valid()):
        return _ask(request, case, page, form)
    return _ended(request, case.number, act(form.cleaned_data if form else {}), says)


def _ended(request: HttpRequest, number: int, outcome: Outcome, says: str) -> HttpResponse:
    if outcome is Outcome.DONE:
        messages.success(request, says)
    elif outcome is Outcome.SECONDING:
        messages.success(request, "The first yes is kept. A colleague says the second.")
    else:
        messages.error(request, words.OUTCOMES[outcome])
    return redirect("registration", number)


def _ask(request: HttpRequest, case: Case, page: Page, form: forms.Form | None) -> HttpResponse:
    context = {
        "title": page.title,
        "lead": page.lead,
        "page": page,
        "form": form,
        "back_url": reverse("registration", args=[case.number]),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "people/act.html", context, status=status)
