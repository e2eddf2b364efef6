"""Publishing: who may, when it appears, and that nothing published is changed by anybody."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from portico.domains.library import desk, editing, instants, models, publishing, rules
from portico.domains.library.desk import Which
from portico.domains.library.publishing import CannotPublish, UnknownDocument, WrongState
from portico.domains.library.rules import Standing, State
from portico.domains.library.tests import writing
from portico.domains.library.tests.writing import ABOUT, KEY, SAID, editor, reviewer
from portico.domains.library.wording import About, CannotKeep
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import actors
from tests.support.actors import NOW, TODAY
from tests.support.pdfs import pdf

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def plan() -> None:
    """A plan with lines, a region and topics."""
    writing.plan()


def test_what_somebody_else_approves_is_published_at_once() -> None:
    writing.sent()

    assert publishing.approve(actor=reviewer(), key=KEY, number=1) is State.PUBLISHED

    version = writing.version()
    assert (version.state, version.publish_at) == (State.PUBLISHED, NOW)
    assert (version.looked_at, version.looked_by) == (NOW, 52)
    assert len(version.digest) == 64
    assert writing.moved() == [KEY]
    assert writing.audited()[-1] == ("library_publishing", "version_published", [KEY])


def test_nobody_approves_or_refuses_their_own_words() -> None:
    writing.sent()
    for act in (
        lambda: publishing.approve(actor=editor(), key=KEY, number=1),
        lambda: publishing.refuse(actor=editor(), key=KEY, number=1, answer="Good."),
    ):
        with pytest.raises(CannotPublish) as error:
            act()
        assert error.value.code == "own_words"
    assert publishing.approve(actor=editor(user_id=53), key=KEY, number=1) is State.PUBLISHED


def test_only_the_words_that_were_looked_at_are_published() -> None:
    writing.sent()
    seen = writing.version().sent_at
    editing.take_back(actor=editor(), key=KEY)
    said = replace(SAID, body="Never ask.")
    editing.save(actor=editor(), key=KEY, about=ABOUT, said=said, was=writing.version().changed_at)
    later = editor(after=timedelta(minutes=1))
    editing.send(actor=later, key=KEY)

    with pytest.raises(WrongState):
        publishing.approve(actor=reviewer(), key=KEY, number=1, seen=seen)

    assert writing.version().state == State.IN_REVIEW
    again = publishing.approve(actor=reviewer(), key=KEY, number=1, seen=later.asked_at)
    assert again is State.PUBLISHED


def test_who_gave_it_back_may_write_it_and_somebody_else_looks_at_it_then() -> None:
    writing.sent()
    other = editor(user_id=53)
    publishing.refuse(actor=other, key=KEY, number=1, answer="Name the form.")

    was = writing.version().changed_at
    editing.save(actor=other, key=KEY, about=ABOUT, said=SAID, was=was)
    editing.attach(actor=other, key=KEY, name="form.pdf", content=pdf("Form"), says="The form")
    editing.send(actor=other, key=KEY)

    assert (writing.version().written_by, writing.version().looked_by) == (53, None)
    with pytest.raises(CannotPublish):
        publishing.approve(actor=other, key=KEY, number=1)
    assert publishing.approve(actor=editor(), key=KEY, number=1) is State.PUBLISHED


def test_the_database_keeps_writer_and_reader_apart() -> None:
    writing.sent()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.Version.objects.update(looked_by=51)


def test_what_is_refused_goes_back_with_its_reason() -> None:
    writing.sent()
    with pytest.raises(CannotPublish) as error:
        publishing.refuse(actor=reviewer(), key=KEY, number=1, answer=" ")
    assert error.value.code == "no_answer"

    publishing.refuse(actor=reviewer(), key=KEY, number=1, answer=" Name the form. ")

    version = writing.version()
    assert (version.state, version.answer, version.looked_by) == (State.DRAFT, "Name the form.", 52)
    assert writing.moved() == []
    editing.save(actor=editor(), key=KEY, about=ABOUT, said=SAID, was=version.changed_at)
    editing.send(actor=editor(), key=KEY)
    assert writing.version().answer == ""


def test_what_is_approved_for_later_appears_at_its_instant_even_without_a_worker() -> None:
    at = NOW + DAY
    writing.published(at=at)

    version = writing.version()
    assert (version.state, version.publish_at) == (State.SCHEDULED, at)
    assert not rules.is_published(version, at - timedelta(microseconds=1))
    assert rules.is_published(version, at)
    assert writing.moved() == [KEY]


def test_a_job_notes_once_what_has_appeared() -> None:
    writing.published(at=NOW + DAY)
    early = replace(actors.system(), asked_at=NOW + DAY - timedelta(seconds=1))
    assert not publishing.is_due(now=early.asked_at)
    assert publishing.appear(actor=early) == 0

    due = replace(early, asked_at=NOW + DAY)
    assert publishing.is_due(now=due.asked_at)
    assert publishing.appear(actor=due) == 1
    assert publishing.appear(actor=due) == 0

    assert writing.version().state == State.PUBLISHED
    assert writing.moved() == [KEY, KEY]


def test_an_instant_of_the_past_is_now() -> None:
    writing.published(at=NOW - DAY)
    assert (writing.version().state, writing.version().publish_at) == (State.PUBLISHED, NOW)


def test_a_scheduled_version_is_withdrawn_until_it_appears() -> None:
    writing.published(at=NOW + DAY)
    with pytest.raises(WrongState) as error:
        publishing.withdraw(actor=reviewer(after=DAY), key=KEY, number=1)
    assert error.value.state == State.PUBLISHED

    publishing.withdraw(actor=reviewer(), key=KEY, number=1)

    assert writing.version().state == State.WITHDRAWN
    assert publishing.appear(actor=replace(actors.system(), asked_at=NOW + 2 * DAY)) == 0
    assert writing.audited()[-1] == ("library_publishing", "version_withdrawn", [KEY])


def test_a_mistake_of_this_morning_is_corrected_with_the_same_first_day() -> None:
    writing.published(first_on=TODAY, body="Twelve visits.")
    soon = timedelta(hours=2)
    begun = editing.anew(actor=editor(after=soon), key=KEY, first_on=TODAY)
    said = replace(SAID, first_on=TODAY, body="Twenty visits.")
    editing.save(actor=editor(after=soon), key=KEY, about=ABOUT, said=said, was=begun.changed_at)
    editing.send(actor=editor(after=soon), key=KEY)
    assert desk.version(actor=reviewer(after=soon), key=KEY).corrects == 1

    assert publishing.approve(actor=reviewer(after=soon), key=KEY, number=2) is State.PUBLISHED

    assert desk.version(actor=reviewer(after=soon), key=KEY, number=2).corrects is None
    history = desk.sheet(actor=reviewer(after=soon), key=KEY).history
    assert [(line.number, line.first_on, line.standing) for line in history] == [
        (2, TODAY, Standing.IN_FORCE),
        (1, TODAY, Standing.CORRECTED),
    ]
    assert writing.version().body == "Twelve visits."
    editing.anew(actor=editor(after=soon), key=KEY, first_on=TODAY)
    assert writing.version(number=3).body == "Twenty visits."


def test_no_two_versions_of_one_day_are_published_at_one_instant() -> None:
    writing.published()
    row = writing.version()
    row.pk, row.number, row.state = None, 2, State.SCHEDULED
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_day_is_taken_while_another_version_of_it_is_still_to_appear() -> None:
    writing.published(at=NOW + DAY)
    editing.anew(actor=editor(), key=KEY, first_on=date(2026, 3, 1))
    with pytest.raises(CannotKeep) as refused:
        editing.send(actor=editor(), key=KEY)
    assert refused.value.faults == (("day_taken", "2026-03-01"),)

    models.Version.objects.filter(number=2).update(state=State.IN_REVIEW)
    with pytest.raises(CannotPublish) as error:
        publishing.approve(actor=reviewer(), key=KEY, number=2)
    assert error.value.code == "day_taken"
    assert publishing.approve(actor=reviewer(after=2 * DAY), key=KEY, number=2) is State.PUBLISHED


@pytest.mark.parametrize("state", sorted(set(State) - {State.IN_REVIEW}))
def test_only_what_waits_is_approved_or_refused(state: State) -> None:
    writing.sent()
    models.Version.objects.update(state=state, publish_at=NOW)
    for act in (
        lambda: publishing.approve(actor=reviewer(), key=KEY, number=1),
        lambda: publishing.refuse(actor=reviewer(), key=KEY, number=1, answer="No."),
    ):
        with pytest.raises(WrongState):
            act()


def test_a_document_is_archived_and_put_back() -> None:
    writing.published()
    assert publishing.archive(actor=reviewer(), key=KEY)
    assert not publishing.archive(actor=reviewer(), key=KEY)
    document = models.Document.objects.get()
    assert (document.archived_at, document.archived_by) == (NOW, 52)

    assert publishing.restore(actor=reviewer(), key=KEY)
    assert not publishing.restore(actor=reviewer(), key=KEY)
    document.refresh_from_db()
    assert (document.archived_at, document.archived_by) == (None, None)
    assert writing.moved() == [KEY] * 3


def test_topics_and_place_of_a_known_document_are_changed_for_readers_at_once() -> None:
    writing.published()
    wanted = About(kind="form", material_number="99-1", topics=("claims",), position=9)

    assert publishing.describe(actor=reviewer(), key=KEY, about=wanted)
    assert not publishing.describe(actor=reviewer(), key=KEY, about=wanted)

    document = models.Document.objects.get()
    assert (document.kind, document.material_number, document.position) == ("manual", "23-346m", 9)
    assert [topic.code for topic in document.topics.all()] == ["claims"]
    assert writing.moved() == [KEY, KEY]
    with pytest.raises(CannotKeep) as error:
        publishing.describe(actor=reviewer(), key=KEY, about=replace(wanted, part_of=KEY))
    assert error.value.faults == (("part_of_goes_round", KEY),)


@pytest.mark.parametrize(
    "actor", [actors.front_desk(), actors.administrator(), actors.visitor()], ids=range(3)
)
def test_only_the_desks_publish_and_look(actor: Actor) -> None:
    writing.sent()
    for act in (
        lambda: publishing.approve(actor=actor, key=KEY, number=1),
        lambda: publishing.refuse(actor=actor, key=KEY, number=1, answer="No."),
        lambda: publishing.withdraw(actor=actor, key=KEY, number=1),
        lambda: publishing.archive(actor=actor, key=KEY),
        lambda: publishing.restore(actor=actor, key=KEY),
        lambda: publishing.describe(actor=actor, key=KEY, about=ABOUT),
        lambda: publishing.appear(actor=actor),
        lambda: desk.listed(actor=actor),
        lambda: desk.sheet(actor=actor, key=KEY),
        lambda: desk.version(actor=actor, key=KEY),
        lambda: desk.file(actor=actor, key=KEY, number=1, name="a.pdf"),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert writing.version().state == State.IN_REVIEW


def test_what_is_not_there_is_unknown() -> None:
    writing.sent()
    for act in (
        lambda: publishing.approve(actor=reviewer(), key="moon", number=1),
        lambda: publishing.approve(actor=reviewer(), key=KEY, number=9),
        lambda: publishing.archive(actor=reviewer(), key="moon"),
        lambda: desk.sheet(actor=reviewer(), key="moon"),
        lambda: desk.version(actor=reviewer(), key=KEY, number=9),
        lambda: desk.file(actor=reviewer(), key=KEY, number=1, name="moon.pdf"),
    ):
        with pytest.raises(UnknownDocument):
            act()


def test_the_list_says_where_each_document_stands() -> None:
    writing.begun("a-draft", replace(ABOUT, material_number=""))
    writing.sent("b-waits", replace(ABOUT, material_number=""))
    writing.published("c-is-out", replace(ABOUT, material_number="23-346m"), title="Asking first")
    writing.published("d-comes", replace(ABOUT, material_number=""), at=NOW + DAY)
    writing.published("e-was", replace(ABOUT, material_number=""))
    publishing.archive(actor=reviewer(), key="e-was")

    def keys(which: Which, text: str = "") -> list[str]:
        return [row.key for row in desk.listed(actor=reviewer(), which=which, text=text).page.rows]

    assert keys(Which.ALL) == ["a-draft", "b-waits", "c-is-out", "d-comes", "e-was"]
    assert [keys(which) for which in Which][1:] == [["a-draft"], ["b-waits"], ["d-comes"], ["e-was"]]
    assert keys(Which.ALL, "23 346 M") == keys(Which.ALL, "asking") == keys(Which.ALL, "c-is") == ["c-is-out"]
    found = desk.listed(actor=reviewer())
    assert found.counts == dict(zip(Which, (5, 1, 1, 1, 1), strict=True))
    assert [(row.in_force, row.open_state, row.publish_at) for row in found.page.rows] == [
        (None, "draft", None),
        (None, "in_review", None),
        (1, "", None),
        (None, "", NOW + DAY),
        (1, "", None),
    ]


def test_the_list_has_pages() -> None:
    for number in range(desk.PAGE + 1):
        writing.begun(f"document-{number:02}", About(kind="update"))
    first = desk.listed(actor=reviewer()).page
    assert (len(first.rows), first.next_key) == (25, "document-24")
    assert [row.key for row in desk.listed(actor=reviewer(), after="document-24").page.rows] == [
        "document-25"
    ]


def test_a_document_s_history_says_what_stands_where() -> None:
    writing.published(first_on=date(2026, 1, 1))
    for number, first_on in ((2, date(2026, 3, 1)), (3, date(2026, 6, 1))):
        editing.anew(actor=editor(), key=KEY, first_on=first_on)
        editing.send(actor=editor(), key=KEY)
        publishing.approve(actor=reviewer(), key=KEY, number=number)
    editing.anew(actor=editor(), key=KEY, first_on=date(2026, 9, 1))

    sheet = desk.sheet(actor=reviewer(), key=KEY)

    assert [(line.number, line.state, line.standing, line.last_on) for line in sheet.history] == [
        (4, "draft", Standing.UNPUBLISHED, None),
        (3, "published", Standing.AHEAD, None),
        (2, "published", Standing.IN_FORCE, date(2026, 5, 31)),
        (1, "published", Standing.SUPERSEDED, date(2026, 2, 28)),
    ]
    assert sheet.open is not None
    assert sheet.open.number == 4
    assert (sheet.title, sheet.about, sheet.parts) == (SAID.title, ABOUT, 0)


def test_one_version_is_shown_whole_with_who_may_answer() -> None:
    writing.begun()
    editing.attach(actor=editor(), key=KEY, name="form.pdf", content=pdf("Form"), says="The form")
    editing.send(actor=editor(), key=KEY)

    whole = desk.version(actor=reviewer(), key=KEY)

    assert (whole.said, whole.about, whole.line.number, whole.may_look) == (SAID, ABOUT, 1, True)
    assert [(file.name, file.says) for file in whole.files] == [("form.pdf", "The form")]
    assert not desk.version(actor=editor(), key=KEY).may_look
    kind, content = desk.file(actor=reviewer(), key=KEY, number=1, name="form.pdf")
    assert (kind, content) == ("application/pdf", pdf("Form"))


@pytest.mark.parametrize(
    ("shown", "at"),
    [
        ("2026-03-07T09:00", datetime(2026, 3, 7, 17, 0, tzinfo=UTC)),
        ("2026-03-08T01:59", datetime(2026, 3, 8, 9, 59, tzinfo=UTC)),
        ("2026-03-08T02:00", None),
        ("2026-03-08T02:59", None),
        ("2026-03-08T03:00", datetime(2026, 3, 8, 10, 0, tzinfo=UTC)),
        ("2026-11-01T01:30", datetime(2026, 11, 1, 8, 30, tzinfo=UTC)),
        ("2026-11-01T02:00", datetime(2026, 11, 1, 10, 0, tzinfo=UTC)),
        ("2026-07-01T09:00+00:00", datetime(2026, 7, 1, 9, 0, tzinfo=UTC)),
    ],
    ids=range(8),
)
def test_the_plan_s_clocks_name_an_instant_across_daylight_saving(shown: str, at: datetime | None) -> None:
    assert instants.of(datetime.fromisoformat(shown)) == at


def test_what_is_scheduled_before_the_clocks_change_appears_when_they_show_it() -> None:
    at = instants.of(datetime.fromisoformat("2026-11-02T08:00"))
    assert at is not None
    writing.published(at=at)
    before = datetime(2026, 11, 2, 15, 59, 59, tzinfo=UTC)
    assert not rules.is_published(writing.version(), before)
    assert rules.is_published(writing.version(), before + timedelta(seconds=1))


def test_today_s_version_is_in_force_from_the_first_minute_of_its_day() -> None:
    writing.published(first_on=TODAY + DAY)
    row = desk.listed(actor=reviewer()).page.rows[0]
    assert row.in_force is None
    assert desk.listed(actor=reviewer(after=DAY)).page.rows[0].in_force == 1
