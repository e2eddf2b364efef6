"""Schedules of Benefits: by plan code and day, as a page and as PDF/UA; no member is in them."""

from datetime import date

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from portico.domains.members import schedule
from portico.domains.members.papers import Schedule, ScheduleMissing
from portico.domains.permits.actors import Actor
from portico.domains.work import items
from portico.edges.web import asking
from portico.edges.web.documents import schedule_of_benefits
from portico.edges.web.members import printing
from portico.edges.web.rendering import DayField, DayPickerInput


class PlanCodeForm(forms.Form):
    """A plan code and a day."""

    code = forms.RegexField(
        r"^[A-Za-z0-9]{3}\Z",
        label="Plan code",
        help_text="Three letters or digits, as on the member's page or card.",
        widget=forms.TextInput(attrs={"maxlength": 3, "class": "pt-width-5", "autocomplete": "off"}),
        error_messages={
            "required": "Enter the plan code.",
            "invalid": "A plan code has three letters or digits, such as 7QX.",
        },
    )
    on = DayField(
        label="In force on",
        widget=DayPickerInput(),
        error_messages={"required": "Enter the day it was in force."},
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Ask for a plan code and a day; neither says anything about a member, so both may stand in the URL."""
    actor = asking.actor_of(request)
    schedule.open_page(actor=actor)
    asked = "code" in request.GET
    form = PlanCodeForm(request.GET if asked else None, initial={"on": actor.today})
    if asked and form.is_valid():
        return redirect("schedule", code=form.cleaned_data["code"].upper(), on=form.cleaned_data["on"])
    return render(request, "members/schedules.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def show(request: HttpRequest, code: str, on: date) -> HttpResponse:
    """The schedule as a page."""
    actor = asking.actor_of(request)
    found = _found(actor, code, on)
    if isinstance(found, ScheduleMissing):
        return _missing(request, actor, found)
    printed = schedule_of_benefits.printed(printing.schedule(found))
    return render(request, "members/schedule.html", {"printed": printed, "schedule": found, "on": on})


@require_safe
def as_pdf(request: HttpRequest, code: str, on: date) -> HttpResponse:
    """The schedule as PDF/UA."""
    actor = asking.actor_of(request)
    found = _found(actor, code, on)
    if isinstance(found, ScheduleMissing):
        return _missing(request, actor, found)
    content = schedule_of_benefits.render(printing.schedule(found))
    name = f'inline; filename="schedule-of-benefits-{code}-{on.isoformat()}.pdf"'
    return HttpResponse(content, content_type="application/pdf", headers={"Content-Disposition": name})


def _found(actor: Actor, code: str, on: date) -> Schedule | ScheduleMissing:
    try:
        return schedule.of(actor=actor, plan_code=code, on=on)
    except schedule.UnknownPlanCode as error:
        raise Http404 from error


def _missing(request: HttpRequest, actor: Actor, missing: ScheduleMissing) -> HttpResponse:
    reference = items.open_missing_schedule(actor=actor, plan_code=missing.plan_code, on=missing.on)
    return render(request, "members/schedule_missing.html", {"missing": missing, "reference": reference})
