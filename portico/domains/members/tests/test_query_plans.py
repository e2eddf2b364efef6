"""What a page asks of tables that grow with the plan is led by an index, whatever their size."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.members import accumulators, benefits, cards, eligibility, other_coverage, search
from portico.domains.members.asked import ByMemberId, ByName, BySsn, SearchBy
from portico.domains.members.tests import factories
from portico.domains.members.tests.asking import looked_up

pytestmark = [pytest.mark.usefixtures("plan"), pytest.mark.sqlite]

BIG = ("members_", "offices_", "audit_", "access_", "accounts_")
PANELS = (eligibility.of, benefits.of, accumulators.of, other_coverage.of, cards.of)
BORN = date(1984, 5, 6)
WAYS = (ByMemberId("N1001"), BySsn("900456789", BORN), ByName("Okafor", BORN))


@pytest.fixture(autouse=True)
def _member(plan: None) -> None:
    factories.a_version()
    member = factories.a_covered_member("N1001", last_name="Okafor", birth_date=BORN, ssn="900456789")
    factories.a_provider("2000000016", factories.OURS)
    factories.a_pcp(member, "2000000016", factories.OURS)
    factories.used(member, "deductible", 250)


@pytest.mark.parametrize("ask", PANELS)
def test_a_panel_walks_through_no_table(ask: Callable[..., Any]) -> None:
    lookup = looked_up()
    with CaptureQueriesContext(connection) as asked:
        ask(actor=factories.front_desk(), lookup=lookup)
    assert walked_through(asked) == []


@pytest.mark.parametrize("by", WAYS)
def test_a_search_walks_through_no_table(by: SearchBy) -> None:
    with CaptureQueriesContext(connection) as asked:
        search.find(actor=factories.front_desk(), inquiry=factories.inquiry(by))
    assert walked_through(asked) == []


def walked_through(asked: CaptureQueriesContext) -> list[str]:
    """The steps in which SQLite would read a big table from one end to the other."""
    statements = [query["sql"] for query in asked.captured_queries]
    steps: list[str] = []
    with connection.cursor() as cursor:
        for statement in statements:
            if statement.startswith("SELECT"):
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}".replace("%", "%%"), None)
                steps += [step for *_, step in cursor.fetchall()]
    return [step for step in steps if step.startswith(tuple(f"SCAN {name}" for name in BIG))]
