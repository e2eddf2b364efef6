"""The onboarding tracker and the access report against the small world: who is listed, and how counted."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps

from portico.domains.access import looking_after
from portico.domains.access.looking_after import Why
from portico.domains.accounts.signing_in import sign_in
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import NotPermitted, permit
from portico.domains.support import onboarding, report
from portico.domains.support.onboarding import Row, Tracker
from portico.domains.support.onboarding_rules import Sign, Step
from portico.domains.support.report_rules import Cause
from portico.domains.support.tests import telling
from portico.domains.support.verdicts import Verdict
from tests.support import actors, cast, looking, patients
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


def tracked(world: World, key: str = "administrator", **more: Any) -> Tracker:
    function = Function.MANAGE_USERS if key == "administrator" else Function.PROVISIONING
    return onboarding.tracker(actor=worlds.actor(world[key]), function=function, **more)


def row_of(tracker: Tracker, username: str) -> Row | None:
    return next((row for row in tracker.page.rows if row.username == username), None)


def signs(row: Row | None) -> list[Sign]:
    assert row is not None
    return [each.sign for each in row.steps]


def test_who_is_invited_is_followed_from_the_first_step(world: World) -> None:
    looking.invited()
    row = row_of(tracked(world), "ivy.new")
    done, waiting = Sign.DONE, Sign.WAITING
    assert signs(row) == [done, done, waiting, done, waiting, waiting]
    assert row is not None
    assert row.stuck is not None
    assert (row.stuck.step, row.stuck.since) == (Step.CREDENTIALS, NOW)


def test_a_first_task_ends_the_following(world: World) -> None:
    actor = worlds.actor(world["eligibility_only"])
    assert row_of(tracked(world), "eligibility.only") is not None
    with pytest.raises(NotPermitted), permit(actor, Function.CLAIMS_INQUIRY):
        pytest.fail("it is closed")
    assert row_of(tracked(world), "eligibility.only") is not None
    with permit(actor, Function.ELIGIBILITY):
        pass
    assert row_of(tracked(world), "eligibility.only") is None


@pytest.mark.parametrize(
    ("key", "step", "code"),
    [
        ("no_factor", Step.TASK, ""),
        ("unverified", Step.VERIFIED, ""),
        ("proposed", Step.ROLE, "proposed"),
        ("early", Step.ROLE, "not_yet"),
        ("expired", Step.ROLE, "ended"),
        ("revoked", Step.ROLE, "ended"),
        ("invited", Step.CREDENTIALS, "invitation_over"),
    ],
)
def test_people_are_stuck_where_they_are(world: World, key: str, step: Step, code: str) -> None:
    username = world[key].person.username
    if key == "invited":
        apps.get_model("accounts", "Invitation").objects.create(
            user_id=world[key].user_id,
            kind="link",
            secret_index=bytes(16),
            made_at=NOW - timedelta(days=2),
            expires_at=NOW - timedelta(days=1),
        )
    row = row_of(tracked(world, "operations"), username)
    assert row is not None
    assert row.stuck is not None
    assert (row.stuck.step, row.stuck.code) == (step, code)


def test_an_administrator_follows_the_own_office_alone(world: World) -> None:
    looking.invited("hill.new", office=cast.HILLCREST)
    looking.invited()
    names = {row.username for row in tracked(world).page.rows}
    assert "ivy.new" in names
    assert names.isdisjoint({"hill.new", "operations"})
    ours = {row.username for row in tracked(world, "support").page.rows}
    assert {"hill.new", "ivy.new"} <= ours
    assert ours.isdisjoint({"operations", "support"})


def test_whose_account_is_closed_is_not_on_the_way(world: World) -> None:
    user_id = looking.invited()
    looking_after.disable(actor=worlds.system(), user_id=user_id, why=Why.LEFT)
    assert row_of(tracked(world), "ivy.new") is None


def test_the_list_comes_in_pages(world: World) -> None:
    for number in range(3):
        looking.invited(f"ivy.new{number}")
    first = tracked(world, size=2)
    second = tracked(world, size=2, after=first.page.next_key or "")
    shown = [row.username for tracker in (first, second) for row in tracker.page.rows]
    assert shown == ["ivy.new2", "ivy.new1", "ivy.new0"]
    assert second.page.next_key is None


def test_the_last_90_days_are_counted_with_the_goal(world: World) -> None:
    before = tracked(world)
    looking.invited()
    after = tracked(world)
    assert after.made == before.made + 1
    assert dict(after.stuck_at)[Step.CREDENTIALS] == dict(before.stuck_at)[Step.CREDENTIALS] + 1
    assert after.same_day.measured == before.same_day.measured
    administrator = replace(worlds.actor(world["administrator"]), asked_at=NOW + timedelta(days=1))
    later = onboarding.tracker(actor=administrator, function=Function.MANAGE_USERS)
    assert later.same_day.measured == before.same_day.measured + 1
    assert later.same_day.reached == before.same_day.reached


def test_a_look_leaves_its_row_and_holds_no_patient(world: World) -> None:
    found = tracked(world)
    assert patients.shown_in(repr(found)) == []
    last = worlds.uses(function="manage_users")[-1]
    assert (last.outcome, last.conclusion) == ("allowed", "onboarding_shown")


@pytest.mark.parametrize("key", ["front_desk", "member_services"])
def test_nobody_else_follows_anybody(world: World, key: str) -> None:
    for function in (Function.MANAGE_USERS, Function.PROVISIONING):
        with pytest.raises(NotPermitted, match="function_not_granted"):
            onboarding.tracker(actor=worlds.actor(world[key]), function=function)


def test_the_report_counts_sign_ins_failures_and_cases(world: World) -> None:
    signer, visitor = world["no_factor"], actors.visitor()
    for password in ("wrong", "wrong too", cast.PASSWORD):
        sign_in.with_password(actor=visitor, username=signer.person.username, password=password)
    telling.open_case(worlds.actor(world["eligibility_only"]))
    telling.open_case(worlds.actor(world["front_desk"]))
    months = report.access(actor=worlds.actor(world["support"]))
    now = months[0]
    assert now.sign_ins.succeeded == 1
    assert now.sign_ins.failed[Cause.PASSWORD] == 2
    assert now.failed_per_hundred == Decimal("200.0")
    assert set(now.cases) == {Verdict.MISSING_ROLE}
    assert now.cases_per_hundred == Decimal(100) * sum(now.cases.values())
    assert now.same_day.measured > 0
    assert months[1].sign_ins.failures == 0
    assert months[1].failed_per_hundred is None
    use = worlds.uses(function="access_report")[-1]
    assert (use.outcome, use.conclusion) == ("allowed", "access_report_shown")


@pytest.mark.parametrize("key", ["front_desk", "administrator", "member_services"])
def test_the_report_is_the_plans(world: World, key: str) -> None:
    with pytest.raises(NotPermitted, match="function_not_granted"):
        report.access(actor=worlds.actor(world[key]))
