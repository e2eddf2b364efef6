"""Connected systems at the plan's desk: those there are, one with all it holds, its grants, its end."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.access import machines
from portico.domains.access.granting import CannotGrant
from portico.domains.access.machine_views import Machine, Secret
from portico.domains.access.machines import TRADING_PARTNER, CannotRegister
from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.web import asking
from portico.edges.web import machine_words as words
from portico.edges.web.drafts import Offer
from portico.edges.web.staff import machine_doors
from portico.edges.web.staff.machine_forms import FilterForm, GrantForm
from portico.shared import identifiers


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The connected systems, the newest first."""
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = machines.page(actor=asking.actor_of(request), key=request.GET.get("after", ""), **asked)
    wanted = {name: value for name, value in asked.items() if value}
    context = {
        "form": form,
        "rows": [(row, words.KINDS[row.kind], *words.state(row)) for row in page.rows],
        "older": urlencode({**wanted, "after": page.next_key}) if page.next_key else "",
        "is_filtered": bool(wanted),
    }
    return render(request, "staff/machines.html", context, status=422 if form.errors else 200)


@require_safe
def one(request: HttpRequest, machine: UUID) -> HttpResponse:
    """One system: what it may ask for, when it was last used, how it signs in."""
    actor, found = asking.actor_of(request), read(request, machine)
    state, tone = words.state(found.row)
    context = {
        "machine": found,
        "row": found.row,
        "kind": words.KINDS[found.row.kind],
        "state": state,
        "tone": tone,
        "tax_id": identifiers.format_tax_id(found.row.tax_id),
        "is_partner": found.row.kind == TRADING_PARTNER,
        "secrets": [(secret, _is_over(secret, actor.asked_at)) for secret in found.secrets],
        "facts": machine_doors.facts(request, found),
        "grants": words.granted(found, catalogue.line_names(), actor.today),
    }
    return render(request, "staff/machine.html", context)


@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, machine: UUID) -> HttpResponse:
    """Let the system ask for more."""
    actor, found = asking.actor_of(request), read(request, machine)
    office = offices.read(actor=actor, key=found.row.office_key, function=Function.CONNECTING)
    reached = machines.tax_ids(office, on=actor.today)
    form = GrantForm(request.POST or None, tax_ids=reached, lines=catalogue.lines(), today=actor.today)
    if request.method == "POST" and form.is_valid():
        try:
            for new in form.grants():
                machines.add_grant(actor=actor, public_id=machine, new=new)
        except (CannotGrant, CannotRegister) as error:
            form.add_error(None, words.sentence(error))
        else:
            messages.success(request, f"{found.row.name} may ask for more.")
            return redirect("machine", machine=machine)
    title = f"What {found.row.name} may ask for besides"
    return form_page(request, form, title, words.of_office(found), "Grant it", page_of(found))


@require_POST
def end_grant(request: HttpRequest, machine: UUID, number: int) -> HttpResponse:
    """End one of its grants."""
    try:
        ended = machines.end_grant(actor=asking.actor_of(request), public_id=machine, grant_id=number)
    except machines.UnknownMachine as error:
        raise Http404 from error
    if not ended:
        raise Http404
    messages.success(request, "The grant is ended.")
    return redirect("machine", machine=machine)


@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, machine: UUID) -> HttpResponse:
    """Ask whether to let the system in no more, and do it."""
    if request.method == "GET":
        found = read(request, machine)
        return render(request, "staff/machine_revoke.html", {"row": found.row})
    try:
        machines.revoke(actor=asking.actor_of(request), public_id=machine)
    except machines.UnknownMachine as error:
        raise Http404 from error
    messages.success(request, "It is revoked, and signs in no more.")
    return redirect("machine", machine=machine)


def read(request: HttpRequest, machine: UUID) -> Machine:
    """The system of that number; Http404 where there is none."""
    try:
        return machines.one(actor=asking.actor_of(request), public_id=machine)
    except machines.UnknownMachine as error:
        raise Http404 from error


def form_page(
    request: HttpRequest,
    form: Form,
    title: str,
    lead: str,
    submit: str,
    back_url: str,
    *,
    draft: Offer | None = None,
) -> HttpResponse:
    """A page with one form and the way back; what is typed into it is kept where it has a draft."""
    context = {
        "form": form,
        "title": title,
        "lead": lead,
        "submit": submit,
        "back_url": back_url,
        "draft": draft,
    }
    return render(request, "staff/machine_form.html", context, status=422 if form.errors else 200)


def page_of(machine: Machine) -> str:
    """The address of its page."""
    return reverse("machine", args=[machine.row.public_id])


def _is_over(secret: Secret, at: datetime) -> bool:
    return secret.ends_at is not None and secret.ends_at <= at
