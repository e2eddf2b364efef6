"""Deadlines as a table: which rule counts, and which day is the last."""

from datetime import date

import pytest

from portico.domains.claims.deadline_rules import (
    Course,
    Kind,
    Rule,
    Standing,
    Unit,
    Workdays,
    deadlines,
    last_day,
    narrowest,
)
from portico.shared.periods import Period

ALWAYS = Period(date(2020, 1, 1))
WEEK = Workdays(frozenset(range(5)), frozenset({date(2026, 1, 1), date(2026, 7, 3)}))
TAX_ID, LINE = "171234567", "employer-hmo"


def rule(kind: Kind = Kind.DISPUTE, days: int = 365, **facts: object) -> Rule:
    """A rule for all, from 2020 on."""
    told = {"unit": Unit.CALENDAR, "citation": "28 CCR 1300.71.38", "period": ALWAYS, **facts}
    return Rule(kind, days, **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start", "days", "unit", "expected"),
    [
        (date(2026, 2, 3), 1, Unit.CALENDAR, date(2026, 2, 4)),
        (date(2026, 2, 3), 365, Unit.CALENDAR, date(2027, 2, 3)),
        (date(2027, 3, 1), 365, Unit.CALENDAR, date(2028, 2, 29)),  # a leap day lies in between
        (date(2028, 2, 29), 365, Unit.CALENDAR, date(2029, 2, 28)),
        (date(2027, 2, 27), 365, Unit.CALENDAR, date(2028, 2, 27)),
        (date(2026, 3, 6), 1, Unit.BUSINESS, date(2026, 3, 9)),  # Friday, then Monday
        (date(2026, 3, 7), 1, Unit.BUSINESS, date(2026, 3, 9)),  # received on a Saturday
        (date(2025, 12, 31), 1, Unit.BUSINESS, date(2026, 1, 2)),  # New Year's Day is closed
        (date(2026, 1, 2), 30, Unit.BUSINESS, date(2026, 2, 13)),
        (date(2026, 7, 2), 1, Unit.BUSINESS, date(2026, 7, 6)),  # a holiday before a weekend
        (date(2026, 7, 3), 3650, Unit.BUSINESS, date(2040, 6, 29)),  # fourteen years of weeks
        (date(9999, 12, 1), 365, Unit.CALENDAR, date.max),  # a feed may say anything
        (date(9999, 12, 1), 365, Unit.BUSINESS, date.max),
    ],
)
def test_the_last_day(start: date, days: int, unit: Unit, expected: date) -> None:
    assert last_day(start, days, unit, WEEK) == expected


def test_a_plan_that_never_works_counts_every_day() -> None:
    assert last_day(date(2026, 1, 1), 3, Unit.BUSINESS, Workdays(frozenset())) == date(2026, 1, 4)


@pytest.mark.parametrize(
    ("tax_id", "line", "on", "expected"),
    [
        (TAX_ID, LINE, date(2026, 1, 1), 90),  # the contract's
        ("999999999", LINE, date(2026, 1, 1), 180),  # the line's
        ("999999999", "medi-cal", date(2026, 1, 1), 365),  # everybody's
        (TAX_ID, "medi-cal", date(2026, 1, 1), 120),  # a contract in every line, before a line
        ("999999999", LINE, date(2026, 7, 1), 200),  # the line's newer one
        ("999999999", LINE, date(2026, 6, 30), 180),  # the last day of the older one
        ("999999999", LINE, date(2019, 12, 31), None),  # before any
    ],
)
def test_the_narrowest_rule_in_force_counts(tax_id: str, line: str, on: date, expected: int | None) -> None:
    rules = [
        rule(days=365),
        rule(days=180, line=LINE, period=Period(date(2020, 1, 1), date(2026, 6, 30))),
        rule(days=200, line=LINE, period=Period(date(2026, 7, 1))),
        rule(days=120, tax_id=TAX_ID),
        rule(days=90, tax_id=TAX_ID, line=LINE),
        rule(Kind.TIMELY_FILING, 1),
    ]
    found = narrowest(rules, kind=Kind.DISPUTE, line=line, tax_id=tax_id, on=on)
    assert (found and found.days) == expected


def course(**days: date) -> Course:
    """A claim of January."""
    told = {"serviced_on": date(2026, 1, 12), "received_on": date(2026, 1, 15), **days}
    return Course(LINE, TAX_ID, **told)


@pytest.mark.parametrize(
    ("received_on", "expected"),
    [
        (date(2026, 4, 12), Standing.KEPT),  # the ninetieth day
        (date(2026, 4, 13), Standing.MISSED),
    ],
)
def test_timely_filing_runs_from_the_last_day_of_service(received_on: date, expected: Standing) -> None:
    rules = [rule(Kind.TIMELY_FILING, 90)]
    (found,) = deadlines(rules, course(received_on=received_on), today=date(2026, 6, 1), workdays=WEEK)
    assert (found.standing, found.due_on) == (expected, date(2026, 4, 12))


@pytest.mark.parametrize(
    ("today", "expected", "left"),
    [
        (date(2026, 2, 14), Standing.RUNNING, 0),
        (date(2026, 2, 15), Standing.MISSED, -1),
        (date(2026, 1, 15), Standing.RUNNING, 30),
    ],
)
def test_prompt_pay_counts_down_until_the_first_decision(today: date, expected: Standing, left: int) -> None:
    (found,) = deadlines([rule(Kind.PROMPT_PAY, 30)], course(), today=today, workdays=WEEK)
    assert (found.standing, found.days_left) == (expected, left)


def test_prompt_pay_is_judged_by_the_first_decision() -> None:
    again = course(first_decided_on=date(2026, 2, 3), decided_on=date(2026, 6, 1))
    (found,) = deadlines([rule(Kind.PROMPT_PAY, 30)], again, today=date(2026, 6, 2), workdays=WEEK)
    assert (found.standing, found.settled_on) == (Standing.KEPT, date(2026, 2, 3))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2027, 2, 3), Standing.RUNNING),
        (date(2027, 2, 4), Standing.OVER),
    ],
)
def test_a_dispute_may_be_sent_for_365_days_after_the_last_decision(today: date, expected: Standing) -> None:
    decided = course(first_decided_on=date(2026, 1, 20), decided_on=date(2026, 2, 3))
    (found,) = deadlines([rule()], decided, today=today, workdays=WEEK)
    assert (found.standing, found.due_on) == (expected, date(2027, 2, 3))


def test_what_is_not_decided_has_nothing_to_dispute() -> None:
    assert deadlines([rule()], course(), today=date(2026, 3, 1), workdays=WEEK) == ()
