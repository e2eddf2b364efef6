"""The steps journeys are told in: what is given, what somebody does, what they then see."""

import re
from urllib.parse import urljoin

from playwright.sync_api import Locator, Page, expect

from portico.domains.accounts.second_factors import factors
from portico.edges.web import asking
from tests.support import cast, patients, visiting
from tests.support.world import Signer


def given_signed_in(page: Page, signer: Signer) -> Page:
    """The person has signed in and stands on the home page; the sign-in itself is another journey."""
    page.goto("/health/")
    here = urljoin(page.url, "/")
    cookies = visiting.sign_in(signer).cookies.values()
    page.context.add_cookies([{"name": each.key, "value": each.value, "url": here} for each in cookies])
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    return page


def given_signed_in_by_hand(page: Page, signer: Signer) -> Page:
    """The person signs in through the pages, with the code of their authenticator where they have one."""
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(signer.person.username)
    page.get_by_label("Password").fill(cast.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    if signer.person.has_factor:
        page.get_by_label("Code from your authenticator").fill(code_now())
        page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    return page


def given_the_page_of(page: Page, member_id: str) -> Page:
    """Somebody signed in has found this member."""
    when_searching_by_member_id(page, member_id)
    expect(panel(page, "Member")).to_contain_text(member_id)
    page.wait_for_load_state()
    return page


def code_now() -> str:
    """What everybody's authenticator shows now."""
    return factors.code_at(cast.TOTP_SECRET, asking.now())


def when_searching_by_member_id(page: Page, member_id: str) -> None:
    """They search by member ID, today."""
    page.goto("/patients/")
    page.get_by_label("Member ID or subscriber ID").fill(member_id)
    when_they_press(page, "Search")


def when_searching(page: Page, way: str, **typed: str) -> None:
    """They choose a way to search, fill in the fields by their labels, and search."""
    page.goto("/patients/")
    page.get_by_role("navigation", name="Search by").get_by_role("link", name=way, exact=True).click()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    when_they_press(page, "Search")


def when_they_press(page: Page, button: str) -> None:
    """They press a button of the page."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()


def when_asking_for_another_day(page: Page, day: str) -> None:
    """They ask about the same member on another day."""
    panel = page.get_by_role("region", name="Another day")
    panel.get_by_role("textbox", name="Date of service").fill(day)
    panel.get_by_role("button", name="Check this day").click()


def then_the_verdict_is(page: Page, words: str) -> None:
    """They read the one-line verdict."""
    expect(page.locator(".pt-verdict__headline")).to_have_text(words)


def then_zephyrine_is_shown(page: Page) -> None:
    """They are on Zephyrine's page: her name is the heading, and neither address nor title tells of her."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Zephyrine Quillfeather")
    then_the_verdict_is(page, "Active on March 12, 2026; the PCP is in your office")
    then_address_and_title_hold_nobody(page)


def then_address_and_title_hold_nobody(page: Page) -> None:
    """Neither the address nor the title holds anything of a member."""
    open_to_all = f"{page.url} {page.title()}"
    assert patients.shown_in(open_to_all) == []


def then_these_are_asked_for(page: Page, *messages: str) -> None:
    """The summary has the focus and names what is missing, each beside its field too."""
    summary = page.get_by_role("group", name="Please check this form")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("listitem")).to_have_count(len(messages))
    for message in messages:
        expect(summary).to_contain_text(message)
        expect(page.locator(".usa-error-message", has_text=message)).to_be_visible()


def panel(page: Page, title: str) -> Locator:
    """The panel of that title."""
    return page.get_by_role("region", name=title, exact=True)


def opaque(url: str) -> bool:
    """Whether the address ends in an opaque id, as a member's page does."""
    return re.search(r"/patients/[0-9a-f-]{36}/$", url) is not None
