"""Every kind of page there is, by who sees it, and how one gets there."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from portico.domains.access import machines
from portico.domains.permits.functions import Function
from tests.journeys import steps
from tests.support import cast, files_of_patients, patients, systems
from tests.support.world import World

Going = Callable[[Page, World], object]


@dataclass(frozen=True, slots=True)
class Place:
    """A page and the way to it; `says` is in its heading or its message."""

    name: str
    go: Going
    says: str


def at(address: str) -> Going:
    """The way to a page with an address of its own."""
    return lambda page, world: page.goto(address)


def search(way: str, **typed: str) -> Going:
    """The way to what a search answers."""
    return lambda page, world: steps.when_searching(page, way, **typed)


def member(member_id: str) -> Going:
    """The way to a member's page."""
    return lambda page, world: steps.when_searching_by_member_id(page, member_id)


def sent(address: str, button: str, **typed: str) -> Going:
    """The way to what a form answers."""

    def go(page: Page, world: World) -> None:
        page.goto(address)
        for label, text in typed.items():
            page.get_by_label(label.replace("_", " ")).fill(text)
        steps.when_they_press(page, button)

    return go


def _code(page: Page, world: World) -> None:
    page.goto("/sign-in/")
    page.get_by_label("Username").fill(world["front_desk"].person.username)
    page.get_by_label("Password").fill(cast.PASSWORD)
    steps.when_they_press(page, "Sign in")


def _wrong_code(page: Page, world: World) -> None:
    _code(page, world)
    page.get_by_label("Code from your authenticator").fill("000000")
    steps.when_they_press(page, "Continue")


def _out_of_range(page: Page, world: World) -> None:
    steps.given_the_page_of(page, patients.ZEPHYRINE)
    steps.when_asking_for_another_day(page, "01/02/2019")


def _receipt(page: Page, world: World) -> None:
    page.goto(f"/receipts/{world.receipts[cast.OWN]}/")


def _verified(page: Page, world: World) -> None:
    page.goto("/staff/receipts/")
    page.get_by_label("Reference number").fill(world.receipts[cast.OWN])
    steps.when_they_press(page, "Verify")


def _feed(page: Page, world: World) -> None:
    page.goto(f"/staff/feeds/{world.job}/")


def _uses(page: Page, world: World) -> None:
    page.goto("/staff/audit/")
    page.get_by_text("Member ID", exact=True).click()
    page.get_by_label("Reference or member ID").fill(patients.ZEPHYRINE)
    steps.when_they_press(page, "Search")


def when_sending(page: Page, *rows: str) -> None:
    """They send a file of these rows, to be looked at."""
    page.goto("/batches/new/")
    content = "\n".join((files_of_patients.HEAD, *rows)).encode()
    page.get_by_label("File of patients").set_input_files(
        {"name": "schedule.csv", "mimeType": "text/csv", "buffer": content}
    )
    steps.when_they_press(page, "Check the rows")


def file_of(*rows: str) -> Going:
    """The way to what a file of these rows says before it is asked."""
    return lambda page, world: when_sending(page, *rows)


def _asked(page: Page, world: World) -> None:
    when_sending(page, files_of_patients.ZEPHYRINE, files_of_patients.UNREADABLE, files_of_patients.NOBODY)
    page.get_by_role("main").get_by_role("button", name="Ask for 2 rows").click()
    expect(page.get_by_role("main")).to_contain_text("Being asked")


def _answered(page: Page, world: World) -> None:
    _asked(page, world)
    files_of_patients.work()
    page.reload()


def system(*below: str, of: Callable[[World], machines.Created] = systems.partner_of) -> Going:
    """The way to the page of a connected system, or to one below it."""

    def go(page: Page, world: World) -> None:
        page.goto("/".join(("/staff/machines", str(systems.public_id(of(world))), *below, "")))

    return go


def _connected(page: Page, world: World) -> None:
    page.goto("/staff/machines/new/trading-partner/hillcrest/")
    page.get_by_label("Name").fill("Hillcrest clearinghouse")
    page.get_by_label("Sender ID").fill("HILLCREST77")
    steps.when_they_press(page, "Connect it")


def _exchange(page: Page, world: World) -> None:
    page.goto(f"/staff/exchanges/{systems.exchange_of(world)}/")


def _office_systems(page: Page, world: World) -> None:
    systems.partner_of(world)
    systems.client_of(world)
    page.goto("/office/systems/")


VISITORS = (
    Place("welcome", at("/"), "The provider portal of"),
    Place("sign_in", at("/sign-in/"), "Sign in"),
    Place(
        "sign_in_refused", sent("/sign-in/", "Sign in", Username="x", Password="x"), "Please check this form"
    ),
    Place("code", _code, "Enter your code"),
    Place("code_refused", _wrong_code, "Please check this form"),
    Place("support", at("/support/"), "Support"),
    Place("nothing_here", at("/nowhere/"), "Nothing is here"),
)
SEARCHING = (
    Place("home", at("/"), "Hello"),
    Place("search", at("/patients/"), "Patient Info"),
    Place("search_by_ssn", at("/patients/?by=ssn"), "Patient Info"),
    Place("search_incomplete", search("Name"), "Please check this form"),
    Place("nobody_found", search("Member ID", Member_ID_or_subscriber_ID="NOSUCH"), "No member was found"),
    Place("choose", member(patients.SUBSCRIBER), "Choose a member"),
    Place("day_out_of_range", _out_of_range, "Please check this form"),
)
MEMBERS = (
    Place("active", member(patients.ZEPHYRINE), "Active on"),
    Place("ended", member(patients.ENDED), "coverage ended"),
    Place("not_yet", member(patients.LATER), "coverage begins"),
    Place("never_covered", member(patients.NEVER), "Not covered"),
    Place("no_schedule", member(patients.UNSCHEDULED), "Active on"),
)
KEPT = (
    Place("receipts", at("/receipts/"), "Eligibility receipts"),
    Place("receipt", _receipt, "Eligibility receipt"),
    Place("schedules", at("/schedules/"), "Schedules of Benefits"),
    Place("schedules_wrong", at("/schedules/?code=1&on=x"), "Please check this form"),
    Place("schedule", at(f"/schedules/{patients.HMO_CODE}/2026-03-12/"), "HMO Gold"),
    Place("schedule_missing", at(f"/schedules/{patients.WITHOUT_SCHEDULE}/2026-03-12/"), "No schedule for"),
    Place("notices", at("/notices/"), "Notices"),
    Place("personas", at("/account/personas/"), "Your personas"),
    Place("authenticator_kept", at("/account/authenticator/"), "Your authenticator"),
)
BATCHES = (
    Place("no_batches", at("/batches/"), "No files yet"),
    Place("no_lists", at("/batches/?show=saved"), "No saved lists yet"),
    Place("send", at("/batches/new/"), "What the file holds"),
    Place("send_nothing", sent("/batches/new/", "Check the rows"), "Please check this form"),
    Place("checked", file_of(files_of_patients.ZEPHYRINE, files_of_patients.UNREADABLE), "1 of 2 rows"),
    Place("nothing_to_ask", file_of(files_of_patients.UNREADABLE), "No row can be asked"),
    Place("being_asked", _asked, "Being asked"),
    Place("answered", _answered, "Take home"),
    Place("batches", at("/batches/"), "CSV file"),
)
ADMINISTRATORS = (
    Place("home", at("/"), "Hello"),
    Place("refused", at("/patients/"), "This is not open to you"),
    Place("why", at(f"/why/{Function.ELIGIBILITY}/"), "Why Eligibility is closed to you"),
    Place("systems", _office_systems, "What it may ask for"),
    Place("notices", at("/notices/"), "A system was connected for your office"),
)
WITHOUT_FACTOR = (Place("authenticator", at("/account/authenticator/"), "Set up your authenticator"),)
STAFF = (
    Place("home", at("/"), "Hello"),
    Place("verify", at("/staff/receipts/"), "Verify a receipt"),
    Place("verified", _verified, "This receipt is ours"),
    Place("work_items", at("/staff/work/"), "Work items"),
    Place("feeds", at("/staff/feeds/"), "Feeds"),
    Place("feed", _feed, "Enrolment (834)"),
    Place("audit", at("/staff/audit/"), "Audit"),
    Place("uses", _uses, "Uses found"),
)
CONNECTING = (
    Place("no_systems", at("/staff/machines/"), "No system is connected yet"),
    Place("office_of_a_system", at("/staff/machines/new/?office=e"), "Offices found"),
    Place("new_partner", at("/staff/machines/new/trading-partner/lakeside/"), "New trading partner"),
    Place("new_client", at("/staff/machines/new/fhir-client/lakeside/"), "New FHIR client"),
    Place(
        "new_client_wrong",
        sent("/staff/machines/new/fhir-client/lakeside/", "Connect it"),
        "Please check this form",
    ),
    Place("connected", _connected, "The password is shown this once"),
    Place("partner", system(), "What it may ask for"),
    Place("client", system(of=systems.client_of), "What it may ask for"),
    Place("systems", at("/staff/machines/"), "In use"),
    Place("password", system("password"), "A new password for"),
    Place("keys", system("keys", of=systems.client_of), "The keys of"),
    Place("more_grants", system("grants"), "may ask for besides"),
    Place("revoke", system("revoke"), "cannot be taken back"),
    Place("no_exchanges", at("/staff/exchanges/"), "Nothing was exchanged yet"),
    Place("exchange", _exchange, "Control numbers"),
    Place("exchanges", at("/staff/exchanges/"), "As promised"),
)
GROUPS: dict[str, tuple[str | None, tuple[Place, ...]]] = {
    "visitors": (None, VISITORS),
    "searching": ("front_desk", SEARCHING),
    "members": ("front_desk", MEMBERS),
    "kept": ("front_desk", KEPT),
    "batches": ("front_desk", BATCHES),
    "administrators": ("administrator", ADMINISTRATORS),
    "without_a_second_factor": ("no_factor", WITHOUT_FACTOR),
    "plan_staff": ("operations", STAFF),
    "connecting": ("operations", CONNECTING),
}
