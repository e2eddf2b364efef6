"""The clocks of requests as rows: started, extended once, paused, resumed, begun anew, each by an event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from portico.domains.authorizations import clock_reading, clocks, ledger, models
from portico.domains.authorizations.clock_rules import Counts
from portico.domains.authorizations.facts.requested import Level
from portico.domains.authorizations.facts.shown import Clock, Standing
from portico.domains.members.tests import factories
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days
from tests.support import authorizations, world
from tests.support.actors import NOW
from tests.support.cast import HMO, MEDI_CAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("plan")]
WEEK, THREE_DAYS = timedelta(days=7), timedelta(hours=72)


@pytest.fixture
def plan() -> None:
    """The plan's lines."""
    factories.a_plan()


@contextmanager
def acting(hours: float = 0) -> Iterator[Permit]:
    """Somebody acts so many hours after now."""
    at = NOW + timedelta(hours=hours)
    with permit(replace(world.system(), asked_at=at, today=days.of(at)), Function.HOUSEKEEPING) as given:
        yield given


def asked(number: str = "A1", **facts: object) -> models.Authorization:
    """A request that comes in now, its clock started."""
    row = authorizations.bare(number, received_at=NOW, **facts)
    with acting() as given:
        clocks.start(given, row)
    return row


def events(row: models.Authorization) -> list[tuple[str, str, datetime | None]]:
    return list(row.events.values_list("kind", "code", "due_at"))


@pytest.mark.parametrize(("level", "runs"), [("standard", WEEK), ("expedited", THREE_DAYS)])
def test_the_law_counts_where_the_plan_has_said_nothing(level: str, runs: timedelta) -> None:
    row = asked(level=level)
    row.refresh_from_db()
    assert row.due_at == NOW + runs
    assert row.clock is not None
    assert row.clock.is_law
    assert events(row) == [("received", "", NOW + runs)]
    told = row.events.get().details
    assert (told["level"], told["law"], told["clock"]) == (level, 1, row.clock_id)


def test_the_laws_rule_is_kept_once() -> None:
    asked("A1")
    asked("A2")
    assert models.ClockRule.objects.count() == 1


def test_the_rule_that_was_in_force_when_it_came_in_counts_for_good() -> None:
    row = asked()
    models.ClockRule.objects.create(
        kind="standard", amount=2, unit="hours", citation="New", first_on=date(2026, 1, 1)
    )
    assert clocks.now(row, NOW).due_at == NOW + WEEK
    assert clocks.now(asked("A2"), NOW).due_at == NOW + timedelta(hours=2)


def test_a_line_outside_the_law_has_its_own_clock() -> None:
    rule = {"kind": "standard", "amount": 15, "unit": "calendar", "citation": "Contract"}
    models.ClockRule.objects.create(line=HMO, first_on=date(2026, 1, 1), **rule)
    own, other = clocks.now(asked(), NOW), clocks.now(asked("A2", line_id=MEDI_CAL), NOW)
    assert (own.due_at, own.is_law) == (NOW + timedelta(days=15), False)
    assert (other.due_at, other.is_law) == (NOW + WEEK, True)


def test_an_extension_counts_once_and_says_why() -> None:
    row = asked()
    with acting(24) as given:
        clock = clocks.extend(given, row, code=clocks.Extension.EVIDENCE_ELSEWHERE)
    row.refresh_from_db()
    assert row.due_at == clock.due_at == NOW + timedelta(days=21)
    assert events(row)[-1] == ("extended", "evidence_elsewhere", row.due_at)
    _refused(lambda given: clocks.extend(given, row, code="patient_asked"), "extended_before")


@pytest.mark.parametrize(
    ("act", "why"),
    [
        (lambda given, row: clocks.extend(given, row, code=""), "reason_unknown"),
        (lambda given, row: clocks.extend(given, row, code="too_busy"), "reason_unknown"),
        (lambda given, row: clocks.pause(given, row, code=""), "reason_unknown"),
        (lambda given, row: clocks.pause(given, row, code="information_asked"), "not_allowed"),
    ],
)
def test_nothing_stops_the_clock_without_a_reason_that_counts(
    act: Callable[[Permit, models.Authorization], Clock], why: str
) -> None:
    row = asked()
    _refused(lambda given: act(given, row), why)
    assert len(events(row)) == 1


def test_what_is_over_or_decided_is_not_made_longer() -> None:
    late, done = asked("A1"), asked("A2")
    _refused(lambda given: clocks.extend(given, late, code="patient_asked"), "overdue", hours=169)
    with acting(1) as given:
        ledger.note(given, done, ledger.Kind.DECIDED, side=ledger.Side.PLAN, code="approved")
    _refused(lambda given: clocks.extend(given, done, code="patient_asked"), "settled", hours=2)
    bare = authorizations.bare("A3")
    _refused(lambda given: clocks.extend(given, bare, code="patient_asked"), "no_clock")


def test_a_pause_that_the_line_allows_keeps_what_was_left() -> None:
    row = asked()
    models.ClockRule.objects.update(pauses=["examination"])
    row.refresh_from_db()
    with acting(24) as given:
        paused = clocks.pause(given, row, code="examination")
    row.refresh_from_db()
    assert (paused.standing, paused.pause_code, row.due_at) == (Standing.PAUSED, "examination", None)
    _refused(lambda given: clocks.pause(given, row, code="examination"), "paused_already", hours=25)
    with acting(72) as given:
        resumed = clocks.resume(given, row)
    row.refresh_from_db()
    assert resumed.due_at == row.due_at == NOW + WEEK + timedelta(hours=48)
    with acting(73) as given:
        clocks.resume(given, row)
    assert [kind for kind, _, _ in events(row)] == ["received", "paused", "resumed"]


def test_a_reopened_request_has_a_clock_of_its_own() -> None:
    row = asked()
    with acting(1) as given:
        ledger.note(given, row, ledger.Kind.DECIDED, side=ledger.Side.PLAN, code="denied")
    with acting(48) as given:
        clock = clocks.reopen(given, row, basis=ledger.Basis.APPEAL)
    assert (clock.standing, clock.due_at) == (Standing.RUNNING, NOW + timedelta(days=32))
    assert row.events.values_list("basis", flat=True).last() == "appeal"


def test_made_expedited_it_is_due_sooner_and_never_later() -> None:
    soon, late = asked("A1"), asked("A2")
    with acting(24) as given:
        assert clocks.level(given, soon, level=Level.EXPEDITED).due_at == NOW + timedelta(hours=96)
    with acting(150) as given:
        assert clocks.level(given, late, level=Level.EXPEDITED).due_at == NOW + WEEK
    soon.refresh_from_db()
    assert (soon.level, soon.due_at) == ("expedited", NOW + timedelta(hours=96))


def test_made_standard_it_is_due_as_if_it_had_always_been() -> None:
    row = asked(level="expedited")
    with acting(24) as given:
        assert clocks.level(given, row, level=Level.STANDARD).due_at == NOW + WEEK


def test_a_glance_at_the_row_says_what_the_ledger_says() -> None:
    rows = [asked(f"A{place}") for place in range(4)]
    with acting(1) as given:
        clocks.extend(given, rows[1], code="patient_asked")
        ledger.note(given, rows[2], ledger.Kind.DECIDED, side=ledger.Side.PLAN, code="approved")
        ledger.note(given, rows[3], ledger.Kind.CANCELLED, side=ledger.Side.OFFICE)
    decided = {"state": "approved", "decided_at": NOW + timedelta(hours=1)}
    models.Authorization.objects.filter(pk=rows[2].pk).update(**decided)
    models.Authorization.objects.filter(pk=rows[3].pk).update(
        state="cancelled", changed_at=decided["decided_at"]
    )
    for row in models.Authorization.objects.select_related("clock"):
        for hours in (2, 168, 169, 600):
            at = NOW + timedelta(hours=hours)
            told, seen = clocks.now(row, at), clocks.glance(row, at)
            assert replace(seen, extended_by=told.extended_by) == told


def test_a_request_without_a_clock_has_none_at_a_glance_either() -> None:
    assert clocks.glance(authorizations.bare("A1"), NOW) == Clock(Standing.NONE)


def test_a_notice_of_an_admission_has_24_hours_where_nothing_else_is_said() -> None:
    assert clocks.notice_of(HMO, NOW, NOW + timedelta(hours=24)).standing is Standing.KEPT
    assert clocks.notice_of(HMO, NOW, NOW + timedelta(hours=25)).standing is Standing.BREACHED


def test_an_office_has_three_days_to_answer_where_nothing_else_is_said() -> None:
    assert clocks.answer_due(HMO, NOW) == NOW + timedelta(days=3)


def test_nobody_has_said_how_long_a_concurrent_review_takes() -> None:
    with pytest.raises(LookupError):
        clock_reading.in_force((Counts.CONCURRENT,), HMO, NOW)


@pytest.mark.parametrize("kind", ["paused", "extended"])
def test_the_database_keeps_no_silent_pause_or_extension(kind: str) -> None:
    row = authorizations.bare("A1")
    with pytest.raises(IntegrityError), transaction.atomic():
        authorizations.event(row, kind, "plan")


def _refused(act: Callable[[Permit], object], why: str, *, hours: float = 24) -> None:
    with pytest.raises(clocks.CannotSet) as refused, acting(hours) as given:
        act(given)
    assert refused.value.code == why
