"""From the bank's statement to the claim: a payment found, read, and taken home."""

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support import accessibility, patients, remittances
from tests.support.cast import OWN
from tests.support.world import World


def given_payments(page: Page, world: World) -> None:
    """What was paid, on the page of remittances."""
    remittances.of_world(world)
    page.goto("/remittances/")


def when_searching(page: Page, label: str, text: str) -> None:
    """They search by one thing."""
    page.get_by_label(label).fill(text)
    steps.when_they_press(page, "Search")


def test_a_biller_follows_a_check_to_a_denied_claim_and_its_reason(front_desk: Page, world: World) -> None:
    given_payments(front_desk, world)
    when_searching(front_desk, "Payment number", remittances.NUMBER.lower())
    main = front_desk.get_by_role("main")
    expect(front_desk.get_by_role("heading", level=1)).to_have_text(f"Payment {remittances.NUMBER}")
    expect(main).to_contain_text("All 2 claims of the payment")
    steps.then_address_and_title_hold_nobody(front_desk)
    main.get_by_role("row", name="Denied").get_by_role("link").click()
    expect(main).to_contain_text("What you can do")
    steps.then_address_and_title_hold_nobody(front_desk)
    assert accessibility.findings(front_desk) == []
    main.get_by_role("link", name="Where the claim stands now").click()
    expect(main).to_contain_text("26015A0004")


def test_a_payment_is_taken_home_as_835_and_as_paper(front_desk: Page, world: World) -> None:
    given_payments(front_desk, world)
    when_searching(front_desk, "Member ID or subscriber ID", patients.ZEPHYRINE)
    steps.then_address_and_title_hold_nobody(front_desk)
    main = front_desk.get_by_role("main")
    main.get_by_role("link", name=remittances.NUMBER).click()
    with front_desk.expect_download() as taken:
        main.get_by_role("link", name="Remittance advice for your practice software").click()
    assert taken.value.path().read_bytes().startswith(b"ISA*")
    paper = main.get_by_role("link", name="Explanation of payment").get_attribute("href")
    answer = front_desk.request.get(f"{front_desk.url.split('/remittances')[0]}{paper}")
    assert answer.body().startswith(b"%PDF")


def test_a_deposit_finds_its_payment_and_another_is_missing(front_desk: Page, world: World) -> None:
    remittances.deposit_of(world, OWN)
    front_desk.goto("/remittances/deposits/")
    main = front_desk.get_by_role("main")
    expect(main.get_by_role("row", name=remittances.NUMBER)).to_contain_text("Matched")
    main.get_by_role("link", name="What is missing").click()
    expect(main).to_contain_text("Money without its remittance")
    expect(main.get_by_role("table")).to_contain_text("CHK0000001")
