"""The member's page: the verdict first, then coverage, costs, limits, other coverage, and another day."""

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.support import patients, visiting
from tests.support import world as worlds
from tests.support.world import World


@pytest.fixture
def page(world: World) -> str:
    """The address of Zephyrine's page, as the front desk found it."""
    return reverse("patient", args=[world["front_desk"].lookup])


def found(browser: Client, member_id: str) -> str:
    """The address of the page a search by ID leads to."""
    return str(visiting.search(browser, member_id=member_id).headers["Location"])


@pytest.mark.parametrize(
    ("member_id", "verdict"),
    [
        (patients.ZEPHYRINE, "Active on March 12, 2026; the PCP is in your office"),
        (patients.ENDED, "Not active on March 12, 2026: coverage ended on January 31, 2026"),
        (patients.LATER, "Not active on March 12, 2026: coverage begins on April 1, 2026"),
        (patients.NEVER, "Not covered on March 12, 2026"),
    ],
)
def test_the_verdict_is_one_line(front_desk: Client, member_id: str, verdict: str) -> None:
    assert verdict in visiting.seen(front_desk.get(found(front_desk, member_id)))


@pytest.mark.parametrize(
    "words",
    [
        "Line of business HMO",
        "Benefit plan HMO Gold",
        "Coverage dates 01/01/2026 to 12/31/2026",
        "Name Mei Tran, MD Family medicine",
        "NPI 2000000016",
        "Primary care visit $25 copay Not covered",
        "Physical therapy $40 copay Not covered 12 visits a year After the limit",
        "Individual deductible $1,250 remaining $250 used of $1,500",
        "Individual out-of-pocket maximum $6,500 remaining",
        "Amounts used as of 03/01/2026",
        "Birth date 05/06/1984",
        "SSN •••-••-6789",
        "plan data as of Mar 12, 2026, 1:00 AM PDT",
    ],
)
def test_the_page_says(front_desk: Client, page: str, words: str) -> None:
    assert words in visiting.seen(front_desk.get(page))


def test_the_plan_code_opens_the_schedule_of_that_day(front_desk: Client, page: str) -> None:
    shown = front_desk.get(page).content.decode()
    assert 'href="/schedules/7QX/2026-03-12/schedule-of-benefits.pdf"' in shown
    assert 'href="/schedules/7QX/2026-03-12/"' in shown


def test_other_payers_are_named_in_their_order(front_desk: Client, page: str, world: World) -> None:
    payers = apps.get_model("members", "OtherCoverage").objects
    member = world.members[patients.ZEPHYRINE]
    payers.create(member=member, order="S", payer_name="Second Mutual", policy_number="P-2")
    payers.create(member=member, order="P", payer_name="First Mutual")
    said = visiting.seen(front_desk.get(page))
    assert "First Mutual · Primary" in said
    assert "Second Mutual · Secondary · policy P-2" in said
    assert said.index("First Mutual") < said.index("Second Mutual")


def test_an_unknown_birth_date_is_said_to_be_unknown(front_desk: Client) -> None:
    assert "Birth date Unknown" in visiting.seen(front_desk.get(found(front_desk, patients.NEVER)))


@pytest.mark.parametrize("member_id", [patients.ENDED, patients.LATER, patients.NEVER])
def test_without_coverage_there_is_no_card_to_open_and_no_cost_at_a_glance(
    front_desk: Client, member_id: str
) -> None:
    address = found(front_desk, member_id)
    shown = front_desk.get(address).content.decode()
    assert "card.pdf" not in shown
    assert "pt-glance" not in shown
    assert front_desk.get(f"{address}card.pdf").status_code == 404


def test_another_day_is_asked_for_under_an_address_of_its_own(
    front_desk: Client, page: str, world: World
) -> None:
    as_of = reverse("patient_as_of", args=[world["front_desk"].lookup])
    answer = front_desk.post(as_of, {"as_of": "04/01/2025"})
    assert answer.headers["Location"] != page
    said = visiting.seen(front_desk.get(answer.headers["Location"]))
    assert "Not active on April 1, 2025: coverage begins on January 1, 2026" in said
    assert "Active on March 12, 2026" in visiting.seen(front_desk.get(page))


@pytest.mark.parametrize(
    ("as_of", "says"),
    [
        ("", "Enter the date of service."),
        ("soon", "mm/dd/yyyy, for example"),
        ("01/01/2001", "Enter a day from 03/12/2025 to 03/31/2026."),
        ("01/01/2031", "Enter a day from 03/12/2025 to 03/31/2026."),
    ],
)
def test_a_day_that_cannot_be_asked_for_says_why(
    front_desk: Client, world: World, as_of: str, says: str
) -> None:
    address = reverse("patient_as_of", args=[world["front_desk"].lookup])
    answer = front_desk.post(address, {"as_of": as_of})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_a_search_is_shown_for_twelve_hours(
    front_desk: Client, page: str, world: World, clock: time_machine.Traveller
) -> None:
    clock.shift(12 * 60 * 60 + 1)
    later = visiting.sign_in(world["front_desk"])
    assert later.get(page).status_code == 404


def test_an_inner_function_that_is_not_granted_closes_its_panels_alone(world: World) -> None:
    page = reverse("patient", args=[world["eligibility_only"].lookup])
    answer = visiting.sign_in(world["eligibility_only"]).get(page)
    said = visiting.seen(answer)
    assert "Active on March 12, 2026" in said
    assert said.count("Your account has not been given Benefits.") == 2
    assert "Administrator Tester: Adds Benefits to your account." in said
    assert "$25 copay" not in said
    denied = worlds.uses(outcome="denied", function="benefits")
    assert all(row.reference in said for row in denied)


def test_every_panel_is_one_use_of_one_function_about_one_member(front_desk: Client, page: str) -> None:
    before = worlds.last_use()
    front_desk.get(page)
    rows = worlds.uses(pk__gt=before)
    assert [(row.function, row.conclusion) for row in rows] == [
        ("eligibility", "active"),
        ("benefits", "benefits"),
        ("benefits", "accumulators"),
        ("eligibility", "no_other_coverage"),
    ]
    assert {s.identifier for row in rows for s in row.subjects.order_by("pk")} == {patients.ZEPHYRINE}
    assert rows[0].reference in visiting.seen(front_desk.get(page)) or rows[0].reference
