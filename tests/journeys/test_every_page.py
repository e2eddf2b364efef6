"""Every kind of page: accessible wide or narrow, light or dark; fits 320 pixels; nobody in its title."""

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.journeys import going, places, steps
from tests.support import accessibility
from tests.support.browser import NewPage
from tests.support.world import World

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDE, NARROW, NARROWEST = 1280, 390, 320
HEIGHT = 844
OPEN_ALL = "all => all.forEach((each) => { each.open = true; })"
SPILL = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("group", places.GROUPS)
def test_every_page_is_accessible_and_fits(world: World, new_page: NewPage, group: str) -> None:
    who, pages = places.GROUPS[group]
    page = new_page()
    complaints = console_of(page)
    if who:
        steps.given_signed_in(page, world[who])
    problems = [problem for place in pages for problem in looked_at(page, place, world)]
    found = "\n".join(problems + complaints)
    assert not found, found


@pytest.mark.parametrize("who", ["administrator", "operations"])
def test_each_menu_that_floats_over_a_page_is_accessible(world: World, new_page: NewPage, who: str) -> None:
    page = new_page()
    steps.given_signed_in(page, world[who])
    menus = page.locator(".pt-nav__group[data-menu] > summary").all()
    assert menus
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for menu in menus:
            menu.click()
            expect(page.locator("details[data-menu][open]")).to_have_count(1)
            assert not accessibility.findings(page, within="details[data-menu][open]")
            page.keyboard.press("Escape")


def console_of(page: Page) -> list[str]:
    """What the browser's console complains of, as it comes; answers of 4xx, which journeys ask for, aside."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and "responded with a status of 4" not in message.text:
            said.append(message.text)

    page.on("console", note)
    return said


def looked_at(page: Page, place: going.Place, world: World) -> Iterator[str]:
    """What is wrong with one page, a line each, with its name before it."""
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    place.go(page, world)
    expect(page.get_by_role("main")).to_contain_text(place.says)
    steps.then_address_and_title_hold_nobody(page)
    page.locator("details:not([data-menu])").evaluate_all(OPEN_ALL)
    for scheme in SCHEMES:
        for width in (WIDE, NARROW):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size({"width": width, "height": HEIGHT})
            for finding in accessibility.findings(page):
                yield f"{place.name}, {scheme}, {width}: {finding}"
    page.set_viewport_size({"width": NARROWEST, "height": HEIGHT})
    if spill := page.evaluate(SPILL):
        yield f"{place.name}: spills {spill} pixels over a width of {NARROWEST}"
