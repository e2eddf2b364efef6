"""A search by distance is led by an index, whatever the size of the directory."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portico.domains.directory import finding
from portico.domains.directory.finding import Wanted
from tests.support import directory as building
from tests.support.actors import TODAY, front_desk
from tests.support.directory import HMO

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.mark.parametrize(
    ("wanted", "index"),
    [
        pytest.param({}, "directory_by_position", id="distance"),
        pytest.param({"specialty": "Heart"}, "directory_by_specialty", id="specialty and distance"),
    ],
)
def test_a_search_by_distance_walks_through_no_table(wanted: dict[str, Any], index: str) -> None:
    building.zip_codes()
    building.affiliated()
    building.refresh()
    with CaptureQueriesContext(connection) as asked:
        finding.find(actor=front_desk(), wanted=Wanted(on=TODAY, line=HMO, zip_code="90901", **wanted))
    steps = [step for query in asked.captured_queries for step in _steps(query["sql"])]
    assert [step for step in steps if step.startswith("SCAN directory_")] == []
    assert any(index in step for step in steps)


def _steps(statement: str) -> list[str]:
    if not statement.startswith("SELECT"):
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}".replace("%", "%%"), None)
        return [step for *_, step in cursor.fetchall()]
