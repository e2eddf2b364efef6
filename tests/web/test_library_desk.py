"""The desk of the library: writing with its preview, files, looking at it, publishing, the history."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portico.domains.library import models
from portico.domains.plan import catalogue
from tests.support import shelves, visiting
from tests.support import world as worlds
from tests.support.actors import NOW, TODAY
from tests.support.pdfs import pdf
from tests.support.shelves import KEY
from tests.support.world import World

SENT: dict[str, Any] = {
    "key": KEY,
    "kind": "manual",
    "material_number": "23-346m",
    "title": "Prior authorization",
    "summary": "When to ask.",
    "body": "## When to ask\r\n\r\nBefore the visit.",
    "lines": ["all"],
    "first_on": "03/01/2026",
}


@pytest.fixture
def editor(world: World) -> Client:
    """The communications desk."""
    return visiting.sign_in(world["communications"])


def address(route: str, *more: Any, key: str = KEY) -> str:
    return reverse(f"staff_library_{route}", args=[key, *more])


def about(use: Any) -> list[tuple[str, str]]:
    """What an audit row is about."""
    return [(subject.kind, subject.identifier) for subject in use.subjects.all()]


def test_an_empty_library_says_how_it_is_filled(editor: Client, operations: Client) -> None:
    assert "No document stands here Write one" in visiting.seen(editor.get(reverse("staff_library")))
    said = visiting.seen(operations.get(reverse("staff_library")))
    assert "The communications desk writes them." in said
    assert "Write a document" not in said


def test_an_editor_writes_a_document_that_nobody_reads_yet(editor: Client) -> None:
    answer = editor.post(reverse("staff_library_new"), SENT)

    assert answer.headers["Location"] == address("edit")
    version = shelves.version()
    assert (version.state, version.title, version.body) == (
        "draft",
        "Prior authorization",
        "## When to ask\n\nBefore the visit.",
    )
    assert version.document.material_key == "23346m"
    assert not version.limits.exists()
    [use] = worlds.uses(conclusion="document_begun")
    assert (use.function, about(use)) == ("library_editing", [("document", KEY)])


def test_what_is_missing_is_said_beside_its_field(editor: Client) -> None:
    answer = editor.post(reverse("staff_library_new"), {"do": "save"})
    said = visiting.seen(answer)
    assert answer.status_code == 422
    for sentence in (
        "Enter the key.",
        "Choose what it is.",
        "Enter the title.",
        "Choose every line, or those it is for.",
        "Enter the first day it counts.",
    ):
        assert sentence in said


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": "No Key"}, "Use small letters, digits and hyphens"),
        ({"key": "access", "kind": "help"}, "Help has a page of its own at access."),
        ({"material_number": "---"}, "A number has letters or digits"),
        ({"part_of": "moon"}, "The library has no document of this key."),
        ({"last_on": "02/28/2026"}, "Enter a last day that is not before the first."),
        ({"body": "x" * 60_001}, "Use 60,000 signs at most"),
        ({"lines": ["moon"]}, "Select a valid choice"),
    ],
    ids=range(7),
)
def test_what_cannot_be_kept_is_said_beside_its_field(
    editor: Client, changes: dict[str, Any], says: str
) -> None:
    answer = editor.post(reverse("staff_library_new"), SENT | changes)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)


def test_a_key_is_taken_once(editor: Client, world: World) -> None:
    shelves.draft(world)
    assert "Another document has this key." in visiting.seen(editor.post(reverse("staff_library_new"), SENT))


def test_without_a_script_the_preview_is_a_button_and_keeps_nothing(editor: Client, world: World) -> None:
    shelves.draft(world)
    sent = {**SENT, "body": "## Fresh\n\n[moon](library:moon)", "do": "look"}

    answer = editor.post(address("edit"), sent)

    shown = answer.content.decode()
    assert '<h2 id="s-fresh">Fresh</h2>' in shown
    assert "1 thing to mend before it is sent." in visiting.seen(answer)
    assert "A link leads nowhere: moon" in visiting.seen(answer)
    assert shelves.version().body == shelves.BODY


def test_the_live_preview_is_the_text_as_it_will_be_read(editor: Client, world: World) -> None:
    shelves.draft(world)
    body = "## Days\n\n[form](form.pdf) ![A flow](form.pdf) <script>alert(1)</script>"

    answer = editor.post(reverse("staff_library_preview"), {"body": body, "of": KEY})

    shown = answer.content.decode()
    assert '<h2 id="s-days">Days</h2>' in shown
    assert f'href="{address("file", 1, "form.pdf")}"' in shown
    assert "<script" not in shown
    assert 'role="status"' in shown
    assert "Nothing to mend." in visiting.seen(answer)
    too_long = editor.post(reverse("staff_library_preview"), {"body": "x" * 60_001})
    assert "Use 60,000 signs at most" in visiting.seen(too_long)
    assert "Nothing is written yet." in visiting.seen(editor.post(reverse("staff_library_preview"), {}))


def test_saving_says_so_and_another_s_saving_is_not_written_over(
    editor: Client, world: World, clock: Any
) -> None:
    shelves.draft(world)
    was = shelves.version().changed_at.isoformat()
    saved = editor.post(address("edit"), {**SENT, "title": "Mine", "was": was}, follow=True)
    assert "The draft is saved." in visiting.seen(saved)
    clock.move_to(NOW + timedelta(minutes=5))
    editor.post(address("edit"), {**SENT, "title": "Theirs", "was": shelves.version().changed_at.isoformat()})

    late = editor.post(address("edit"), {**SENT, "title": "Late", "was": was})

    assert late.status_code == 422
    assert "Somebody else has saved this document" in visiting.seen(late)
    assert shelves.version().title == "Theirs"


def test_sending_says_everything_that_is_still_wrong(editor: Client, world: World) -> None:
    shelves.draft(world)
    bad = editor.post(address("edit"), {**SENT, "body": "[x](library:moon)", "do": "send"})
    assert bad.status_code == 422
    assert "A link leads nowhere: moon" in visiting.seen(bad)
    assert shelves.version().state == "draft"

    good = editor.post(address("edit"), {**SENT, "do": "send"}, follow=True)
    assert "Sent. Somebody else looks at it" in visiting.seen(good)
    assert shelves.version().state == "in_review"


def test_a_file_is_put_to_a_draft_and_taken_off(editor: Client, world: World) -> None:
    shelves.draft(world)
    file = SimpleUploadedFile("flow.pdf", pdf("Flow"), "application/pdf")
    put = editor.post(address("files"), {"file": file, "says": "How it runs"}, follow=True)
    assert "Kept. A text links it as attachment:flow.pdf" in visiting.seen(put)
    assert "How it runs" in visiting.seen(put)

    off = editor.post(address("files"), {"remove": "flow.pdf"}, follow=True)
    assert "flow.pdf is taken off." in visiting.seen(off)
    assert [file.name for file in shelves.version().attachments.all()] == ["form.pdf"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html>", "Choose a PDF, a PNG or a JPEG."),
        (pdf("x", b"/OpenAction << /S /JavaScript >>"), "The file holds what acts"),
        (pdf("x", b"/Encrypt 9 0 R"), "The file is encrypted."),
        (b"", "The file is empty."),
    ],
    ids=["html", "acting", "locked", "empty"],
)
def test_a_file_that_cannot_be_kept_is_said_beside_its_field(
    editor: Client, world: World, content: bytes, says: str
) -> None:
    shelves.draft(world)
    answer = editor.post(address("files"), {"file": SimpleUploadedFile("a.pdf", content)})
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert shelves.version().attachments.count() == 1


def test_a_file_leaves_as_an_attachment_that_runs_nothing(operations: Client, world: World) -> None:
    shelves.waiting(world)
    answer = operations.get(address("file", 1, "form.pdf"))
    assert answer.content == pdf("Form")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="form.pdf"'
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert operations.get(address("file", 1, "moon.pdf")).status_code == 404


def test_somebody_else_publishes_it_now(operations: Client, world: World) -> None:
    shelves.waiting(world)
    page = visiting.seen(operations.get(address("version", 1)))
    assert "Waits for a look" in page
    assert "Before the visit." in page

    answer = operations.post(address("approve", 1), {}, follow=True)

    assert "Published." in visiting.seen(answer)
    assert "Version 1 in force" in visiting.seen(operations.get(reverse("staff_library")))
    [use] = worlds.uses(conclusion="version_published")
    assert (use.function, about(use)) == ("library_publishing", [("document", KEY)])


def test_a_mistake_is_corrected_on_its_own_day(
    editor: Client, operations: Client, world: World, clock: time_machine.Traveller
) -> None:
    shelves.published(world, first_on=TODAY)
    clock.shift(300)
    editor.post(address("writing"), {"do": "anew"})
    editor.post(address("writing"), {"do": "send"})
    said = visiting.seen(operations.get(address("version", 2)))
    assert "This corrects version 1 Both begin on the same day." in said

    operations.post(address("approve", 2), {})

    assert shelves.version(number=2).state == "published"
    assert "Published Corrected" in visiting.seen(operations.get(address("document")))


def test_it_appears_at_an_instant_of_the_plan_s_clocks(operations: Client, world: World) -> None:
    shelves.waiting(world)
    answer = operations.post(address("approve", 1), {"day": "03/20/2026", "time": "08:30"}, follow=True)
    said = visiting.seen(answer)
    assert "Approved. It appears by itself at its instant." in said
    assert "Appears Mar 20, 2026, 8:30 AM PDT" in said
    assert shelves.version().publish_at == datetime(2026, 3, 20, 15, 30, tzinfo=UTC)

    stopped = operations.post(address("withdraw", 1), follow=True)
    assert "It does not appear." in visiting.seen(stopped)
    assert shelves.version().state == "withdrawn"


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"day": "03/14/2027", "time": "02:30"}, "The plan's clocks never show that time"),
        ({"day": "03/11/2026"}, "Enter a day that is not past"),
        ({"day": "tomorrow"}, "Enter a day as mm/dd/yyyy"),
        ({"day": "03/20/2026", "time": "soon"}, "Enter a time such as 08:00."),
    ],
    ids=range(4),
)
def test_an_instant_that_is_none_is_said_beside_its_field(
    operations: Client, world: World, sent: dict[str, str], says: str
) -> None:
    shelves.waiting(world)
    answer = operations.post(address("approve", 1), sent)
    assert answer.status_code == 422
    assert says in visiting.seen(answer)
    assert shelves.version().state == "in_review"


def test_nobody_publishes_their_own_words(editor: Client, world: World) -> None:
    shelves.waiting(world)
    assert "You wrote this version." in visiting.seen(editor.get(address("version", 1)))
    for route, sent in (("approve", {}), ("refuse", {"answer": "Fine."})):
        answer = editor.post(address(route, 1), sent)
        assert answer.status_code == 422
    assert shelves.version().state == "in_review"


def test_what_is_given_back_says_what_is_to_be_changed(
    editor: Client, operations: Client, world: World
) -> None:
    shelves.waiting(world)
    assert "Write what is to be changed." in visiting.seen(operations.post(address("refuse", 1), {}))
    operations.post(address("refuse", 1), {"answer": "Name the form."})

    assert "To be changed Name the form." in visiting.seen(editor.get(address("edit")))
    assert "To be changed Name the form." in visiting.seen(editor.get(address("document")))


def test_the_next_version_begins_with_the_words_of_the_last(editor: Client, world: World) -> None:
    shelves.published(world)
    answer = editor.post(address("writing"), {"do": "anew"})
    assert answer.headers["Location"] == address("edit")
    page = editor.get(address("edit")).content.decode()
    assert "Before the visit." in page
    assert 'name="kind"' not in page

    sent = {**SENT, "first_on": "06/01/2026", "do": "send"}
    assert editor.post(address("edit"), sent).status_code == 302
    assert shelves.version(number=2).first_on == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("do", "says", "state"),
    [
        ("send", "Sent. Somebody else looks at it", "in_review"),
        ("drop", "The draft is given up.", "withdrawn"),
        ("take_back", "Nothing was changed", "draft"),
    ],
)
def test_what_becomes_of_a_draft(editor: Client, world: World, do: str, says: str, state: str) -> None:
    shelves.draft(world)
    assert says in visiting.seen(editor.post(address("writing"), {"do": do}, follow=True))
    assert shelves.version().state == state


def test_what_is_not_ready_is_not_sent_from_the_document_either(editor: Client, world: World) -> None:
    shelves.draft(world, body="[x](library:moon)")
    answer = editor.post(address("writing"), {"do": "send"}, follow=True)
    assert "Not sent. A link leads nowhere: moon" in visiting.seen(answer)


def test_who_comes_too_late_is_told_how_it_stands(operations: Client, world: World) -> None:
    shelves.published(world)
    for route, sent in (("approve", {}), ("refuse", {"answer": "No."}), ("withdraw", {})):
        answer = operations.post(address(route, 1), sent, follow=True)
        assert "Nothing was changed: the version stands elsewhere by now." in visiting.seen(answer)


def test_a_document_is_archived_and_put_back(operations: Client, world: World) -> None:
    shelves.published(world)
    gone = operations.post(address("standing"), {"do": "archive"}, follow=True)
    assert "Archived Since" in visiting.seen(gone)
    back = operations.post(address("standing"), {"do": "restore"}, follow=True)
    assert "The document is back." in visiting.seen(back)


def test_topics_and_place_are_changed_on_their_own_page(operations: Client, world: World) -> None:
    shelves.published(world)
    assert "kind" not in operations.get(address("about")).context["form"].fields
    answer = operations.post(address("about"), {"topics": ["claims"], "position": "3"}, follow=True)
    assert "Changed, for readers too." in visiting.seen(answer)
    assert [topic.code for topic in shelves.version().document.topics.all()] == ["claims"]
    wrong = operations.post(address("about"), {"part_of": KEY})
    assert wrong.status_code == 422
    assert "It would lie in itself, or too deep." in visiting.seen(wrong)


def test_the_list_finds_by_number_key_and_words(operations: Client, world: World) -> None:
    shelves.published(world, "a", number="23-346m", title="Asking first")
    shelves.waiting(world, "b", title="Paying")

    def shown(**asked: str) -> str:
        return visiting.seen(operations.get(reverse("staff_library"), asked))

    assert "All (2) Being written (0) Waiting for a look (1)" in shown()
    for text in ("23 346 M", "asking", "a"):
        assert "Asking first" in shown(text=text)
    assert "Asking first" not in shown(text="paying")
    assert "Paying" in shown(which="in_review")
    assert "Asking first" not in shown(which="in_review")
    assert "Asking first" in shown(which="moon")


def test_a_long_list_comes_in_pages(operations: Client, world: World) -> None:
    for number in range(26):
        shelves.draft(world, f"document-{number:02}")
    first = operations.get(reverse("staff_library"))
    assert "document-25" not in visiting.seen(first)
    assert "More documents" in visiting.seen(first)
    second = operations.get(reverse("staff_library"), {"after": first.context["next_key"]})
    assert "document-25" in visiting.seen(second)


def test_nothing_is_at_an_address_of_nothing(editor: Client, world: World) -> None:
    shelves.published(world)
    for route, more in (
        ("document", ()),
        ("about", ()),
        ("edit", ()),
        ("version", (1,)),
        ("file", (1, "form.pdf")),
    ):
        assert editor.get(address(route, *more, key="moon")).status_code == 404
    assert editor.get(address("edit")).status_code == 404
    assert editor.get(address("version", 9)).status_code == 404


def test_only_the_communications_desk_writes(operations: Client, world: World) -> None:
    shelves.draft(world)
    assert operations.get(reverse("staff_library_new")).status_code == 403
    assert operations.get(address("edit")).status_code == 403
    assert "Go on writing" not in visiting.seen(operations.get(address("document")))


def asked(browser: Client, page: str) -> int:
    """How many queries a page asks."""
    catalogue.identity()
    catalogue.choices()
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(page).status_code == 200
    return len(queries)


def test_the_list_asks_the_same_whatever_its_length(operations: Client, world: World) -> None:
    shelves.published(world)
    short = asked(operations, reverse("staff_library"))
    for number in range(12):
        shelves.published(world, f"document-{number}")
    assert asked(operations, reverse("staff_library")) == short == 10


def test_a_document_asks_the_same_however_long_its_history(
    editor: Client, operations: Client, world: World
) -> None:
    shelves.published(world)
    short = asked(operations, address("document"))
    for number in (2, 3, 4):
        editor.post(address("writing"), {"do": "anew"})
        editor.post(address("edit"), {**SENT, "first_on": f"0{number + 2}/01/2026", "do": "send"})
        operations.post(address("approve", number), {})
    assert "4: Prior authorization" in visiting.seen(operations.get(address("document")))
    assert asked(operations, address("document")) == short


def test_what_nobody_knows_how_to_do_is_not_done(editor: Client, world: World) -> None:
    shelves.draft(world)
    for route in ("writing", "standing"):
        assert editor.post(address(route), {"do": "x"}).status_code == 404
    version = shelves.version()
    assert (version.state, version.document.archived_at) == ("draft", None)


def test_a_sign_that_no_database_keeps_is_as_if_it_were_not_there(editor: Client, world: World) -> None:
    shelves.draft(world)
    for asked in ({"text": "\0"}, {"after": "\0"}, {"text": "\0prior"}):
        assert "Prior authorization" in visiting.seen(editor.get(reverse("staff_library"), asked))
    assert editor.get(f"{address('version', 1)}files/%00/").status_code == 404
    assert editor.post(address("files"), {"remove": "\0"}).status_code == 422
    assert editor.post(reverse("staff_library_preview"), {"of": "\0", "body": "Words"}).status_code == 200


def test_words_that_were_sent_anew_meanwhile_are_shown_again_and_not_published(
    operations: Client, world: World
) -> None:
    shelves.waiting(world)
    page = operations.get(address("version", 1)).content.decode()
    [seen] = re.findall(r'name="seen" value="([^"]+)"', page)
    sent_at = shelves.version().sent_at + timedelta(seconds=1)
    models.Version.objects.update(sent_at=sent_at, body="Never ask.")

    said = visiting.seen(operations.post(address("approve", 1), {"seen": seen}, follow=True))

    assert "Nothing was changed" in said
    assert "Never ask." in said
    assert shelves.version().state == "in_review"
    operations.post(address("approve", 1), {"seen": sent_at.isoformat()})
    assert shelves.version().state == "published"
