"""Clocks of requests: weekends, holidays, changed clocks, leap days, extensions, pauses, reopening."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.authorizations import clock_defaults, clock_rules
from portico.domains.authorizations.clock_rules import Counts, Happened, Rule, Unit
from portico.domains.authorizations.facts.requested import Kind, Level
from portico.domains.authorizations.facts.shown import Standing
from portico.domains.plan.business_time import Hours, Open
from portico.shared.periods import Period

ZONE = ZoneInfo("America/Los_Angeles")
HOURS = Hours(ZONE, dict.fromkeys(range(5), Open(time(8), time(17))), frozenset({date(2026, 12, 25)}))
ALWAYS = Period(date(2000, 1, 1))
DAYS_7 = Rule(
    Counts.STANDARD, 7, Unit.CALENDAR, "c", ALWAYS, extension_days=14, pauses=("examination",), is_law=True
)
HOURS_72 = Rule(Counts.EXPEDITED, 72, Unit.HOURS, "c", ALWAYS, extension_days=14)
BUSINESS_2 = Rule(Counts.STANDARD, 2, Unit.BUSINESS, "c", ALWAYS, pauses=("examination",))
NOTICE = Rule(Counts.ADMISSION_NOTICE, 24, Unit.HOURS, "c", ALWAYS)


def at(text: str) -> datetime:
    """An instant of the plan's own clock: "2026-03-12 16:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def came(text: str) -> Happened:
    return Happened("received", at(text))


@pytest.mark.parametrize(
    ("rule", "start", "due"),
    [
        pytest.param(DAYS_7, "2026-03-12 10:00", "2026-03-19 10:00", id="seven_days_to_the_minute"),
        pytest.param(DAYS_7, "2026-03-06 10:00", "2026-03-13 10:00", id="clock_forward_keeps_the_hour"),
        pytest.param(DAYS_7, "2026-10-28 10:00", "2026-11-04 10:00", id="clock_back_keeps_the_hour"),
        pytest.param(DAYS_7, "2026-12-22 16:59", "2026-12-29 16:59", id="holidays_count"),
        pytest.param(DAYS_7, "2026-03-14 23:59", "2026-03-21 23:59", id="weekends_count"),
        pytest.param(DAYS_7, "2028-02-22 09:00", "2028-02-29 09:00", id="to_a_leap_day"),
        pytest.param(DAYS_7, "2028-02-25 09:00", "2028-03-03 09:00", id="over_a_leap_day"),
        pytest.param(DAYS_7, "2026-02-25 09:00", "2026-03-04 09:00", id="over_no_leap_day"),
        pytest.param(DAYS_7, "2026-03-01 02:30", "2026-03-08 03:30", id="to_an_hour_that_is_not"),
        pytest.param(HOURS_72, "2026-03-13 16:00", "2026-03-16 16:00", id="hours_over_a_weekend"),
        pytest.param(HOURS_72, "2026-03-06 16:00", "2026-03-09 17:00", id="hours_are_real_clock_forward"),
        pytest.param(HOURS_72, "2026-10-30 16:00", "2026-11-02 15:00", id="hours_are_real_clock_back"),
        pytest.param(HOURS_72, "2028-02-28 08:00", "2028-03-02 08:00", id="hours_over_a_leap_day"),
        pytest.param(BUSINESS_2, "2026-03-12 10:00", "2026-03-16 10:00", id="business_over_a_weekend"),
        pytest.param(BUSINESS_2, "2026-03-14 10:00", "2026-03-17 17:00", id="business_from_a_weekend"),
        pytest.param(BUSINESS_2, "2026-12-24 10:00", "2026-12-29 10:00", id="business_over_a_holiday"),
    ],
)
def test_a_rule_ends_when_it_says(rule: Rule, start: str, due: str) -> None:
    assert clock_rules.ends(rule, at(start), HOURS) == at(due)


def test_of_an_hour_that_comes_twice_the_earlier_counts() -> None:
    due = clock_rules.ends(DAYS_7, at("2026-10-25 01:30"), HOURS)
    assert due == datetime(2026, 11, 1, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("events", "now", "standing", "due", "left"),
    [
        pytest.param((), "2026-03-12 10:00", Standing.NONE, None, None, id="nothing_happened"),
        pytest.param(
            ("received 12 10:00",), "2026-03-12 10:00", Standing.RUNNING, "19 10:00", 168, id="begun"
        ),
        pytest.param(("received 12 10:00",), "2026-03-19 10:00", Standing.RUNNING, "19 10:00", 0, id="last"),
        pytest.param(("received 12 10:00",), "2026-03-19 12:00", Standing.OVERDUE, "19 10:00", -2, id="over"),
        pytest.param(
            ("received 12 10:00", "decided 19 10:00"),
            "2026-03-25 10:00",
            Standing.KEPT,
            "19 10:00",
            None,
            id="decided_at_the_last_instant",
        ),
        pytest.param(
            ("received 12 10:00", "decided 19 10:01"),
            "2026-03-25 10:00",
            Standing.BREACHED,
            "19 10:00",
            None,
            id="decided_a_minute_late",
        ),
        pytest.param(
            ("received 12 10:00", "decided 14 10:00 left=1"),
            "2026-03-15 10:00",
            Standing.RUNNING,
            "19 10:00",
            96,
            id="a_decision_that_leaves_a_service_open_stops_nothing",
        ),
        pytest.param(
            ("received 12 10:00", "asked 13 10:00", "answered 16 10:00"),
            "2026-03-18 10:00",
            Standing.RUNNING,
            "19 10:00",
            24,
            id="asking_for_more_stops_nothing",
        ),
        pytest.param(
            ("received 12 10:00", "extended 13 10:00 days=14"),
            "2026-03-20 10:00",
            Standing.RUNNING,
            "2026-04-02 10:00",
            312,
            id="extended",
        ),
        pytest.param(
            ("received 12 10:00", "paused 13 10:00"),
            "2026-03-30 10:00",
            Standing.PAUSED,
            None,
            None,
            id="paused",
        ),
        pytest.param(
            ("received 12 10:00", "paused 13 10:00", "resumed 15 11:00"),
            "2026-03-15 11:00",
            Standing.RUNNING,
            "21 11:00",
            144,
            id="resumed_with_what_was_left",
        ),
        pytest.param(
            ("received 12 10:00", "paused 13 10:00", "extended 14 10:00 days=14", "resumed 15 10:00"),
            "2026-03-15 10:00",
            Standing.RUNNING,
            "2026-04-04 10:00",
            480,
            id="extended_while_it_stood_still",
        ),
        pytest.param(
            ("received 12 10:00", "paused 19 10:01"),
            "2026-03-20 10:00",
            Standing.OVERDUE,
            "19 10:00",
            -24,
            id="what_is_over_is_not_paused",
        ),
        pytest.param(
            ("received 12 10:00", "cancelled 13 10:00"),
            "2026-03-30 10:00",
            Standing.NONE,
            "19 10:00",
            None,
            id="cancelled",
        ),
        pytest.param(
            ("received 02 10:00", "decided 04 10:00", "reopened 12 10:00"),
            "2026-03-13 10:00",
            Standing.RUNNING,
            "19 10:00",
            144,
            id="reopened_begins_anew",
        ),
        pytest.param(
            ("received 12 10:00", "decided 14 10:00", "extended 15 10:00 days=14"),
            "2026-03-16 10:00",
            Standing.KEPT,
            "19 10:00",
            None,
            id="what_is_settled_is_not_extended",
        ),
        pytest.param(
            ("received 12 10:00", "decided 14 10:00"),
            "2026-03-13 10:00",
            Standing.RUNNING,
            "19 10:00",
            144,
            id="what_comes_later_has_not_happened_yet",
        ),
    ],
)
def test_the_ledger_says_where_the_clock_stands(
    events: tuple[str, ...], now: str, standing: Standing, due: str | None, left: int | None
) -> None:
    clock = clock_rules.standing([_read(each) for each in events], DAYS_7, at(now), HOURS)
    wanted = due and at(due if due.startswith("2026") else f"2026-03-{due}")
    assert (clock.standing, clock.due_at) == (standing, wanted)
    assert clock.left_seconds == (None if left is None else left * 3600)


def test_a_pause_of_business_days_keeps_what_was_left_of_them() -> None:
    events = [_read(each) for each in ("received 12 08:00", "paused 12 12:30", "resumed 18 08:00")]
    clock = clock_rules.standing(events, BUSINESS_2, at("2026-03-18 09:00"), HOURS)
    assert clock.due_at == at("2026-03-19 12:30")


def test_a_line_without_a_clock_has_none() -> None:
    assert (
        clock_rules.standing([came("2026-03-12 10:00")], None, at("2026-03-30 10:00"), HOURS).due_at is None
    )


def test_a_change_of_the_level_counts_as_its_event_says() -> None:
    due = at("2026-03-14 10:00")
    events = [came("2026-03-12 10:00"), Happened("levelled", at("2026-03-13 10:00"), "expedited", due_at=due)]
    assert clock_rules.standing(events, HOURS_72, at("2026-03-13 10:00"), HOURS).due_at == due


@pytest.mark.parametrize(
    ("received", "standing"),
    [("2026-03-13 10:00", Standing.KEPT), ("2026-03-13 10:01", Standing.BREACHED)],
)
def test_a_notice_of_an_admission_comes_within_24_hours(received: str, standing: Standing) -> None:
    clock = clock_rules.noticed(NOTICE, at("2026-03-12 10:00"), at(received), HOURS)
    assert (clock.standing, clock.due_at) == (standing, at("2026-03-13 10:00"))


@pytest.mark.parametrize(
    ("kind", "level", "basis", "kinds"),
    [
        (Kind.AUTHORIZATION, Level.STANDARD, "first", (Counts.STANDARD,)),
        (Kind.REFERRAL, Level.STANDARD, "first", (Counts.REFERRAL, Counts.STANDARD)),
        (Kind.ADMISSION, Level.STANDARD, "first", (Counts.CONCURRENT, Counts.STANDARD)),
        (Kind.ADMISSION, Level.EXPEDITED, "first", (Counts.EXPEDITED,)),
        (Kind.AUTHORIZATION, Level.STANDARD, "appeal", (Counts.APPEAL, Counts.STANDARD)),
        (Kind.AUTHORIZATION, Level.EXPEDITED, "appeal", (Counts.EXPEDITED,)),
        (Kind.AUTHORIZATION, Level.STANDARD, "talk", (Counts.STANDARD,)),
    ],
)
def test_each_kind_of_request_has_its_clock(
    kind: Kind, level: Level, basis: str, kinds: tuple[Counts, ...]
) -> None:
    assert clock_rules.kinds_for(kind, level, basis) == kinds


def test_the_line_comes_before_all_and_the_kind_before_the_line() -> None:
    outside = Rule(Counts.STANDARD, 15, Unit.CALENDAR, "c", ALWAYS, line="individual-family")
    concurrent = Rule(Counts.CONCURRENT, 24, Unit.HOURS, "c", ALWAYS)
    rules, on = [DAYS_7, outside, concurrent], date(2026, 3, 12)
    kinds = (Counts.CONCURRENT, Counts.STANDARD)
    assert clock_rules.narrowest(rules, (Counts.STANDARD,), line="individual-family", on=on) is outside
    assert clock_rules.narrowest(rules, (Counts.STANDARD,), line="medi-cal", on=on) is DAYS_7
    assert clock_rules.narrowest(rules, kinds, line="individual-family", on=on) is concurrent


def test_a_rule_counts_from_its_first_day_to_its_last() -> None:
    rule = Rule(Counts.STANDARD, 7, Unit.CALENDAR, "c", Period(date(2026, 1, 1), date(2026, 1, 31)))
    days = {date(2025, 12, 31): None, date(2026, 1, 1): rule, date(2026, 1, 31): rule, date(2026, 2, 1): None}
    for on, found in days.items():
        assert clock_rules.narrowest([rule], (Counts.STANDARD,), line="x", on=on) is found


def test_the_law_is_said_for_every_kind_a_request_can_need() -> None:
    said = {rule.kind for rule in clock_defaults.DEFAULTS}
    for kind in Kind:
        for level in Level:
            for basis in ("first", "reconsideration", "appeal", "talk"):
                assert said & set(clock_rules.kinds_for(kind, level, basis))


@given(
    st.integers(0, 4 * 365 * 24 * 60),
    st.integers(0, 100),
    st.integers(0, 400),
    st.sampled_from([DAYS_7, HOURS_72, BUSINESS_2]),
)
def test_a_pause_neither_gives_nor_takes_time(minutes: int, hours: int, paused: int, rule: Rule) -> None:
    begun = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    stops = begun + timedelta(hours=hours)
    due = clock_rules.ends(rule, begun, HOURS)
    events = [
        Happened("received", begun),
        Happened("paused", stops, "examination"),
        Happened("resumed", stops + timedelta(hours=paused)),
    ]
    clock = clock_rules.standing(events, rule, stops + timedelta(hours=paused), HOURS)
    assert clock.due_at is not None
    assert clock.due_at >= due - timedelta(milliseconds=1)
    if rule.unit is not Unit.BUSINESS and stops <= due:
        assert clock.due_at - due == timedelta(hours=paused)


def _read(text: str) -> Happened:
    """An event in March 2026: "extended 13 10:00 days=14"."""
    kind, day, clock, *more = text.split()
    numbers = {name: int(number) for name, number in (each.split("=") for each in more)}
    return replace(Happened(kind, at(f"2026-03-{day} {clock}")), **numbers)  # type: ignore[arg-type]
