"""A patient event of a 278 becomes a request of the domain, or says what is wrong with it.

    UM01   HS authorization, SC referral, AR admission (one that lies ahead is an authorization)
    UM02   I; a cancellation (3) is no request, everything else is done in the portal
    UM06   U or 03: expedited; why it cannot wait stands in MSG
    2010EA SJ who does it, else the one of the services; FA where
    2000F  a service each; an event without services is one of UM03

What a patient was admitted at is DTP*435: with a time as it says, without one the end of that day, or now.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from portico.domains.authorizations.facts import requested
from portico.domains.authorizations.facts.requested import Kind, Level, PartySent, ServiceSent, System, Unit
from portico.domains.permits.actors import Actor
from portico.domains.plan import days
from portico.edges.x12.authorizations import quantities, questions
from portico.edges.x12.authorizations.questions import Asker, Problems, Span
from portico.edges.x12.authorizations.refusals import Problem
from portico.edges.x12.authorizations.requests import (
    NO_PERIOD,
    Event,
    Header,
    Line,
    Party,
    Period,
    Request,
    Review,
    Service,
)
from portico.shared.x12 import dates

KINDS = {"HS": Kind.AUTHORIZATION, "SC": Kind.REFERRAL, "AR": Kind.ADMISSION}
CANCELLATION = "3"
_INITIAL, _URGENT, _ICD_10 = "I", ("U", "03"), ("ABK", "ABF", "ABJ", "APR")
_SERVICING = "SJ 72 71 73 AAJ QV G3 77".split()
_OF_SERVICE = "SJ 1T 72 73 G3".split()
_FACILITY, _EVENT, _ADMITTED = ("FA",), "AAH", "435"
_PLACES = {"11": "21", "12": "21", "13": "22", "21": "31", "32": "12", "33": "12", "83": "24", "85": "22"}
_USUAL = {Kind.AUTHORIZATION: Unit.UNITS, Kind.REFERRAL: Unit.VISITS, Kind.ADMISSION: Unit.DAYS}
_URGENCY = "Sent as urgent by 278, without further words."
_LONGEST_REFERENCE, _DIGITS = 33, 16


@dataclass(frozen=True, slots=True)
class Made:
    """A request to be sent, or what is wrong; `kind` is known in any case, for the permit."""

    kind: Kind
    request: requested.Request | None = None
    problems: tuple[Problem, ...] = ()


def kind_of(event: Event) -> Kind:
    """What is asked for, as UM01 says; an unknown kind is asked for as an authorization."""
    return KINDS.get(event.review.category, Kind.AUTHORIZATION)


def make(actor: Actor, header: Header, request: Request, asker: Asker, problems: Problems) -> Made:
    """The request that an event asks for."""
    event, kind = request.event, kind_of(request.event)
    _check(event, problems)
    patient = questions.whom(request, problems)
    admitted_at = _admitted_at(actor, event, problems) if kind is Kind.ADMISSION else None
    if admitted_at and admitted_at > actor.asked_at:
        kind, admitted_at = Kind.AUTHORIZATION, None
    services = tuple(_services(event, kind, problems))
    servicing = _servicing(event, problems)
    facility = questions.npi_of(event.providers, _FACILITY, problems)
    if problems.found:
        return Made(kind, problems=tuple(problems.found))
    level = Level.EXPEDITED if event.review.level in _URGENT else Level.STANDARD
    made = requested.Request(
        kind=kind,
        tax_id=asker.tax_id,
        patient=patient,
        requesting=PartySent(asker.npi, asker.tax_id, _called(request.requester)),
        services=services,
        diagnoses=tuple(code for _, code in event.diagnoses),
        level=level,
        servicing=_party(servicing),
        facility=_party(facility),
        place=_place(event.review),
        urgency=_urgency(event) if level is Level.EXPEDITED else "",
        admitted_at=admitted_at,
        contact_name=request.requester.contact,
        contact_telephone=request.requester.telephone[:20],
        partner_reference=reference(header, request),
        sends_anyway=True,
    )
    return Made(kind, made)


def reference(header: Header, request: Request) -> str:
    """The sender's number (BHT03) and a digest of the event: the same sent twice is one request.

    Another event under the same number is another request, however carelessly a sender counts.
    """
    bare = replace(
        request.event,
        level="",
        services=tuple(replace(each, level="") for each in request.event.services),
    )
    whose = tuple(replace(each, level="") for each in (request.subscriber, request.patient))
    said = repr((replace(request.requester, level=""), whose, bare)).encode()
    return f"{header.reference[:_LONGEST_REFERENCE]}.{hashlib.sha256(said).hexdigest()[:_DIGITS]}"


def _check(event: Event, problems: Problems) -> None:
    if not event.review.category:
        problems.add(Problem.EVENT_MISSING)
    elif event.review.category not in KINDS or event.review.certification != _INITIAL:
        problems.add(Problem.KIND_NOT_TAKEN)
    if any(kind not in _ICD_10 for kind, _ in event.diagnoses):
        problems.add(Problem.DIAGNOSIS_SYSTEM)


def _services(event: Event, kind: Kind, problems: Problems) -> Iterator[ServiceSent]:
    """The services asked for; what says nothing of its own takes it from the event."""
    days_of_event = questions.span(event.date(_EVENT), problems) or questions.stay(event, problems)
    for each in event.services or (Service(delivery=event.delivery),):
        span = questions.span(each.served, problems) or days_of_event
        if span is None:
            problems.add(Problem.DATE_MISSING)
            return
        if found := _service(event, each, kind, span, problems):
            yield found


def _service(
    event: Event, service: Service, kind: Kind, span: Span, problems: Problems
) -> ServiceSent | None:
    try:
        quantity, unit = quantities.of(service.line, service.delivery, _USUAL[kind])
    except quantities.NoQuantity:
        problems.add(Problem.QUANTITY_WRONG)
        return None
    system, code = _coded(service.line)
    return ServiceSent(
        quantity=quantity,
        unit=unit,
        first_on=span[0],
        last_on=span[1],
        service_type=service.review.service_type or event.review.service_type,
        system=system,
        code=code,
        modifiers=service.line.modifiers,
    )


def _coded(line: Line) -> tuple[System, str]:
    if line.code:
        return System.PROCEDURE, line.code
    return (System.REVENUE, line.revenue.zfill(4)) if line.revenue else (System.PROCEDURE, "")


def _servicing(event: Event, problems: Problems) -> Party | None:
    found = questions.npi_of(event.providers, _SERVICING, problems)
    of_services = [party for service in event.services for party in service.providers]
    return found or questions.npi_of(of_services, _OF_SERVICE, problems)


def _party(party: Party | None) -> PartySent | None:
    return PartySent(party.name.id, "", _called(party)) if party else None


def _called(party: Party) -> str:
    return " ".join(filter(None, (party.name.first, party.name.last)))


def _place(review: Review) -> str:
    return review.facility if review.facility_kind == "B" else _PLACES.get(review.facility, "")


def _urgency(event: Event) -> str:
    """Why it cannot wait: what the messages say; a few letters say nothing."""
    said = " ".join((*event.messages, *(text for each in event.services for text in each.messages)))
    return said if len(said) >= len(_URGENCY) // 4 else _URGENCY


def _admitted_at(actor: Actor, event: Event, problems: Problems) -> datetime | None:
    """When the patient was admitted; the end of the day where no time was sent, and never later than now."""
    sent = event.date(_ADMITTED)
    if sent == NO_PERIOD:
        return None
    try:
        on, at = _moment(sent)
    except dates.DateError:
        problems.add(Problem.DATE_WRONG)
        return None
    if at is not None:
        return days.local(days.begins(on)).replace(hour=at.hour, minute=at.minute)
    if on > actor.today:
        return days.begins(on)
    return min(days.begins(on + timedelta(days=1)) - timedelta(minutes=1), actor.asked_at)


def _moment(sent: Period) -> tuple[date, time | None]:
    on, _ = dates.parse_span(sent.format, sent.text)
    return on, dates.parse_time(sent.text[8:]) if sent.format == "DT" else None
