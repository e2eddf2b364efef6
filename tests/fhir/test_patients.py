"""Patient: read, and found by every parameter."""

from datetime import date
from typing import Any

import pytest

from tests.conformance import fhir
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import patients
from tests.support.world import World

SYSTEMS = "https://portal.example.org/fhir/sid"
BORN = "1984-05-06"
# By first name: Anselm, Ludmila, Perpetua, Rosamund, Zephyrine; Ignatius has no birth date.
ALL_BORN_THEN = [
    patients.ENDED,
    patients.LATER,
    patients.PERPETUA,
    patients.UNSCHEDULED,
    patients.ZEPHYRINE,
]


def found(answer: Any) -> list[str]:
    """The member IDs of those found."""
    assert [fhir.faults(answer.json())] == [[]]
    return [one["identifier"][0]["value"] for one in clients.matches(answer)]


def test_a_member_is_read_whole(software: Asker, world: World) -> None:
    member = world.members[patients.ZEPHYRINE]
    member.middle_name, member.suffix, member.address_more = "Ann", "Jr", "Unit 4"
    member.save()
    answer = software.get(f"Patient/{clients.patient_id(world)}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/fhir+json"
    identifier = {"assigner": {"display": "Northlake Health Plan"}}
    kind = "http://terminology.hl7.org/CodeSystem/v2-0203"
    assert answer.json() == {
        "resourceType": "Patient",
        "id": clients.patient_id(world),
        "meta": {"lastUpdated": "2026-03-12T17:00:00Z"},
        "identifier": [
            {
                "type": {"coding": [{"system": kind, "code": "MB"}]},
                "system": f"{SYSTEMS}/member-id",
                "value": patients.ZEPHYRINE,
                **identifier,
            },
            {
                "type": {"coding": [{"system": kind, "code": "SN"}]},
                "system": f"{SYSTEMS}/subscriber-number",
                "value": f"S{patients.ZEPHYRINE}",
                **identifier,
            },
        ],
        "name": [
            {
                "use": "official",
                "text": "Zephyrine Ann Quillfeather Jr",
                "family": "Quillfeather",
                "given": ["Zephyrine", "Ann"],
                "suffix": ["Jr"],
            }
        ],
        "telecom": [{"system": "phone", "value": "555-0177"}],
        "gender": "female",
        "birthDate": BORN,
        "address": [
            {
                "line": ["77 Marigold Street", "Unit 4"],
                "city": "Northlake",
                "state": "CA",
                "postalCode": "90001",
            }
        ],
    }
    assert fhir.faults(answer.json()) == []


def test_nothing_is_told_that_the_plan_does_not_know(software: Asker, world: World) -> None:
    member = world.members[patients.NEVER]
    member.first_name = ""
    member.save()
    body = software.get(f"Patient/{clients.patient_id(world, patients.NEVER)}").json()
    assert {"birthDate", "address", "telecom", "deceasedDateTime"}.isdisjoint(body)
    assert body["gender"] == "unknown"
    assert fhir.faults(body) == []


def test_a_day_of_death_is_told(software: Asker, world: World) -> None:
    member = world.members[patients.ZEPHYRINE]
    member.death_date = date(2026, 2, 1)
    member.save()
    body = software.get(f"Patient/{clients.patient_id(world)}").json()
    assert body["deceasedDateTime"] == "2026-02-01"
    assert fhir.faults(body) == []


def test_no_ssn_is_told(software: Asker, world: World) -> None:
    body = software.get(f"Patient/{clients.patient_id(world)}").content.decode()
    assert "6789" not in body


SEARCHES: list[tuple[str, dict[str, str], list[str]]] = [
    ("a member ID", {"identifier": patients.ZEPHYRINE}, [patients.ZEPHYRINE]),
    ("in small letters, with dashes", {"identifier": "nlqx-7731"}, [patients.ZEPHYRINE]),
    ("with its system", {"identifier": f"{SYSTEMS}/member-id|{patients.ZEPHYRINE}"}, [patients.ZEPHYRINE]),
    ("everybody on a policy", {"identifier": patients.SUBSCRIBER}, ["NLQX8842", "NLQX8843", "NLQX8844"]),
    (
        "the policy with its system",
        {"identifier": f"{SYSTEMS}/subscriber-number|{patients.SUBSCRIBER}"},
        ["NLQX8842", "NLQX8843", "NLQX8844"],
    ),
    (
        "one of the policy",
        {"identifier": patients.SUBSCRIBER, "birthdate": "2014-08-09"},
        ["NLQX8844"],
    ),
    ("one by first name", {"identifier": patients.SUBSCRIBER, "name": "Otto Wintergreen"}, ["NLQX8844"]),
    ("a policy is no member ID", {"identifier": f"{SYSTEMS}/member-id|{patients.SUBSCRIBER}"}, []),
    (
        "a policy is no member ID, whatever else agrees",
        {"identifier": f"{SYSTEMS}/member-id|{patients.SUBSCRIBER}", "birthdate": "2014-08-09"},
        [],
    ),
    ("a member ID is no policy", {"identifier": f"{SYSTEMS}/subscriber-number|{patients.ZEPHYRINE}"}, []),
    ("another system", {"identifier": f"http://hl7.org/fhir/sid/us-ssn|{patients.SSN}"}, []),
    (
        "another system, whatever else agrees",
        {"identifier": "urn:other|1", "family": "Quillfeather", "birthdate": BORN},
        [],
    ),
    (
        "no identifier of ours, whatever else agrees",
        {"identifier": "**", "family": "Quillfeather", "birthdate": BORN},
        [],
    ),
    ("an SSN alone", {"identifier": patients.SSN}, []),
    ("no system", {"identifier": f"|{patients.ZEPHYRINE}"}, []),
    ("what no identifier looks like", {"identifier": "*"}, []),
    (
        "another birth date",
        {"identifier": patients.ZEPHYRINE, "birthdate": "1984-05-07"},
        [],
    ),
    ("another name", {"identifier": patients.ZEPHYRINE, "family": "Okafor"}, []),
    ("family and birth date", {"family": "Quillfeather", "birthdate": BORN}, ALL_BORN_THEN),
    ("with a suffix, and eq", {"family": r"QUILLFEATHER\, Jr", "birthdate": f"eq{BORN}"}, ALL_BORN_THEN),
    ("given too", {"family": "Quillfeather", "given": "Zeph", "birthdate": BORN}, [patients.ZEPHYRINE]),
    ("another given", {"family": "Quillfeather", "given": "Zora", "birthdate": BORN}, []),
    ("name", {"name": "Zephyrine Quillfeather", "birthdate": BORN}, [patients.ZEPHYRINE]),
    ("the last name as name", {"name": "quillfeather", "birthdate": BORN}, ALL_BORN_THEN),
    ("half a last name", {"family": "Quill", "birthdate": BORN}, []),
    ("nobody", {"family": "Nemo", "birthdate": BORN}, []),
    ("no letters", {"family": "--", "birthdate": BORN}, []),
    ("an invented id", {"_id": "ab" * 16}, []),
    ("no id at all", {"_id": "../../etc"}, []),
]


@pytest.mark.parametrize(
    ("asked", "expected"), [case[1:] for case in SEARCHES], ids=[case[0] for case in SEARCHES]
)
def test_who_is_found(software: Asker, asked: dict[str, str], expected: list[str]) -> None:
    by_address = software.get("Patient", asked)
    by_form = software.post("Patient/_search", asked)
    assert found(by_address) == expected
    assert found(by_form) == expected
    assert by_address.json()["total"] == by_form.json()["total"] == len(expected)


def test_the_id_finds_the_one(software: Asker, world: World) -> None:
    assert found(software.get("Patient", {"_id": clients.patient_id(world)})) == [patients.ZEPHYRINE]


def test_parameters_may_stand_in_the_address_and_in_the_form(software: Asker) -> None:
    answer = software.post("Patient/_search?name=Zephyrine+Quillfeather", {"birthdate": BORN})
    assert found(answer) == [patients.ZEPHYRINE]


REFUSED: list[tuple[str, str, str]] = [
    ("nothing", "", "required"),
    ("a name alone", "family=Quillfeather", "required"),
    ("a birth date alone", f"birthdate={BORN}", "required"),
    ("a first name and a birth date", f"given=Zephyrine&birthdate={BORN}", "required"),
    ("an empty value", f"family=&birthdate={BORN}", "required"),
    ("an identifier with a first name alone", "identifier=NLQX7731&given=Zephyrine", "required"),
    ("a modifier", f"family:exact=Quillfeather&birthdate={BORN}", "not-supported"),
    ("another modifier", f"family:contains=uill&birthdate={BORN}", "not-supported"),
    ("a modifier of identifier", "identifier:of-type=a|b|c", "not-supported"),
    ("a list", f"family=Quillfeather,Okafor&birthdate={BORN}", "not-supported"),
    ("a parameter twice", f"family=Quillfeather&family=Okafor&birthdate={BORN}", "not-supported"),
    ("a prefix", f"family=Quillfeather&birthdate=ge{BORN}", "not-supported"),
    ("half a day", "family=Quillfeather&birthdate=1984-05", "not-supported"),
    ("no day", "family=Quillfeather&birthdate=1984-02-31", "value"),
    ("a day in other digits", "family=Quillfeather&birthdate=١٩٨٤-05-06", "not-supported"),
    ("name and family", f"family=Quillfeather&name=Zephyrine&birthdate={BORN}", "not-supported"),
    ("two first names", f"name=Zephyrine Quillfeather&given=Z&birthdate={BORN}", "not-supported"),
    ("an id and more", f"_id=abc&birthdate={BORN}", "not-supported"),
    ("a system without a number", f"identifier={SYSTEMS}/member-id|", "value"),
    ("a count that is none", "identifier=NLQX7731&_count=many", "value"),
    ("a count below nothing", "identifier=NLQX7731&_count=-1", "value"),
    ("a count in other digits", "identifier=NLQX7731&_count=٣", "value"),
    ("another summary", "identifier=NLQX7731&_summary=text", "not-supported"),
]


@pytest.mark.parametrize(("query", "code"), [case[1:] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_what_cannot_be_asked_is_refused_in_plain_words(software: Asker, query: str, code: str) -> None:
    answer = software.get(f"Patient?{query}")
    assert answer.status_code == 400, answer.content
    (issue,) = clients.issues(answer)
    assert (issue["severity"], issue["code"]) == ("error", code)
    assert issue["details"]["text"].endswith(".")
    assert fhir.faults(answer.json()) == []


def test_nobody_is_an_empty_bundle_that_says_why_and_where(software: Asker) -> None:
    answer = software.get("Patient", {"family": "Nemo", "birthdate": BORN})
    assert clients.matches(answer) == []
    (issue,) = clients.said(answer)["issue"]
    assert (issue["severity"], issue["code"]) == ("information", "not-found")
    assert issue["details"]["coding"][0]["code"] == "name_not_found"
    assert issue["diagnostics"].startswith("Searched in HMO, PPO, Medi-Cal. Reference: ")


def test_a_search_in_granted_lines_alone_says_so(world: World) -> None:
    answer = clients.register(world, clients.BY_KEY["medi_cal_only"]).get(
        "Patient", {"identifier": patients.ZEPHYRINE}
    )
    assert clients.matches(answer) == []
    assert "Searched in Medi-Cal. " in clients.said(answer)["issue"][0]["diagnostics"]


def test_more_than_a_page_can_hold_are_too_many(software: Asker, world: World) -> None:
    first = world.members[patients.CLEMENTINA]
    kind = type(first)
    kind.objects.bulk_create(
        kind(
            member_id=f"MANY{number:03}",
            subscriber_number=patients.SUBSCRIBER,
            last_name="Wintergreen",
            last_key="WINTERGREEN",
            changed_at=first.changed_at,
        )
        for number in range(30)
    )
    answer = software.get("Patient", {"identifier": patients.SUBSCRIBER})
    assert answer.status_code == 422
    assert [issue["code"] for issue in clients.issues(answer)] == ["too-costly"]
    assert clients.reasons(answer) == ("too_many",)
