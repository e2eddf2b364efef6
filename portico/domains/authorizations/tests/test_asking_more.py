"""The plan asks for more, per service and with a day each; takes it back; and lets it lapse."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from portico.domains.authorizations import asking_more, letters, models, sealing
from portico.domains.authorizations.asking_more import Asked, NotAsked, Question, Refusal, Stop
from portico.domains.authorizations.tests import desk
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import days
from tests.support import authorizations
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

pytestmark = pytest.mark.django_db
IN_TWO_DAYS = NOW + timedelta(days=2)
NOTES = Question("clinical_notes", "Send the last two progress notes.", IN_TWO_DAYS, 1)
ORDER = Question("order", "Send the order of the physician.", NOW + timedelta(days=3))


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return worlds.build()


def ask(row: models.Authorization, *questions: Question, **changes: Any) -> Asked | NotAsked | None:
    row.refresh_from_db()
    told: dict[str, Any] = {"actor": desk.reviewer(), "version": row.version, **changes}
    return asking_more.ask(authorization=row.public_id, questions=questions, **told)


def states(row: models.Authorization) -> tuple[str, list[str]]:
    row.refresh_from_db()
    return row.state, [service.state for service in row.services.all()]


def test_a_question_about_a_service_makes_that_one_wait(world: World) -> None:
    row = authorizations.in_review()
    found = ask(row, NOTES)
    assert isinstance(found, Asked)
    assert states(row) == ("pended", ["pended", "in_review"])
    (question,) = row.asked_for.all()
    assert sealing.opened(question.text_sealed, place=sealing.place(question, "text")) == NOTES.text
    assert (question.due_at, question.service_id) == (IN_TWO_DAYS, row.services.get(position=1).pk)
    asked = row.events.get(kind="asked")
    assert (asked.code, asked.due_at, asked.side) == ("clinical_notes", IN_TWO_DAYS, "plan")
    assert desk.notices() == [(world.offices["lakeside"], "authorization_asked")]
    assert desk.last_use() == ("authorization_review", "allowed", "authorization_asked_more")


def test_a_question_about_the_whole_makes_every_service_wait(world: World) -> None:
    del world
    row = authorizations.in_review()
    ask(row, ORDER)
    assert states(row) == ("pended", ["pended", "pended"])


def test_asking_does_not_stop_the_clock(world: World) -> None:
    del world
    row = authorizations.in_review()
    before = row.due_at
    ask(row, NOTES)
    row.refresh_from_db()
    assert row.due_at == before
    assert "paused" not in [kind for kind, *_ in desk.events(row)]


def test_the_clock_stands_still_where_the_rule_of_the_line_says_so(world: World) -> None:
    del world
    rule = authorizations.clock_rule(line="employer-hmo", pauses=["information_asked"], is_law=False)
    row = authorizations.in_review(clock=rule)
    found = ask(row, NOTES)
    assert isinstance(found, Asked)
    row.refresh_from_db()
    assert row.due_at is None
    asking_more.withdraw(
        actor=desk.reviewer(hours=5), authorization=row.public_id, question=found.questions[0]
    )
    row.refresh_from_db()
    assert row.due_at == authorizations.RECEIVED_AT + timedelta(days=7, hours=5)
    assert [kind for kind, *_ in desk.events(row)] == [
        "received",
        "asked",
        "letter",
        "paused",
        "withdrawn",
        "resumed",
    ]


@pytest.mark.parametrize("due_at", [NOW + timedelta(days=91), datetime.max.replace(tzinfo=days.zone())])
def test_a_clock_that_stands_still_does_not_do_so_for_good(world: World, due_at: datetime) -> None:
    del world
    rule = authorizations.clock_rule(line="employer-hmo", pauses=["information_asked"], is_law=False)
    row = authorizations.in_review(clock=rule)
    ask(row, NOTES)
    found = ask(row, replace(ORDER, due_at=due_at))
    assert isinstance(found, NotAsked)
    assert found.stops == (Stop(Refusal.DUE_TOO_LATE, 0, "due_at"),)


def test_the_letter_asks_in_the_words_of_the_plan(world: World) -> None:
    row = authorizations.in_review()
    found = ask(row, NOTES, ORDER)
    assert isinstance(found, Asked)
    kept = letters.read(
        actor=worlds.actor(world["front_desk"]), authorization=row.public_id, letter=found.letter
    )
    assert kept is not None
    first, second, *_ = kept.letter.sections
    assert (first.heading, first.paragraphs[0]) == ("1. Clinical notes", NOTES.text)
    assert "service 1 (procedure code 97110)" in first.paragraphs[1]
    assert "March 14, 2026, 10:00 AM PDT" in first.paragraphs[2]
    assert second.paragraphs[1] == "This is about the whole request."


WRONG: list[tuple[str, dict[str, Any], Refusal, str]] = [
    ("kind", {"kind": "gossip"}, Refusal.KIND_UNKNOWN, "kind"),
    ("short", {"text": " Notes? "}, Refusal.TEXT_TOO_SHORT, "text"),
    ("long", {"text": "Notes. " * 300}, Refusal.TEXT_TOO_LONG, "text"),
    ("past", {"due_at": NOW}, Refusal.DUE_PAST, "due_at"),
    ("too late", {"due_at": NOW + timedelta(days=6)}, Refusal.DUE_TOO_LATE, "due_at"),
    ("service", {"service": 3}, Refusal.SERVICE_UNKNOWN, "service"),
]


@pytest.mark.parametrize(
    ("changes", "refusal", "field"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG]
)
def test_a_question_that_cannot_be_is_refused_at_its_field(
    world: World, changes: dict[str, Any], refusal: Refusal, field: str
) -> None:
    del world
    row = authorizations.in_review()
    told = {"kind": NOTES.kind, "text": NOTES.text, "due_at": NOTES.due_at, "service": 1, **changes}
    found = ask(row, ORDER, Question(**told))
    assert isinstance(found, NotAsked)
    assert found.stops == (Stop(refusal, 1, field),)
    assert states(row)[0] == "in_review"
    assert not row.asked_for.exists()


def test_nothing_is_asked_of_a_request_that_changed_or_is_decided(world: World) -> None:
    del world
    row = authorizations.in_review()
    for found, refusal in (
        (ask(row), Refusal.NOTHING_ASKED),
        (ask(row, *[ORDER] * 11), Refusal.TOO_MANY),
        (ask(row, ORDER, version=7), Refusal.CHANGED),
        (ask(authorizations.approved(), ORDER), Refusal.NOT_OPEN),
    ):
        assert isinstance(found, NotAsked)
        assert found.stops == (Stop(refusal),)
    told: dict[str, Any] = {"actor": desk.reviewer(), "version": 1, "questions": [ORDER]}
    assert asking_more.ask(authorization=uuid4(), **told) is None


def test_what_is_taken_back_needs_no_answer(world: World) -> None:
    row = authorizations.pended()
    question = row.asked_for.get().public_id
    told: dict[str, Any] = {
        "actor": desk.reviewer(),
        "authorization": row.public_id,
        "question": question,
    }
    assert asking_more.withdraw(**told)
    assert states(row) == ("in_review", ["in_review", "in_review"])
    assert desk.notices() == [(world.offices["lakeside"], "authorization_question_withdrawn")]
    assert not asking_more.withdraw(**told)
    assert not asking_more.withdraw(**{**told, "authorization": uuid4()})


def test_a_question_lapses_when_its_time_is_over_and_the_plan_is_next(world: World) -> None:
    row, later = authorizations.pended(), authorizations.pended(due_at=NOW + timedelta(days=30))
    assert not asking_more.lapse(actor=desk.clock(days=3))
    assert states(row)[0] == "pended"
    assert not asking_more.lapse(actor=desk.clock(days=3, seconds=1))
    assert states(row) == ("in_review", ["in_review", "in_review"])
    assert states(later)[0] == "pended"
    assert desk.notices() == [(world.offices["lakeside"], "authorization_question_lapsed")]
    assert desk.events(row)[-1][:2] == ("lapsed", "system")
    assert desk.last_use() == ("housekeeping", "allowed", "authorization_questions_lapsed")
    asking_more.lapse(actor=desk.clock(days=4))
    assert desk.last_use()[2] == "no_authorization_question_to_lapse"


def test_only_the_desks_of_review_ask(world: World) -> None:
    row = authorizations.in_review()
    for key in ("front_desk", "operations", "support"):
        with pytest.raises(NotPermitted):
            ask(row, NOTES, actor=worlds.actor(world[key]))
