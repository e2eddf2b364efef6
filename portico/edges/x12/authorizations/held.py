"""A request as the plan has it, put as the event of a 278: review, days, diagnoses, providers, services."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from portico.domains.authorizations.facts.exchanged import AsItStands
from portico.domains.authorizations.facts.requested import Kind, Level, Role, System, Unit
from portico.domains.authorizations.facts.shown import AskedFacts, PartyFacts, ServiceFacts
from portico.domains.plan import days
from portico.edges.x12.authorizations import states
from portico.edges.x12.authorizations.requests import (
    Event,
    Line,
    Name,
    Paper,
    Party,
    Period,
    Reference,
    Review,
    Service,
    Trace,
)
from portico.shared.x12.dates import format_d8, format_rd8, format_time

CATEGORIES = {Kind.AUTHORIZATION: "HS", Kind.REFERRAL: "SC", Kind.ADMISSION: "AR"}
_INITIAL, _URGENT, _PLACE = "I", "U", "B"
_ROLES = {Role.SERVICING: "SJ", Role.FACILITY: "FA", Role.PCP: "P3"}
_MONTHS = "34"


def event(stands: AsItStands, traces: tuple[Trace, ...]) -> Event:
    """The event; `traces` are the sender's own, given back."""
    return Event(
        traces=traces,
        review=_review(stands),
        dates=tuple(_dates(stands)),
        diagnoses=tuple(_diagnoses(stands.diagnoses)),
        papers=papers(stands.asked, None),
        providers=tuple(_provider(each) for each in stands.parties if each.role in _ROLES),
        services=tuple(_service(stands, each) for each in stands.services),
    )


def period(first: date, last: date) -> Period:
    """A day, or two."""
    return Period("D8", format_d8(first)) if first == last else Period("RD8", format_rd8(first, last))


def papers(asked: Iterable[AskedFacts], service: int | None) -> tuple[Paper, ...]:
    """The documents the plan waits for of a service, or of the whole."""
    waits = (each for each in asked if each.service == service and each.kind in states.REPORTS)
    return tuple(Paper(states.REPORTS[each.kind], "EL", each.id.hex) for each in waits)


def plain(quantity: Decimal) -> str:
    """A quantity as it is written: no zeros at its end."""
    return f"{quantity.normalize():f}"


def _review(stands: AsItStands) -> Review:
    listed = stands.listed
    service_type = next((each.service_type for each in stands.services if each.service_type), "")
    level = _URGENT if listed.level is Level.EXPEDITED else ""
    kind = _PLACE if stands.place else ""
    return Review(CATEGORIES[listed.kind], _INITIAL, service_type, stands.place, kind, level)


def _dates(stands: AsItStands) -> Iterator[tuple[str, Period]]:
    yield "AAH", period(stands.listed.first_on, stands.listed.last_on)
    if stands.admitted_at:
        yield "435", Period("DT", _moment(stands.admitted_at))
    if stands.discharged_on:
        yield "096", Period("D8", format_d8(stands.discharged_on))


def _moment(at: datetime) -> str:
    local = days.local(at)
    return format_d8(local.date()) + format_time(local.time())


def _diagnoses(codes: Iterable[str]) -> Iterator[Reference]:
    for place, code in enumerate(codes):
        yield "ABF" if place else "ABK", code.replace(".", "")


def _provider(party: PartyFacts) -> Party:
    numbered = ("XX", party.npi) if party.npi else ("", "")
    return Party(name=Name(_ROLES[party.role], "2", party.name[:60], "", "", "", *numbered))


def _service(stands: AsItStands, service: ServiceFacts) -> Service:
    quantity = service.quantity if service.approved_quantity is None else service.approved_quantity
    line, is_counted = _line(service, quantity), service.unit == Unit.UNITS and bool(service.code)
    service_type = service.service_type if len(stands.services) > 1 or not service.code else ""
    review = Review(CATEGORIES[stands.listed.kind], _INITIAL, service_type) if service_type else Review()
    return Service(
        review=review,
        served=period(service.first_on, service.last_on),
        delivery=() if is_counted else _delivery(quantity, Unit(service.unit)),
        line=line,
        papers=papers(stands.asked, service.position),
    )


def _line(service: ServiceFacts, quantity: Decimal) -> Line:
    if not service.code:
        return Line()
    counted = ("UN", plain(quantity)) if service.unit == Unit.UNITS else ("", "")
    if service.system == System.REVENUE:
        return Line("SV2", service.code, "", "", (), "", *counted)
    return Line("SV1", "", "HC", service.code, service.modifiers, "", *counted)


def _delivery(quantity: Decimal, unit: Unit) -> tuple[str, ...]:
    """HSD: so many of a unit, or so many months."""
    if unit is Unit.MONTHS:
        return "", "", "", "", _MONTHS, plain(quantity), "", ""
    kind = "FL" if unit is Unit.UNITS else unit.value
    return kind, plain(quantity), "", "", "", "", "", ""
