"""What a wish to take part may say: numbers that check, codes of the plan, nothing that tells a patient."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from portico.domains.plan.business_time import Hours
from portico.domains.plan.opening_rules import DEFAULT_WEEKLY
from portico.domains.registration import network_rules
from portico.domains.registration.network_rules import Stage
from portico.domains.registration.tests.registering import LINE
from portico.domains.registration.tests.wishing import WISH

PLAN: dict[str, Any] = {"regions": ["north", "south"], "lines": [LINE]}


def faults(**changes: Any) -> dict[str, str]:
    return network_rules.faults(replace(WISH, **changes), **PLAN)


def test_a_whole_wish_has_no_fault() -> None:
    assert faults() == {}
    assert faults(specialty="") == {}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"npi": "2000000003"}, {"npi": "npi_check_digit"}),
        ({"npi": ""}, {"npi": "missing"}),
        ({"tax_id": "12345"}, {"tax_id": "tax_id_format"}),
        ({"office_name": " "}, {"office_name": "missing"}),
        ({"office_name": "Clinic 12345"}, {"office_name": "office_name_digits"}),
        ({"office_name": "x" * 161}, {"office_name": "too_long"}),
        ({"contact_name": ""}, {"contact_name": "missing"}),
        ({"contact_name": "Noor 3"}, {"contact_name": "name_format"}),
        ({"email": "noor"}, {"email": "email_format"}),
        ({"telephone": "555"}, {"telephone": "telephone_format"}),
        ({"specialty": "born 3/12"}, {"specialty": "specialty_format"}),
        ({"specialty": "x" * 121}, {"specialty": "too_long"}),
        ({"regions": ()}, {"regions": "missing"}),
        ({"regions": ("north", "moon")}, {"regions": "region_unknown"}),
        ({"lines": ()}, {"lines": "missing"}),
        ({"lines": ("moon",)}, {"lines": "line_unknown"}),
        ({"npi": "", "email": ""}, {"npi": "missing", "email": "missing"}),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else str(value),
)
def test_each_fault_is_named_by_its_field(changes: dict[str, Any], found: dict[str, str]) -> None:
    assert faults(**changes) == found


@pytest.mark.parametrize("typed", ["123-45-6789", "NLH8842019301", "1EG4-TE5-MK73", "3/12/1984"])
@pytest.mark.parametrize("field", ["office_name", "specialty", "contact_name"])
def test_no_name_holds_a_number_of_a_patient(field: str, typed: str) -> None:
    assert field in faults(**{field: f"Riverbend {typed}"})


@pytest.mark.parametrize("typed", ["OB/GYN", "Ear, nose & throat", "Psychiatry (children)", "Pädiatrie"])
def test_specialties_are_written_as_people_write_them(typed: str) -> None:
    assert faults(specialty=typed) == {}


def test_a_plan_without_regions_and_lines_asks_for_none() -> None:
    bare = replace(WISH, regions=(), lines=())
    assert network_rules.faults(bare, regions=[], lines=[]) == {}
    assert network_rules.faults(WISH, regions=[], lines=[]) == {
        "regions": "region_unknown",
        "lines": "line_unknown",
    }


def test_what_is_kept_is_written_in_one_way() -> None:
    typed = replace(
        WISH,
        npi="2000-000036",
        tax_id="95-9999999",
        telephone="(530) 555-0168",
        office_name="  Riverbend   Pediatrics ",
        specialty=" Ear,  nose ",
        regions=("north", "north"),
    )
    assert network_rules.tidied(typed) == replace(WISH, specialty="Ear, nose")


def test_an_answer_is_due_after_ten_open_days() -> None:
    closed = Hours(UTC, DEFAULT_WEEKLY, frozenset({datetime(2026, 3, 16, tzinfo=UTC).date()}))
    asked_at = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)  # a Thursday
    assert network_rules.due_at(closed, asked_at) == datetime(2026, 3, 27, 12, 0, tzinfo=UTC)


def test_only_what_has_no_answer_is_open() -> None:
    assert [stage for stage in Stage if network_rules.is_open(stage)] == [Stage.RECEIVED, Stage.IN_REVIEW]


def test_what_somebody_says_of_themselves_is_not_told_by_mistake() -> None:
    for value in (WISH.office_name, WISH.contact_name, WISH.email, WISH.telephone, WISH.npi, WISH.tax_id):
        assert value not in repr(WISH)
