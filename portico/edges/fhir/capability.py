"""The CapabilityStatement: what this server does, made from the registry."""

from typing import Final

from portico.domains.plan import catalogue
from portico.edges.fhir import systems
from portico.edges.fhir.kinds import Body, Resource
from portico.edges.fhir.negotiation import FHIR_JSON
from portico.edges.fhir.parameters import Parameter
from portico.edges.fhir.registry import RESOURCES

FHIR_VERSION: Final = "4.0.1"
WRITTEN_ON: Final = "2026-01-01"
_OAUTH: Final = "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris"


def statement(base: str) -> Body:
    """The statement of the server at `base`; it holds nothing about anybody."""
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": WRITTEN_ON,
        "publisher": catalogue.identity().name,
        "kind": "instance",
        "software": {"name": "Portico"},
        "implementation": {"description": "Eligibility of the plan's members, for offices", "url": base},
        "fhirVersion": FHIR_VERSION,
        "format": [FHIR_JSON, "json"],
        "rest": [
            {
                "mode": "server",
                "documentation": "Unknown parameters are ignored, or refused with Prefer: handling=strict.",
                "security": _security(base),
                "resource": [_resource(resource) for resource in RESOURCES.values()],
            }
        ],
    }


def _security(base: str) -> Body:
    token = {"url": "token", "valueUri": f"{base}/token"}
    return {
        "extension": [{"url": _OAUTH, "extension": [token]}],
        "cors": False,
        "service": [{"coding": [{"system": systems.SECURITY_SERVICE, "code": "SMART-on-FHIR"}]}],
        "description": "SMART backend services: a bearer token for a signed assertion, with system scopes.",
    }


def _resource(resource: Resource) -> Body:
    return {
        "type": resource.type,
        "profile": f"http://hl7.org/fhir/StructureDefinition/{resource.type}",
        "documentation": resource.says,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "readHistory": False,
        "conditionalRead": "full-support",
        "searchParam": [_parameter(parameter) for parameter in resource.parameters],
    }


def _parameter(parameter: Parameter) -> Body:
    return {
        "name": parameter.name,
        "definition": parameter.definition,
        "type": parameter.kind,
        "documentation": parameter.says,
    }
