"""The helper that judges our FHIR resources, fed with good and broken ones."""

import copy
from typing import Any

import pytest

from tests.conformance import fhir

PATIENT = {
    "resourceType": "Patient",
    "id": "0f3c",
    "meta": {"lastUpdated": "2026-03-12T17:00:00Z"},
    "identifier": [{"system": "urn:example:member", "value": "NL0000017", "type": {"text": "Member"}}],
    "active": True,
    "name": [{"use": "official", "family": "Rivera", "given": ["Ana"]}],
    "gender": "female",
    "birthDate": "1980-02-14",
}
COVERAGE = {
    "resourceType": "Coverage",
    "status": "active",
    "beneficiary": {"reference": "Patient/0f3c"},
    "period": {"start": "2026-01-01"},
    "payor": [{"display": "Northlake Health Plan"}],
    "class": [{"type": {"text": "plan"}, "value": "GOLD"}],
    "costToBeneficiary": [{"valueMoney": {"value": 20.5, "currency": "USD"}}],
}
OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "not-found"}]}
BUNDLE = {
    "resourceType": "Bundle",
    "type": "searchset",
    "total": 1,
    "link": [{"relation": "self", "url": "https://plan.example.org/fhir/Patient?_count=1"}],
    "entry": [
        {
            "fullUrl": "https://plan.example.org/fhir/Patient/0f3c",
            "resource": PATIENT,
            "search": {"mode": "match"},
        },
        {"resource": OUTCOME, "search": {"mode": "outcome"}},
    ],
}
CAPABILITY = {
    "resourceType": "CapabilityStatement",
    "status": "active",
    "date": "2026-03-12",
    "kind": "instance",
    "fhirVersion": "4.0.1",
    "format": ["application/fhir+json", "json"],
    "rest": [
        {
            "mode": "server",
            "resource": [
                {
                    "type": "Patient",
                    "interaction": [{"code": "read"}, {"code": "search-type"}],
                    "conditionalRead": "full-support",
                    "searchParam": [{"name": "birthdate", "type": "date"}],
                }
            ],
        }
    ],
}


@pytest.mark.parametrize("resource", [PATIENT, COVERAGE, OUTCOME, BUNDLE, CAPABILITY])
def test_a_good_resource_passes(resource: dict[str, Any]) -> None:
    fhir.assert_fits_r4(resource)


def test_another_way_to_write_the_same_instant_passes() -> None:
    fhir.assert_fits_r4({**PATIENT, "meta": {"lastUpdated": "2026-03-12T09:00:00.000-08:00"}})


BROKEN = {
    "unknown field": (PATIENT, ("nickname",), "Annie"),
    "unknown field further down": (PATIENT, ("name", 0, "famly"), "Rivera"),
    "unknown field in a bundle": (BUNDLE, ("entry", 0, "resource", "nickname"), "Annie"),
    "wrong type": (PATIENT, ("name",), {"family": "Rivera"}),
    "date as offices write it": (PATIENT, ("birthDate",), "02/14/1980"),
    "a word for yes": (PATIENT, ("active",), "true"),
    "a number for a word": (PATIENT, ("gender",), 1),
    "money in quotes": (COVERAGE, ("costToBeneficiary", 0, "valueMoney", "value"), "20.50"),
    "code off the list": (PATIENT, ("gender",), "F"),
    "code off the list further down": (PATIENT, ("name", 0, "use"), "legal"),
    "status off the list": (COVERAGE, ("status",), "inactive"),
    "code off the list in a bundle": (BUNDLE, ("entry", 0, "resource", "gender"), "F"),
    "severity off the list": (OUTCOME, ("issue", 0, "severity"), "bad"),
    "interaction off the list": (CAPABILITY, ("rest", 0, "resource", 0, "interaction", 0, "code"), "find"),
    "id with a blank": (PATIENT, ("id",), "0f 3c"),
    "another type's field": (COVERAGE, ("birthDate",), "1980-02-14"),
    "no such type": (PATIENT, ("resourceType",), "Person2"),
    "empty list": (PATIENT, ("name",), []),
    "empty object": (PATIENT, ("name", 0), {}),
    "empty word": (PATIENT, ("name", 0, "family"), ""),
    "nothing": (PATIENT, ("birthDate",), None),
    "two values of one choice": (PATIENT, ("deceasedBoolean",), "no"),
}


@pytest.mark.parametrize(("good", "path", "value"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_resource_fails_and_says_where(
    good: dict[str, Any], path: tuple[str | int, ...], value: Any
) -> None:
    broken = copy.deepcopy(good)
    holder: Any = broken
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value

    with pytest.raises(AssertionError, match=str(path[-1])):
        fhir.assert_fits_r4(broken)


@pytest.mark.parametrize(
    ("good", "field"),
    [
        (COVERAGE, "payor"),
        (COVERAGE, "beneficiary"),
        (COVERAGE, "status"),
        (BUNDLE, "type"),
        (OUTCOME, "issue"),
        (CAPABILITY, "fhirVersion"),
    ],
)
def test_a_resource_without_a_required_field_fails(good: dict[str, Any], field: str) -> None:
    with pytest.raises(AssertionError, match=field):
        fhir.assert_fits_r4({key: value for key, value in good.items() if key != field})


def test_a_resource_that_does_not_say_what_it_is_fails() -> None:
    assert fhir.faults({key: value for key, value in PATIENT.items() if key != "resourceType"}) != []
