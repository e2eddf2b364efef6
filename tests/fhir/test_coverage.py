"""Coverage: read, and found by every parameter; its status, days, plan and line as every door tells them."""

from datetime import date
from typing import Any

import pytest

from portico.domains.members import keys, rules
from portico.domains.members import models as tables
from portico.domains.members.answers import Verdict
from portico.domains.members.tests import factories
from portico.edges.fhir.resources import coverage
from portico.shared.periods import Period
from tests.conformance import fhir
from tests.fhir import clients
from tests.fhir.clients import Asker
from tests.support import cast, patients
from tests.support.actors import TODAY
from tests.support.world import World

SYSTEMS = "https://portal.example.org/fhir/sid"
HL7 = "http://terminology.hl7.org/CodeSystem"


def of(software: Asker, world: World, member_id: str, **asked: str) -> list[dict[str, Any]]:
    """A member's coverage."""
    answer = software.get("Coverage", {"patient": clients.patient_id(world, member_id), **asked})
    assert fhir.faults(answer.json()) == []
    return clients.matches(answer)


def test_a_span_is_read_whole(software: Asker, world: World) -> None:
    answer = software.get(f"Coverage/{clients.coverage_id(world)}")
    member = {"reference": f"Patient/{clients.patient_id(world)}"}
    kind = f"{HL7}/coverage-class"
    assert answer.json() == {
        "resourceType": "Coverage",
        "id": clients.coverage_id(world),
        "meta": {"lastUpdated": "2026-03-12T17:00:00Z"},
        "identifier": [
            {
                "type": {"coding": [{"system": f"{HL7}/v2-0203", "code": "MB"}]},
                "system": f"{SYSTEMS}/member-id",
                "value": patients.ZEPHYRINE,
                "assigner": {"display": "Northlake Health Plan"},
            }
        ],
        "status": "active",
        "type": {
            "coding": [
                {"system": f"{SYSTEMS}/line-of-business", "code": cast.HMO, "display": "HMO"},
                {"system": f"{HL7}/v3-ActCode", "code": "HMO"},
            ],
            "text": "HMO",
        },
        "subscriber": member,
        "subscriberId": f"S{patients.ZEPHYRINE}",
        "beneficiary": member,
        "relationship": {"coding": [{"system": f"{HL7}/subscriber-relationship", "code": "self"}]},
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "payor": [
            {
                "identifier": {"system": f"{SYSTEMS}/payer-id", "value": "99999"},
                "display": "Northlake Health Plan",
            }
        ],
        "class": [
            {
                "type": {"coding": [{"system": kind, "code": "plan"}]},
                "value": patients.HMO_CODE,
                "name": "HMO Gold",
            },
            {"type": {"coding": [{"system": kind, "code": "group"}]}, "value": "GRP-100"},
        ],
    }
    assert fhir.faults(answer.json()) == []


def test_every_verdict_has_a_status() -> None:
    assert set(coverage.STATUS) == set(Verdict)


@pytest.mark.parametrize(
    ("member_id", "status", "days"),
    [
        (patients.ZEPHYRINE, "active", {"start": "2026-01-01", "end": "2026-12-31"}),
        (patients.ENDED, "cancelled", {"start": "2025-01-01", "end": "2026-01-31"}),
        (patients.LATER, "draft", {"start": "2026-04-01"}),
    ],
)
def test_the_status_is_todays(
    software: Asker, world: World, member_id: str, status: str, days: dict[str, str]
) -> None:
    (one,) = of(software, world, member_id)
    assert (one["status"], one["period"]) == (status, days)


def test_somebody_never_covered_has_no_coverage_and_is_no_stranger(software: Asker, world: World) -> None:
    answer = software.get("Coverage", {"patient": clients.patient_id(world, patients.NEVER)})
    assert answer.json()["total"] == 0
    assert "entry" not in answer.json()


def test_a_dependent_names_the_policy_and_not_the_subscriber(software: Asker, world: World) -> None:
    (one,) = of(software, world, "NLQX8844")
    assert one["subscriberId"] == patients.SUBSCRIBER
    assert one["relationship"]["coding"][0]["code"] == "child"
    assert "subscriber" not in one


@pytest.mark.parametrize(
    ("code", "told"), [("18", "self"), ("01", "spouse"), ("53", "spouse"), ("19", "child"), ("G8", "other")]
)
def test_the_relationship_is_told_in_hl7s_words(software: Asker, world: World, code: str, told: str) -> None:
    world.members[patients.ZEPHYRINE].relationship = code
    world.members[patients.ZEPHYRINE].save()
    (one,) = of(software, world, patients.ZEPHYRINE)
    assert one["relationship"]["coding"][0]["code"] == told
    assert ("subscriber" in one) is (told == "self")


def test_no_money_and_no_ssn_is_told(software: Asker, world: World) -> None:
    body = software.get(f"Coverage/{clients.coverage_id(world)}").content.decode()
    assert [word for word in ("costToBeneficiary", "1500", "USD", "6789") if word in body] == []


def test_spans_stand_the_newest_first_each_with_its_own_status(software: Asker, world: World) -> None:
    member = world.members[patients.ZEPHYRINE]
    factories.a_coverage(
        member, cast.PPO, Period(date(2025, 1, 1), date(2025, 12, 31)), plan_code="", product="DEN"
    )
    factories.a_coverage(member, cast.HMO, Period(date(2027, 1, 1)), product="HM")
    found = of(software, world, patients.ZEPHYRINE)
    assert [one["status"] for one in found] == ["draft", "active", "cancelled"]
    assert [one["period"]["start"] for one in found] == ["2027-01-01", "2026-01-01", "2025-01-01"]
    codes = [[coding["code"] for coding in one["type"]["coding"]] for one in found]
    assert codes[1:] == [[cast.HMO, "HMO"], [cast.PPO, "DENTAL"]]
    assert [plans_and_groups(one) for one in found] == [[patients.HMO_CODE], [patients.HMO_CODE], []]


def plans_and_groups(one: dict[str, Any]) -> list[str]:
    """The plan code and the group number of a Coverage."""
    return [each["value"] for each in one.get("class", [])]


def test_the_group_is_told_with_the_only_span_it_can_belong_to(software: Asker, world: World) -> None:
    member = world.members[patients.ZEPHYRINE]
    factories.a_coverage(member, cast.PPO, Period(date(2025, 1, 1), date(2025, 12, 31)), plan_code="4PX")
    running, over = of(software, world, patients.ZEPHYRINE)
    assert plans_and_groups(running) == [patients.HMO_CODE, "GRP-100"]
    assert plans_and_groups(over) == ["4PX"]
    factories.a_coverage(member, cast.MEDI_CAL, Period(date(2025, 6, 1)), plan_code="3MX")
    for one in of(software, world, patients.ZEPHYRINE):
        assert "GRP-100" not in plans_and_groups(one)


def test_somebody_whose_coverage_ended_keeps_the_group(software: Asker, world: World) -> None:
    member = world.members[patients.ENDED]
    member.group_number = "GRP-7"
    member.save()
    (one,) = of(software, world, patients.ENDED)
    assert plans_and_groups(one) == [patients.HMO_CODE, "GRP-7"]


def test_only_lines_granted_are_told_and_the_others_have_no_id(world: World) -> None:
    member = world.members[patients.ZEPHYRINE]
    medi_cal = factories.a_coverage(member, cast.MEDI_CAL, plan_code=patients.MEDI_CAL_CODE)
    software = clients.register(world, clients.BY_KEY["medi_cal_only"])
    assert [one["id"] for one in of(software, world, patients.ZEPHYRINE)] == [keys.coverage_key(medi_cal.pk)]
    hmo = tables.Coverage.objects.get(member=member, plan_code=patients.HMO_CODE)
    assert software.get(f"Coverage/{keys.coverage_key(medi_cal.pk)}").status_code == 200
    assert software.get(f"Coverage/{keys.coverage_key(hmo.pk)}").status_code == 404
    assert clients.matches(software.get("Coverage", {"_id": keys.coverage_key(hmo.pk)})) == []


def test_every_way_to_name_the_patient(software: Asker, world: World) -> None:
    key, expected = clients.patient_id(world), [clients.coverage_id(world)]
    for name in ("patient", "beneficiary"):
        for value in (key, f"Patient/{key}", f"{clients.BASE}/Patient/{key}"):
            assert [one["id"] for one in clients.matches(software.get("Coverage", {name: value}))] == expected
    both = software.get("Coverage", {"patient": key, "beneficiary": f"Patient/{key}"})
    assert [one["id"] for one in clients.matches(both)] == expected
    by_form = software.post("Coverage/_search", {"patient": key})
    assert [one["id"] for one in clients.matches(by_form)] == expected
    by_id = software.get("Coverage", {"_id": clients.coverage_id(world)})
    assert [one["id"] for one in clients.matches(by_id)] == expected


@pytest.mark.parametrize("value", ["Group/{key}", "https://elsewhere.example.org/Group/{key}", "{key}0", "x"])
def test_a_reference_to_something_else_finds_nobody(software: Asker, world: World, value: str) -> None:
    asked = {"patient": value.format(key=clients.patient_id(world))}
    assert clients.matches(software.get("Coverage", asked)) == []


def test_two_patients_at_once_are_nobody(software: Asker, world: World) -> None:
    asked = {
        "patient": clients.patient_id(world),
        "beneficiary": clients.patient_id(world, patients.CLEMENTINA),
    }
    assert clients.matches(software.get("Coverage", asked)) == []


@pytest.mark.parametrize(
    ("status", "count"),
    [
        ("active", 1),
        ("http://hl7.org/fhir/fm-status|active", 1),
        ("cancelled", 0),
        ("cancelled,active", 1),
        ("entered-in-error", 0),
        ("running", 0),
        ("http://elsewhere.example.org|active", 0),
        (",", 0),
    ],
)
def test_the_status_narrows(software: Asker, world: World, status: str, count: int) -> None:
    assert len(of(software, world, patients.ZEPHYRINE, status=status)) == count


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "required"),
        ("status=active", "required"),
        ("patient.identifier=NLQX7731", "required"),
        ("patient:Patient=x", "not-supported"),
        ("patient:identifier=NLQX7731", "not-supported"),
        ("patient=a,b", "not-supported"),
        ("_id=a&patient=b", "not-supported"),
        ("_id=a&patient=a", "not-supported"),
    ],
)
def test_what_cannot_be_asked_is_refused(software: Asker, query: str, code: str) -> None:
    answer = software.get(f"Coverage?{query}")
    assert answer.status_code == 400
    assert [issue["code"] for issue in clients.issues(answer)] == [code]


def test_a_status_that_turned_with_the_day_is_news(software: Asker, world: World) -> None:
    member = world.members[patients.ENDED]
    member.coverages.update(changed_at="2025-06-01T00:00:00Z")
    tables.Member.objects.update(changed_at="2025-06-01T00:00:00Z")
    (one,) = of(software, world, patients.ENDED)
    assert one["meta"]["lastUpdated"] == "2026-02-01T08:00:00Z"  # midnight in Los Angeles
    answer = software.get(
        f"Coverage/{one['id']}", headers={"If-Modified-Since": "Sat, 31 Jan 2026 12:00:00 GMT"}
    )
    assert answer.status_code == 200


def test_it_agrees_with_what_every_other_door_is_told(software: Asker, world: World) -> None:
    for member in world.members.values():
        told = [one["status"] for one in of(software, world, member.member_id)]
        assert told == [coverage.STATUS[verdict] for verdict in verdicts(member)]


def verdicts(member: tables.Member) -> list[Verdict]:
    """What the plan's own rules say of a member's spans today, the newest first."""
    rows = tables.Coverage.objects.filter(member=member).order_by("-first_on", "pk")
    spans = [rules.Span(row.product, Period(row.first_on, row.last_on)) for row in rows]
    return [rules.span_verdict(span, TODAY) for span in spans]
