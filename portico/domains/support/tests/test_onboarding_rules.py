"""How far somebody is, where it is stuck and since when, and the same-day goal: tables, no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

# Thursday, March 12, 2026, 10:00 AM in Los Angeles; the plan works Monday to Friday, 8 to 5.
from zoneinfo import ZoneInfo

import pytest

from portico.domains.accounts.joining.provisioning_rules import Invited
from portico.domains.permits.reasons import FixedBy
from portico.domains.plan.business_time import Hours, NeverOpen, Open, day_of
from portico.domains.support import onboarding_rules as rules
from portico.domains.support.onboarding_rules import Facts, SameDay, Sign, Step

NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
ZONE = ZoneInfo("America/Los_Angeles")
HOURS = Hours(ZONE, dict.fromkeys(range(5), Open(time(8), time(17))), frozenset({date(2026, 3, 16)}))
HOUR = timedelta(hours=1)
OPEN = Invited(NOW, NOW + timedelta(days=1))
READY = Facts(
    made_at=NOW,
    invitation=OPEN,
    activated_at=NOW + HOUR,
    verified_at=NOW + 2 * HOUR,
    role_at=NOW,
    has_role=True,
)


def test_the_steps_come_in_order() -> None:
    assert [each.step for each in rules.steps(READY, NOW)] == list(Step)


@pytest.mark.parametrize(
    ("facts", "step", "since", "code", "by"),
    [
        (Facts(NOW), Step.INVITED, NOW, "", FixedBy.ADMINISTRATOR),
        (Facts(NOW, OPEN), Step.CREDENTIALS, NOW, "", FixedBy.YOURSELF),
        (
            Facts(NOW, replace(OPEN, expires_at=NOW)),
            *(Step.CREDENTIALS, NOW, "invitation_over", FixedBy.ADMINISTRATOR),
        ),
        (
            Facts(NOW, replace(OPEN, ending="cancelled")),
            *(Step.CREDENTIALS, NOW, "invitation_over", FixedBy.ADMINISTRATOR),
        ),
        (replace(READY, asks_identity=True), Step.VERIFIED, NOW + HOUR, "", FixedBy.YOURSELF),
        (
            replace(READY, has_role=False, role_code="proposed"),
            *(Step.ROLE, NOW + 2 * HOUR, "proposed", FixedBy.ADMINISTRATOR),
        ),
        (READY, Step.TASK, NOW + 2 * HOUR, "", FixedBy.YOURSELF),
    ],
    ids=["not_invited", "invited", "invitation_over", "taken_back", "unverified", "proposed", "not_begun"],
)
def test_it_is_stuck_at_the_first_step_not_done(
    facts: Facts, step: Step, since: datetime, code: str, by: FixedBy
) -> None:
    found = rules.stuck(rules.steps(facts, NOW))
    assert found is not None
    assert (found.step, found.since, found.code, found.by) == (step, since, code, by)


def test_who_has_done_a_first_task_is_stuck_nowhere() -> None:
    assert rules.stuck(rules.steps(replace(READY, task_at=NOW + 3 * HOUR), NOW)) is None


def test_what_was_not_asked_stands_in_nobodys_way() -> None:
    facts = replace(READY, invitation=None, verified_at=None)
    signs = [each.sign for each in rules.steps(facts, NOW)]
    done, not_asked = Sign.DONE, Sign.NOT_ASKED
    assert signs == [done, not_asked, done, not_asked, done, Sign.WAITING]
    assert rules.ready_at(facts, NOW) == NOW + HOUR


def test_ready_is_the_last_step_before_the_task() -> None:
    assert rules.ready_at(READY, NOW) == NOW + 2 * HOUR
    assert rules.ready_at(replace(READY, has_role=False), NOW) is None


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 3, 12, 10, tzinfo=ZONE), date(2026, 3, 12)),
        (datetime(2026, 3, 12, 6, tzinfo=ZONE), date(2026, 3, 12)),
        (datetime(2026, 3, 12, 16, 59, tzinfo=ZONE), date(2026, 3, 12)),
        (datetime(2026, 3, 12, 17, tzinfo=ZONE), date(2026, 3, 13)),
        (datetime(2026, 3, 13, 18, tzinfo=ZONE), date(2026, 3, 17)),
        (datetime(2026, 3, 14, 9, tzinfo=ZONE), date(2026, 3, 17)),
    ],
    ids=["within", "before_opening", "last_minute", "after_closing", "over_a_holiday", "saturday"],
)
def test_an_instant_belongs_to_the_day_that_is_still_worked_on(at: datetime, day: date) -> None:
    assert day_of(HOURS, at) == day


def test_a_plan_that_never_opens_has_no_business_day() -> None:
    with pytest.raises(NeverOpen):
        day_of(Hours(ZONE, {}), NOW)


def ready(after: timedelta) -> Facts:
    return replace(READY, activated_at=NOW + after, verified_at=NOW + after)


@pytest.mark.parametrize(
    ("people", "at", "measured", "reached"),
    [
        ([], NOW, 0, 0),
        ([READY], NOW + 3 * HOUR, 1, 1),
        ([ready(timedelta(hours=13))], NOW + timedelta(days=2), 1, 1),
        ([ready(timedelta(hours=14))], NOW + timedelta(days=2), 1, 0),
        ([Facts(NOW, OPEN)], NOW + HOUR, 0, 0),
        ([Facts(NOW, OPEN)], NOW + timedelta(days=1), 1, 0),
        ([READY, ready(timedelta(days=1)), Facts(NOW)], NOW + timedelta(days=2), 3, 1),
    ],
    ids=["nobody", "ready", "at_night", "past_midnight", "day_not_over", "day_over", "several"],
)
def test_the_same_day_is_the_business_day_of_the_account(
    people: list[Facts], at: datetime, measured: int, reached: int
) -> None:
    assert rules.same_day(HOURS, people, at) == SameDay(measured, reached)


def test_a_share_is_whole_hundredths_and_none_of_nobody() -> None:
    assert SameDay(3, 2).share == 66
    assert SameDay().share is None
