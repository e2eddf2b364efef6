"""Talks at the plan's desk: what is booked, the times one offers oneself, and what came of a talk."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.authorizations import slots, talks_desk
from portico.domains.authorizations.facts.talks import CannotTalk
from portico.domains.plan import catalogue
from portico.edges.web import asking, calendar_files, zones
from portico.edges.web.authorizations.talks import words
from portico.edges.web.staff.authorizations.talk_forms import MISSED, OfferForm, OutcomeForm


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """The booked talks, and one's own times; a POST offers some, or withdraws one."""
    match request.POST.get("do", "") if request.method == "POST" else None:
        case None:
            return _shown(request)
        case "offer":
            return _offer(request)
        case "withdraw":
            return _withdraw(request)
    raise Http404


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, talk: UUID) -> HttpResponse:
    """A talk; a POST says what came of it."""
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and _settled(request, talk, form):
        messages.success(request, "What came of the talk is kept.")
        return redirect("authorization_talks")
    try:
        found = talks_desk.one(actor=asking.actor_of(request), talk=talk)
    except talks_desk.UnknownTalk as error:
        raise Http404 from error
    context = {
        "found": found,
        "said": words.talk(found.talk),
        "form": form,
        "has_begun": found.talk.starts_at <= asking.actor_of(request).asked_at,
    }
    return render(request, "staff/authorizations/talk.html", context, status=422 if form.is_bound else 200)


@require_POST
def cancel(request: HttpRequest, talk: UUID) -> HttpResponse:
    """Give a booked talk up."""
    try:
        talks_desk.cancel(actor=asking.actor_of(request), talk=talk)
        messages.success(request, "The talk is cancelled. The office is told, and may book another time.")
    except talks_desk.UnknownTalk as error:
        raise Http404 from error
    except CannotTalk as error:
        messages.error(request, words.REFUSALS[error.refusal])
    return redirect("authorization_talks")


@require_safe
def calendar(request: HttpRequest, talk: UUID) -> HttpResponse:
    """The talk for a calendar; it names nobody."""
    try:
        entry = talks_desk.calendar(actor=asking.actor_of(request), talk=talk)
    except talks_desk.UnknownTalk as error:
        raise Http404 from error
    url = request.build_absolute_uri(reverse("authorization_talk_settle", args=[talk]))
    plan = catalogue.identity().name
    return calendar_files.attached(entry, host=request.get_host(), url=url, plan=plan)


def _offer(request: HttpRequest) -> HttpResponse:
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _shown(request, form)
    try:
        actor = asking.actor_of(request)
        count = slots.offer(actor=actor, zone=zones.shown(), **form.cleaned_data)
    except CannotTalk as error:
        form.add_error(words.FIELDS.get(error.refusal), words.REFUSALS[error.refusal])
        return _shown(request, form)
    if count:
        messages.success(request, f"{count} time{'s' if count > 1 else ''} can be booked now.")
    else:
        messages.info(request, "You offer these times already.")
    return redirect("authorization_talks")


def _withdraw(request: HttpRequest) -> HttpResponse:
    try:
        slots.withdraw(actor=asking.actor_of(request), slot=_slot(request))
        messages.success(request, "The time is withdrawn.")
    except CannotTalk:
        messages.error(request, "Somebody has booked this time. Cancel the talk if it cannot take place.")
    except slots.UnknownSlot as error:
        raise Http404 from error
    return redirect("authorization_talks")


def _slot(request: HttpRequest) -> UUID:
    """The time that was sent; nobody's where it is none."""
    try:
        return UUID(request.POST.get("slot", ""))
    except ValueError:
        return UUID(int=0)


def _settled(request: HttpRequest, talk: UUID, form: OutcomeForm) -> bool:
    """Was it kept? Else the form says why not."""
    outcome = form.cleaned_data["outcome"]
    try:
        talks_desk.settle(
            actor=asking.actor_of(request),
            talk=talk,
            outcome="" if outcome == MISSED else outcome,
            words=form.cleaned_data["words"],
        )
    except talks_desk.UnknownTalk as error:
        raise Http404 from error
    except CannotTalk as error:
        field = words.FIELDS.get(error.refusal, "")
        form.add_error(field if field in form.fields else None, words.REFUSALS[error.refusal])
        return False
    return True


def _shown(request: HttpRequest, form: OfferForm | None = None) -> HttpResponse:
    actor, zone = asking.actor_of(request), zones.shown().key
    booked = [
        (
            each,
            words.span(each.talk.starts_at, each.talk.ends_at, zone),
            each.talk.starts_at <= actor.asked_at,
        )
        for each in talks_desk.upcoming(actor=actor)
    ]
    own = [(each, words.span(each.starts_at, each.ends_at, zone)) for each in slots.own(actor=actor)]
    context = {"booked": booked, "own": own, "form": form or OfferForm(), "zone": zones.name_of(zone)}
    return render(request, "staff/authorizations/talks.html", context, status=422 if form else 200)
