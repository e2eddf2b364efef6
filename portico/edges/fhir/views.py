"""The interactions: what this server can do, read one, search by address or by form."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from portico.domains.permits.actors import Actor
from portico.edges.fhir import (
    answering,
    asking,
    bundles,
    capability,
    continuations,
    doors,
    negotiation,
    parameters,
)
from portico.edges.fhir.kinds import Resource
from portico.edges.fhir.outcomes import Issue, Problem
from portico.edges.fhir.parameters import Asked


@doors.interaction(doors.GET)
def metadata(request: HttpRequest) -> HttpResponse:
    """What this server does; open to everybody."""
    return answering.whole(capability.statement(_base(request)))


@doors.interaction(doors.GET)
def read(request: HttpRequest, resource: Resource, key: str) -> HttpResponse:
    """One resource by its id."""
    actor = asking.actor_of(request, resource.type, asking.READ)
    return answering.one(request, resource.read(actor, key))


@doors.interaction(doors.GET)
def search(request: HttpRequest, resource: Resource) -> HttpResponse:
    """A search whose parameters stand in the address."""
    return _search(request, resource, asking.actor_of(request, resource.type, asking.SEARCH))


@doors.interaction(doors.POST)
def search_by_form(request: HttpRequest, resource: Resource) -> HttpResponse:
    """A search whose parameters stand in a form, and in the address where some do."""
    actor = asking.actor_of(request, resource.type, asking.SEARCH)
    negotiation.check_form(request)
    return _search(request, resource, actor)


@doors.interaction(())
def unknown(request: HttpRequest) -> HttpResponse:
    """Whatever else is asked for below the base."""
    del request
    raise Problem(404, Issue("not-found", "Nothing is served at this address; see metadata."))


def _search(request: HttpRequest, resource: Resource, actor: Actor) -> HttpResponse:
    asked, start = _asked(request, resource), 0
    if asked.page:
        asked, start = continuations.opened(actor, resource.type, asked)
    # Where only the total is wanted, everybody counted is noted as shown: it tells that somebody is a member.
    part = slice(start, start + asked.count) if asked.count else slice(None)
    found = resource.find(actor, asked.values, part)
    bundle = bundles.searchset(_base(request), actor, resource, asked, start, found)
    return answering.whole(bundle, reference=found.reference)


def _asked(request: HttpRequest, resource: Resource) -> Asked:
    forms = (request.GET, request.POST)
    pairs = [(name, value) for form in forms for name, values in form.lists() for value in values]
    strict = negotiation.is_strict(request)
    return parameters.read(pairs, resource.parameters, most=resource.most, strict=strict)


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("fhir_metadata").removesuffix("/metadata"))
