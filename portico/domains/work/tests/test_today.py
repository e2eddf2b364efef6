"""Today: every source by its own function, what is closed left out, one that fails alone, a row for each."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.apps import apps
from pytest_django.fixtures import DjangoAssertNumQueries

from portico.domains.authorizations import assigning
from portico.domains.claims import matching, waiting
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Desk, Function
from portico.domains.permits.permit import NotPermitted, Permit
from portico.domains.work import today
from portico.domains.work.today_rules import Kind, Near, Side
from tests.support import actors, authorizations, cast, claims, directory_keeping, missing_access
from tests.support import world as worlds
from tests.support.world import World


@pytest.fixture
def world(db: None) -> World:
    return worlds.build()


def told(actor: Actor, size: int = 50) -> list[tuple[Kind, Side, str]]:
    return [(task.kind, task.side, task.number) for task in today.of(actor=actor, size=size).tasks]


def test_an_office_is_told_of_a_claim_that_waits_and_of_what_it_asked_for(world: World) -> None:
    claims.pended()
    missing_access.asked(world, "front_desk", Function.DIRECTORY_MAINTENANCE)
    found = today.of(actor=worlds.actor(world["front_desk"]))
    assert {task.kind: (task.side, task.near) for task in found.tasks} == {
        Kind.CLAIM: (Side.OURS, Near.OVER),
        Kind.OWN_ACCESS_REQUEST: (Side.THEIRS, found.tasks[-1].near),
    }
    counts = {kind: count for kind, count in found.counts if count}
    assert counts == {Kind.CLAIM: 1, Kind.OWN_ACCESS_REQUEST: 1}
    assert (found.count, found.hidden, found.failed) == (2, 0, ())


def test_an_office_is_told_what_it_owes_of_its_requests_and_what_the_plan_does(world: World) -> None:
    asked, waits = authorizations.pended(), authorizations.expedited()
    tasks = {task.number: task for task in today.of(actor=worlds.actor(world["front_desk"])).tasks}
    question, decision = tasks[asked.number], tasks[waits.number]
    assert (question.kind, question.side, question.action) == (Kind.QUESTION, Side.OURS, "authorization")
    assert (decision.kind, decision.side, decision.action) == (Kind.DECISION, Side.THEIRS, "expedited")
    assert (question.target, decision.target) == (str(asked.public_id), str(waits.public_id))
    assert decision.due_at == waits.due_at
    assert told(worlds.actor(world["outsider"])) == []
    assert told(worlds.actor(world["administrator"])) == []


def test_the_plans_desk_is_told_what_it_has_to_decide_and_its_other_desks_are_not(world: World) -> None:
    row = authorizations.expedited()
    authorizations.pended()
    for key in ("reviewer", "medical_director"):
        (task,) = today.of(actor=worlds.actor(world[key])).tasks
        assert (task.kind, task.side, task.number) == (Kind.DECISION, Side.OURS, row.number)
    assert Kind.DECISION not in {kind for kind, _, _ in told(worlds.actor(world["operations"]))}


def test_who_follows_a_request_is_named_until_they_leave(world: World) -> None:
    row, follower = authorizations.pended(), world["no_factor"]
    front_desk = worlds.actor(world["front_desk"])
    assigning.assign(actor=front_desk, authorization=row.public_id, persona_id=follower.persona_id)
    (task,) = today.of(actor=front_desk).tasks
    assert (bool(task.assigned_to), task.is_mine) == (True, False)
    (task,) = today.of(actor=worlds.actor(follower)).tasks
    assert task.is_mine
    worlds.disable(follower)
    (task,) = today.of(actor=front_desk).tasks
    assert (task.assigned_to, task.is_mine) == ("", False)


def test_an_administrator_decides_what_others_ask_for_and_is_told_of_no_claim(world: World) -> None:
    claims.pended()
    number = missing_access.asked(world, "eligibility_only")
    (task,) = today.of(actor=worlds.actor(world["administrator"])).tasks
    assert (task.kind, task.side, task.target) == (Kind.ACCESS_REQUEST, Side.OURS, str(number))
    assert task.who.endswith("Tester")
    assert task.due_at is not None


def test_nobody_decides_about_themselves(world: World) -> None:
    missing_access.asked(world, "eligibility_only")
    requests = apps.get_model("access", "AccessRequest")
    requests.objects.update(persona=world["administrator"].persona_id)
    kinds = {kind for kind, _, _ in told(worlds.actor(world["administrator"]))}
    assert kinds == {Kind.OWN_ACCESS_REQUEST}


def test_what_lies_with_the_plan_is_told_to_its_desk_and_no_more_to_the_office(world: World) -> None:
    missing_access.asked(world, "eligibility_only")
    apps.get_model("access", "AccessRequest").objects.update(step="plan")
    assert told(worlds.actor(world["administrator"])) == []
    kinds = [kind for kind, _, _ in told(worlds.actor(world["support"]))]
    assert kinds.count(Kind.ACCESS_REQUEST) == 1
    (task,) = today.of(actor=worlds.actor(world["eligibility_only"])).tasks
    assert (task.kind, task.action) == (Kind.OWN_ACCESS_REQUEST, "with_plan")


def test_a_keeper_confirms_entries_that_are_due(world: World) -> None:
    keeper = worlds.actor(world[directory_keeping.KEEPER])
    assert Kind.ATTESTATION not in {kind for kind, _, _ in told(keeper)}
    directory_keeping.another_entry(world, 1)
    apps.get_model("directory", "Listing").objects.update(attest_by=actors.TODAY + timedelta(days=3))
    (task,) = [task for task in today.of(actor=keeper).tasks if task.kind is Kind.ATTESTATION]
    assert (task.due_on, task.near) == (actors.TODAY + timedelta(days=3), Near.SOON)
    assert task.count >= 1


def test_an_open_access_review_is_the_administrators(world: World) -> None:
    on = actors.TODAY
    apps.get_model("access", "Review").objects.create(
        office_id=world.offices[cast.LAKESIDE], opened_on=on, due_on=on + timedelta(days=30)
    )
    (task,) = today.of(actor=worlds.actor(world["administrator"])).tasks
    assert (task.kind, task.near, task.due_on) == (Kind.ACCESS_REVIEW, Near.LATER, on + timedelta(days=30))
    assert Kind.ACCESS_REVIEW not in {kind for kind, _, _ in told(worlds.actor(world["front_desk"]))}


def test_the_plans_desk_is_told_of_its_work_items_and_an_office_is_not(world: World) -> None:
    assert (Kind.WORK_ITEM, Side.OURS, world.work_item) in told(worlds.actor(world["operations"]))
    assert Kind.WORK_ITEM not in {kind for kind, _, _ in told(worlds.actor(world["front_desk"]))}


def test_a_source_that_fails_leaves_the_others_and_its_reference(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims.pended()
    missing_access.asked(world, "front_desk", Function.DIRECTORY_MAINTENANCE)

    def fail(given: Permit) -> None:
        raise RuntimeError("NLQX7731 Quillfeather")

    monkeypatch.setattr(matching, "reached", fail)
    found = today.of(actor=worlds.actor(world["front_desk"]))
    assert [task.kind for task in found.tasks] == [Kind.OWN_ACCESS_REQUEST]
    (failed,) = found.failed
    assert failed.kind is Kind.CLAIM
    (use,) = worlds.uses(reference=failed.reference)
    assert (use.outcome, use.function) == ("crashed", Function.CLAIMS_INQUIRY)


@pytest.mark.parametrize("key", ["administrator", "without_function", "revoked", "unverified"])
def test_what_is_closed_is_left_out_and_no_refusal_is_written(world: World, key: str) -> None:
    claims.pended()
    before = worlds.last_use()
    assert Kind.CLAIM not in {kind for kind, _, _ in told(worlds.actor(world[key]))}
    assert {use.outcome for use in worlds.uses(pk__gt=before)} <= {"allowed"}


def test_a_grant_that_ends_while_the_list_is_made_closes_its_source_alone(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = waiting.of
    monkeypatch.setattr(waiting, "of", lambda *, actor, size: real(actor=actors.administrator(), size=size))
    found = today.of(actor=worlds.actor(world["front_desk"]))
    assert (found.failed, Kind.CLAIM in dict(found.counts)) == ((), False)


def test_a_visitor_has_no_list(db: None) -> None:
    with pytest.raises(NotPermitted):
        today.of(actor=actors.visitor())


def test_a_day_after_the_calendar_ends_nothing(world: World) -> None:
    claims.pended(awaited_on=date.max)
    (task,) = today.of(actor=worlds.actor(world["front_desk"])).tasks
    assert task.near is Near.LATER


def test_the_kinds_are_those_that_may_stand_there() -> None:
    desk = actors.front_desk(actors.grant(Function.CLAIMS_INQUIRY))
    assert today.kinds(desk) == (Kind.CLAIM, Kind.OWN_ACCESS_REQUEST)
    asks = actors.front_desk(actors.grant(Function.AUTHORIZATION_INQUIRY))
    assert today.kinds(asks) == (Kind.QUESTION, Kind.DECISION, Kind.OWN_ACCESS_REQUEST)
    assert Kind.WORK_ITEM in today.kinds(actors.plan_staff(Desk.OPERATIONS))
    assert today.kinds(replace(actors.visitor())) == ()


def test_the_first_few_of_each_are_told_with_how_many_there_are(world: World) -> None:
    for place in range(4):
        claims.pended(f"26015W000{place}")
    found = today.of(actor=worlds.actor(world["front_desk"]), size=2)
    assert (len(found.tasks), found.count, found.hidden) == (2, 4, 2)


@pytest.mark.parametrize("more", [1, 6])
def test_the_list_asks_the_same_number_of_questions(
    world: World, more: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(more):
        claims.pended(f"26015W{place:04}")
    actor = worlds.actor(world["front_desk"])
    with django_assert_max_num_queries(32):
        assert len(told(actor)) == more
