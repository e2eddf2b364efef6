"""A receipt: the office keeps an answer, the plan's staff verify it."""

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support import patients


def given_a_receipt(page: Page) -> str:
    """The front desk keeps the answer about Zephyrine; answers the reference as it stands on the receipt."""
    steps.given_the_page_of(page, patients.ZEPHYRINE)
    steps.when_they_press(page, "Get an eligibility receipt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Eligibility receipt")
    title = page.get_by_role("heading", name="Receipt ", exact=False).and_(page.locator("h2"))
    return title.inner_text().removeprefix("Receipt ")


def test_an_answer_is_kept_as_a_page_and_as_pdf(front_desk: Page) -> None:
    reference = given_a_receipt(front_desk)
    steps.then_the_verdict_is(front_desk, "Active on March 12, 2026")
    steps.then_address_and_title_hold_nobody(front_desk)
    address = front_desk.get_by_role("link", name="Open as PDF").get_attribute("href")
    document = front_desk.request.get(address or "")
    assert document.headers["content-type"] == "application/pdf"
    assert document.body().startswith(b"%PDF-1.")
    front_desk.get_by_role("navigation", name="Primary").get_by_role("link", name="Receipts").click()
    row = front_desk.get_by_role("row").filter(has_text=reference.replace("-", ""))
    expect(row).to_contain_text("Zephyrine Quillfeather")


def test_the_plan_verifies_the_reference_an_office_reads_out(front_desk: Page, operations: Page) -> None:
    reference = given_a_receipt(front_desk)
    operations.get_by_role("link", name="Verify a receipt").first.click()
    operations.get_by_label("Reference number").fill(reference.lower())
    steps.when_they_press(operations, "Verify")
    expect(operations.get_by_role("status")).to_contain_text("This receipt is ours and unaltered")
    steps.then_the_verdict_is(operations, "Active on March 12, 2026")


def test_a_reference_nobody_gave_is_said_to_be_unknown(operations: Page) -> None:
    operations.goto("/staff/receipts/")
    operations.get_by_label("Reference number").fill("AAAA-BBBB-CCCC")
    steps.when_they_press(operations, "Verify")
    steps.then_these_are_asked_for(operations, "No receipt has this reference.")
