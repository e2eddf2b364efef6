"""What an office keeps and prints: cards, receipts, and the Schedule of Benefits with its HTML twin."""

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from portico.domains.members import receipts
from portico.domains.members.tests import factories
from portico.shared.periods import Period
from tests.support import cast, patients, visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

SCHEDULE = "/schedules/7QX/2026-03-12/"
MISSING = "/schedules/9ZZ/2026-03-12/"


def pages_of(content: bytes) -> int:
    """How many pages a PDF has; a broken one raises."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def test_a_card_is_a_pdf_of_two_sides_and_a_picture(front_desk: Client, world: World) -> None:
    lookup = world["front_desk"].lookup
    pdf = front_desk.get(reverse("card_pdf", args=[lookup]))
    png = front_desk.get(reverse("card_png", args=[lookup]))
    assert (pdf.headers["Content-Type"], pages_of(pdf.content)) == ("application/pdf", 2)
    assert (png.headers["Content-Type"], png.content[:4]) == ("image/png", b"\x89PNG")
    for answer in (pdf, png):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].startswith('inline; filename="member-id-card.')


def test_a_receipt_is_given_once_for_a_search(front_desk: Client, world: World) -> None:
    give = reverse("receipt_give", args=[world["front_desk"].lookup])
    first, again = front_desk.post(give), front_desk.post(give)
    assert first.headers["Location"] == again.headers["Location"]
    said = visiting.seen(front_desk.get(first.headers["Location"]))
    assert "Active on March 12, 2026" in said
    assert "Lakeside Family Practice, tax ID 17-1234567" in said


def test_a_receipt_prints_under_its_reference(front_desk: Client, world: World) -> None:
    reference = world.receipts[cast.OWN]
    answer = front_desk.get(reverse("receipt_pdf", args=[reference]))
    assert pages_of(answer.content) == 1
    assert answer.headers["Content-Disposition"] == f'inline; filename="eligibility-receipt-{reference}.pdf"'


def test_a_reference_may_be_typed_with_dashes_and_in_any_case(front_desk: Client, world: World) -> None:
    reference = world.receipts[cast.OWN]
    typed = f"{reference[:4]}-{reference[4:]}".lower()
    assert front_desk.get(reverse("receipt", args=[typed])).status_code == 200


def test_the_list_holds_the_offices_own_receipts_newest_first(
    front_desk: Client, world: World, clock: time_machine.Traveller
) -> None:
    clock.shift(60)
    newest = visiting.search(front_desk, member_id=patients.ENDED).headers["Location"]
    given = front_desk.post(f"{newest}receipt/").headers["Location"].split("/")[-2]
    rows = front_desk.get(reverse("receipts")).context["rows"]
    assert [receipt.reference for receipt, *_ in rows] == [given, world.receipts[cast.OWN]]


def test_long_lists_go_on_by_key(front_desk: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts.recent, "__kwdefaults__", {"after": "", "size": 1})
    again = visiting.search(front_desk, member_id=patients.ENDED).headers["Location"]
    front_desk.post(f"{again}receipt/")
    first = front_desk.get(reverse("receipts"))
    second = front_desk.get(f"{reverse('receipts')}?after={first.context['next_key']}")
    assert "Older receipts" in visiting.seen(first)
    assert [receipt.reference for receipt, *_ in second.context["rows"]] == [world.receipts[cast.OWN]]
    assert "Older receipts" not in visiting.seen(second)


@pytest.mark.parametrize("after", ["x", "²", "-1", "9" * 5000])
def test_a_key_nobody_gave_out_breaks_no_list(front_desk: Client, operations: Client, after: str) -> None:
    for browser, route in ((front_desk, "receipts"), (front_desk, "notices"), (operations, "feeds")):
        assert browser.get(reverse(route), {"after": after}).status_code == 200
    assert operations.get(reverse("work_items"), {"after": after}).status_code == 200


def test_a_later_change_marks_the_receipt_and_tells_the_office(front_desk: Client, world: World) -> None:
    change(world)
    reference = world.receipts[cast.OWN]
    said = visiting.seen(front_desk.get(reverse("receipt", args=[reference])))
    assert "A later change touched this answer" in said
    assert "For this date of service it now says: Ended ." in said
    assert "Changed since: Ended" in visiting.seen(front_desk.get(reverse("receipts")))
    notice = visiting.seen(front_desk.get(reverse("notices")))
    assert f"receipt {reference} has changed" in notice
    assert notice.count("New") == 2
    assert "New" not in visiting.seen(front_desk.get(reverse("notices")))


def test_an_office_reads_only_what_it_was_told(world: World) -> None:
    change(world)
    outsider = visiting.sign_in(world["outsider"])
    said = visiting.seen(outsider.get(reverse("notices")))
    assert world.receipts[cast.FOREIGN] in said
    assert world.receipts[cast.OWN] not in said
    assert "No notices" in visiting.seen(visiting.sign_in(world["operations"]).get(reverse("notices")))


def test_the_schedule_and_its_twin_say_the_same(front_desk: Client) -> None:
    twin = visiting.seen(front_desk.get(SCHEDULE))
    assert "Primary care visit $25 copay Not covered" in twin
    assert "12 visits per year After 12 visits" in twin
    assert "In force 01/01/2026 to 12/31/2026" in twin
    pdf = front_desk.get(f"{SCHEDULE}schedule-of-benefits.pdf")
    assert pages_of(pdf.content) >= 1
    assert pdf.headers["Content-Disposition"] == 'inline; filename="schedule-of-benefits-7QX-2026-03-12.pdf"'


def test_the_version_in_force_on_the_day_is_shown(front_desk: Client) -> None:
    last_year = Period(TODAY.replace(year=2025, month=1, day=1), TODAY.replace(year=2025, month=12, day=31))
    factories.a_version("7QX", cast.HMO, last_year, "HMO Bronze")
    assert "HMO Bronze" in visiting.seen(front_desk.get("/schedules/7QX/2025-12-31/"))
    assert "HMO Gold" in visiting.seen(front_desk.get("/schedules/7QX/2026-01-01/"))


@pytest.mark.parametrize("address", [MISSING, f"{MISSING}schedule-of-benefits.pdf"])
def test_a_missing_schedule_is_a_work_item_with_a_reference(
    front_desk: Client, operations: Client, world: World, address: str
) -> None:
    said = visiting.seen(front_desk.get(address))
    assert f"reference {world.work_item}" in said
    assert "You do not have to report it." in said
    listed = visiting.seen(operations.get(reverse("work_items")))
    assert f"{world.work_item} Supply a Schedule of Benefits 9ZZ 2026 2 times" in listed


def test_another_year_without_schedule_is_another_item(front_desk: Client, world: World) -> None:
    said = visiting.seen(front_desk.get("/schedules/9ZZ/2025-03-12/"))
    assert "No schedule for 9ZZ on this day" in said
    assert world.work_item not in said


@pytest.mark.parametrize(
    "address", ["/schedules/0ZZ/2026-03-12/", "/schedules/7qx/2026-03-12/", "/schedules/7QX/2026-13-40/"]
)
def test_what_is_no_plan_code_or_no_day_is_not_found(front_desk: Client, address: str) -> None:
    assert front_desk.get(address).status_code == 404


def test_a_schedule_is_asked_for_by_code_and_day(front_desk: Client) -> None:
    find = reverse("schedules")
    assert front_desk.get(find).status_code == 200
    answer = front_desk.get(find, {"code": "7qx", "on": "03/12/2026"})
    assert answer.headers["Location"] == SCHEDULE
    wrong = front_desk.get(find, {"code": "7Q", "on": ""})
    assert wrong.status_code == 422
    said = visiting.seen(wrong)
    assert "three letters or digits" in said
    assert "Enter the day it was in force." in said


def test_an_administrator_opens_schedules_too_for_they_hold_no_member(world: World) -> None:
    assert visiting.sign_in(world["administrator"]).get(SCHEDULE).status_code == 200


def change(world: World) -> None:
    """The core system ends Zephyrine's coverage, back to February."""
    member = world.members[patients.ZEPHYRINE]
    member.coverages.update(last_on=TODAY - timedelta(days=20))
    with worlds.loading() as given:
        assert receipts.note_retroactive_change(given, [member.pk]) == 3
