"""Writing: what a draft may be, who may write, and what readers see of it: nothing."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from portico.domains.library import editing, files, models, publishing
from portico.domains.library.editing import CannotKeep, ChangedMeanwhile, UnknownDocument, WrongState
from portico.domains.library.rules import State
from portico.domains.library.tests import writing
from portico.domains.library.tests.writing import ABOUT, KEY, SAID, editor, reviewer
from portico.domains.library.wording import About
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.shared.files.faults import BadFile, Fault
from tests.support import actors
from tests.support.actors import NOW
from tests.support.pdfs import pdf

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def plan() -> None:
    """A plan with lines, a region and topics."""
    writing.plan()


def codes(error: pytest.ExceptionInfo[CannotKeep]) -> list[str]:
    """The codes of the faults."""
    return [code for code, _ in error.value.faults]


def test_a_document_begins_with_a_draft_that_no_index_takes_in() -> None:
    saved = writing.begun()

    assert (saved.key, saved.number, saved.changed_at) == (KEY, 1, NOW)
    version = writing.version()
    assert (version.state, version.title, version.first_on) == (State.DRAFT, SAID.title, SAID.first_on)
    assert (version.written_by, version.changed_at) == (51, NOW)
    document = version.document
    assert (document.material_number, document.material_key) == ("23-346m", "23346m")
    assert [topic.code for topic in document.topics.all()] == ["authorizations"]
    assert sorted(version.limits.values_list("dimension", "value")) == [
        ("line", "employer-hmo"),
        ("region", "north"),
    ]
    assert writing.moved() == []
    assert writing.audited() == [("library_editing", "document_begun", [KEY])]


def test_what_cannot_be_a_document_is_said_with_every_reason() -> None:
    said = replace(SAID, title=" ", lines=None, first_on=None, regions=frozenset({"moon"}))
    with pytest.raises(CannotKeep) as error:
        editing.begin(actor=editor(), key="No Key", about=About("novel", "---", "moon"), said=said)

    assert sorted(codes(error)) == [
        "key_wrong",
        "kind_not_known",
        "material_number_wrong",
        "no_first_day",
        "no_line",
        "no_title",
        "part_of_not_known",
        "region_not_known",
    ]
    assert not models.Document.objects.exists()


@pytest.mark.parametrize("key", ["access", "manual"])
def test_no_answer_of_help_takes_the_address_of_a_page_of_help(key: str) -> None:
    about = About(kind="help")
    with pytest.raises(CannotKeep) as error:
        writing.begun(key, about)
    assert error.value.faults == (("key_is_a_page_of_help", key),)

    saved = writing.begun(key, About(kind="manual"))
    with pytest.raises(CannotKeep) as error:
        editing.save(actor=editor(), key=key, about=about, said=SAID, was=saved.changed_at)
    assert error.value.faults == (("key_is_a_page_of_help", key),)


def test_a_key_and_a_material_number_are_one_document_s() -> None:
    writing.begun()
    with pytest.raises(CannotKeep) as error:
        writing.begun()
    assert codes(error) == ["key_taken"]
    with pytest.raises(CannotKeep) as error:
        writing.begun("other", replace(ABOUT, material_number="23 346 M"))
    assert codes(error) == ["material_number_taken"]


def test_saving_keeps_everything_and_says_when() -> None:
    was = writing.begun().changed_at
    about = About(kind="update", material_number="23-347m", topics=("claims",), position=4)
    said = replace(SAID, title="Asking first", lines=frozenset(), is_public=True, last_on=date(2026, 12, 31))

    saved = editing.save(actor=editor(after=MINUTE), key=KEY, about=about, said=said, was=was)

    assert saved.changed_at == NOW + MINUTE
    version = writing.version()
    assert (version.title, version.is_public, version.last_on) == ("Asking first", True, date(2026, 12, 31))
    assert sorted(version.limits.values_list("dimension", "value")) == [("region", "north")]
    assert (version.document.kind, version.document.material_key, version.document.position) == (
        "update",
        "23347m",
        4,
    )
    assert writing.audited()[-1] == ("library_editing", "version_saved", [KEY])


def test_what_somebody_else_saved_meanwhile_is_not_written_over() -> None:
    was = writing.begun().changed_at
    editing.save(actor=editor(after=MINUTE, user_id=53), key=KEY, about=ABOUT, said=SAID, was=was)

    with pytest.raises(ChangedMeanwhile):
        editing.save(
            actor=editor(after=2 * MINUTE), key=KEY, about=ABOUT, said=replace(SAID, title="Mine"), was=was
        )
    assert writing.version().title == SAID.title


def test_a_draft_may_have_links_that_lead_nowhere_until_it_is_sent() -> None:
    writing.begun(body="[later](library:later) ![](flow.png)")

    with pytest.raises(CannotKeep) as error:
        editing.send(actor=editor(), key=KEY)
    assert codes(error) == ["link_broken", "image_missing"]
    assert writing.version().state == State.DRAFT


def test_a_draft_without_a_word_or_a_file_is_not_sent() -> None:
    writing.begun(body=" ")
    with pytest.raises(CannotKeep) as error:
        editing.send(actor=editor(), key=KEY)
    assert codes(error) == ["says_nothing"]

    editing.attach(actor=editor(), key=KEY, name="form.pdf", content=pdf("Form"), says="The form")
    editing.send(actor=editor(), key=KEY)
    assert writing.version().state == State.IN_REVIEW


def test_what_is_sent_waits_unchanged_until_it_is_taken_back() -> None:
    writing.sent()
    version = writing.version()
    assert (version.state, version.sent_at) == (State.IN_REVIEW, NOW)
    for act in (
        lambda: editing.save(actor=editor(), key=KEY, about=ABOUT, said=SAID, was=version.changed_at),
        lambda: editing.attach(actor=editor(), key=KEY, name="a.pdf", content=pdf("x"), says=""),
        lambda: editing.detach(actor=editor(), key=KEY, name="a.pdf"),
        lambda: editing.send(actor=editor(), key=KEY),
        lambda: editing.drop(actor=editor(), key=KEY),
    ):
        with pytest.raises(WrongState):
            act()

    editing.take_back(actor=editor(), key=KEY)
    assert writing.version().state == State.DRAFT
    assert writing.version().sent_at is None
    assert writing.audited()[-1] == ("library_editing", "version_taken_back", [KEY])


def test_a_new_version_begins_with_the_words_and_files_of_the_last() -> None:
    writing.begun(last_on=date(2026, 12, 31), must_read_by=date(2026, 4, 1))
    editing.attach(actor=editor(), key=KEY, name="form.pdf", content=pdf("Form"), says="The form")
    editing.send(actor=editor(), key=KEY)
    publishing.approve(actor=reviewer(), key=KEY, number=1)

    saved = editing.anew(actor=editor(after=MINUTE), key=KEY, first_on=date(2026, 6, 1))
    again = editing.anew(actor=editor(after=2 * MINUTE), key=KEY, first_on=date(2026, 7, 1))

    assert saved == again
    version = writing.version(number=2)
    assert (version.state, version.body, version.first_on) == (State.DRAFT, SAID.body, date(2026, 6, 1))
    assert (version.last_on, version.must_read_by) == (None, None)
    assert list(version.attachments.values_list("name", "says", "text")) == [("form.pdf", "The form", "Form")]
    assert writing.version().attachments.count() == 1
    assert [row[1] for row in writing.audited()[-2:]] == ["version_begun", "already_so"]


def test_what_readers_know_a_document_by_is_not_changed_by_a_draft() -> None:
    writing.published()
    was = editing.anew(actor=editor(), key=KEY, first_on=date(2026, 6, 1)).changed_at

    with pytest.raises(CannotKeep) as error:
        editing.save(actor=editor(), key=KEY, about=replace(ABOUT, kind="form"), said=SAID, was=was)
    assert codes(error) == ["about_is_published"]
    said = replace(SAID, title="Asking first", first_on=date(2026, 6, 1))
    editing.save(actor=editor(), key=KEY, about=ABOUT, said=said, was=was)
    assert writing.moved() == [KEY]
    assert writing.version().title == SAID.title


def test_files_are_known_by_content_named_truly_and_replaced_by_name() -> None:
    writing.begun()
    name = editing.attach(actor=editor(), key=KEY, name="x/A (1).txt", content=pdf("One"), says="A form ")
    assert name == "A -1-.txt.pdf"
    editing.attach(actor=editor(), key=KEY, name=name, content=pdf("Two"), says="A form")
    assert list(models.Attachment.objects.values_list("name", "says", "text")) == [(name, "A form", "Two")]
    assert editing.detach(actor=editor(), key=KEY, name=name)
    assert not editing.detach(actor=editor(), key=KEY, name=name)
    assert [row[1] for row in writing.audited()[1:]] == [
        "file_attached",
        "file_attached",
        "file_detached",
        "already_so",
    ]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.EMPTY),
        (b"<html>", Fault.UNKNOWN),
        (pdf("x", b"/OpenAction << /S /JavaScript >>"), Fault.ACTIVE),
        (b"%PDF-1.7\n%%EOF", Fault.DAMAGED),
    ],
    ids=["empty", "html", "acting", "hollow"],
)
def test_a_file_that_is_not_what_it_should_be_is_not_taken(content: bytes, fault: Fault) -> None:
    writing.begun()
    with pytest.raises(BadFile) as error:
        editing.attach(actor=editor(), key=KEY, name="a.pdf", content=content, says="")
    assert error.value.fault is fault
    assert not models.Attachment.objects.exists()


def test_a_version_has_only_so_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_FILES", 1)
    writing.begun()
    for name in ("a.pdf", "a.pdf"):
        editing.attach(actor=editor(), key=KEY, name=name, content=pdf("x"), says="")
    with pytest.raises(CannotKeep) as error:
        editing.attach(actor=editor(), key=KEY, name="b.pdf", content=pdf("x"), says="")
    assert codes(error) == ["too_many_files"]


def test_remarks_say_what_is_wrong_with_a_text_before_it_is_saved() -> None:
    writing.begun()
    editing.attach(actor=editor(), key=KEY, name="form.pdf", content=pdf("Form"), says="")

    text = "[a](form.pdf) [b](library:prior-authorization) [c](library:moon) ![](form.pdf)"
    assert editing.remarks(actor=editor(), key=KEY, body=text) == (
        ("link_broken", "moon"),
        ("image_says_nothing", "form.pdf"),
    )
    assert editing.remarks(actor=editor(), key="", body="x" * 60_001) == (("text_too_long", "60,000"),)


def test_a_draft_that_is_given_up_stays_in_the_history_and_makes_room() -> None:
    writing.begun()
    editing.drop(actor=editor(), key=KEY)

    assert writing.version().state == State.WITHDRAWN
    assert editing.anew(actor=editor(), key=KEY, first_on=date(2026, 6, 1)).number == 2


def test_what_the_library_does_not_have_cannot_be_written() -> None:
    with pytest.raises(UnknownDocument):
        editing.anew(actor=editor(), key="moon", first_on=date(2026, 6, 1))
    with pytest.raises(UnknownDocument):
        editing.send(actor=editor(), key="moon")


@pytest.mark.parametrize(
    "actor", [reviewer(), actors.front_desk(), actors.administrator(), actors.visitor()], ids=range(4)
)
def test_only_the_communications_desk_writes(actor: Actor) -> None:
    writing.begun()
    for act in (
        lambda: editing.begin(actor=actor, key="new", about=ABOUT, said=SAID),
        lambda: editing.anew(actor=actor, key=KEY, first_on=date(2026, 6, 1)),
        lambda: editing.save(actor=actor, key=KEY, about=ABOUT, said=SAID, was=NOW),
        lambda: editing.attach(actor=actor, key=KEY, name="a.pdf", content=pdf("x"), says=""),
        lambda: editing.detach(actor=actor, key=KEY, name="a.pdf"),
        lambda: editing.send(actor=actor, key=KEY),
        lambda: editing.take_back(actor=actor, key=KEY),
        lambda: editing.drop(actor=actor, key=KEY),
        lambda: editing.remarks(actor=actor, key=KEY, body=""),
        lambda: editing.offered(actor=actor),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert models.Document.objects.count() == 1
    assert writing.version().state == State.DRAFT


def test_the_database_refuses_two_open_versions_of_one_document() -> None:
    writing.begun()
    version = writing.version()
    version.pk, version.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_a_number_that_another_editor_takes_this_very_moment_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    writing.begun("first")
    monkeypatch.setattr(editing, "_check_number", lambda *_: None)
    with pytest.raises(CannotKeep) as error:
        writing.begun("second")
    assert error.value.faults == (("material_number_taken", ABOUT.material_number),)

    writing.begun("third", replace(ABOUT, material_number=""))
    was = writing.version("third").changed_at
    with pytest.raises(CannotKeep) as error:
        editing.save(actor=editor(), key="third", about=ABOUT, said=SAID, was=was)
    assert error.value.faults == (("material_number_taken", ABOUT.material_number),)
