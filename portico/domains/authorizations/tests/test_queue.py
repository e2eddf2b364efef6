"""The work list: what waits for the plan by when it is due, narrowed, counted, and turned page by page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.authorizations import models, queue
from portico.domains.authorizations.queue import Wanted, Which, Whose
from portico.domains.authorizations.tests import desk
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.cast import MEDI_CAL
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return worlds.build()


def numbers(wanted: Wanted | None = None, **page: object) -> list[str]:
    found = queue.queue(actor=desk.reviewer(), wanted=wanted, **page)  # type: ignore[arg-type]
    return [row.number for row in found.page.rows]


def test_what_is_due_first_stands_first_and_what_has_no_clock_last(world: World) -> None:
    del world
    standard = authorizations.in_review()
    urgent = authorizations.expedited()
    timeless = authorizations.in_review(due_at=None)
    for other in (authorizations.pended(), authorizations.approved(), authorizations.cancelled()):
        assert other.number not in numbers()
    assert numbers() == [urgent.number, standard.number, timeless.number]


def test_those_with_an_office_and_the_decided_stand_apart(world: World) -> None:
    del world
    authorizations.in_review()
    asked, denied = authorizations.pended(), authorizations.denied()
    assert numbers(Wanted(Which.WITH_OFFICE)) == [asked.number]
    assert numbers(Wanted(Which.DECIDED)) == [denied.number]
    (row,) = queue.queue(actor=desk.reviewer(), wanted=Wanted(Which.WITH_OFFICE)).page.rows
    assert row.answer_due_at == NOW + timedelta(days=3)


def test_a_row_says_what_whom_who_and_how_long(world: World) -> None:
    taken = authorizations.expedited(reviewer_id=world["reviewer"].user_id)
    (row,) = queue.queue(actor=desk.reviewer()).page.rows
    assert (row.id, row.patient, row.about, row.service_count) == (
        taken.public_id,
        "Quillfeather, Zephyrine",
        "97110",
        2,
    )
    assert (row.requesting, row.reviewer, row.is_reopened) == ("Mei Tran", "Reviewer Tester", False)
    assert (row.clock.standing, row.clock.left_seconds, row.is_soon) == ("running", 6 * 3600, True)


@pytest.mark.parametrize(
    ("wanted", "which"),
    [
        (Wanted(line=MEDI_CAL), "line"),
        (Wanted(kind="referral"), "referral"),
        (Wanted(level="expedited"), "urgent"),
        (Wanted(whose=Whose.MINE), "mine"),
        (Wanted(kind="admission", level="expedited"), None),
    ],
    ids=["line", "kind", "level", "mine", "none"],
)
def test_the_list_is_narrowed(world: World, wanted: Wanted, which: str | None) -> None:
    del world
    made = {
        "plain": authorizations.in_review(),
        "line": authorizations.in_review(line_id=MEDI_CAL),
        "referral": authorizations.referral(),
        "urgent": authorizations.expedited(),
        "mine": authorizations.in_review(reviewer_id=desk.reviewer().user_id),
    }
    assert numbers(wanted) == ([made[which].number] if which else [])
    assert made["mine"].number not in numbers(Wanted(whose=Whose.NOBODY))


def test_the_desk_is_counted_whatever_is_looked_at(world: World) -> None:
    del world
    authorizations.in_review(reviewer_id=desk.reviewer().user_id)
    authorizations.in_review(due_at=NOW - timedelta(minutes=1))
    authorizations.expedited()
    authorizations.pended()
    authorizations.approved()
    found = queue.queue(actor=desk.reviewer(), wanted=Wanted(Which.DECIDED)).counts
    assert found == queue.Counts(to_decide=3, late=1, soon=1, mine=1, nobody=2, expedited=1, with_office=1)


@pytest.mark.parametrize("which", [Which.TO_DECIDE, Which.DECIDED])
def test_pages_follow_each_other_without_a_gap(world: World, which: Which) -> None:
    del world
    for hour in range(7):
        at = NOW + timedelta(hours=hour // 2)
        if which is Which.DECIDED:
            made = authorizations.approved()
            models.Authorization.objects.filter(pk=made.pk).update(decided_at=at)
        else:
            authorizations.in_review(due_at=at if hour < 5 else None)
    wanted, after, seen = Wanted(which), "", []
    for _ in range(4):
        page = queue.queue(actor=desk.reviewer(), wanted=wanted, after=after, size=2).page
        seen += [row.number for row in page.rows]
        after = page.next_key or ""
    assert seen == numbers(wanted)
    assert (len(seen), after) == (7, "")
    assert numbers(wanted, after="x' or 1=1") == seen
    assert numbers(wanted, after=f"{'9' * 18}-{'9' * 18}") == ([] if which is Which.TO_DECIDE else seen)


def test_a_long_list_costs_no_more_queries_than_a_short_one(world: World) -> None:
    counts = []
    for _ in range(2):
        for _ in range(4):
            authorizations.in_review(reviewer_id=world["reviewer"].user_id)
            authorizations.pended()
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queue.queue(actor=desk.reviewer())
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_only_the_desks_of_review_read_it(world: World) -> None:
    for key in ("front_desk", "operations", "support", "member_services"):
        with pytest.raises(NotPermitted):
            queue.queue(actor=worlds.actor(world[key]))
    assert queue.queue(actor=worlds.actor(world["medical_director"])).page.rows == ()
    assert desk.last_use() == ("authorization_review", "allowed", "authorization_queue_shown")
