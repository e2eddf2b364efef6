"""Finding things: a document by its number, by a mistyped topic and in another line; a heart doctor."""

from playwright.sync_api import Page, expect

from portico.domains.library.search.tests import shelving
from tests.journeys import steps
from tests.support import accessibility, cast, directory, patients
from tests.support.directory import NADIA
from tests.support.world import World

NUMBER = "26-346m"
TITLE = "Authorizations before imaging"


def given_a_shelf() -> None:
    """A letter for the employer HMO, and another that only Medi-Cal has."""
    shelving.document("imaging", TITLE, "Ask before an MRI.", number=NUMBER, lines=[cast.HMO])
    shelving.document("rides", "Rides to the dialysis", "Book a ride.", lines=[cast.MEDI_CAL])


def when_looking_for(page: Page, text: str) -> None:
    """They search the library of the employer HMO."""
    page.goto(f"/in/{cast.HMO}/library/")
    page.locator("#id_q").fill(text)
    page.locator("#finder").get_by_role("button", name="Search", exact=True).click()


def test_a_letter_opens_by_its_number_however_it_is_typed(front_desk: Page) -> None:
    given_a_shelf()
    when_looking_for(front_desk, "26 – 346 M")
    expect(front_desk.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(front_desk.get_by_role("main")).to_contain_text(NUMBER)


def test_a_topic_is_found_though_it_is_mistyped(front_desk: Page) -> None:
    given_a_shelf()
    when_looking_for(front_desk, "authorisatoin imaging")
    front_desk.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text(TITLE)
    assert accessibility.findings(front_desk) == []


def test_what_another_line_has_is_one_click_away(front_desk: Page) -> None:
    given_a_shelf()
    when_looking_for(front_desk, "dialysis")
    front_desk.get_by_role("button", name="1 in Medi-Cal: switch").click()
    front_desk.get_by_role("main").get_by_role("link", name="Rides to the dialysis").click()
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Rides to the dialysis")


def test_the_front_desk_finds_a_heart_doctor_in_this_members_network(front_desk: Page, world: World) -> None:
    directory.affiliated(NADIA, directory.OTHER, **directory.HARBOR)
    directory.of_world(world)
    steps.given_the_page_of(front_desk, patients.ZEPHYRINE)
    front_desk.get_by_role("link", name="Find a provider in this network on this day").click()
    steps.then_address_and_title_hold_nobody(front_desk)
    main = front_desk.get_by_role("main")
    main.get_by_role("textbox", name="Near").fill("90901")
    main.get_by_role("combobox", name="Specialty").fill("Hea")
    front_desk.get_by_role("option", name="Heart").click()
    steps.when_they_press(front_desk, "Find")
    main.get_by_role("row", name="Nadia Khoury").get_by_role("link", name="Nadia Khoury").click()
    expect(main).to_contain_text("In the network of")
    steps.when_they_press(front_desk, "Get a receipt of the answer")
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Network receipt")
    expect(main).to_contain_text("is in the network of")
    assert accessibility.findings(front_desk) == []
