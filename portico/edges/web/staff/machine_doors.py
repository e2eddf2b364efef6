"""What a technician needs to connect a system: the addresses of its door, and the names both sides use."""

from django.http import HttpRequest

from portico.domains.access.machine_views import Machine
from portico.domains.access.machines import TRADING_PARTNER
from portico.domains.plan import catalogue
from portico.edges.web import parts

NO_PAYER_ID = "none yet: an operator sets payer_id with `portico plan set`"
Facts = list[tuple[str, str]]


def facts(request: HttpRequest, machine: Machine) -> Facts:
    """Everything but the secret, in the order a technician types it in."""
    is_partner = machine.row.kind == TRADING_PARTNER
    return _partner(request, machine) if is_partner else _client(request, machine)


def _partner(request: HttpRequest, machine: Machine) -> Facts:
    door = _address(request, "core_connectivity")
    return [
        ("Username", machine.row.sign_in_name),
        ("Sender ID", machine.row.sender_id),
        ("Receiver ID", catalogue.identity().payer_id or NO_PAYER_ID),
        ("Address", door),
        ("WSDL", f"{door}?wsdl"),
    ]


def _client(request: HttpRequest, machine: Machine) -> Facts:
    keys = machine.key_set_url or ", ".join(machine.key_ids)
    return [
        ("Client ID", machine.row.sign_in_name),
        ("Scopes", " ".join(machine.scopes)),
        ("FHIR address", _address(request, "fhir_metadata").removesuffix("metadata")),
        ("Token address", _address(request, "fhir_token")),
        ("Keys", keys),
    ]


def _address(request: HttpRequest, route: str) -> str:
    return request.build_absolute_uri(parts.folder(request) + parts.outside(route))
