"""The plan's desk for directory entries: what waits, one change with its document, the log, the export."""

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.directory import models
from portico.domains.directory.tests.keeping import PDF
from portico.domains.work import directory_upkeep
from tests.support import directory_keeping as keeping
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

DESK = "/staff/directory/"


def act(browser: Client, what: str, reference: str, **sent: str) -> str:
    return visiting.seen(browser.post(f"{DESK}changes/{reference}/{what}/", sent, follow=True))


def test_an_empty_desk_says_so(operations: Client) -> None:
    for address, says in (
        (DESK, "Nothing waits"),
        (f"{DESK}?which=decided", "Nothing was decided yet"),
        (f"{DESK}?which=contradicted", "Nothing is contradicted"),
        (f"{DESK}?which=x", "Nothing waits"),
        (f"{DESK}published/", "Nothing was published yet"),
        (f"{DESK}unconfirmed/", "Every entry is confirmed"),
        (f"{DESK}export/", "0 accepted changes were never handed out"),
    ):
        assert says in visiting.seen(operations.get(address))


def test_what_waits_is_listed_with_its_due_time(operations: Client, world: World) -> None:
    keeping.change_of(world)
    said = visiting.seen(operations.get(DESK))
    assert "1 waits, 0 late, 0 contradicted" in said
    assert "Telephone: (530) 555-0177 Mei Tran, MD 12 Lake St, Northlake 03/12/2026 With the plan" in said
    assert "Mar 16, 2026, 10:00 AM PDT" in said


def test_a_change_is_read_with_what_stands_there_now(operations: Client, world: World) -> None:
    reference = keeping.change_of(world)
    said = visiting.seen(operations.get(f"{DESK}changes/{reference}/"))
    assert "What it is to say (530) 555-0177" in said
    assert "What everybody reads today 555-0110" in said
    assert "In the provider file today 555-0110" in said


def test_an_accepted_change_is_published_and_proven_by_the_log(operations: Client, world: World) -> None:
    reference = keeping.change_of(world)
    assert "Accepted. Everybody reads it from its day on." in act(operations, "accept", reference)
    assert keeping.entry_of(world).telephone == keeping.OTHER_NUMBER
    said = visiting.seen(operations.get(f"{DESK}published/"))
    assert "March 2026 1 1 0.00 0.00" in said
    assert "Nothing is past that now." in said
    assert "Nothing was changed" in act(operations, "accept", reference)


def test_a_refusal_says_why_and_speaks_of_no_patient(operations: Client, world: World) -> None:
    reference = keeping.change_of(world)
    assert "Write why." in act(operations, "refuse", reference, why="")
    said = act(operations, "refuse", reference, why="Ask about SSN 912-12-1234.")
    assert "This holds what looks like a Social Security number" in said
    assert "Refused. The office is told why." in act(operations, "refuse", reference, why="A fax number.")
    assert models.Change.objects.get(reference=reference).why == "A fax number."


def test_a_document_is_handed_out_as_an_attachment_that_does_nothing(
    operations: Client, world: World
) -> None:
    reference = keeping.change_of(world)
    number = models.ChangeFile.objects.get().pk
    answer = operations.get(f"{DESK}changes/{reference}/documents/{number}/")
    assert (answer.content, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="directory-')
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_a_change_of_an_entry_that_is_gone_can_only_be_refused(operations: Client, world: World) -> None:
    reference = keeping.change_of(world)
    keeping.entry_of(world).delete()
    page = operations.get(f"{DESK}changes/{reference}/")
    assert "The provider file has this entry no more" in visiting.seen(page)
    assert reverse("staff_directory_accept", args=[reference]) not in page.content.decode()
    assert "Gone from the provider file" in visiting.seen(operations.get(DESK))


def test_accepted_changes_are_downloaded_once_and_calculate_nothing(operations: Client, world: World) -> None:
    address = {"address": "=1+1 Hill Rd", "city": "Ridge", "state": "CA", "postal_code": "90002"}
    reference = keeping.change_of(world, "address", address)
    act(operations, "accept", reference)
    first = operations.post(f"{DESK}export/")
    assert first.headers["Content-Disposition"] == 'attachment; filename="directory-changes-2026-03-12.csv"'
    (row,) = csv.DictReader(io.StringIO(first.content.decode()))
    assert (row["reference"], row["field"], row["effective_on"]) == (reference, "address", "2026-03-12")
    assert row["after"] == "'=1+1 Hill Rd, Ridge, CA 90002"
    assert len(operations.post(f"{DESK}export/").content.decode().splitlines()) == 1
    again = operations.post(f"{DESK}export/", {"since": "03/12/2026"})
    assert len(again.content.decode().splitlines()) == 2
    assert operations.post(f"{DESK}export/", {"since": "x"}).status_code == 422


@pytest.mark.parametrize(
    ("field", "after", "cell"),
    [("telehealth", True, "yes"), ("languages", ["Thai", "Arabic"], "Arabic|Thai"), ("fax", "", None)],
    ids=["flag", "list", "nothing"],
)
def test_each_value_is_written_as_a_core_system_reads_it(
    operations: Client, world: World, field: str, after: object, cell: str | None
) -> None:
    if cell is None:
        keeping.feed(fax=keeping.OTHER_NUMBER)
    act(operations, "accept", keeping.change_of(world, field, after))
    (row,) = csv.DictReader(io.StringIO(operations.post(f"{DESK}export/").content.decode()))
    assert row["after"] == (cell or "")


def test_what_nobody_confirmed_is_listed_and_is_a_work_item(operations: Client, world: World) -> None:
    keeping.entry_of(world)
    keeping.due(attest_by=TODAY - timedelta(days=1), unverified_since=TODAY)
    said = visiting.seen(operations.get(f"{DESK}unconfirmed/"))
    assert "4 entries of 4 tax IDs." in said
    assert "Mei Tran, MD NPI" in said
    directory_upkeep.keep(actor=worlds.system())
    assert "Directory entries nobody confirmed in time: reach the office" in visiting.seen(
        operations.get("/staff/work/")
    )
