"""The published figures of a synthetic year equal those recomputed from what was drawn."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.authorizations import metrics
from portico.domains.authorizations.metric_rules import LEVELS, Figures
from portico.domains.authorizations.tests import a_year
from portico.domains.authorizations.tests.a_year import LINES, OUTSIDE, YEAR, Drawn
from portico.domains.members.tests import factories
from tests.support import authorizations

pytestmark = pytest.mark.django_db
LATER = datetime(YEAR + 1, 3, 31, 17, tzinfo=UTC)
_SHARES = ("approved", "partly", "denied", "after_extension", "after_appeal")


def _told(figures: Figures) -> dict[str, object]:
    shares = {name: getattr(figures, name).percent for name in _SHARES}
    times = {"average_hours": figures.average_hours, "median_hours": figures.median_hours}
    return {"decided": figures.decided, **shares, **times}


def _holds(requests: list[Drawn]) -> None:
    factories.a_plan()
    a_year.send(requests)
    found = metrics.of(now=LATER, year=YEAR)
    assert found is not None
    shown = {(each.level, each.line): each for each in found.figures}
    for level in LEVELS:
        for line in ("", *LINES):
            wanted = a_year.figures(requests, level=level, line=line)
            if (level, line) not in shown:
                assert line == OUTSIDE or not wanted["decided"]
            elif not (held := shown[level, line]).is_withheld:
                unsaid = {"after_appeal": None} if held.after_appeal.is_few else {}
                assert _told(held) == {**wanted, **unsaid}, (level, line)
    assert not any(each.is_withheld for each in found.figures if not each.line)


def test_a_year_of_requests_is_published_as_it_was() -> None:
    _holds(a_year.drawn(500, seed=2026))


@pytest.mark.drill
def test_a_large_year_of_requests_is_published_as_it_was() -> None:
    _holds(a_year.drawn(5000, seed=57))


def _queries(ask: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def test_the_year_is_counted_in_a_number_of_queries_that_does_not_grow() -> None:
    factories.a_plan()
    a_year.send(a_year.drawn(5, seed=1))
    few = _queries(lambda: metrics.of(now=LATER, year=YEAR))
    for place in range(10):
        authorizations.approved(f"M{place}")
    assert _queries(lambda: metrics.of(now=LATER, year=YEAR)) == few


def test_without_a_decision_this_year_is_empty_and_no_other_is_known() -> None:
    factories.a_plan()
    now = datetime(YEAR, 5, 1, tzinfo=UTC)
    found = metrics.of(now=now)
    assert found is not None
    assert (found.year, found.is_nothing, found.is_over) == (YEAR, True, False)
    assert metrics.of(now=now, year=YEAR - 1) is None


def test_the_last_year_that_is_over_is_shown_first() -> None:
    factories.a_plan()
    authorizations.approved()
    found = metrics.of(now=LATER)
    assert found is not None
    assert (found.year, found.years, found.is_over) == (YEAR, (YEAR + 1, YEAR), True)


def test_what_was_counted_is_remembered_for_a_while() -> None:
    factories.a_plan()
    cache.clear()
    first = metrics.published(now=LATER, year=YEAR + 1)
    assert _queries(lambda: metrics.published(now=LATER, year=YEAR + 1)) == 0
    assert metrics.published(now=LATER, year=YEAR + 1) == first
