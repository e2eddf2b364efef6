"""Routes of the FHIR server: for each resource of the registry the same ones, and an answer to all others."""

from collections.abc import Iterator

from django.urls import URLPattern, path, re_path

from portico.edges.fhir import smart_configuration as smart
from portico.edges.fhir import token as tokens
from portico.edges.fhir import views
from portico.edges.fhir.kinds import Resource
from portico.edges.fhir.registry import RESOURCES


def _routes(resource: Resource) -> Iterator[URLPattern]:
    at, name, it = f"fhir/{resource.type}", f"fhir_{resource.type.lower()}", {"resource": resource}
    yield path(at, views.search, it, name=f"{name}_search")
    yield path(f"{at}/_search", views.search_by_form, it, name=f"{name}_search_by_form")
    yield path(f"{at}/<str:key>", views.read, it, name=f"{name}_read")


urlpatterns = [
    path(".well-known/smart-configuration", smart.smart_configuration, name="smart_configuration"),
    path("fhir/.well-known/smart-configuration", smart.smart_configuration, name="fhir_smart_configuration"),
    path("fhir/token", tokens.token, name="fhir_token"),
    path("fhir/metadata", views.metadata, name="fhir_metadata"),
    *(route for resource in RESOURCES.values() for route in _routes(resource)),
    re_path(r"^fhir(?:/[\s\S]*)?\Z", views.unknown, name="fhir_unknown"),
]
