"""An office's own directory entries on its pages: seen, changed with a document, taken back, confirmed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portico.domains.directory import models, reviewing
from portico.domains.directory.tests.keeping import PDF
from tests.support import directory_keeping as keeping
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import TODAY
from tests.support.world import World

ENTRIES = "/office/directory/"


@pytest.fixture
def keeper(world: World) -> Client:
    """The browser of somebody who keeps entries and may do nothing else."""
    keeping.entry_of(world)
    return visiting.sign_in(world[keeping.KEEPER])


def new(world: World, field: str) -> str:
    return reverse("office_directory_new", args=[keeping.entry_of(world).pk, field])


def sent(browser: Client, world: World, field: str, **what: Any) -> str:
    said = {"effective_on": "03/12/2026", **what}
    return visiting.seen(browser.post(new(world, field), said, follow=True))


def test_the_entries_are_listed_and_found(keeper: Client) -> None:
    said = visiting.seen(keeper.get(ENTRIES))
    assert "1 entry in all" in said
    assert "Mei Tran, MD Family medicine 12 Lake St, Northlake Not yet Nothing" in said
    assert "No entry of yours is like this" in visiting.seen(keeper.get(ENTRIES, {"text": "nobody"}))
    assert "Mei Tran" in visiting.seen(keeper.get(ENTRIES, {"text": "\0Tran"}))


def test_an_entry_says_what_everybody_reads(keeper: Client, world: World) -> None:
    said = visiting.seen(keeper.get(f"{ENTRIES}{keeping.entry_of(world).pk}/"))
    for words in (
        "Accepts no new patients",
        "No telehealth",
        "12 Lake St, Northlake, CA 90001",
        "None known",
    ):
        assert words in said


@pytest.mark.parametrize(
    ("field", "what", "says"),
    [
        ("telephone", {"after": "530-555-0177"}, "(530) 555-0177"),
        ("accepts_new_patients", {"after": "yes"}, "Accepts new patients"),
        ("languages", {"after": ["Thai", "Arabic"]}, "Arabic, Thai"),
        ("accessibility", {"after": ["parking"]}, "Accessible parking"),
        (
            "address",
            {"address": "1 Hill Rd", "city": "Ridge", "state": "ca", "postal_code": "90002"},
            "1 Hill Rd, Ridge, CA 90002",
        ),
        ("last_on", {"after": "04/30/2026"}, "04/30/2026"),
    ],
    ids=["telephone", "flag", "languages", "accessibility", "address", "last day"],
)
def test_each_field_is_changed_on_a_page_of_its_own(
    keeper: Client, world: World, field: str, what: dict[str, Any], says: str
) -> None:
    assert keeper.get(new(world, field)).status_code == 200
    said = sent(keeper, world, field, **what)
    assert "The plan has your change. It answers within two business days." in said
    assert f"What it is to say {says}" in said
    assert "State With the plan" in said
    assert "The plan answers by Mar 16, 2026, 10:00 AM PDT" in said


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ({"after": "12"}, "Enter ten digits"),
        ({"after": ""}, "Enter the number."),
        ({"after": "555-0110"}, "Enter ten digits"),
        (
            {"after": keeping.OTHER_NUMBER, "effective_on": "01/01/2020"},
            "Choose a day within the last 90 days",
        ),
        ({"after": keeping.OTHER_NUMBER, "effective_on": "01/01/2027"}, "Choose a day within the next 180"),
        ({"after": keeping.OTHER_NUMBER, "effective_on": "x"}, "Enter a day as mm/dd/yyyy"),
    ],
    ids=["short", "empty", "as it was", "early", "late", "no day"],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_kept(
    keeper: Client, world: World, what: dict[str, Any], says: str
) -> None:
    answer = keeper.post(new(world, "telephone"), {"effective_on": "03/12/2026", **what})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert not models.Change.objects.exists()


def test_a_second_change_of_a_field_waits_for_the_first(keeper: Client, world: World) -> None:
    sent(keeper, world, "telephone", after=keeping.OTHER_NUMBER)
    assert "A change of this is with the plan already" in sent(keeper, world, "telephone", after="5305550188")
    assert models.Change.objects.count() == 1
    assert "A change is with the plan" in visiting.seen(keeper.get(f"{ENTRIES}{keeping.entry_of(world).pk}/"))


def test_a_field_of_the_contract_has_no_page(keeper: Client, world: World) -> None:
    assert keeper.get(new(world, "npi")).status_code == 404


def test_a_document_goes_with_the_change_and_another_follows(keeper: Client, world: World) -> None:
    file = SimpleUploadedFile("letter.pdf", PDF)
    assert "letter.pdf" in sent(keeper, world, "telephone", after=keeping.OTHER_NUMBER, file=file)
    page = reverse("office_directory_document", args=[models.Change.objects.get().reference])
    said = visiting.seen(keeper.post(page, {"file": SimpleUploadedFile("w-9.pdf", PDF)}, follow=True))
    assert "The document is with the change now." in said
    assert "letter.pdf" in said
    assert "w-9.pdf" in said
    again = keeper.post(page, {"file": SimpleUploadedFile("x.pdf", b"MZ, no document")})
    assert (again.status_code, models.ChangeFile.objects.count()) == (422, 2)
    assert "This is no PDF, PNG or JPEG" in visiting.seen(again)


def test_a_file_that_is_no_document_keeps_the_change_from_being_sent(keeper: Client, world: World) -> None:
    file = SimpleUploadedFile("letter.pdf", b"<script>")
    said = sent(keeper, world, "telephone", after=keeping.OTHER_NUMBER, file=file)
    assert "This is no PDF, PNG or JPEG" in said
    assert not models.Change.objects.exists()


def test_a_change_is_taken_back_while_it_waits(keeper: Client, world: World) -> None:
    sent(keeper, world, "telephone", after=keeping.OTHER_NUMBER)
    page = reverse("office_directory_take_back", args=[models.Change.objects.get().reference])
    assert "The change is taken back." in visiting.seen(keeper.post(page, follow=True))
    assert "the plan has decided already" in visiting.seen(keeper.post(page, follow=True))


def test_a_refusal_is_read_with_its_reason_and_the_notice_leads_there(keeper: Client, world: World) -> None:
    reference = keeping.change_of(world)
    operations = worlds.actor(world["operations"])
    reviewing.refuse(actor=operations, reference=reference, why="This is <b>a fax</b> number.")
    said = visiting.seen(keeper.get(reverse("office_directory_change", args=[reference])))
    assert "The plan has not accepted it This is <b>a fax</b> number. Send it again" in said
    notices = keeper.get("/notices/").content.decode()
    assert "Your change of a directory entry was refused" in notices
    assert reverse("office_directory_change", args=[reference]) in notices


def test_what_was_wanted_changed_is_listed(keeper: Client, world: World) -> None:
    page = reverse("office_directory_changes")
    assert "Nothing yet" in visiting.seen(keeper.get(page))
    keeping.change_of(world)
    assert "Telephone: (530) 555-0177" in visiting.seen(keeper.get(page))


def test_all_entries_are_confirmed_by_one_button(keeper: Client, world: World) -> None:
    keeping.due(attest_by=TODAY + timedelta(days=5))
    assert "Please confirm your entries by 03/17/2026" in visiting.seen(keeper.get(ENTRIES))
    page = keeper.get(reverse("office_directory_confirm"))
    assert "Please confirm it by 03/17/2026" in visiting.seen(page)
    true = keeping.ticked(page)
    assert len(true) == 1
    said = visiting.seen(keeper.post(reverse("office_directory_confirmed"), {"true": true}, follow=True))
    assert "1 entry is confirmed. Thank you." in said
    assert "03/12/2026 by 06/10/2026" in said


def test_what_changed_meanwhile_is_shown_again(keeper: Client, world: World) -> None:
    true = keeping.ticked(keeper.get(reverse("office_directory_confirm")))
    reviewing.accept(actor=worlds.actor(world["operations"]), reference=keeping.change_of(world))
    said = visiting.seen(keeper.post(reverse("office_directory_confirmed"), {"true": true}, follow=True))
    assert "1 changed while you looked. Look at them again." in said
    assert "Confirm what is ticked" in said


def test_what_is_new_since_the_last_time_is_marked(keeper: Client, world: World) -> None:
    confirm = reverse("office_directory_confirm")
    keeper.post(reverse("office_directory_confirmed"), {"true": keeping.ticked(keeper.get(confirm))})
    reviewing.accept(actor=worlds.actor(world["operations"]), reference=keeping.change_of(world))
    assert "(530) 555-0177 New was 555-0110" in visiting.seen(keeper.get(confirm))


@pytest.mark.parametrize("true", [[], ["x"], ["9" * 30 + ":x"], ["1"]], ids=["none", "text", "large", "bare"])
def test_nonsense_confirms_nothing(keeper: Client, true: list[str]) -> None:
    answer = keeper.post(reverse("office_directory_confirmed"), {"true": true}, follow=True)
    assert "confirmed. Thank you" not in visiting.seen(answer)
    assert not models.Attestation.objects.exists()


def test_what_was_not_confirmed_in_time_is_said_on_every_page_of_it(keeper: Client, world: World) -> None:
    keeping.due(attest_by=TODAY - timedelta(days=1), unverified_since=TODAY)
    assert "1 not confirmed in time" in visiting.seen(keeper.get(ENTRIES))
    entry = f"{ENTRIES}{keeping.entry_of(world).pk}/"
    for page in (entry, reverse("office_directory_confirm")):
        assert "Not confirmed in time" in visiting.seen(keeper.get(page))


def test_an_office_without_entries_reads_so(world: World) -> None:
    keeper = visiting.sign_in(world[keeping.KEEPER])
    for page in (ENTRIES, reverse("office_directory_confirm")):
        assert "No entry is yours to keep" in visiting.seen(keeper.get(page))
