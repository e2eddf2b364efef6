"""The published turnaround: the same as counting again from rows and events, of people's decisions alone."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from portico.domains.plan import business_time, opening, opening_rules
from portico.domains.plan.business_time import Hours
from portico.domains.registration import goal, models, turnaround
from portico.domains.registration.events import Kind
from portico.domains.registration.tests import registering
from portico.domains.registration.tests.registering import (
    HOSPITAL,
    NOW,
    TODAY,
    application,
    correct,
    finish,
    submit,
    visitor,
)
from portico.domains.registration.turnaround import Turnaround

ZONE = ZoneInfo("America/Los_Angeles")
MIDNIGHT = datetime(2026, 3, 12, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("taken", "published"),
    [
        ((), Turnaround(0, None, None, 0)),
        (("1.5",), Turnaround(1, Decimal("1.5"), Decimal("1.5"), 100)),
        (("2", "2.0001"), Turnaround(2, Decimal("2.00005"), Decimal("2.0001"), 50)),
        (("3", "1", "2"), Turnaround(3, Decimal(2), Decimal(3), 66)),
        (tuple(map(str, range(10))), Turnaround(10, Decimal("4.5"), Decimal(8), 30)),
        (tuple(map(str, range(11))), Turnaround(11, Decimal(5), Decimal(9), 27)),
    ],
    ids=["none", "one", "two", "three", "ten", "eleven"],
)
def test_median_slowest_tenth_and_share_within_the_goal(
    taken: tuple[str, ...], published: Turnaround
) -> None:
    assert turnaround.of([Decimal(each) for each in taken]) == published


def test_the_goal_counts_the_plans_own_time_alone() -> None:
    hours = Hours(ZONE, opening_rules.DEFAULT_WEEKLY)
    day = timedelta(days=1)
    assert goal.due_at(hours, NOW) == NOW + 4 * day
    assert goal.due_at(hours, NOW, waited=Decimal(1)) == NOW + 5 * day
    assert goal.taken(hours, NOW, NOW + day) == Decimal(1)
    assert goal.taken(hours, NOW, NOW + day, waited=Decimal(3)) == Decimal(0)
    assert goal.left(hours, NOW, NOW + day) == Decimal(1)
    assert goal.left(hours, NOW, NOW + 9 * day) == Decimal(0)


def decided(
    *, submitted_days: float, decided_days: float, returned: tuple[float, float] | None = None
) -> None:
    """A hospital's application, perhaps sent back from … to …, decided by somebody; in days after NOW."""
    submitted = submit(HOSPITAL, actor=visitor(days=submitted_days), mark="", address="")
    if returned:
        registering.send_back("letter", at=NOW + timedelta(days=returned[0]))
        answered = visitor(days=returned[1])
        assert correct(submitted, actor=answered, office_name="Lakeside Clinic")
        assert finish(submitted, actor=answered) is not None
    decide(NOW + timedelta(days=decided_days))


def decide(at: datetime, by: int | None = 7) -> None:
    row = application()
    row.turnaround = turnaround.taken_by(row, at=at)
    row.state, row.decided_at, row.decided_by, row.decision = "denied", at, by, "why"
    row.save()
    row.events.create(kind=Kind.DENIED, code="why", at=at, by=by)


def again(row: models.Application) -> Decimal:
    """What a decision took, from the instants of the events alone."""
    told = list(row.events.order_by("at", "pk").values_list("kind", "at"))
    hours, taken, since = opening.hours(), Decimal(0), row.submitted_at
    for kind, at in told:
        if kind == Kind.RETURNED:
            taken += business_time.elapsed(hours, since, at)
        since = at if kind == Kind.CORRECTED else since
    return taken + business_time.elapsed(hours, since, told[-1][1])


@pytest.mark.django_db
def test_what_is_published_is_what_counting_again_from_rows_and_events_gives() -> None:
    registering.a_plan()
    decided(submitted_days=-9, decided_days=-8.9)
    decided(submitted_days=-9.2, decided_days=-5.1)
    decided(submitted_days=-20, decided_days=-3.3, returned=(-19, -6))
    decided(submitted_days=-16, decided_days=-1, returned=(-15.95, -2.5))
    submit(mark="", address="")
    rows = models.Application.objects.filter(decided_by__isnull=False)
    counted = sorted(again(row) for row in rows)
    kept = sorted(row.turnaround for row in rows if row.turnaround is not None)
    assert [abs(one - other) <= Decimal("0.0003") for one, other in zip(counted, kept, strict=True)] == [
        True
    ] * 4
    published = turnaround.published(today=TODAY)
    assert published == turnaround.of(kept)
    assert published.count == 4


@pytest.mark.django_db
def test_what_was_decided_ninety_days_ago_counts_no_more_and_what_went_through_at_once_never() -> None:
    registering.a_plan()
    submit(HOSPITAL, actor=visitor(days=-100), mark="", address="")
    first = MIDNIGHT - timedelta(days=89)
    counts = []
    for at in (first - timedelta(seconds=1), first, MIDNIGHT + timedelta(days=1, seconds=-1)):
        decide(at)
        cache.clear()
        counts.append(turnaround.published(today=TODAY).count)
    decide(NOW, by=None)
    cache.clear()
    assert (counts, turnaround.published(today=TODAY).count) == ([0, 1, 1], 0)


@pytest.mark.django_db
def test_what_lies_with_the_applicant_takes_no_more() -> None:
    registering.a_plan()
    submit(HOSPITAL)
    registering.send_back("letter", at=NOW + timedelta(days=1))
    assert turnaround.taken_by(application(), at=NOW + timedelta(days=30)) == Decimal(1)
