"""One request from both sides: the plan asks for more, the office answers, a part is approved, a letter."""

from playwright.sync_api import Page, expect

from portico.domains.authorizations.tests import desk
from portico.shared.pdf.tests import reading
from tests.journeys import steps
from tests.support import authorizations
from tests.support.browser import NewPage
from tests.support.world import World

ASKED = "Please send the last two progress notes of the therapist."


def _asks(page: Page) -> None:
    page.get_by_role("link", name="Ask for more").click()
    page.get_by_label("Question 1 is about").select_option("1")
    page.get_by_label("What is missing, question 1").select_option("clinical_notes")
    page.get_by_label("Question 1 in words").fill(ASKED)
    steps.when_they_press(page, "Ask the office")
    expect(page.get_by_role("main")).to_contain_text("Asked. The offices are told")


def _decides_a_part(page: Page) -> None:
    page.get_by_role("link", name="Decide", exact=True).click()
    page.get_by_role("group", name="Decision on service 2").get_by_text("Approve", exact=True).click()
    page.get_by_role("group", name="Decision on service 1").get_by_text("Approve in part").click()
    steps.when_they_press(page, "Decide")
    main = page.get_by_role("main")
    expect(main).to_contain_text("In words, service 1: Write why")
    page.get_by_label("Reason, service 1").select_option("more_than_criteria_support")
    page.get_by_label("In words, service 1").fill(desk.WHY)
    page.get_by_label("Criteria, service 1").fill(desk.CRITERIA)
    page.get_by_label("Quantity approved of service 1").fill("8")
    steps.when_they_press(page, "Decide")
    expect(main).to_contain_text("Decided: Approved in part.")


def test_the_plan_asks_the_office_answers_and_a_part_is_approved_with_a_letter(
    world: World, new_page: NewPage
) -> None:
    row = authorizations.in_review()
    plan = steps.given_signed_in(new_page(java_script_enabled=False), world["medical_director"])
    office = steps.given_signed_in(new_page(), world["front_desk"])
    plan.goto("/staff/authorizations/")
    plan.get_by_role("link", name=row.number).click()
    _asks(plan)
    office.goto(f"/authorizations/{row.public_id}/")
    expect(office.get_by_role("main")).to_contain_text(ASKED)
    office.get_by_role("link", name="Answer the plan").click()
    office.get_by_label("Answer 1, about service 1").fill("Both notes were faxed this morning.")
    steps.when_they_press(office, "Send the answer")
    expect(office.get_by_role("main")).to_contain_text("Both notes were faxed this morning.")
    plan.goto(f"/staff/authorizations/requests/{row.public_id}/")
    expect(plan.get_by_role("main")).to_contain_text("Both notes were faxed this morning.")
    _decides_a_part(plan)
    steps.then_address_and_title_hold_nobody(plan)
    office.reload()
    main = office.get_by_role("main")
    expect(main).to_contain_text("8 visits")
    expect(main).to_contain_text(desk.WHY)
    address = main.get_by_role("link", name="part").first.get_attribute("href") or ""
    letter = office.request.get(address)
    assert letter.headers["content-type"] == "application/pdf"
    assert desk.WHY in " ".join(reading.text(letter.body()).split())
