"""Connecting a system, and renewing what it signs in with.

A password stands on the page that answers, once: no address shows it again, and no cache keeps it.
"""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from portico.domains.access import machines
from portico.domains.access.granting import CannotGrant
from portico.domains.access.machine_views import Machine
from portico.domains.access.machines import FHIR_CLIENT, TRADING_PARTNER, CannotRegister, Created
from portico.domains.offices import offices
from portico.domains.permits.functions import Function
from portico.domains.plan import catalogue
from portico.edges.web import asking, drafts
from portico.edges.web import machine_words as words
from portico.edges.web.staff import machine_doors
from portico.edges.web.staff.machine_forms import ClientForm, MachineForm, OfficeForm, PartnerForm
from portico.edges.web.staff.machine_key_forms import KeysForm, RotationForm
from portico.edges.web.staff.machines import form_page, page_of, read
from portico.shared import identifiers

FORMS: Final[Mapping[str, type[MachineForm]]] = {TRADING_PARTNER: PartnerForm, FHIR_CLIENT: ClientForm}
DRAFTS: Final[Mapping[str, str]] = {TRADING_PARTNER: "partner_new", FHIR_CLIENT: "client_new"}


@require_safe
def choose_office(request: HttpRequest) -> HttpResponse:
    """Find the office the system shall ask for."""
    asked = "office" in request.GET
    form = OfficeForm(request.GET if asked else None)
    text = form.cleaned_data["office"] if asked and form.is_valid() else ""
    found = offices.search(actor=asking.actor_of(request), text=text, function=Function.CONNECTING)
    context = {
        "form": form,
        "offices": [
            (office, [identifiers.format_tax_id(each) for each in office.tax_ids]) for office in found
        ],
        "are_more": len(found) == offices.MOST_FOUND,
        "searched": bool(text),
    }
    return render(request, "staff/machine_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def connect(request: HttpRequest, kind: str, office: str) -> HttpResponse:
    """Describe the system and connect it; a trading partner's password is on the answer, this once."""
    actor = asking.actor_of(request)
    try:
        known = offices.read(actor=actor, key=office, function=Function.CONNECTING)
    except offices.UnknownOffice as error:
        raise Http404 from error
    form = FORMS[kind](
        request.POST or None,
        tax_ids=machines.tax_ids(known, on=actor.today),
        lines=catalogue.lines(),
        today=actor.today,
    )
    draft = drafts.of(request, DRAFTS[kind], about=office)
    if request.method == "POST" and form.is_valid():
        made = _made(request, form, office, kind)
        if made is not None:
            drafts.done(request, draft)
            return _connected(request, made)
    draft.fill(form)
    back = f"{reverse('machine_new')}?office={office}"
    lead = f"For {known.name}."
    return form_page(request, form, words.NEW[kind], lead, "Connect it", back, draft=draft)


@require_http_methods(["GET", "POST"])
def rotate(request: HttpRequest, machine: UUID) -> HttpResponse:
    """Ask how long the old password goes on, and make the new one; it is on the answer, this once."""
    found = read(request, machine)
    newest = found.secrets[0].created_at.isoformat() if found.secrets else ""
    form = RotationForm(request.POST or None, initial={"seen": newest})
    if request.method == "POST" and form.is_valid():
        try:
            secret = machines.rotate(
                actor=asking.actor_of(request),
                public_id=machine,
                overlap=form.cleaned_data["overlap"],
                seen=form.cleaned_data["seen"],
            )
        except CannotRegister as error:
            form.add_error(None, words.sentence(error))
        else:
            return _ready(request, read(request, machine), secret, f"A new password for {found.row.name}")
    title = f"A new password for {found.row.name}"
    return form_page(request, form, title, words.of_office(found), "Make it", page_of(found))


@require_http_methods(["GET", "POST"])
def replace_keys(request: HttpRequest, machine: UUID) -> HttpResponse:
    """Ask for a FHIR client's new public keys, and keep them instead of those it had."""
    found = read(request, machine)
    form = KeysForm(request.POST or None, initial={"key_set_url": found.key_set_url})
    if request.method == "POST" and form.is_valid():
        try:
            machines.set_keys(actor=asking.actor_of(request), public_id=machine, **form.cleaned_data)
        except CannotRegister as error:
            form.add_error(None, words.sentence(error))
        else:
            messages.success(request, "The keys are replaced. The ones before sign in no more.")
            return redirect("machine", machine=machine)
    title = f"The keys of {found.row.name}"
    return form_page(request, form, title, words.of_office(found), "Replace them", page_of(found))


def _made(request: HttpRequest, form: MachineForm, office: str, kind: str) -> Created | None:
    try:
        new = form.machine(office=office, kind=kind)
        return machines.create(actor=asking.actor_of(request), new=new)
    except (CannotGrant, CannotRegister) as error:
        form.add_error(None, words.sentence(error))
        return None


def _connected(request: HttpRequest, made: Created) -> HttpResponse:
    name = made.machine.row.name
    if made.secret is None:
        messages.success(request, f"{name} is connected. Its technician needs what stands below.")
        return redirect("machine", machine=made.machine.row.public_id)
    return _ready(request, made.machine, made.secret, f"{name} is connected")


def _ready(request: HttpRequest, machine: Machine, secret: str, title: str) -> HttpResponse:
    context = {
        "title": title,
        "row": machine.row,
        "secret": identifiers.group_reference(secret),
        "facts": machine_doors.facts(request, machine),
        "old_until": next((each.ends_at for each in machine.secrets if each.ends_at), None),
    }
    return render(request, "staff/machine_ready.html", context)
