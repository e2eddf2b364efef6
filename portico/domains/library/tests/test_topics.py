"""What stands under a topic, and which questions help answers, for whoever asks."""

import pytest

from portico.domains.library import helping, topics
from portico.domains.library.reading import UnknownDocument
from portico.domains.library.shelf import Part
from portico.domains.library.tests import shelving
from portico.domains.library.tests.used import last_row
from portico.domains.library.topics import UnknownTopic
from tests.support import actors
from tests.support.actors import NOW

pytestmark = pytest.mark.django_db

HMO, MEDI_CAL = "employer-hmo", "medi-cal"
FRONT_DESK, VISITOR = actors.front_desk(), actors.visitor()


def test_topics_come_in_order_each_below_its_own() -> None:
    shelving.topic("claims", position=2)
    shelving.topic("visits", position=1)
    shelving.topic("therapy", above="visits")
    shelving.document("one", topics=["therapy"], public=True)
    shelving.document("two", topics=["therapy"])
    found = topics.every(actor=FRONT_DESK)
    assert [(each.code, each.depth, each.count) for each in found] == [
        ("visits", 0, 0),
        ("therapy", 1, 2),
        ("claims", 0, 0),
    ]
    assert last_row() == ("library", "allowed", "topics_listed")
    assert [each.count for each in topics.every(actor=VISITOR)] == [0, 1, 0]
    assert last_row() == ("public_pages", "allowed", "topics_listed")


def test_a_topic_shows_what_is_below_it_too_each_once() -> None:
    shelving.topic("visits")
    shelving.topic("therapy", above="visits")
    shelving.document("both", topics=["visits", "therapy"])
    shelving.document("archived", topics=["visits"], archived_at=NOW)
    shelving.document("unpublished", topics=["visits"], state="draft")
    found = topics.one(actor=FRONT_DESK, code="visits")
    assert [row.key for row in found.page.rows] == ["both"]
    assert [each.code for each in found.below] == ["therapy"]
    assert topics.one(actor=FRONT_DESK, code="therapy").above == (("visits", "Visits"),)
    assert last_row() == ("library", "allowed", "topic_read")


def test_what_another_line_has_is_counted_and_not_listed() -> None:
    shelving.document("here", topics=["visits"], lines=[HMO, MEDI_CAL])
    shelving.document("there", topics=["visits"], lines=[MEDI_CAL])
    found = topics.one(actor=FRONT_DESK, code="visits", part=Part(line=HMO))
    assert [row.key for row in found.page.rows] == ["here"]
    assert found.elsewhere == {MEDI_CAL: 1}
    everywhere = topics.one(actor=FRONT_DESK, code="visits")
    assert ([row.key for row in everywhere.page.rows], everywhere.elsewhere) == (["here", "there"], {})


def test_a_visitor_is_not_told_how_much_is_hidden() -> None:
    shelving.document("there", topics=["visits"], lines=[MEDI_CAL])
    assert topics.one(actor=VISITOR, code="visits", part=Part(line=HMO)).elsewhere == {}


def test_a_long_shelf_comes_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "PAGE", 2)
    for number in range(5):
        shelving.document(f"one-{number}", title="The same title", topics=["visits"])
    seen: list[str] = []
    after = ""
    while True:
        page = topics.one(actor=FRONT_DESK, code="visits", after=after).page
        seen.extend(row.key for row in page.rows)
        if page.next_key is None:
            break
        after = page.next_key
    assert seen == [f"one-{number}" for number in range(5)]


@pytest.mark.parametrize("after", ["0", "x", "9" * 30, "-1"])
def test_a_key_of_no_page_begins_at_the_first(after: str) -> None:
    shelving.document("one", topics=["visits"])
    assert len(topics.one(actor=FRONT_DESK, code="visits", after=after).page.rows) == 1


def test_an_unknown_topic_is_none() -> None:
    with pytest.raises(UnknownTopic):
        topics.one(actor=FRONT_DESK, code="nothing")
    assert last_row() == ("library", "allowed", "not_found")


def test_questions_stand_under_their_first_topic() -> None:
    shelving.topic("sign-in", position=1)
    shelving.topic("office", position=2)
    shelving.document("b", kind="help", title="B?", topics=["office", "sign-in"], public=True)
    shelving.document("a", kind="help", title="A?", topics=["office"])
    shelving.document("c", kind="help", title="C?")
    shelving.document("manual", title="No question", topics=["office"])
    found = helping.questions(actor=FRONT_DESK)
    assert [(group.name, [each.key for each in group.questions]) for group in found] == [
        ("Sign-in", ["b"]),
        ("Office", ["a"]),
        ("", ["c"]),
    ]
    assert last_row() == ("library", "allowed", "help_listed")
    assert [each.key for group in helping.questions(actor=VISITOR) for each in group.questions] == ["b"]


def test_an_answer_is_a_document_of_help() -> None:
    shelving.document("a", kind="help")
    shelving.document("manual")
    assert helping.answer(actor=FRONT_DESK, key="a").key == "a"
    with pytest.raises(UnknownDocument):
        helping.answer(actor=FRONT_DESK, key="manual")


@pytest.mark.parametrize(
    ("public", "visitor", "signed_in"),
    [(True, True, True), (False, False, True), (None, False, False)],
    ids=["public", "for offices", "none"],
)
def test_the_portals_manual_is_there_for_whom_it_is(
    public: bool | None, visitor: bool, signed_in: bool
) -> None:
    if public is not None:
        shelving.document(helping.PORTAL_MANUAL, public=public)
    assert helping.has_manual(actor=VISITOR) is visitor
    assert helping.has_manual(actor=FRONT_DESK) is signed_in
    assert last_row() == ("library", "allowed", "manual_found" if signed_in else "not_found")


def test_a_key_says_nothing_of_what_is_not_shown() -> None:
    """Where a closed or unpublished title would stand is told to nobody who asks for what follows it."""
    for title in ("Adams", "Zorn"):
        shelving.document(title.lower(), title=title, topics=["visits"], public=True)
    closed = shelving.add(shelving.document("closed", title=None, topics=["visits"]), title="Monday")
    draft = shelving.add(shelving.document("draft", title=None), title="Monday", state="draft")
    for row, actor in ((closed, VISITOR), (draft, VISITOR), (draft, FRONT_DESK)):
        shown = topics.one(actor=actor, code="visits", after=str(row.pk)).page.rows
        assert "adams" in [each.key for each in shown]
