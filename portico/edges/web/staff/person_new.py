"""Inviting a person: where they belong, who they are, what they act as. The invitation goes out by mail.

The mail holds no username: whoever invites reads it off the person's page and tells it.
"""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.access import granting
from portico.domains.access.granting import CannotGrant, NewPersona
from portico.domains.accounts.joining.invitations import CannotInvite
from portico.domains.accounts.users import BadUsername, UsernameTaken
from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web.people import words
from portico.edges.web.people.sides import PLAN
from portico.edges.web.staff.machine_forms import OfficeForm
from portico.edges.web.staff.person_forms import OfficePersonForm, StaffForm, WhoForm
from portico.shared import identifiers


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """For the plan, or for which office?"""
    asked = "office" in request.GET
    form = OfficeForm(request.GET if asked else None)
    text = form.cleaned_data["office"] if asked and form.is_valid() else ""
    found = offices.search(actor=asking.actor_of(request), text=text, function=Function.PROVISIONING)
    context = {
        "form": form,
        "offices": [(each, [identifiers.format_tax_id(number) for number in each.tax_ids]) for each in found],
        "are_more": len(found) == offices.MOST_FOUND,
        "searched": bool(text),
    }
    return render(request, "people/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def for_plan(request: HttpRequest) -> HttpResponse:
    """Invite somebody of the plan's own staff."""
    desks = granting.desks_to_give(actor=asking.actor_of(request))
    form = StaffForm(request.POST or None, desks=desks)
    if request.method == "POST" and form.is_valid():
        number = _invited(request, form, form.personas())
        if number is not None:
            return _ready(request, number)
    return _page(request, form, "Invite somebody of the plan", "They get what their desk holds.")


@require_http_methods(["GET", "POST"])
def for_office(request: HttpRequest, office: str) -> HttpResponse:
    """Invite somebody of an office."""
    actor = asking.actor_of(request)
    try:
        known = offices.read(actor=actor, key=office, function=Function.PROVISIONING, lately=True)
    except offices.UnknownOffice as error:
        raise Http404 from error
    form = OfficePersonForm(
        request.POST or None, tax_ids=known.tax_ids, lines=catalogue.lines(), today=actor.today
    )
    if request.method == "POST" and form.is_valid():
        number = _invited(request, form, form.personas(office))
        if number is not None:
            return _ready(request, number)
    return _page(request, form, "Invite somebody of an office", f"For {known.name}.")


def _invited(request: HttpRequest, form: WhoForm, personas: Sequence[NewPersona]) -> int | None:
    """The number of the person; None where the form says what is wrong."""
    try:
        return granting.add_person(actor=asking.actor_of(request), user=form.user(), personas=personas)
    except UsernameTaken:
        form.add_error("username", "Another person has this username. Choose another one.")
    except BadUsername:
        form.add_error("username", "Use 2 to 60 letters, digits, dots, dashes and underscores.")
    except CannotInvite as error:
        form.add_error(None, words.CANNOT_INVITE[error.hindrance])
    except CannotGrant as error:
        form.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return None


def _ready(request: HttpRequest, number: int) -> HttpResponse:
    messages.success(request, "The invitation is on its way.")
    return redirect(PLAN.person(number))


def _page(request: HttpRequest, form: WhoForm, title: str, lead: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": "Send the invitation",
        "back_url": reverse("person_new"),
    }
    return render(request, "staff/machine_form.html", context, status=422 if form.errors else 200)
