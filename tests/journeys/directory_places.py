"""The pages of an office's directory entries and of the desk that decides on their changes."""

from datetime import timedelta

from playwright.sync_api import Page

from portico.domains.directory import reviewing
from tests.journeys import steps
from tests.journeys.going import Going, Place, at
from tests.support import directory_keeping as keeping
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

ENTRIES, DESK = "/office/directory/", "/staff/directory/"


def _with_entries(address: str = "") -> Going:
    def go(page: Page, world: World) -> None:
        keeping.entry_of(world)
        page.goto(f"{ENTRIES}{address}")

    return go


def _changing(field: str) -> Going:
    return lambda page, world: page.goto(f"{ENTRIES}{keeping.entry_of(world).pk}/change/{field}/")


def _sent(page: Page, world: World) -> None:
    _changing("telephone")(page, world)
    page.get_by_role("textbox", name="Telephone").fill("(530) 555-0177")
    steps.when_they_press(page, "Send to the plan")


def _wrong(page: Page, world: World) -> None:
    _changing("address")(page, world)
    page.get_by_role("textbox", name="ZIP code").fill("1")
    steps.when_they_press(page, "Send to the plan")


def _entry(page: Page, world: World) -> None:
    page.goto(f"{ENTRIES}{keeping.entry_of(world).pk}/")


def _refused(page: Page, world: World) -> None:
    reference = keeping.change_of(world, "telehealth", True)
    operations = worlds.actor(world["operations"])
    reviewing.refuse(actor=operations, reference=reference, why="No such service.")
    page.goto(f"{ENTRIES}changes/{reference}/")


def _overdue(page: Page, world: World) -> None:
    keeping.entry_of(world)
    keeping.due(attest_by=TODAY - timedelta(days=1), unverified_since=TODAY)
    page.goto(f"{ENTRIES}confirm/")


def _confirmed(page: Page, world: World) -> None:
    _overdue(page, world)
    steps.when_they_press(page, "Confirm what is ticked")


def _waiting(page: Page, world: World) -> None:
    keeping.change_of(world)
    page.goto(DESK)


def _case(page: Page, world: World) -> None:
    del world
    page.goto(DESK)
    page.get_by_role("link", name="Telephone: (530) 555-0177").first.click()


def _no_reason(page: Page, world: World) -> None:
    _case(page, world)
    steps.when_they_press(page, "Refuse")


def _accepted(page: Page, world: World) -> None:
    _case(page, world)
    steps.when_they_press(page, "Accept")


def _unconfirmed(page: Page, world: World) -> None:
    keeping.entry_of(world)
    keeping.due(attest_by=TODAY - timedelta(days=1), unverified_since=TODAY)
    page.goto(f"{DESK}unconfirmed/")


KEEPING = (
    Place("no_entries", at(ENTRIES), "No entry is yours to keep"),
    Place("no_changes", at(f"{ENTRIES}changes/"), "Nothing yet"),
    Place("entries", _with_entries(), "in all"),
    Place("entry", _entry, "What everybody reads"),
    Place("change_flag", _changing("telehealth"), "see patients by telehealth?"),
    Place("change_list", _changing("languages"), "Which languages"),
    Place("change_day", _changing("last_on"), "for the last time?"),
    Place("change_wrong", _wrong, "Please check this form"),
    Place("change_sent", _sent, "The plan has your change"),
    Place("changes", _with_entries("changes/"), "With the plan"),
    Place("change_refused", _refused, "The plan has not accepted it"),
    Place("confirm", _with_entries("confirm/"), "All of this is true"),
    Place("confirm_overdue", _overdue, "Not confirmed in time"),
    Place("confirmed", _confirmed, "confirmed. Thank you."),
)
REVIEWING = (
    Place("nothing_waits", at(DESK), "Nothing waits"),
    Place("waiting", _waiting, "contradicted by the provider file"),
    Place("change", _case, "What everybody reads today"),
    Place("change_no_reason", _no_reason, "Write why."),
    Place("change_accepted", _accepted, "Accepted. Everybody reads it"),
    Place("published", at(f"{DESK}published/"), "By month, in business days"),
    Place("unconfirmed", _unconfirmed, "They stand last in every search"),
    Place("export", at(f"{DESK}export/"), "never handed out"),
)
