"""Finding a member: three ways, each with its own required fields; several on a policy; nobody at all."""

import pytest
from playwright.sync_api import Page, expect

from portico.domains.members import rules
from tests.journeys import steps
from tests.support import patients

SSN = "Social Security number"


def test_a_member_is_found_by_the_id_on_the_card(front_desk: Page) -> None:
    steps.when_searching(front_desk, "Member ID", Member_ID_or_subscriber_ID="nlqx 77-31")
    steps.then_zephyrine_is_shown(front_desk)
    assert steps.opaque(front_desk.url)


def test_a_member_is_found_by_social_security_number_and_birth_date(front_desk: Page) -> None:
    steps.when_searching(front_desk, SSN, Social_Security_number="900-45-6789", Birth_date="05/06/1984")
    steps.then_zephyrine_is_shown(front_desk)


def test_a_member_is_found_by_name_and_birth_date(front_desk: Page) -> None:
    steps.when_searching(
        front_desk, "Name", Last_name="quillfeather", First_name="ZEPHYRINE", Birth_date="05/06/1984"
    )
    steps.then_zephyrine_is_shown(front_desk)


@pytest.mark.parametrize(
    ("way", "missing"),
    [
        ("Member ID", ["Enter the member ID."]),
        (SSN, ["Enter the Social Security number.", "Enter the birth date; this search needs it."]),
        ("Name", ["Enter the last name.", "Enter the birth date; this search needs it."]),
    ],
)
def test_each_way_to_search_asks_for_its_own_fields(front_desk: Page, way: str, missing: list[str]) -> None:
    steps.when_searching(front_desk, way)
    steps.then_these_are_asked_for(front_desk, *missing)


def test_the_home_page_answers_at_once(front_desk: Page) -> None:
    front_desk.get_by_label("Member ID or subscriber ID").fill(patients.ZEPHYRINE)
    steps.when_they_press(front_desk, "Check")
    steps.then_zephyrine_is_shown(front_desk)


def test_one_of_a_family_is_chosen(front_desk: Page) -> None:
    steps.when_searching_by_member_id(front_desk, patients.SUBSCRIBER)
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Choose a member")
    rows = front_desk.get_by_role("row")
    expect(rows).to_have_count(4)
    expect(rows.filter(has_text="Ottoline")).to_contain_text("Child")
    steps.then_address_and_title_hold_nobody(front_desk)
    front_desk.get_by_role("button", name="Ottoline Wintergreen").click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Ottoline Wintergreen")
    expect(steps.panel(front_desk, "Member details")).to_contain_text(patients.SUBSCRIBER)
    steps.then_address_and_title_hold_nobody(front_desk)


def test_nobody_found_is_explained_and_what_was_typed_stays(front_desk: Page) -> None:
    steps.when_searching_by_member_id(front_desk, "NOSUCH1")
    said = front_desk.get_by_role("status").filter(has_text="No member was found with this ID")
    expect(said).to_contain_text("Search by name and birth date instead.")
    expect(front_desk.get_by_label("Member ID or subscriber ID")).to_have_value("NOSUCH1")


def test_a_day_out_of_range_says_which_days_can_be_asked(front_desk: Page) -> None:
    front_desk.goto("/patients/")
    front_desk.get_by_label("Member ID or subscriber ID").fill(patients.ZEPHYRINE)
    front_desk.get_by_role("textbox", name="Date of service").fill("01/02/2019")
    steps.when_they_press(front_desk, "Search")
    expect(front_desk.get_by_role("status").filter(has_text="lies too far back")).to_contain_text(
        "03/12/2025"
    )


def test_many_misses_slow_the_search_down(front_desk: Page) -> None:
    for number in range(rules.FREE_MISSES + 1):
        steps.when_searching_by_member_id(front_desk, f"NOSUCH{number}")
    steps.when_searching_by_member_id(front_desk, patients.ZEPHYRINE)
    expect(front_desk.get_by_role("status").filter(has_text="Too many searches found nobody")).to_be_visible()


def test_the_calendar_beside_the_date_fills_it_in(front_desk: Page) -> None:
    front_desk.goto("/patients/")
    front_desk.get_by_role("button", name="Toggle calendar").click()
    front_desk.get_by_role("button", name="10 March 2026").click()
    expect(front_desk.get_by_role("textbox", name="Date of service")).to_have_value("03/10/2026")
