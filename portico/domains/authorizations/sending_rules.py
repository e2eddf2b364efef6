"""What is wrong with a request as it was written, whoever it is about: told before anything is looked up.

Pure. Days count as the plan's own; a request reaches ninety days back (something was done and is asked about
afterwards) and a year ahead.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from portico.domains.authorizations.facts.requested import (
    Fault,
    Kind,
    Level,
    PartySent,
    Problem,
    Request,
    ServiceSent,
    System,
)

MOST_SERVICES: Final = 99
MOST_DIAGNOSES: Final = 12
MOST_MODIFIERS: Final = 4
MOST_UNITS: Final = Decimal(9999)
BACK, AHEAD, LONGEST = timedelta(days=90), timedelta(days=365), timedelta(days=366)
ADMITTED_BACK, CLOCKS_DIFFER = timedelta(days=30), timedelta(minutes=5)
SHORTEST_URGENCY: Final = 10
MOST_ANSWERS, LONGEST_ANSWER = 100, 2000
_LONGEST: Final = {
    "urgency": 2000,
    "contact_name": 120,
    "contact_telephone": 20,
    "requirement": 20,
    "partner_reference": 50,
    "questionnaire": 60,
}
_SHAPES: Final = {
    System.PROCEDURE: re.compile(r"[0-9]{4}[0-9A-Z]|[A-Z][0-9]{4}"),
    System.REVENUE: re.compile(r"[0-9]{4}"),
    System.SERVICE_TYPE: re.compile(r"[0-9A-Z]{1,3}"),
}
_MODIFIER: Final = re.compile(r"[0-9A-Z]{2}")
_DIAGNOSIS: Final = re.compile(r"[A-Z][0-9][0-9A-Z]([0-9A-Z]{1,4})?")
_PLACE: Final = re.compile(r"[0-9]{2}")


def tidied(request: Request) -> Request:
    """The request with its codes in canonical form and spaces around words dropped."""
    diagnoses = dict.fromkeys(_compact(code).replace(".", "") for code in request.diagnoses)
    return replace(
        request,
        services=tuple(map(_tidied, request.services)),
        diagnoses=tuple(code for code in diagnoses if code),
        place=request.place.strip(),
        requesting=_party(request.requesting),
        servicing=request.servicing and _party(request.servicing),
        facility=request.facility and _party(request.facility),
        urgency=request.urgency.strip(),
        contact_name=request.contact_name.strip(),
        contact_telephone=request.contact_telephone.strip(),
        requirement=_compact(request.requirement).replace("-", ""),
        partner_reference=request.partner_reference.strip(),
    )


def faults(request: Request, *, today: date, at: datetime) -> tuple[Problem, ...]:
    """All that is wrong with a tidied request, in the order of its fields; none: it can be looked up."""
    found = [*_services(request, today), *_diagnoses(request), *_urgency(request), *_parties(request)]
    return (*found, *_admission(request, at), *_lengths(request))


def first_on(request: Request) -> date:
    """The first day of its services; there is at least one."""
    return min(service.first_on for service in request.services)


def last_on(request: Request) -> date:
    """The last day of its services; there is at least one."""
    return max(service.last_on for service in request.services)


def _tidied(service: ServiceSent) -> ServiceSent:
    return replace(
        service,
        code=_compact(service.code),
        service_type=_compact(service.service_type),
        modifiers=tuple(filter(None, map(_compact, service.modifiers))),
    )


def _party(party: PartySent) -> PartySent:
    npi, tax_id = (re.sub(r"[\s\-]", "", text) for text in (party.npi, party.tax_id))
    return PartySent(npi, tax_id, " ".join(party.name.split())[:160])


def _compact(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _services(request: Request, today: date) -> Iterator[Problem]:
    if not request.services:
        yield Problem(Fault.NO_SERVICES, "services")
    if len(request.services) > MOST_SERVICES:
        yield Problem(Fault.TOO_MANY_SERVICES, "services", about=str(MOST_SERVICES))
        return
    for place, service in enumerate(request.services, 1):
        for fault, field, about in _service(service, today):
            yield Problem(fault, field, place, about)
    if request.place and not _PLACE.fullmatch(request.place):
        yield Problem(Fault.CODE_MALFORMED, "place", about=request.place[:10])


def _service(service: ServiceSent, today: date) -> Iterator[tuple[Fault, str, str]]:
    if not service.code and not service.service_type:
        yield Fault.CODE_MISSING, "code", ""
    for field, text, shape in (
        ("code", service.code, _SHAPES[service.system]),
        ("service_type", service.service_type, _SHAPES[System.SERVICE_TYPE]),
    ):
        if text and not shape.fullmatch(text):
            yield Fault.CODE_MALFORMED, field, text[:10]
    modifiers = service.modifiers
    if len(modifiers) > MOST_MODIFIERS or not all(map(_MODIFIER.fullmatch, modifiers)):
        yield Fault.CODE_MALFORMED, "modifiers", ""
    if not is_quantity(service.quantity):
        yield Fault.QUANTITY_WRONG, "quantity", ""
    if service.last_on < service.first_on or service.last_on - service.first_on > LONGEST:
        yield Fault.DATES_WRONG, "last_on", ""
    if not today - BACK <= service.first_on <= today + AHEAD:
        yield Fault.DATES_TOO_FAR, "first_on", service.first_on.isoformat()


def is_quantity(quantity: Decimal) -> bool:
    """Whether so much can be asked for: more than nothing, no more than 9999, in hundredths at the finest."""
    if not quantity.is_finite() or not 0 < quantity <= MOST_UNITS:
        return False
    return quantity == quantity.quantize(Decimal("0.01"))


def _diagnoses(request: Request) -> Iterator[Problem]:
    if not request.diagnoses:
        yield Problem(Fault.DIAGNOSIS_MISSING, "diagnoses")
    if len(request.diagnoses) > MOST_DIAGNOSES:
        yield Problem(Fault.TOO_LONG, "diagnoses", about=str(MOST_DIAGNOSES))
        return
    for code in request.diagnoses:
        if not _DIAGNOSIS.fullmatch(code):
            yield Problem(Fault.DIAGNOSIS_MALFORMED, "diagnoses", about=code[:10])


def _urgency(request: Request) -> Iterator[Problem]:
    if request.level is Level.EXPEDITED and len(request.urgency) < SHORTEST_URGENCY:
        yield Problem(Fault.URGENCY_MISSING, "urgency")


def _parties(request: Request) -> Iterator[Problem]:
    if request.kind is Kind.REFERRAL and request.servicing is None:
        yield Problem(Fault.SERVICING_MISSING, "servicing")
    if request.kind is Kind.ADMISSION and request.facility is None:
        yield Problem(Fault.FACILITY_MISSING, "facility")


def _admission(request: Request, at: datetime) -> Iterator[Problem]:
    if request.kind is not Kind.ADMISSION:
        return
    if request.admitted_at is None:
        yield Problem(Fault.ADMISSION_TIME_MISSING, "admitted_at")
    elif not at - ADMITTED_BACK <= request.admitted_at <= at + CLOCKS_DIFFER:
        yield Problem(Fault.ADMISSION_TIME_WRONG, "admitted_at")


def _lengths(request: Request) -> Iterator[Problem]:
    for field, most in _LONGEST.items():
        if len(getattr(request, field)) > most:
            yield Problem(Fault.TOO_LONG, field, about=str(most))
    answers = request.answers
    if len(answers) > MOST_ANSWERS or any(len(answer) > LONGEST_ANSWER for _, answer in answers):
        yield Problem(Fault.TOO_LONG, "answers", about=str(LONGEST_ANSWER))
