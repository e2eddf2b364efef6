"""A request as it was sent, read back from its rows: what a change or a prolongation begins with."""

from portico.domains.authorizations import models, sealing
from portico.domains.authorizations.facts.requested import (
    Kind,
    Level,
    PartySent,
    Request,
    Role,
    ServiceSent,
    System,
    Unit,
)
from portico.domains.members.asked import ByMemberId, WhichId


def request_of(row: models.Authorization) -> Request:
    """What was asked, for the member by the ID it was found under. Two queries. Raises vault.CannotOpen."""
    parties = {Role(each.role): each for each in row.parties.all()}
    requesting = parties[Role.REQUESTING]
    answers = sealing.opened_json(row.answers_sealed, place=sealing.place(row, "answers")) or []
    return Request(
        kind=Kind(row.kind),
        tax_id=requesting.tax_id,
        patient=ByMemberId(row.member_id, WhichId.OWN),
        requesting=PartySent(requesting.npi),
        services=tuple(service_of(each) for each in row.services.all()),
        diagnoses=tuple(row.diagnoses),
        level=Level(row.level),
        line=row.line_id,
        servicing=_party(parties.get(Role.SERVICING)),
        facility=_party(parties.get(Role.FACILITY)),
        place=row.place,
        urgency=sealing.opened(row.urgency_sealed, place=sealing.place(row, "urgency")),
        answers=tuple((question, answer) for question, answer in answers),
        admitted_at=row.admitted_at,
        contact_name=row.contact_name,
        contact_telephone=row.contact_telephone,
        requirement=row.requirement,
    )


def service_of(row: models.Service) -> ServiceSent:
    """A service as it was asked for."""
    return ServiceSent(
        quantity=row.quantity,
        unit=Unit(row.unit),
        first_on=row.first_on,
        last_on=row.last_on,
        service_type=row.service_type,
        system=System(row.system) if row.code else System.PROCEDURE,
        code=row.code,
        modifiers=tuple(row.modifiers),
    )


def _party(row: models.Party | None) -> PartySent | None:
    return None if row is None else PartySent(row.npi, row.tax_id, row.name)
