"""How near a task is, and in which order tasks stand: tables without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from portico.domains.work import today_rules
from portico.domains.work.today_rules import SOON_DAYS, Kind, Near, Side, Task

TODAY = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("due_on", "is_over", "near"),
    [
        (None, False, Near.OPEN),
        (TODAY - DAY, True, Near.OVER),
        (TODAY - DAY, False, Near.OVER),
        (TODAY, True, Near.OVER),
        (TODAY, False, Near.TODAY),
        (TODAY + DAY, False, Near.SOON),
        (TODAY + SOON_DAYS * DAY, False, Near.SOON),
        (TODAY + (SOON_DAYS + 1) * DAY, False, Near.LATER),
        (date.max, False, Near.LATER),
    ],
)
def test_how_near_a_task_is(due_on: date | None, is_over: bool, near: Near) -> None:
    assert today_rules.near(due_on=due_on, is_over=is_over, today=TODAY) is near


def task(number: str, near: Near, kind: Kind = Kind.CLAIM) -> Task:
    return Task(kind, Side.OURS, number=number, near=near)


def test_what_is_over_comes_first_then_by_its_end_and_what_has_none_last() -> None:
    given = [
        (AT + 9 * DAY, task("open", Near.OPEN)),
        (AT + 8 * DAY, task("later", Near.LATER)),
        (AT + 2 * DAY, task("soon, second", Near.SOON)),
        (AT + 1 * DAY, task("soon, first", Near.SOON)),
        (AT, task("b", Near.TODAY)),
        (AT, task("a", Near.TODAY)),
        (AT, task("a", Near.TODAY, Kind.ACCESS_REQUEST)),
        (AT - DAY, task("over", Near.OVER)),
    ]
    found = today_rules.ordered(given)
    assert [(each.kind, each.number) for each in found] == [
        (Kind.CLAIM, "over"),
        (Kind.ACCESS_REQUEST, "a"),
        (Kind.CLAIM, "a"),
        (Kind.CLAIM, "b"),
        (Kind.CLAIM, "soon, first"),
        (Kind.CLAIM, "soon, second"),
        (Kind.CLAIM, "later"),
        (Kind.CLAIM, "open"),
    ]
    assert today_rules.ordered(reversed(given)) == found
