"""Edits of what a claim must carry, and of how codes are formed. Pure.

Codes are judged by their form alone: which of them exist is licensed or changes by the quarter.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from portico.domains.claims.edits import spots
from portico.domains.claims.edits.codes import Code, Misfit
from portico.domains.claims.facts.submitted import DiagnosisKind, Form, SentClaim, SentService

MOST_SERVICES: Mapping[Form, int] = {Form.PROFESSIONAL: 50, Form.INSTITUTIONAL: 999}
NEW, REPLACING, VOID = frozenset("12349"), "7", "8"
FREQUENCIES: Mapping[Form, frozenset[str]] = {
    Form.PROFESSIONAL: frozenset({"1", REPLACING, VOID}),
    Form.INSTITUTIONAL: NEW | {REPLACING, VOID},
}
INPATIENT = frozenset({"11", "12", "18", "21", "22", "41", "65", "66", "86"})
"""Facility and kind of care (the first two digits of a type of bill) of somebody who stays."""

_PLACE_OF_SERVICE = re.compile(r"[0-9]{2}")
_TYPE_OF_BILL = re.compile(r"[0-9]{2}")
_PROCEDURE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]|[A-Z][A-Z0-9][0-9]{2}[A-Z0-9]")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_REVENUE_CODE = re.compile(r"[0-9]{4}")
_DRUG = re.compile(r"[0-9]{11}")
_DIAGNOSIS = re.compile(r"[A-Z][0-9][0-9A-Z](?:[0-9A-Z]{0,4})")


def of_claim(claim: SentClaim) -> Iterator[Misfit]:
    """What every claim carries: its own number, lines, where it was done, and what kind of bill it is."""
    if not claim.patient_control_number:
        yield spots.of_claim(claim, Code.CONTROL_NUMBER_MISSING, "patient_control_number")
    if claim.frequency not in FREQUENCIES[claim.form]:
        yield spots.of_claim(claim, Code.FREQUENCY_UNKNOWN, "frequency")
    if not claim.services:
        yield spots.of_claim(claim, Code.SERVICES_MISSING, "services")
    if len(claim.services) > MOST_SERVICES[claim.form]:
        yield spots.of_claim(claim, Code.TOO_MANY_SERVICES, "services", about=str(len(claim.services)))
    yield from _of_facility(claim)
    if claim.form is Form.INSTITUTIONAL and claim.facility in INPATIENT:
        yield from _of_stay(claim)


def of_services(claim: SentClaim) -> Iterator[Misfit]:
    """What each line names: what was done or a revenue code, in the form such codes have."""
    for service in claim.services:
        yield from _of_codes(claim, service)
        if service.drug_code and not _DRUG.fullmatch(service.drug_code):
            yield spots.of_service(claim, service, Code.DRUG_CODE_FORM, "drug_code")
        if claim.form is Form.PROFESSIONAL:
            yield from _of_pointers(claim, service)
            if service.place_of_service and not _PLACE_OF_SERVICE.fullmatch(service.place_of_service):
                yield spots.of_service(claim, service, Code.PLACE_OF_SERVICE_FORM, "place_of_service")


def of_diagnoses(claim: SentClaim) -> Iterator[Misfit]:
    """One principal diagnosis at least, each in the form of ICD-10-CM, none of a kind said twice."""
    if not any(each.kind is DiagnosisKind.PRINCIPAL for each in claim.diagnoses):
        yield spots.of_claim(claim, Code.DIAGNOSIS_MISSING, "diagnoses")
    seen: Counter[str] = Counter()
    for index, each in enumerate(claim.diagnoses, start=1):
        if not _DIAGNOSIS.fullmatch(each.code):
            yield spots.of_diagnosis(index, Code.DIAGNOSIS_FORM)
        if each.kind in (DiagnosisKind.PRINCIPAL, DiagnosisKind.OTHER):
            seen[each.code] += 1
            if seen[each.code] == 2:
                yield spots.of_diagnosis(index, Code.DIAGNOSIS_REPEATED)


def _of_facility(claim: SentClaim) -> Iterator[Misfit]:
    if not claim.facility:
        yield spots.of_claim(claim, Code.FACILITY_MISSING, "facility")
        return
    form = _PLACE_OF_SERVICE if claim.form is Form.PROFESSIONAL else _TYPE_OF_BILL
    if not form.fullmatch(claim.facility):
        yield spots.of_claim(claim, Code.FACILITY_FORM, "facility")


def _of_stay(claim: SentClaim) -> Iterator[Misfit]:
    if claim.admitted_on is None:
        yield spots.of_claim(claim, Code.ADMISSION_DATE_MISSING, "admitted_on")
    elif claim.first_on and claim.last_on and claim.admitted_on > claim.last_on:
        yield spots.of_claim(claim, Code.ADMITTED_AFTER_SERVICE, "admitted_on")
    if not claim.discharge_status:
        yield spots.of_claim(claim, Code.DISCHARGE_STATUS_MISSING, "discharge_status")


def _of_codes(claim: SentClaim, service: SentService) -> Iterator[Misfit]:
    if claim.form is Form.INSTITUTIONAL:
        if not service.revenue_code:
            yield spots.of_service(claim, service, Code.REVENUE_CODE_MISSING, "revenue_code")
        elif not _REVENUE_CODE.fullmatch(service.revenue_code):
            yield spots.of_service(claim, service, Code.REVENUE_CODE_FORM, "revenue_code")
    elif not service.code:
        yield spots.of_service(claim, service, Code.PROCEDURE_MISSING, "code")
    if service.code and service.code_kind in ("HC", "HP", "") and not _PROCEDURE.fullmatch(service.code):
        yield spots.of_service(claim, service, Code.PROCEDURE_FORM, "code")
    if not all(_MODIFIER.fullmatch(modifier) for modifier in service.modifiers):
        yield spots.of_service(claim, service, Code.MODIFIER_FORM, "modifiers")


def _of_pointers(claim: SentClaim, service: SentService) -> Iterator[Misfit]:
    if not service.pointers:
        yield spots.of_service(claim, service, Code.POINTER_MISSING, "pointers")
    elif not all(1 <= pointer <= len(claim.diagnoses) for pointer in service.pointers):
        yield spots.of_service(claim, service, Code.POINTER_BEYOND, "pointers")
