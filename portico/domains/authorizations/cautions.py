"""What is said before a request is sent, from what was looked up; it hinders nobody from sending it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from portico.domains.authorizations.facts.requested import Kind, Problem, Request, Role, Warning
from portico.domains.authorizations.needs import Need
from portico.domains.authorizations.parties import Parties
from portico.domains.authorizations.sending_rules import last_on
from portico.domains.members.answers import PcpStanding, Verdict
from portico.domains.members.patients import Patient

WITH_PCP: Final = frozenset({"HMO", "POS"})
"""Products (the 834's HD03) in which a PCP refers members to specialists."""
_OURS: Final = frozenset({PcpStanding.IN_YOUR_OFFICE, PcpStanding.IN_YOUR_GROUP})


@dataclass(frozen=True, slots=True)
class Known:
    """What was looked up about a request. `notice_is_late`: the plan heard of an admission too late."""

    patient: Patient
    parties: Parties
    needs: Sequence[Need]
    doubles: Sequence[tuple[int, str]] = ()
    notice_is_late: bool = False


def of(request: Request, known: Known) -> tuple[Problem, ...]:
    """The warnings, in the order of a request's fields."""
    found = [*_coverage(request, known.patient), *_referral(request, known.patient), *_network(known)]
    found += [Problem(Warning.DUPLICATE, "services", place, number) for place, number in known.doubles]
    found += _needs(request, known.needs)
    if known.notice_is_late:
        found.append(Problem(Warning.NOTICE_LATE, "admitted_at"))
    return tuple(found)


def _coverage(request: Request, patient: Patient) -> Iterator[Problem]:
    ends = patient.covered_to.isoformat() if patient.covered_to else ""
    if patient.verdict is Verdict.TERMINATED:
        yield Problem(Warning.COVERAGE_ENDED, "patient", about=ends)
    elif patient.covered_to is not None and patient.covered_to < last_on(request):
        yield Problem(Warning.COVERAGE_ENDS, "patient", about=ends)


def _referral(request: Request, patient: Patient) -> Iterator[Problem]:
    """In a product with PCPs it is the PCP who refers, or somebody of the same office or group."""
    if request.kind is not Kind.REFERRAL or patient.product not in WITH_PCP:
        return
    if patient.pcp is None:
        yield Problem(Warning.NO_PCP, "requesting")
    elif patient.pcp.standing not in _OURS:
        yield Problem(Warning.PCP_DIFFERS, "requesting", about=patient.pcp.name)


def _network(known: Known) -> Iterator[Problem]:
    for role in (Role.SERVICING, Role.FACILITY):
        party = known.parties.by_role.get(role)
        if party is not None and party.in_network is False:
            yield Problem(Warning.OUT_OF_NETWORK, role.value, about=party.npi)


def _needs(request: Request, needs: Sequence[Need]) -> Iterator[Problem]:
    """A notice of an admission is sent because it happened, whoever has to say yes to it."""
    for place, need in enumerate(needs, 1):
        if need.is_free and request.kind is Kind.AUTHORIZATION:
            yield Problem(Warning.NOT_REQUIRED, "services", place)
        elif need.decider:
            yield Problem(Warning.OTHER_DECIDES, "services", place, need.decider)
