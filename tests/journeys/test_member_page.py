"""The member's page: documents behind the plan code, another day, a panel that fails, a phone."""

import pytest
from playwright.sync_api import Page, expect

from portico.domains.members import benefits
from tests.journeys import steps
from tests.support import patients
from tests.support.browser import NewPage
from tests.support.world import World

REFERENCE_LENGTH = 12


def content_of(page: Page, address: str | None) -> tuple[str, bytes]:
    """The content type and the first bytes of what a link of this page opens."""
    answer = page.request.get(address or "")
    assert answer.status == 200
    return answer.headers["content-type"], answer.body()[:8]


def test_the_plan_code_opens_the_schedule_of_benefits_as_pdf(front_desk: Page) -> None:
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    link = steps.panel(front_desk, "Coverage").get_by_role("link", name=patients.HMO_CODE)
    kind, first_bytes = content_of(front_desk, link.get_attribute("href"))
    assert kind == "application/pdf"
    assert first_bytes.startswith(b"%PDF-1.")


def test_the_schedule_of_benefits_is_a_page_too(front_desk: Page) -> None:
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    steps.panel(front_desk, "Coverage").get_by_role("link", name="as a page").click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("HMO Gold")
    expect(front_desk.get_by_role("row").filter(has_text="Primary care visit")).to_contain_text("$25 copay")
    expect(front_desk.get_by_role("link", name="Open as PDF")).to_be_visible()


def test_a_missing_schedule_is_put_on_the_plans_list(front_desk: Page) -> None:
    steps.given_the_page_of(front_desk, patients.UNSCHEDULED)
    steps.panel(front_desk, "Coverage").get_by_role("link", name="as a page").click()
    expect(front_desk.get_by_role("main")).to_contain_text("You do not have to report it.")


@pytest.mark.parametrize(
    ("name", "kind", "begins"),
    [
        ("Member ID card (PDF)", "application/pdf", b"%PDF-1."),
        ("Member ID card (picture)", "image/png", b"\x89PNG"),
    ],
)
def test_the_member_id_card_is_a_document_and_a_picture(
    front_desk: Page, name: str, kind: str, begins: bytes
) -> None:
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    card = content_of(front_desk, front_desk.get_by_role("link", name=name).get_attribute("href"))
    assert card[0] == kind
    assert card[1].startswith(begins)


def test_another_day_has_another_answer(front_desk: Page) -> None:
    steps.given_the_page_of(front_desk, patients.ENDED)
    steps.then_the_verdict_is(front_desk, "Not active on March 12, 2026: coverage ended on January 31, 2026")
    steps.when_asking_for_another_day(front_desk, "01/31/2026")
    steps.then_the_verdict_is(front_desk, "Active on January 31, 2026")
    assert steps.opaque(front_desk.url)


def test_a_day_that_cannot_be_asked_is_explained_beside_its_field(front_desk: Page) -> None:
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    steps.when_asking_for_another_day(front_desk, "01/02/2019")
    steps.then_these_are_asked_for(front_desk, "The date of service lies too far back")
    front_desk.get_by_role("link", name="Back to the member").click()
    steps.then_zephyrine_is_shown(front_desk)


def test_a_failing_panel_leaves_the_rest_and_leads_to_support(
    front_desk: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**asked: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(benefits, "of", fail)
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    failed = steps.panel(front_desk, "Benefits")
    expect(failed).to_contain_text("This part could not be shown.")
    assert len(failed.locator("code").inner_text()) == REFERENCE_LENGTH
    expect(steps.panel(front_desk, "Coverage")).to_contain_text("HMO Gold")
    failed.get_by_role("link", name="Contact support").click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Support")


def test_on_a_phone_the_member_stays_in_sight_and_what_one_does_is_a_tap_away(
    world: World, new_page: NewPage
) -> None:
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    steps.given_signed_in(phone, world["front_desk"])
    steps.given_the_page_of(phone, patients.ZEPHYRINE)
    phone.get_by_role("navigation", name="On this page").get_by_role("link", name="Another day").tap()
    expect(steps.panel(phone, "Another day")).to_be_in_viewport()
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Zephyrine Quillfeather")


def test_the_menu_opens_on_a_phone(world: World, new_page: NewPage) -> None:
    phone = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    steps.given_signed_in(phone, world["front_desk"])
    phone.get_by_text("Menu", exact=True).tap()
    phone.get_by_role("navigation", name="Primary").get_by_role("link", name="Receipts").tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Eligibility receipts")
    phone.get_by_role("link", name="Provider Portal").tap()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Hello")
