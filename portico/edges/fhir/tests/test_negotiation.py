"""What a client takes, by its headers alone."""

import pytest
from django.test import RequestFactory

from portico.edges.fhir import negotiation
from portico.edges.fhir.outcomes import Problem


@pytest.mark.parametrize(
    ("header", "is_strict"),
    [
        ("handling=strict", True),
        ("Handling=Strict", True),
        ("return=representation, handling=strict", True),
        ("handling = strict; x=1", True),
        ("handling=lenient", False),
        ("handling=stricter", False),
        ("", False),
    ],
)
def test_who_wants_it_strict(header: str, is_strict: bool) -> None:
    assert negotiation.is_strict(RequestFactory().get("/", headers={"Prefer": header})) is is_strict


def test_without_a_word_json_is_taken() -> None:
    negotiation.check(RequestFactory().get("/"))


@pytest.mark.parametrize("taken", ["*/*", "application/json;q=0.1", "text/html,application/fhir+json"])
def test_json_is_taken(taken: str) -> None:
    negotiation.check(RequestFactory().get("/", headers={"Accept": taken}))


@pytest.mark.parametrize("taken", ["text/*", "image/png", "*/*;q=0", "application/fhir+json;fhirVersion=3.0"])
def test_json_is_not_taken(taken: str) -> None:
    with pytest.raises(Problem) as refused:
        negotiation.check(RequestFactory().get("/", headers={"Accept": taken}))
    assert refused.value.found.status == 406
