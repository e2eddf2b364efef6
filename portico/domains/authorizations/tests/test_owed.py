"""What an office owes and is owed of its requests: whose turn, in which order, who follows them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.audit import uses
from portico.domains.authorizations import models, owed
from portico.domains.authorizations.tests import desk
from portico.domains.members.tests.factories import last_use, subjects_of
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted
from tests.support import authorizations, patients
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.cast import FOREIGN, OWN
from tests.support.world import World

ELSEWHERE = {"requesting": (FOREIGN, patients.NPI_ELSEWHERE)}


@pytest.fixture
def world(db: None) -> World:
    """The small world."""
    return worlds.build()


@pytest.fixture
def fay(world: World) -> Actor:
    """The front desk, with everything under the own tax ID."""
    return worlds.actor(world["front_desk"])


def numbers(found: owed.OwedRequests) -> list[str]:
    return [each.number for each in found.requests]


def assigned(row: models.Authorization, actor: Actor, to: int | None) -> None:
    models.Assignment.objects.create(
        authorization=row, office_id=actor.office_id or 0, persona_id=to, assigned_at=NOW
    )


def _follower(each: owed.Owed) -> tuple[bool, bool]:
    return bool(each.assigned_to), each.is_mine


def draft(actor: Actor, *, kind: str = "authorization", handed_by: int | None = 7, **facts: Any) -> Any:
    told = {
        "office_id": actor.office_id,
        "tax_id": OWN,
        "owner_id": actor.persona_id,
        "made_by": actor.persona_id,
        "handed_by": handed_by,
        "handed_at": handed_by and NOW,
        "content_sealed": b"",
        "created_at": NOW,
        "changed_at": NOW,
        **facts,
    }
    return models.Draft.objects.create(kind=kind, **told)


def test_what_the_plan_asks_for_is_due_when_its_first_question_is(fay: Actor) -> None:
    later = authorizations.pended(due_at=NOW + timedelta(days=5))
    first = authorizations.pended(due_at=NOW + timedelta(days=1))
    answered = authorizations.pended(due_at=NOW)
    answered.asked_for.update(state="answered")
    authorizations.in_review()
    found = owed.answers(actor=fay)
    assert numbers(found) == [first.number, later.number, answered.number]
    assert [each.due_at for each in found.requests] == [
        NOW + timedelta(days=1),
        NOW + timedelta(days=5),
        None,
    ]


def test_what_the_plan_decides_is_due_when_its_clock_ends(fay: Actor) -> None:
    standard, urgent = authorizations.in_review(), authorizations.expedited()
    timeless = authorizations.in_review(due_at=None)
    for other in (authorizations.pended, authorizations.approved, authorizations.cancelled):
        other()
    assert numbers(owed.decisions(actor=fay)) == [urgent.number, standard.number, timeless.number]


@pytest.mark.parametrize("role", ["requesting", "servicing", "facility", "pcp"])
def test_every_office_at_work_on_it_is_told_and_the_pcp_is_not(fay: Actor, role: str) -> None:
    authorizations.pended(parties={**ELSEWHERE, role: (OWN, patients.NPI)})
    assert owed.answers(actor=fay).count == (0 if role == "pcp" else 1)


def test_another_office_is_told_nothing(fay: Actor) -> None:
    authorizations.pended(parties=ELSEWHERE)
    authorizations.in_review(parties=ELSEWHERE)
    assert (owed.answers(actor=fay).count, owed.decisions(actor=fay).count) == (0, 0)


def test_who_follows_it_is_named_and_one_who_left_is_not(fay: Actor, world: World) -> None:
    mine, theirs, nobodys = (authorizations.pended() for _ in range(3))
    worlds.disable(world["unverified"])
    assigned(mine, fay, fay.persona_id)
    assigned(theirs, fay, world["medi_cal_only"].persona_id)
    assigned(nobodys, fay, world["unverified"].persona_id)
    found = {each.number: _follower(each) for each in owed.answers(actor=fay).requests}
    assert found == {mine.number: (True, True), theirs.number: (True, False), nobodys.number: (False, False)}


def test_an_assignment_of_another_office_is_not_told(fay: Actor) -> None:
    row = authorizations.pended()
    assigned(row, replace(fay, office_id=(fay.office_id or 0) + 1), fay.persona_id)
    (found,) = owed.answers(actor=fay).requests
    assert (found.assigned_to, found.is_mine) == ("", False)


def test_drafts_handed_to_whoever_asks_are_told_and_no_others(fay: Actor, world: World) -> None:
    handed = draft(fay, handed_by=world["medi_cal_only"].persona_id)
    draft(fay, handed_by=None)
    draft(fay, state="dropped")
    draft(fay, owner_id=world["medi_cal_only"].persona_id)
    draft(fay, office_id=(fay.office_id or 0) + 1)
    draft(fay, tax_id=FOREIGN)
    referral = draft(fay, kind="referral")
    (found,) = owed.handed(actor=fay, function=Function.AUTHORIZATION_SUBMISSION)
    assert (found.public_id, found.handed_at, bool(found.by)) == (handed.public_id, NOW, True)
    (found,) = owed.handed(actor=fay, function=Function.REFERRALS)
    assert found.public_id == referral.public_id


def test_the_plans_desk_is_told_what_it_decides_of_every_office(world: World) -> None:
    mine = authorizations.expedited(reviewer_id=world["reviewer"].user_id)
    nobodys = authorizations.in_review(parties=ELSEWHERE)
    authorizations.pended()
    found = owed.queue(actor=worlds.actor(world["reviewer"]))
    assert numbers(found) == [mine.number, nobodys.number]
    assert [(bool(each.assigned_to), each.is_mine) for each in found.requests] == [
        (True, True),
        (False, False),
    ]


def test_the_first_few_are_told_with_how_many_there_are(fay: Actor) -> None:
    for _ in range(3):
        authorizations.pended()
    found = owed.answers(actor=fay, size=2)
    assert (len(found.requests), found.count) == (2, 3)


def test_a_look_leaves_a_row_that_names_requests_and_no_member(fay: Actor) -> None:
    row = authorizations.pended()
    owed.answers(actor=fay)
    use = last_use()
    assert (use.function, use.conclusion) == ("authorization_inquiry", uses.GLANCED)
    assert subjects_of(use) == [("authorization", row.number)]


@pytest.mark.parametrize("key", ["eligibility_only", "administrator", "operations"])
def test_who_may_not_read_requests_is_refused(world: World, key: str) -> None:
    for ask in (owed.answers, owed.decisions, owed.queue):
        with pytest.raises(NotPermitted):
            ask(actor=worlds.actor(world[key]))


def test_a_list_asks_the_same_whatever_its_length(fay: Actor) -> None:
    def asked(more: int) -> int:
        for _ in range(more):
            assigned(authorizations.pended(), fay, fay.persona_id)
        with CaptureQueriesContext(connection) as queries:
            owed.answers(actor=fay)
        return len(queries)

    assert asked(1) == asked(6)


def test_the_queue_asks_the_same_whatever_its_length(db: None) -> None:
    def asked(more: int) -> int:
        for _ in range(more):
            authorizations.in_review(reviewer_id=12)
        with CaptureQueriesContext(connection) as queries:
            owed.queue(actor=desk.reviewer())
        return len(queries)

    worlds.build()
    assert asked(1) == asked(6)
