"""Writes a request that was looked up: its row, parties, services and the first events of its ledger."""

from typing import Final

from portico.domains.authorizations import clocks, ledger, models, numbers, sealing
from portico.domains.authorizations.cautions import Known
from portico.domains.authorizations.facts.requested import Kind, Request, ServiceSent
from portico.domains.authorizations.facts.shown import Standing
from portico.domains.authorizations.needs import Need
from portico.domains.authorizations.parties import Found, Parties
from portico.domains.authorizations.sending_rules import first_on, last_on
from portico.domains.members.patients import Patient
from portico.domains.permits.permit import Permit
from portico.shared import names

_CHANGEABLE: Final = frozenset(
    {
        "service_type",
        "place",
        "diagnoses",
        "first_on",
        "last_on",
        "admitted_at",
        "contact_name",
        "contact_telephone",
    }
)


def take(
    given: Permit,
    request: Request,
    known: Known,
    *,
    extends: models.Authorization | None = None,
    follows: models.Authorization | None = None,
) -> models.Authorization:
    """The request, in review from now on, its clock running; `request` is tidied and has no faults."""
    row = models.Authorization(
        number=numbers.new(lambda it: models.Authorization.objects.filter(number=it).exists()),
        extends=extends,
        follows=follows,
        received_at=given.actor.asked_at,
        changed_at=given.actor.asked_at,
        **_asked(request),
        **_patient(known.patient),
        **_sender(given, request),
    )
    row.urgency_sealed = _sealed(row, "urgency", request.urgency)
    if request.answers:
        answers = [list(pair) for pair in request.answers]
        row.answers_sealed = sealing.sealed_json(answers, place=sealing.place(row, "answers"))
    row.save(force_insert=True)
    write_parties(row, known.parties)
    write_services(row, request, known)
    if extends is None:
        _note_admission(given, row)
    clocks.start(given, row)
    return row


def write_parties(row: models.Authorization, parties: Parties) -> None:
    """The offices of a request; those it had before are replaced."""
    models.Party.objects.filter(authorization=row).delete()
    models.Party.objects.bulk_create(_party(row, found) for found in parties.by_role.values())


def write_services(row: models.Authorization, request: Request, known: Known) -> None:
    """Its services, in their order, with what the list says of each; they are in review."""
    told = zip(request.services, known.needs, strict=True)
    models.Service.objects.bulk_create(
        _service(row, place, service, need) for place, (service, need) in enumerate(told, 1)
    )


def rewrite_services(row: models.Authorization, request: Request, known: Known) -> None:
    """The same for a request that was changed: a service keeps its row, its papers and what is asked of it.

    One that waits for the office goes on waiting. What was asked about a service that is no longer there is
    asked about the whole.
    """
    held = {each.position: each for each in row.services.all()}
    for place, (service, need) in enumerate(zip(request.services, known.needs, strict=True), 1):
        written, before = _service(row, place, service, need), held.pop(place, None)
        if before is not None:
            written.pk = before.pk
            written.state = before.state if before.state == models.Service.State.PENDED else written.state
        written.save(force_insert=before is None)
    gone = [each.pk for each in held.values()]
    models.InformationRequest.objects.filter(service__in=gone).update(service=None)
    models.Service.objects.filter(pk__in=gone).delete()


def restate(row: models.Authorization, request: Request) -> tuple[str, ...]:
    """Put into the row what a change may say anew; answers the names of the columns, for the caller to save.

    The level is the clock's to change.
    """
    said = {field: value for field, value in _asked(request).items() if field in _CHANGEABLE}
    for field, value in said.items():
        setattr(row, field, value)
    row.urgency_sealed = _sealed(row, "urgency", request.urgency)
    return (*said, "urgency_sealed")


def _asked(request: Request) -> dict[str, object]:
    return {
        "kind": request.kind.value,
        "level": request.level.value,
        "service_type": next((each.service_type for each in request.services if each.service_type), ""),
        "place": request.place,
        "diagnoses": list(request.diagnoses),
        "first_on": first_on(request),
        "last_on": last_on(request),
        "admitted_at": request.admitted_at if request.kind is Kind.ADMISSION else None,
        "questionnaire": request.questionnaire,
        "contact_name": request.contact_name,
        "contact_telephone": request.contact_telephone,
        "requirement": request.requirement,
        "partner_reference": request.partner_reference,
    }


def _patient(patient: Patient) -> dict[str, object]:
    return {
        "line_id": patient.line,
        "plan_code": patient.plan_code,
        "member_id": patient.member_id,
        "subscriber_number": patient.subscriber_number,
        "patient_last_name": patient.last_name[:80],
        "patient_first_name": patient.first_name[:60],
        "patient_last_key": names.key(patient.last_name)[:80],
        "patient_birth_date": patient.birth_date,
    }


def _sender(given: Permit, request: Request) -> dict[str, object]:
    actor = given.actor
    return {
        "door": actor.door.value,
        "office_id": actor.office_id,
        "persona_id": actor.persona_id,
        "machine_id": actor.machine_id,
    }


def _sealed(row: models.Authorization, column: str, text: str) -> bytes | None:
    return sealing.sealed(text, place=sealing.place(row, column)) if text else None


def _party(row: models.Authorization, found: Found) -> models.Party:
    return models.Party(
        authorization=row,
        role=found.role.value,
        tax_id=found.tax_id,
        npi=found.npi,
        name=found.name[:160],
        specialty=found.specialty[:80],
        line=row.line_id,
        in_network=found.in_network,
    )


def _service(row: models.Authorization, place: int, service: ServiceSent, need: Need) -> models.Service:
    return models.Service(
        authorization=row,
        position=place,
        service_type=service.service_type,
        system=(service.system if service.code else "service_type"),
        code=service.code,
        modifiers=list(service.modifiers),
        quantity=service.quantity,
        unit=service.unit.value,
        first_on=service.first_on,
        last_on=service.last_on,
        requirement=need.answer.value,
        rule_key=need.rule_key,
    )


def _note_admission(given: Permit, row: models.Authorization) -> None:
    """When the patient came, and whether the plan heard of it in time."""
    if row.admitted_at is None:
        return
    ledger.note(given, row, ledger.Kind.ADMITTED, side=ledger.Side.OFFICE, at=row.admitted_at)
    notice = clocks.notice_of(row.line_id, row.admitted_at, row.received_at)
    code = "late" if notice.standing is Standing.BREACHED else "in_time"
    ledger.note(given, row, ledger.Kind.NOTICE, side=ledger.Side.OFFICE, code=code, due_at=notice.due_at)
