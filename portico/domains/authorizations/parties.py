"""Who takes part in a request: looked up in the provider file, under which tax ID, in the network or not.

A tax ID opens a request to its office. So it is never taken from what was sent alone: the provider file has
to say that the provider bills under it that day.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from portico.domains.authorizations.facts.requested import Fault, PartySent, Problem, Request, Role
from portico.domains.members.patients import Patient
from portico.domains.offices import networks
from portico.domains.permits.permit import Permit
from portico.shared import identifiers
from portico.shared.identifiers import BadIdentifier

_UNKNOWN = {Role.SERVICING: Fault.SERVICING_UNKNOWN, Role.FACILITY: Fault.FACILITY_UNKNOWN}


@dataclass(frozen=True, slots=True)
class Found:
    """An office of a request; `tax_id` is empty for a provider outside that no office here bills for."""

    role: Role
    npi: str
    name: str
    tax_id: str
    specialty: str = ""
    in_network: bool | None = None


@dataclass(frozen=True, slots=True)
class Parties:
    """Those found, by role, and what is wrong with those that were not."""

    by_role: dict[Role, Found]
    faults: tuple[Problem, ...] = ()

    @property
    def doer(self) -> Found | None:
        """Whoever does the services, as far as is known: the servicing office, the facility, who asks."""
        known = (self.by_role.get(role) for role in (Role.SERVICING, Role.FACILITY, Role.REQUESTING))
        return next(filter(None, known), None)


def npi_of(text: str) -> str | None:
    """The ten digits that were sent as an NPI; None for anything else.

    Whether its check digit is right matters for somebody the provider file does not know.
    """
    compact = re.sub(r"[\s\-]", "", text)
    return compact if re.fullmatch(r"[0-9]{10}", compact) else None


def _could_be(npi: str) -> bool:
    try:
        identifiers.parse_npi(npi)
    except BadIdentifier:
        return False
    return True


def look_up(given: Permit, request: Request, patient: Patient, *, line: str, on: date) -> Parties:
    """The parties of a request in a line, and what is wrong with them. Three queries for each provider."""
    asked = [(Role.SERVICING, request.servicing), (Role.FACILITY, request.facility)]
    told = [_requesting(given, request, line)]
    told += [_sent(role, party, line, on) for role, party in asked if party is not None]
    found = {one.role: one for one in told if isinstance(one, Found)}
    found |= {one.role: one for one in _pcp(patient, line, on)}
    return Parties(found, tuple(one for one in told if isinstance(one, Problem)))


def _requesting(given: Permit, request: Request, line: str) -> Found | Problem:
    """Who asks bills under the tax ID it asks for, today."""
    npi, on = npi_of(request.requesting.npi), given.actor.today
    stands = networks.stands(npi, line=line, on=on, tax_id=request.tax_id) if npi else None
    if stands is None:
        return Problem(Fault.REQUESTING_UNKNOWN, "requesting")
    if not stands.tax_id:
        return Problem(Fault.REQUESTING_NOT_OURS, "requesting")
    return _found(Role.REQUESTING, stands)


def _sent(role: Role, party: PartySent, line: str, on: date) -> Found | Problem:
    """Somebody the provider file does not know is outside the network, and has to be named."""
    npi = npi_of(party.npi)
    stands = networks.stands(npi, line=line, on=on, tax_id=party.tax_id) if npi else None
    if stands is not None and (stands.tax_id or not party.tax_id):
        return _found(role, stands)
    if npi and _could_be(npi) and stands is None and party.name and not party.tax_id:
        return Found(role, npi, party.name, "", in_network=False)
    return Problem(_UNKNOWN[role], role.value)


def _pcp(patient: Patient, line: str, on: date) -> Iterator[Found]:
    pcp = patient.pcp
    if pcp is None or not pcp.tax_id:
        return
    stands = networks.stands(pcp.npi, line=line, on=on, tax_id=pcp.tax_id) if pcp.npi else None
    if stands is not None and stands.tax_id:
        yield _found(Role.PCP, stands)
    else:
        yield Found(Role.PCP, pcp.npi, pcp.name, pcp.tax_id, pcp.specialty)


def _found(role: Role, stands: networks.Stands) -> Found:
    return Found(role, stands.npi, stands.name, stands.tax_id, stands.specialty[:80], stands.in_network)
