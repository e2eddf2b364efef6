"""Rows of requests as the values that are told: one place, so that every door says the same.

Each function asks the same number of queries however many rows there are.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum, prefetch_related_objects

from portico.domains.access import coworkers
from portico.domains.authorizations import clocks, models
from portico.domains.authorizations.facts.requested import Kind, Level, Role
from portico.domains.authorizations.facts.shown import Listed as Listed
from portico.domains.authorizations.facts.shown import PartyFacts, ServiceFacts, State
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.plan import catalogue

_OPEN = models.InformationRequest.State.OPEN


def listed(given: Permit, rows: "Collection[models.Authorization]") -> tuple[Listed, ...]:
    """The requests as a list shows them, in their order. At most seven queries."""
    if not rows:
        return ()
    prefetch_related_objects(list(rows), "parties", "services", "clock", "asked_for")
    line_names, assigned = catalogue.line_names(), assigned_to(given, [row.pk for row in rows])
    return tuple(_listed(given, row, line_names, assigned.get(row.pk, "")) for row in rows)


def assigned_to(given: Permit, numbers: Collection[int]) -> Mapping[int, str]:
    """Who of the actor's own office follows each of these requests, by its number. Two queries.

    What somebody had who left, or who may no longer read requests, is nobody's.
    """
    office_id = given.actor.office_id
    if office_id is None:
        return {}
    names = {each.persona_id: each.name for each in coworkers.using(given, Function.AUTHORIZATION_INQUIRY)}
    rows = models.Assignment.objects.filter(authorization_id__in=numbers, office_id=office_id)
    held = rows.filter(persona_id__in=names).values_list("authorization_id", "persona_id")
    return {number: names[persona] for number, persona in held if persona is not None}


def patient_of(row: models.Authorization) -> str:
    """The patient's name, first name first."""
    return f"{row.patient_first_name} {row.patient_last_name}".strip()


def party(row: models.Party) -> PartyFacts:
    """An office of a request."""
    return PartyFacts(
        role=Role(row.role),
        npi=row.npi,
        name=row.name,
        tax_id=row.tax_id,
        specialty=row.specialty,
        in_network=row.in_network,
    )


def services(rows: "Iterable[models.Service]") -> tuple[ServiceFacts, ...]:
    """The services of a request, what was decided of each last, and how much of it is used. Two queries."""
    held = list(rows)
    numbers = [row.pk for row in held]
    used, said = _used(numbers), _said(numbers)
    return tuple(_service(row, used.get(row.pk, Decimal(0)), said.get(row.pk)) for row in held)


def open_questions(row: models.Authorization) -> list[models.InformationRequest]:
    """What the plan waits for; the questions are fetched with the row."""
    return [each for each in row.asked_for.all() if each.state == _OPEN]


def _listed(given: Permit, row: models.Authorization, line_names: Mapping[str, str], assigned: str) -> Listed:
    parties = {each.role: each for each in row.parties.all()}
    asked, lines = open_questions(row), list(row.services.all())
    return Listed(
        id=row.public_id,
        number=row.number,
        kind=Kind(row.kind),
        level=Level(row.level),
        state=State(row.state),
        line=row.line_id,
        line_name=line_names.get(row.line_id, row.line_id),
        patient=patient_of(row),
        member_id=row.member_id,
        birth_date=row.patient_birth_date,
        about=_about(row, lines),
        service_count=len(lines),
        first_on=row.first_on,
        last_on=row.last_on,
        requesting=_name(parties.get(Role.REQUESTING)),
        servicing=_name(parties.get(Role.SERVICING) or parties.get(Role.FACILITY)),
        received_at=row.received_at,
        decided_at=row.decided_at,
        clock=clocks.glance(row, given.actor.asked_at),
        open_questions=len(asked),
        answer_due_at=_soonest(each.due_at for each in asked),
        assigned_to=assigned,
    )


def _about(row: models.Authorization, lines: list[models.Service]) -> str:
    """The first code asked about, else the service type."""
    first = lines[0] if lines else None
    return (first.code or first.service_type if first else "") or row.service_type


def _name(row: models.Party | None) -> str:
    return row.name or row.npi if row else ""


def _soonest(instants: Iterable[datetime]) -> datetime | None:
    return min(instants, default=None)


def _used(numbers: Collection[int]) -> Mapping[int, Decimal]:
    """How much claims used of each service."""
    rows = models.Usage.objects.filter(service_id__in=numbers).values_list("service_id")
    return dict(rows.annotate(used=Sum("quantity")).order_by("service_id"))


def _said(numbers: Collection[int]) -> Mapping[int, models.ServiceDecision]:
    """What was decided of each service last."""
    rows: QuerySet[models.ServiceDecision] = models.ServiceDecision.objects.filter(service_id__in=numbers)
    return {row.service_id: row for row in rows.order_by("pk")}


def _service(row: models.Service, used: Decimal, said: models.ServiceDecision | None) -> ServiceFacts:
    approved = row.approved_quantity
    return ServiceFacts(
        position=row.position,
        service_type=row.service_type,
        system=row.system,
        code=row.code,
        modifiers=tuple(row.modifiers),
        quantity=row.quantity,
        unit=row.unit,
        first_on=row.first_on,
        last_on=row.last_on,
        state=State(row.state),
        approved_quantity=approved,
        approved_first_on=row.approved_first_on,
        approved_last_on=row.approved_last_on,
        used=used,
        left=None if approved is None else max(approved - used, Decimal(0)),
        reason_code=row.reason_code,
        reason_text=row.reason_text,
        criteria=said.criteria if said else "",
        document=said.document if said else "",
        id=row.pk,
    )
