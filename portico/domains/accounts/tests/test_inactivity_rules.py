"""When an unused account is told so and suspended: the days, and settings at odds with each other."""

from datetime import timedelta

import pytest

from portico.domains.accounts.inactivity_rules import Policy
from tests.support.actors import NOW


def days(number: int) -> timedelta:
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("asked", "notice", "told_after"),
    [(Policy(90, 14), 14, 76), (Policy(90, 1), 1, 89), (Policy(10, 14), 9, 1), (Policy(1, 14), 0, 1)],
    ids=["usual", "short", "notice_longer_than_all", "a_day"],
)
def test_the_notice_comes_after_a_day_at_least(asked: Policy, notice: int, told_after: int) -> None:
    assert asked.notice == notice
    assert asked.told_if_unused_since(NOW) == NOW - days(told_after)
    assert asked.told_in_time(NOW) == NOW - days(notice)
    assert asked.suspended_if_unused_since(NOW) == NOW - days(asked.days)


@pytest.mark.parametrize(("number", "is_on"), [(0, False), (1, True)])
def test_no_days_switch_it_off(number: int, is_on: bool) -> None:
    assert Policy(number, 14).is_on is is_on
