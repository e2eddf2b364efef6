"""Reading a document: today, on a day, one version; for whom it is, and what is said where it is not."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.library import comparisons, models, reading, rules, served, shelf, whole
from portico.domains.library.comparing.differences import Fate
from portico.domains.library.reading import NotInForce, Reading, UnknownDocument
from portico.domains.library.rules import Standing
from portico.domains.library.shelf import Part
from portico.domains.library.tests import shelving
from portico.domains.library.tests.used import last_row, subjects
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import actors
from tests.support.actors import NOW, TODAY

pytestmark = pytest.mark.django_db

HMO, MEDI_CAL = "employer-hmo", "medi-cal"
FRONT_DESK, VISITOR = actors.front_desk(), actors.visitor()
PENDING = actors.front_desk(account=Account(state=AccountState.PENDING))


def test_the_version_in_force_is_read_and_noted() -> None:
    document = shelving.document(number="23-346m", body="Twelve visits.", topics=["therapy"])
    shelving.add(document, body="Twenty visits.", first_on=date(2026, 1, 1))
    found = reading.document(actor=FRONT_DESK, key="visit-limits")
    assert (found.body, found.wording.number, found.material_number) == ("Twenty visits.", 2, "23-346m")
    assert found.wording.standing is Standing.IN_FORCE
    assert [(each.number, each.standing, each.last_on) for each in found.versions] == [
        (2, Standing.IN_FORCE, None),
        (1, Standing.SUPERSEDED, date(2025, 12, 31)),
    ]
    assert [topic.code for topic in found.topics] == ["therapy"]
    assert last_row() == ("library", "allowed", "read")
    assert subjects() == [("document", "visit-limits")]


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), 1),
        (date(2025, 12, 31), 1),
        (date(2026, 1, 1), 2),
        (date(2026, 6, 30), 2),
        (date(2026, 7, 1), None),
    ],
    ids=str,
)
def test_on_a_day_the_version_of_that_day_is_read(day: date, number: int | None) -> None:
    document = shelving.document()
    shelving.add(document, first_on=date(2026, 1, 1), last_on=date(2026, 6, 30))
    found = reading.on(actor=FRONT_DESK, key="visit-limits", day=day)
    if number is None:
        assert isinstance(found, NotInForce)
        assert [each.number for each in found.versions] == [2, 1]
        assert last_row() == ("library", "allowed", "not_in_force")
    else:
        assert isinstance(found, Reading)
        assert found.wording.number == number
        assert last_row() == ("library", "allowed", "read_as_of")


def test_one_version_stays_at_its_address() -> None:
    document = shelving.document(body="Twelve visits.")
    shelving.add(document, first_on=date(2026, 1, 1))
    found = reading.version(actor=FRONT_DESK, key="visit-limits", number=1)
    assert (found.body, found.wording.standing) == ("Twelve visits.", Standing.SUPERSEDED)
    assert last_row() == ("library", "allowed", "read_version")


@pytest.mark.parametrize("begins_on", [date(2026, 3, 1), TODAY + timedelta(days=30)], ids=["begun", "ahead"])
def test_a_correction_counts_from_its_instant_and_the_mistake_stays_at_its_address(begins_on: date) -> None:
    at = NOW + timedelta(hours=1)
    document = shelving.document(body="Twelve visits.", first_on=begins_on)
    shelving.add(document, body="Twenty visits.", first_on=begins_on, publish_at=at, state="scheduled")

    def bodies(asked_at: datetime) -> list[str]:
        actor = actors.front_desk(asked_at=asked_at)
        found = [
            reading.document(actor=actor, key="visit-limits"),
            reading.on(actor=actor, key="visit-limits", day=begins_on),
            reading.version(actor=actor, key="visit-limits", number=1),
        ]
        return [each.body for each in found if isinstance(each, Reading)]

    assert bodies(at - timedelta(microseconds=1)) == ["Twelve visits."] * 3
    assert bodies(at) == ["Twenty visits.", "Twenty visits.", "Twelve visits."]
    found = reading.version(actor=actors.front_desk(asked_at=at), key="visit-limits", number=1)
    assert found.wording.standing is Standing.CORRECTED
    assert [each.number for each in found.versions] == [2, 1]


def test_what_begins_later_is_read_as_being_ahead() -> None:
    shelving.document(first_on=TODAY + timedelta(days=1))
    assert reading.document(actor=FRONT_DESK, key="visit-limits").wording.standing is Standing.AHEAD


def test_what_is_over_says_so() -> None:
    shelving.document(last_on=TODAY - timedelta(days=1))
    found = reading.document(actor=FRONT_DESK, key="visit-limits")
    assert (found.wording.standing, found.wording.last_on) == (Standing.OVER, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("state", "publish_at"),
    [
        ("draft", None),
        ("in_review", None),
        ("withdrawn", NOW - timedelta(days=1)),
        ("scheduled", NOW + timedelta(seconds=1)),
    ],
)
def test_what_is_not_published_is_not_there(state: str, publish_at: object) -> None:
    document = shelving.document(title=None)
    shelving.add(document, state=state, publish_at=publish_at)  # type: ignore[arg-type]
    for question in _every_question():
        with pytest.raises(UnknownDocument):
            question(FRONT_DESK)
        assert last_row() == ("library", "allowed", "not_found")


def test_what_was_scheduled_is_read_from_its_instant_on() -> None:
    document = shelving.document(title=None)
    shelving.add(document, state="scheduled", publish_at=NOW)
    assert reading.document(actor=FRONT_DESK, key="visit-limits").wording.number == 1


def test_a_visitor_reads_what_is_public_and_nothing_else() -> None:
    shelving.document("open", public=True)
    shelving.document("closed")
    assert reading.document(actor=VISITOR, key="open").is_public
    assert last_row() == ("public_pages", "allowed", "read")
    for question in _every_question("closed"):
        with pytest.raises(UnknownDocument):
            question(VISITOR)
        assert last_row() == ("public_pages", "allowed", "not_found")


def test_a_visitor_does_not_read_an_old_public_version_for_one_that_is_not() -> None:
    document = shelving.document(public=True)
    shelving.add(document, first_on=date(2026, 1, 1))
    with pytest.raises(UnknownDocument):
        reading.document(actor=VISITOR, key="visit-limits")
    found = reading.version(actor=VISITOR, key="visit-limits", number=1)
    assert [each.number for each in found.versions] == [1]
    with pytest.raises(UnknownDocument):
        reading.version(actor=VISITOR, key="visit-limits", number=2)


def test_an_account_that_is_not_open_reads_what_is_public_and_is_told_why_of_the_rest() -> None:
    shelving.document("open", public=True)
    shelving.document("closed")
    assert reading.document(actor=PENDING, key="open").key == "open"
    assert last_row() == ("public_pages", "allowed", "read")
    for key in ("closed", "nothing-is-here"):
        with pytest.raises(NotPermitted):
            reading.document(actor=PENDING, key=key)
        assert last_row() == ("library", "denied", "")


def test_what_is_for_another_line_says_which_and_shows_no_text() -> None:
    version = shelving.document(lines=[MEDI_CAL], body="Only there.").versions.get()
    shelving.file(version)
    found = reading.document(actor=FRONT_DESK, key="visit-limits", part=Part(line=HMO))
    assert (found.outside, found.limits["line"]) == (("line",), (MEDI_CAL,))
    assert (found.body, found.files) == ("", ())
    assert last_row() == ("library", "allowed", "in_another_part")


@pytest.mark.parametrize(
    "part",
    [Part(), Part(line=MEDI_CAL), Part(region="north-lakes")],
    ids=["anywhere", "line", "region"],
)
def test_what_is_for_this_line_or_read_in_all_of_the_plan_is_read(part: Part) -> None:
    shelving.document(lines=[MEDI_CAL], body="Only there.")
    assert reading.document(actor=FRONT_DESK, key="visit-limits", part=part).body == "Only there."


def test_what_was_archived_stays_at_its_address_and_says_so() -> None:
    shelving.document(archived_at=NOW - timedelta(days=3))
    found = reading.document(actor=FRONT_DESK, key="visit-limits")
    assert found.archived_at == NOW - timedelta(days=3)
    assert found.body


def test_links_lead_only_where_the_reader_finds_something() -> None:
    shelving.document("open", public=True)
    shelving.document("closed")
    text = "[a](library:open) [b](library:closed) [c](library:nowhere)"
    shelving.document("start", public=True, body=text)
    assert reading.document(actor=FRONT_DESK, key="start").leads_to == {"open", "closed"}
    assert reading.document(actor=VISITOR, key="start").leads_to == {"open"}


def _manual() -> models.Document:
    manual = shelving.document("manual", title="Manual")
    first = shelving.document("first", part_of=manual, position=1, title="First")
    shelving.document("first-one", part_of=first, position=1, title="First, one")
    hidden = shelving.document("hidden", part_of=manual, position=2, title="Hidden", lines=[MEDI_CAL])
    shelving.document("below-hidden", part_of=hidden, title="Below hidden")
    shelving.document("last", part_of=manual, position=3, title="Last")
    return manual


def test_a_chapter_knows_its_manual_and_its_neighbours() -> None:
    _manual()
    contents = reading.document(actor=FRONT_DESK, key="first-one", part=Part(line=HMO)).contents
    assert [(step.key, step.title) for step in contents.trail] == [("manual", "Manual"), ("first", "First")]
    assert [(part.key, part.depth, part.is_here) for part in contents.parts] == [
        ("manual", 0, False),
        ("first", 1, False),
        ("first-one", 2, True),
        ("last", 1, False),
    ]
    assert contents.before is not None
    assert contents.after is not None
    assert (contents.before.key, contents.after.key) == ("first", "last")


def test_a_document_that_is_no_part_of_any_has_no_contents() -> None:
    shelving.document()
    assert reading.document(actor=FRONT_DESK, key="visit-limits").contents.parts == ()


def test_a_circle_of_parts_ends() -> None:
    one, other = shelving.document("one"), shelving.document("other")
    models.Document.objects.filter(pk=one.pk).update(part_of=other)
    models.Document.objects.filter(pk=other.pk).update(part_of=one)
    assert reading.document(actor=FRONT_DESK, key="one").key == "one"


def test_a_manual_is_printed_whole_or_from_a_chapter_on() -> None:
    _manual()
    every = whole.of(actor=FRONT_DESK, key="manual", part=Part(line=HMO))
    assert [(each.key, each.depth) for each in every.chapters] == [
        ("manual", 0),
        ("first", 1),
        ("first-one", 2),
        ("last", 1),
    ]
    chapter = whole.of(actor=FRONT_DESK, key="first")
    assert [(each.key, each.depth) for each in chapter.chapters] == [("first", 0), ("first-one", 1)]
    assert last_row() == ("library", "allowed", "printed")


def test_a_print_is_bounded_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    _manual()
    monkeypatch.setattr(whole, "MOST", 2)
    printed = whole.of(actor=FRONT_DESK, key="manual")
    assert (len(printed.chapters), printed.left_out) == (2, 4)


def test_a_document_of_no_manual_is_printed_alone() -> None:
    shelving.document()
    assert [each.key for each in whole.of(actor=FRONT_DESK, key="visit-limits").chapters] == ["visit-limits"]


def test_a_file_comes_with_its_published_version() -> None:
    version = shelving.document().versions.get()
    shelving.file(version)
    found = served.of_version(actor=FRONT_DESK, key="visit-limits", number=1, name="card.png")
    assert (found.content, found.content_type) == (shelving.PNG, "image/png")
    assert last_row() == ("library", "allowed", "file_read")
    assert subjects() == [("document", "visit-limits")]


def test_what_is_not_there_is_no_subject_of_the_audit_whatever_was_typed() -> None:
    for actor in (FRONT_DESK, actors.visitor()):
        for question in _every_question("somebody-s-name"):
            with pytest.raises(UnknownDocument):
                question(actor)
            assert last_row()[2] == "not_found"
            assert subjects() == []


def test_two_versions_are_compared_with_their_files() -> None:
    document = shelving.document(body="Twelve visits.")
    later = shelving.add(document, body="Twenty visits.", first_on=date(2026, 1, 1))
    shelving.file(document.versions.get(number=1), "old.pdf")
    shelving.file(later, "new.pdf")
    found = comparisons.between(actor=FRONT_DESK, key="visit-limits", before=1, after=2)
    assert found.counts == {Fate.ADDED: 0, Fate.REMOVED: 0, Fate.CHANGED: 1}
    assert (found.files_added, found.files_removed, found.is_same) == (("new.pdf",), ("old.pdf",), False)
    assert (found.before.number, found.after.number) == (1, 2)
    assert last_row() == ("library", "allowed", "compared")


def test_a_version_is_the_same_as_itself() -> None:
    shelving.document()
    assert comparisons.between(actor=FRONT_DESK, key="visit-limits", before=1, after=1).is_same


def _every_question(key: str = "visit-limits") -> list[Callable[[Actor], object]]:
    return [
        lambda actor: reading.document(actor=actor, key=key),
        lambda actor: reading.version(actor=actor, key=key, number=1),
        lambda actor: reading.on(actor=actor, key=key, day=TODAY),
        lambda actor: served.of_version(actor=actor, key=key, number=1, name="card.png"),
        lambda actor: comparisons.between(actor=actor, key=key, before=1, after=1),
        lambda actor: whole.of(actor=actor, key=key),
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))


@given(
    st.lists(
        st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 10)), st.integers(1, 3)),
        unique_by=lambda each: (each[0], each[2]),
    ),
    DAYS,
)
def test_the_database_finds_the_version_the_rules_find(
    spans: list[tuple[date, int | None, int]], day: date
) -> None:
    models.Document.objects.all().delete()
    document = shelving.document(title=None)
    for first_on, lasts, ago in spans:
        last_on = None if lasts is None else first_on + timedelta(days=lasts)
        publish_at = NOW - timedelta(days=ago)
        shelving.add(document, first_on=first_on, last_on=last_on, publish_at=publish_at)
    by_rules = rules.in_force(list(document.versions.all()), day)
    found = shelf.in_force(shelf.Reader(NOW, day)).filter(document=document)
    assert list(found) == ([by_rules] if by_rules else [])
