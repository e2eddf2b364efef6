"""What a draft holds, as it was typed; and the request it stands for, or what is missing or wrong in it.

Everything but the patient is text: days as 2026-03-12, instants as 2026-03-12T17:00:00+00:00. So a draft that
is half done is kept as it is, and a person who is handed it goes on where another stopped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from uuid import UUID

from portico.domains.authorizations.facts.requested import (
    Fault,
    Kind,
    Level,
    PartySent,
    Problem,
    Request,
    ServiceSent,
    System,
    Unit,
)
from portico.domains.members.asked import ByKey
from portico.shared.plain_values import codec_of

MOST_SERVICES: Final = 20
_SEVERAL: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the draft is about; by `key` the member is found again (members.asked.ByKey)."""

    key: str
    name: str
    member_id: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class ServiceTyped:
    """A service as it was typed; a row of nothing but empty values is none."""

    service_type: str = ""
    system: str = System.PROCEDURE
    code: str = ""
    modifiers: str = ""
    quantity: str = ""
    unit: str = Unit.UNITS
    first_on: str = ""
    last_on: str = ""

    @property
    def is_empty(self) -> bool:
        """Was nothing typed?"""
        return not any(
            (self.service_type, self.code, self.modifiers, self.quantity, self.first_on, self.last_on)
        )


@dataclass(frozen=True, slots=True)
class Content:
    """A draft's content: the fields of a Request by the same names, as they were typed."""

    patient: Patient
    level: str = Level.STANDARD
    requesting: str = ""
    servicing: str = ""
    servicing_tax_id: str = ""
    facility: str = ""
    facility_tax_id: str = ""
    place: str = ""
    diagnoses: str = ""
    urgency: str = ""
    admitted_at: str = ""
    contact_name: str = ""
    contact_telephone: str = ""
    requirement: str = ""
    services: tuple[ServiceTyped, ...] = ()
    questionnaire: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    follows: str = ""


CODEC: Final = codec_of(Content)


def request_of(
    content: Content, *, kind: Kind, tax_id: str, line: str, draft: UUID, sends_anyway: bool = False
) -> Request | tuple[Problem, ...]:
    """The request that a draft stands for; or why its values are none, each with its place."""
    wrong: list[Problem] = []
    typed = [(place, each) for place, each in enumerate(content.services, 1) if not each.is_empty]
    services = tuple(sent for place, each in typed if (sent := _service(each, place, wrong)) is not None)
    admitted_at = _instant(content.admitted_at, wrong) if kind is Kind.ADMISSION else None
    if wrong:
        return tuple(wrong)
    return Request(
        kind=kind,
        tax_id=tax_id,
        line=line or None,
        patient=ByKey(content.patient.key),
        requesting=PartySent(content.requesting, tax_id),
        servicing=_party(content.servicing, content.servicing_tax_id),
        facility=_party(content.facility, content.facility_tax_id),
        services=services,
        diagnoses=diagnoses_of(content.diagnoses),
        level=Level(content.level) if content.level in list(Level) else Level.STANDARD,
        place=content.place,
        urgency=content.urgency if content.level == Level.EXPEDITED else "",
        questionnaire=content.questionnaire,
        answers=content.answers,
        admitted_at=admitted_at,
        contact_name=content.contact_name,
        contact_telephone=content.contact_telephone,
        requirement=content.requirement,
        draft=draft,
        follows=UUID(content.follows) if content.follows else None,
        sends_anyway=sends_anyway,
    )


def diagnoses_of(text: str) -> tuple[str, ...]:
    """The diagnosis codes of a text, each once, in capitals and without the dot."""
    codes = (code.replace(".", "").upper() for code in _SEVERAL.split(text) if code)
    return tuple(dict.fromkeys(codes))


def modifiers_of(text: str) -> tuple[str, ...]:
    """The modifiers of a text, in capitals."""
    return tuple(code.upper() for code in _SEVERAL.split(text) if code)


def _service(typed: ServiceTyped, place: int, wrong: list[Problem]) -> ServiceSent | None:
    faults = list(_service_faults(typed, place))
    wrong.extend(faults)
    if faults:
        return None
    first_on = date.fromisoformat(typed.first_on)
    return ServiceSent(
        quantity=Decimal(typed.quantity),
        unit=Unit(typed.unit),
        first_on=first_on,
        last_on=date.fromisoformat(typed.last_on) if typed.last_on else first_on,
        service_type=typed.service_type.upper(),
        system=System(typed.system),
        code=typed.code.upper(),
        modifiers=modifiers_of(typed.modifiers),
    )


def _service_faults(typed: ServiceTyped, place: int) -> Iterator[Problem]:
    if not typed.code and not typed.service_type:
        yield Problem(Fault.CODE_MISSING, "code", place)
    if typed.system not in list(System):
        yield Problem(Fault.CODE_MALFORMED, "code", place)
    if typed.unit not in list(Unit) or not _is_quantity(typed.quantity):
        yield Problem(Fault.QUANTITY_WRONG, "quantity", place)
    if not _is_day(typed.first_on) or (typed.last_on and not _is_day(typed.last_on)):
        yield Problem(Fault.DATES_WRONG, "first_on", place)


def _is_quantity(text: str) -> bool:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return False
    return number.is_finite() and 0 < number < 1_000_000 and number == round(number, 2)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _instant(text: str, wrong: list[Problem]) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        wrong.append(Problem(Fault.ADMISSION_TIME_WRONG, "admitted_at"))
        return None
    return found


def _party(npi: str, tax_id: str) -> PartySent | None:
    return PartySent(npi, tax_id) if npi else None
