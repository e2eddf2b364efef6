"""Following claims: by subscriber and tax ID, a denied claim read to its reason and its deadline."""

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.journeys.claims_places import SUBSCRIBER, given_claims, when_searching
from tests.support import accessibility, working
from tests.support.world import World


def test_a_denied_claim_is_read_to_its_reason_and_its_deadline(front_desk: Page, world: World) -> None:
    denied = given_claims(world)["denied"]
    when_searching(front_desk, Subscriber_ID_or_member_ID=SUBSCRIBER)
    steps.then_address_and_title_hold_nobody(front_desk)
    main = front_desk.get_by_role("main")
    expect(main.get_by_role("row")).to_have_count(7)
    assert accessibility.findings(front_desk) == []
    main.get_by_label("Status").select_option("denied")
    steps.when_they_press(front_desk, "Show")
    main.get_by_role("link", name=denied.claim_number).click()
    expect(main).to_contain_text("Denied on 02/03/2026")
    expect(main).to_contain_text("CO-197")
    deadlines = steps.panel(front_desk, "Deadlines")
    expect(deadlines).to_contain_text("Disputing the decision")
    expect(deadlines).to_contain_text("02/03/2027")
    steps.then_address_and_title_hold_nobody(front_desk)
    assert accessibility.findings(front_desk) == []
    main.get_by_role("link", name="Back to the list").click()
    expect(main.get_by_role("row")).to_have_count(7)


def test_nothing_found_says_what_to_try(front_desk: Page, world: World) -> None:
    given_claims(world)
    when_searching(front_desk, Subscriber_ID_or_member_ID=SUBSCRIBER, Service_from="02/01/2026")
    expect(front_desk.get_by_role("main")).to_contain_text("from 01/12/2026 to 01/12/2026")
    front_desk.get_by_role("link", name="New search").click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Check Claim Status")


def test_a_list_is_exported_and_taken_home(front_desk: Page, world: World) -> None:
    given_claims(world)
    when_searching(front_desk, Subscriber_ID_or_member_ID=SUBSCRIBER)
    steps.when_they_press(front_desk, "Export as CSV")
    main = front_desk.get_by_role("main")
    expect(main).to_contain_text("Being written")
    working.work()
    front_desk.goto("/claims/exports/")
    with front_desk.expect_download() as download:
        main.get_by_role("link", name="Claims").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert "26015A0004" in download.value.path().read_text(encoding="utf-8-sig")


def test_a_search_is_kept_and_asked_again(front_desk: Page, world: World) -> None:
    given_claims(world)
    when_searching(front_desk, Subscriber_ID_or_member_ID=SUBSCRIBER)
    front_desk.get_by_label("Name of the filter").fill("Every week")
    steps.when_they_press(front_desk, "Save")
    front_desk.get_by_role("button", name="Search by Every week").click()
    expect(front_desk.get_by_role("main").get_by_role("row")).to_have_count(7)
