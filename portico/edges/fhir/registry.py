"""The resources this edge serves; routes, the capability statement and the tests are made from this list."""

from collections.abc import Mapping

from portico.edges.fhir.kinds import Resource
from portico.edges.fhir.resources import coverage, patient

RESOURCES: Mapping[str, Resource] = {
    resource.type: resource for resource in (patient.RESOURCE, coverage.RESOURCE)
}
