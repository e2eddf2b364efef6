"""From sign-in to the verdict with the keyboard alone: every stop is seen, none lies under what floats."""

from playwright.sync_api import Page, expect

from tests.journeys import steps
from tests.support import cast, patients
from tests.support.browser import NewPage
from tests.support.world import World

MOST_STOPS = 60
TWICE_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Where the focus is: its name as people read it, whether it is drawn, and whether something lies over it.
STOP = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const drawn = [getComputedStyle(at), getComputedStyle(at, "::after")];
  // Of a tick or a choice it is the label that is drawn.
  const place = at.matches("[type=checkbox], [type=radio]") ? at.labels[0] : at;
  const box = place.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + Math.min(box.width / 2, 40), box.y + box.height / 2);
  return {
    name: (at.labels?.[0] ?? at).textContent.trim().replace(/\\s+/g, " "),
    isSeen: drawn.some((style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    isCovered: !(top && (place.contains(top) || top.contains(place))),
  };
}"""


def when_tabbing_to(page: Page, name: str) -> None:
    """They press Tab until the control of that name has the focus; each stop before it is seen too."""
    page.wait_for_load_state()
    # After the skip link the address ends in "#main", through redirects too, and the browser goes there once
    # the page is drawn: a Tab pressed before that would be taken back.
    page.evaluate(TWICE_DRAWN)
    passed: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        assert stop is not None, passed
        assert stop["isSeen"], stop
        assert not stop["isCovered"], stop
        passed.append(stop["name"])
        if stop["name"].startswith(name):
            return
    raise AssertionError(f"{name} is not among {passed}")


def when_typing(page: Page, field: str, text: str) -> None:
    """They reach a field and type."""
    when_tabbing_to(page, field)
    page.keyboard.insert_text(text)


def test_from_sign_in_to_the_verdict(world: World, page: Page) -> None:
    signer = world["front_desk"]
    page.goto("/sign-in/")
    when_tabbing_to(page, "Skip to main content")
    page.keyboard.press("Enter")
    when_typing(page, "Username", signer.person.username)
    when_typing(page, "Password", cast.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    when_typing(page, "Code from your authenticator", steps.code_now())
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    when_typing(page, "Member ID or subscriber ID", patients.ZEPHYRINE)
    page.keyboard.press("Enter")
    steps.then_zephyrine_is_shown(page)


def test_the_skip_link_leads_past_the_menu(front_desk: Page) -> None:
    when_tabbing_to(front_desk, "Skip to main content")
    front_desk.keyboard.press("Enter")
    expect(front_desk.get_by_role("main")).to_be_focused()
    when_tabbing_to(front_desk, "Member ID or subscriber ID")


def test_a_member_is_chosen_from_several(front_desk: Page) -> None:
    steps.when_searching_by_member_id(front_desk, patients.SUBSCRIBER)
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Choose a member")
    when_tabbing_to(front_desk, "Ottoline Wintergreen")
    front_desk.keyboard.press("Enter")
    expect(front_desk.get_by_role("heading", level=1)).to_have_text("Ottoline Wintergreen")


def test_every_stop_on_the_members_page_is_seen_and_uncovered(world: World, new_page: NewPage) -> None:
    page = new_page(viewport={"width": 1280, "height": 640})
    steps.given_signed_in(page, world["front_desk"])
    steps.given_the_page_of(page, patients.ZEPHYRINE)
    when_tabbing_to(page, "Dark")


def test_the_error_summary_leads_to_the_field(front_desk: Page) -> None:
    front_desk.goto("/patients/?by=ssn")
    when_tabbing_to(front_desk, "Search")
    front_desk.keyboard.press("Enter")
    expect(front_desk.get_by_role("group", name="Please check this form")).to_be_focused()
    when_tabbing_to(front_desk, "Birth date: Enter the birth date")
    front_desk.keyboard.press("Enter")
    expect(front_desk.get_by_label("Birth date")).to_be_focused()
