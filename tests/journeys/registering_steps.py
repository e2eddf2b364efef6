"""Steps of whoever registers, and of the plan's desk that looks at it, beside those of the pages."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.core import mail
from playwright.sync_api import FilePayload, Page, expect

from tests.journeys import places, steps
from tests.support import mailing, proving, registering

PHYSICIAN: Final[Mapping[str, Any]] = {
    "kind": "Physician",
    "person": "Solo practitioner",
    "facts": dict(registering.FACTS),
}
HOSPITAL: Final[Mapping[str, Any]] = {
    "kind": "Hospital",
    "person": "Delegated administrator",
    "facts": {
        **registering.PLACE,
        "npi": registering.HOSPITAL_NPI,
        "tax_id_0": registering.HOSPITAL_TAX_ID,
    },
}
_CODE: Final = re.compile(r"^\s*([0-9A-Z]{4}-?[0-9A-Z]{4}|[0-9]{6})\s*$", re.MULTILINE)


def physician(**facts: str) -> dict[str, Any]:
    """What a physician enters who runs the practice, but for these facts."""
    return {**PHYSICIAN, "facts": {**registering.FACTS, **facts}}


def then_it_says(page: Page, words: str) -> None:
    """They read this in the heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)


def then_they_read(page: Page, words: str) -> None:
    """They read this on the page."""
    expect(page.get_by_role("main")).to_contain_text(words)


def number_shown(page: Page) -> str:
    """The number that the page shows this once."""
    return page.locator("#number").inner_text()


def when_opening_the_account(page: Page) -> None:
    """They choose a username and a password."""
    page.get_by_role("textbox", name="Username").fill(registering.USERNAME)
    page.locator("#id_password").fill(registering.PASSWORD)
    steps.when_they_press(page, "Open my account")
    then_it_says(page, "You are in")


def when_opening_the_link(page: Page, transaction_id: str) -> None:
    """They open the link in their mail, and enter the number from their paper."""
    page.goto(link_to(registering.EMAIL))
    then_it_says(page, "Finish your registration")
    page.get_by_label("Transaction ID").fill(transaction_id)
    when_opening_the_account(page)


def when_signing_in(page: Page) -> None:
    """They sign out, and in again with what they chose."""
    page.get_by_role("button", name="Sign out").click()
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(registering.USERNAME)
    page.locator("#id_password").fill(registering.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()


def when_proving_by_mail(page: Page) -> None:
    """A code goes to the mail on file of the office, and they type it in."""
    page.get_by_role("link", name="Show who I am").click()
    page.get_by_role("link", name="A code to a contact we have on file").click()
    page.get_by_role("main").get_by_text("Mail to").first.click()
    steps.when_they_press(page, "Send the code")
    page.get_by_role("textbox", name="Code").fill(code_to(registering.ON_FILE))
    steps.when_they_press(page, "Verify")
    then_they_read(page, "Your identity is verified")


def when_setting_up_an_authenticator(page: Page) -> None:
    """They go back to what opens patients, and set up the second step."""
    page.goto("/register/next/")
    page.get_by_role("link", name="Set it up").click()
    page.get_by_role("link", name="Set up an authenticator").click()
    secret = steps.panel(page, "1. Add this account to your authenticator").locator("code").inner_text()
    page.get_by_label("Code from your authenticator").fill(places.code_of(secret.replace(" ", "")))
    steps.when_they_press(page, "Keep this authenticator")


def letter_to(address: str) -> mail.EmailMessage:
    """The last mail to that address."""
    mailing.deliver()
    return [each for each in mail.outbox if each.to == [address]][-1]


def link_to(address: str) -> str:
    """Where the last mail to that address leads."""
    return mailing.link_in(letter_to(address))


def code_to(address: str) -> str:
    """The code in the last mail to that address."""
    [found] = _CODE.findall(str(letter_to(address).body))
    return str(found)


def when_looking_it_up(page: Page, transaction_id: str) -> None:
    """They ask where their registration is."""
    page.goto("/register/status/")
    page.get_by_label("Transaction ID").fill(transaction_id)
    steps.when_they_press(page, "Look it up")
    then_it_says(page, "Your registration")


def when_handing_in(page: Page, kind: str) -> None:
    """They hand in a file."""
    page.get_by_label("What it is").select_option(label=kind)
    attached: FilePayload = {"name": "paper.pdf", "mimeType": "application/pdf", "buffer": proving.FILE}
    page.locator("#id_file").set_input_files(attached)
    steps.when_they_press(page, "Add the file")


def when_the_desk_opens(desk: Page, name: str) -> None:
    """Somebody of the plan opens the registration of that name, from the list."""
    desk.goto("/staff/registrations/")
    desk.get_by_role("row").filter(has_text=name).get_by_role("link").click()
    expect(desk.get_by_role("main")).to_contain_text(name)


def when_the_desk_does(desk: Page, act: str, *chosen: str, button: str) -> None:
    """They choose what to do, say what it needs, and do it."""
    desk.get_by_role("main").get_by_role("link", name=act).click()
    _say(desk, *chosen, button=button)


def when_the_desk_gives_its_word(desk: Page, field: str, basis: str) -> None:
    """They say that a field is right all the same, and how they made sure."""
    row = desk.get_by_role("row").filter(has=desk.get_by_role("rowheader", name=field, exact=True))
    row.get_by_role("link", name="Give yours").click()
    _say(desk, "Yes, it is right all the same", basis, button="Keep it")


def _say(desk: Page, *chosen: str, button: str) -> None:
    for each in chosen:
        desk.locator("label").filter(has_text=each).click()
    steps.when_they_press(desk, button)


def when_the_desk_approves(desk: Page) -> None:
    """They say yes."""
    when_the_desk_does(desk, "Approve", button="Approve it")
    expect(desk.locator("#messages")).to_contain_text("It is approved.")
