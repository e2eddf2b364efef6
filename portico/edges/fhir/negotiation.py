"""What a client takes and sends: JSON alone is spoken here, and everything else is refused in JSON."""

import re
from collections.abc import Iterator
from typing import Final

from django.http import HttpRequest

from portico.edges.fhir.outcomes import Issue, Problem

FHIR_JSON: Final = "application/fhir+json"
FORM: Final = "application/x-www-form-urlencoded"
_FORMATS: Final = frozenset({"json", "text/json", "application/json", FHIR_JSON})
_TAKES: Final = frozenset({"*/*", "application/*", "application/json", FHIR_JSON, "text/json"})
_VERSIONS: Final = frozenset({"", "4.0", "4.0.1"})
_ZERO: Final = re.compile(r"0(\.0{0,3})?")


def check(request: HttpRequest) -> None:
    """Does the client take FHIR's JSON? `_format` goes before the Accept header. Raises Problem (406)."""
    wanted = request.GET.get("_format", "").replace(" ", "+")
    taken = _is_taken(wanted) if wanted else _accepts(request.headers.get("Accept", ""))
    if not taken:
        raise Problem(406, Issue("not-supported", f"Only {FHIR_JSON} is spoken here, for FHIR 4.0.1."))


def check_form(request: HttpRequest) -> None:
    """Is what was posted a form? Raises Problem (415)."""
    if request.content_type != FORM:
        raise Problem(415, Issue("not-supported", f"A search is posted as {FORM}."))


def is_strict(request: HttpRequest) -> bool:
    """Does the client ask that unknown parameters be refused rather than ignored?"""
    preferences = re.split(r"[,;]", request.headers.get("Prefer", "").lower())
    return "handling=strict" in [preference.replace(" ", "") for preference in preferences]


def _accepts(header: str) -> bool:
    ranges = [part for part in header.split(",") if part.strip()]
    return not ranges or any(_takes(part) for part in ranges)


def _takes(media_range: str) -> bool:
    name, *parameters = [part.strip().lower() for part in media_range.split(";")]
    told = dict(_told(parameters))
    return (
        name in _TAKES
        and told.get("fhirversion", "") in _VERSIONS
        and not _ZERO.fullmatch(told.get("q", "1"))
    )


def _is_taken(wanted: str) -> bool:
    name, *parameters = [part.strip().lower() for part in wanted.split(";")]
    return name in _FORMATS and dict(_told(parameters)).get("fhirversion", "") in _VERSIONS


def _told(parameters: list[str]) -> Iterator[tuple[str, str]]:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        yield name.strip(), value.strip().strip('"')
