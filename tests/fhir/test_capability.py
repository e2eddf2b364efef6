"""The capability statement says what the server does, and the server does what it says."""

from typing import Any

import pytest

from portico.edges.fhir.registry import RESOURCES
from tests.conformance import fhir
from tests.fhir.clients import Asker

pytestmark = pytest.mark.usefixtures("world")


@pytest.fixture
def statement(visitor: Asker) -> dict[str, Any]:
    """The statement, as anybody may read it."""
    answer = visitor.get("metadata")
    assert answer.status_code == 200
    return dict(answer.json())


def test_it_fits_r4(statement: dict[str, Any]) -> None:
    assert fhir.faults(statement) == []
    assert statement["fhirVersion"] == "4.0.1"
    assert statement["implementation"]["url"] == "http://testserver/fhir"
    assert statement["publisher"] == "Northlake Health Plan"


def test_it_names_smart_and_where_tokens_are_given(statement: dict[str, Any], visitor: Asker) -> None:
    security = statement["rest"][0]["security"]
    assert security["service"][0]["coding"][0]["code"] == "SMART-on-FHIR"
    (endpoint,) = security["extension"][0]["extension"]
    configured = visitor.get(".well-known/smart-configuration").json()
    assert endpoint == {"url": "token", "valueUri": configured["token_endpoint"]}


def test_it_names_every_resource_and_every_parameter(statement: dict[str, Any]) -> None:
    told = {
        one["type"]: [parameter["name"] for parameter in one["searchParam"]]
        for one in statement["rest"][0]["resource"]
    }
    assert told == {
        "Patient": ["_id", "identifier", "family", "given", "name", "birthdate"],
        "Coverage": ["_id", "patient", "beneficiary", "status"],
    }


def test_every_parameter_it_names_is_known(statement: dict[str, Any], software: Asker) -> None:
    for resource in statement["rest"][0]["resource"]:
        for parameter in resource["searchParam"]:
            address = f"{resource['type']}?{parameter['name']}=1984-05-06"
            answer = software.get(address, headers={"Prefer": "handling=strict"})
            assert "Unknown here" not in answer.content.decode()


def test_it_holds_the_same_for_everybody(visitor: Asker, software: Asker) -> None:
    assert visitor.get("metadata").content == software.get("metadata").content
    assert visitor.head("metadata").headers["Content-Length"] == str(len(visitor.get("metadata").content))


def test_scopes_of_every_resource_are_offered(visitor: Asker) -> None:
    scopes = visitor.get(".well-known/smart-configuration").json()["scopes_supported"]
    assert {f"system/{resource}.rs" for resource in RESOURCES} <= set(scopes)
