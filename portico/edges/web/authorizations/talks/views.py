"""Talks about a request: book one, move it, cancel it, take it into a calendar."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portico.domains.authorizations import talks
from portico.domains.authorizations.at_hand import UnknownRequest
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.talks import CannotTalk, TalkPage
from portico.domains.plan import catalogue
from portico.edges.web import asking, calendar_files, zones
from portico.edges.web.authorizations.talks import words
from portico.edges.web.authorizations.talks.forms import BookForm, TimeForm, ZoneForm


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def talk(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """The talks of a request, and the times there are; a POST books one of them, or moves the booked talk."""
    page = _page(request, authorization)
    if request.method == "GET":
        return _shown(request, page)
    form = _form(request, page, request.POST)
    if form.is_valid() and _kept(request, page, form):
        messages.success(request, "The talk is booked." if page.booked is None else "The talk is moved.")
        return redirect("authorization_talk", authorization=authorization)
    return _shown(request, page, form)


@require_POST
def cancel(request: HttpRequest, authorization: UUID) -> HttpResponse:
    """Give the booked talk up."""
    try:
        kind = Kind(request.POST.get("kind", ""))
        talks.cancel(actor=asking.actor_of(request), authorization=authorization, of=kind)
        messages.success(request, "The talk is cancelled. The plan's reviewer is told.")
    except (UnknownRequest, ValueError) as error:
        if not isinstance(error, CannotTalk):
            raise Http404 from error
        messages.error(request, words.REFUSALS[error.refusal])
    return redirect("authorization_talk", authorization=authorization)


@require_safe
def calendar(request: HttpRequest, authorization: UUID, talk: UUID) -> HttpResponse:
    """The talk for a calendar; it names nobody."""
    try:
        entry = talks.calendar(actor=asking.actor_of(request), authorization=authorization, talk=talk)
    except talks.AuthorizationNotFound as error:
        raise Http404 from error
    url = request.build_absolute_uri(reverse("authorization_talk", args=[authorization]))
    plan = catalogue.identity().name
    return calendar_files.attached(entry, host=request.get_host(), url=url, plan=plan)


def _page(request: HttpRequest, authorization: UUID) -> TalkPage:
    try:
        return talks.page(actor=asking.actor_of(request), authorization=authorization)
    except talks.AuthorizationNotFound as error:
        raise Http404 from error


def _kept(request: HttpRequest, page: TalkPage, form: TimeForm) -> bool:
    """Was it booked or moved? Else the form says why not."""
    given: dict[str, Any] = form.cleaned_data
    told = {
        "actor": asking.actor_of(request),
        "authorization": page.authorization,
        "of": Kind(given["kind"]),
        "slot": form.chosen,
        "zone": given["zone"],
    }
    try:
        if page.booked is None:
            talks.book(clinician=given["clinician"], telephone=given["telephone"], **told)
        else:
            talks.move(**told)
    except UnknownRequest as error:
        raise Http404 from error
    except CannotTalk as error:
        field = words.FIELDS.get(error.refusal, "")
        form.add_error(field if field in form.fields else None, words.REFUSALS[error.refusal])
        return False
    return True


def _form(request: HttpRequest, page: TalkPage, data: Any = None) -> TimeForm:
    zone = _zone(request)
    initial = {"kind": page.kind.value, "zone": zone}
    kind = BookForm if page.booked is None else TimeForm
    return kind(data, slots=page.slots, zone=zone, initial=initial)


def _zone(request: HttpRequest) -> str:
    """The zone in which this page shows times: the one asked for, else the reader's or the plan's."""
    wanted = request.POST.get("zone", "") or request.GET.get("zone", "")
    return wanted if wanted in zones.NEAR else zones.shown().key


def _shown(request: HttpRequest, page: TalkPage, form: TimeForm | None = None) -> HttpResponse:
    zone = _zone(request)
    context = {
        "page": page,
        "booked": words.talk(page.booked) if page.booked else None,
        "past": [(each, words.talk(each)) for each in page.past],
        "form": form or _form(request, page),
        "zones": ZoneForm(initial={"zone": zone}),
        "zone": zones.name_of(zone),
    }
    return render(request, "authorizations/talk.html", context, status=422 if form else 200)
