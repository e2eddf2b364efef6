"""The database is told to look at its tables."""

import pytest
from django.db import connection

from portico.shared import table_statistics

pytestmark = pytest.mark.django_db


def counted() -> float:
    """How many rows PostgreSQL believes stand in the table of this test."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'many'")
        [(rows,)] = cursor.fetchall()
    return float(rows)


@pytest.mark.postgresql
def test_postgresql_knows_of_new_rows_at_once() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE many AS SELECT generate_series(1, 2000) AS number")
    assert counted() != 2_000
    table_statistics.refresh()
    assert counted() == 2_000


@pytest.mark.sqlite
def test_sqlite_is_left_alone(django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        table_statistics.refresh()
