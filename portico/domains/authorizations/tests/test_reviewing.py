"""One request at the plan's desk: what is read, whose it is, notes of the plan, and a longer clock."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.authorizations import (
    deciding,
    extending,
    letters,
    models,
    office_notes,
    reading,
    reviewing,
)
from portico.domains.authorizations.extending import Extended, NotExtended
from portico.domains.authorizations.reviewing import Handing
from portico.domains.authorizations.tests import desk
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return worlds.build()


@pytest.fixture
def rae(world: World) -> Actor:
    """The clinical reviewer of the small world."""
    return worlds.actor(world["reviewer"])


def case(row: models.Authorization, actor: Actor) -> reviewing.Case:
    found = reviewing.case(actor=actor, authorization=row.public_id)
    assert found is not None
    return found


def test_a_reviewer_reads_everything_about_a_request(world: World, rae: Actor) -> None:
    before = authorizations.denied()
    row = authorizations.pended()
    found = case(row, rae)
    assert found.page.listed.patient == "Zephyrine Quillfeather"
    assert (found.to_decide, found.awaited, found.basis) == ((1, 2), (1,), "first")
    assert [asked.text for asked in found.page.asked] == [authorizations.ASKED]
    assert [listed.number for listed in found.earlier] == [before.number]
    assert found.may_deny is False
    assert case(row, worlds.actor(world["medical_director"])).may_deny is True
    (decision,) = case(before, rae).decisions
    assert (decision.decider, decision.services[0].reason_text) == ("Dr. Ann Okafor", authorizations.REASON)
    assert desk.last_use() == ("authorization_review", "allowed", "authorization_case_shown")
    assert reviewing.case(actor=rae, authorization=uuid4()) is None
    assert desk.last_use() == ("authorization_review", "allowed", "not_found")


def test_somebody_else_of_the_plan_reads_none(world: World) -> None:
    row = authorizations.in_review()
    for key in ("operations", "member_services", "support", "communications", "front_desk"):
        with pytest.raises(NotPermitted):
            reviewing.case(actor=worlds.actor(world[key]), authorization=row.public_id)


def test_a_page_with_much_on_it_costs_no_more_queries(world: World, rae: Actor) -> None:
    del world
    row = authorizations.denied()
    counts = []
    for _ in range(2):
        authorizations.partly()
        authorizations.event(row, "document", "office")
        case(row, rae)
        with CaptureQueriesContext(connection) as caught:
            case(row, rae)
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_a_request_is_taken_handed_over_and_let_go(world: World, rae: Actor) -> None:
    row, director = authorizations.in_review(), world["medical_director"]
    asked: dict[str, Any] = {"actor": rae, "authorization": row.public_id}
    assert reviewing.take(**asked) is Handing.DONE
    assert (case(row, rae).is_mine, case(row, rae).reviewer) == (True, "Reviewer Tester")
    assert reviewing.hand_over(**asked, user_id=director.user_id) is Handing.DONE
    assert case(row, rae).reviewer == "Medical Tester"
    (told,) = apps.get_model("notifications", "Notice").objects.filter(user_id=director.user_id)
    assert (told.kind, told.context["number"]) == ("authorization_handed_over", row.number)
    assert reviewing.hand_over(**asked, user_id=world["operations"].user_id) is Handing.NOBODY
    assert reviewing.let_go(**asked) is Handing.DONE
    assert case(row, rae).reviewer == ""
    row.refresh_from_db()
    assert [event[::3] for event in desk.events(row)[1:]] == [
        ("assigned", "given"),
        ("assigned", "given"),
        ("assigned", "let_go"),
    ]
    assert row.version == 1
    assert reviewing.take(actor=rae, authorization=uuid4()) is Handing.NOT_FOUND


def test_notes_of_the_plan_are_read_by_no_office(world: World, rae: Actor) -> None:
    row = authorizations.in_review()
    assert reviewing.note(actor=rae, authorization=row.public_id, text=" Ask about the knee. ")
    assert [(each.author, each.text) for each in case(row, rae).page.notes] == [
        ("Reviewer Tester", "Ask about the knee.")
    ]
    page = reading.read(actor=worlds.actor(world["front_desk"]), authorization=row.public_id)
    assert page.notes == ()
    for wrong in ("", "x" * 2001):
        with pytest.raises(office_notes.NoteWrong):
            reviewing.note(actor=rae, authorization=row.public_id, text=wrong)
    assert not reviewing.note(actor=rae, authorization=uuid4(), text="Nobody's.")


def test_no_office_reads_who_of_the_plan_has_it(world: World, rae: Actor) -> None:
    row = authorizations.in_review()
    reviewing.take(actor=rae, authorization=row.public_id)
    page = reading.read(actor=worlds.actor(world["front_desk"]), authorization=row.public_id)
    assert [event.kind for event in page.events] == ["received"]


def test_the_clock_is_made_longer_once_for_a_coded_reason(world: World, rae: Actor) -> None:
    row = authorizations.in_review()
    due_at = row.due_at
    assert due_at is not None
    asked: dict[str, Any] = {"actor": rae, "authorization": row.public_id}
    done = extending.extend(**asked, version=1, code="patient_asked")
    assert done == Extended(due_at + timedelta(days=14))
    row.refresh_from_db()
    assert (row.due_at, row.version) == (due_at + timedelta(days=14), 2)
    assert extending.extend(**asked, version=1, code="patient_asked") == NotExtended("changed")
    assert extending.extend(**asked, version=2, code="patient_asked") == NotExtended("extended_before")
    letter = models.Letter.objects.get()
    kept = letters.read_at_desk(actor=rae, authorization=row.public_id, letter=letter.public_id)
    assert kept is not None
    assert kept.letter.sections[0].paragraphs == (extending.WHY["patient_asked"],)
    assert "March 31, 2026" in kept.letter.sections[1].paragraphs[0]
    assert desk.notices() == [(world.offices["lakeside"], "authorization_clock_extended")]


@pytest.mark.parametrize("code", ["", "busy"])
def test_nothing_makes_it_longer_without_a_reason_of_the_list(world: World, rae: Actor, code: str) -> None:
    del world
    row = authorizations.in_review()
    asked: dict[str, Any] = {"actor": rae, "authorization": row.public_id}
    assert extending.extend(**asked, version=1, code=code) == NotExtended("reason_unknown")
    assert desk.last_use() == ("authorization_review", "allowed", "authorization_not_extended")


def test_what_is_decided_or_late_is_not_made_longer(world: World, rae: Actor) -> None:
    del world
    late = authorizations.in_review(received_at=NOW - timedelta(days=8))
    for row, why in ((late, "overdue"), (authorizations.approved(), "settled")):
        asked: dict[str, Any] = {"actor": rae, "authorization": row.public_id, "version": 1}
        assert extending.extend(**asked, code="patient_asked") == NotExtended(why)
    assert extending.extend(actor=rae, authorization=uuid4(), version=1, code="patient_asked") is None


def test_whoever_did_not_take_it_may_decide_it_all_the_same(world: World, rae: Actor) -> None:
    row = authorizations.in_review()
    reviewing.take(actor=worlds.actor(world["medical_director"]), authorization=row.public_id)
    verdict = desk.verdict(row, desk.approve(1), desk.approve(2))
    deciding.decide(actor=rae, verdict=verdict)
    row.refresh_from_db()
    assert row.state == "approved"
