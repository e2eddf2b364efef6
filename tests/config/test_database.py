"""Where the portal's rows are, from an address: which engine, and how long anybody waits for a row."""

import pytest
from django.db import connection

from portico.config import database
from portico.config.env import BadSetting

ADDRESS = "postgresql://portico:p%40ss@db.example.org:5433/plan"


def test_an_address_of_postgresql_names_all_there_is_to_know() -> None:
    parsed = database.parse(ADDRESS)
    assert {name: parsed[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")} == {
        "NAME": "plan",
        "USER": "portico",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": "5433",
    }


def test_a_plan_says_more_behind_a_question_mark_and_has_the_last_word() -> None:
    assert database.parse(f"{ADDRESS}?sslmode=require")["OPTIONS"]["sslmode"] == "require"
    assert database.parse(f"{ADDRESS}?options=-c%20lock_timeout%3D5s")["OPTIONS"]["options"] == (
        "-c lock_timeout=5s"
    )


@pytest.mark.parametrize("url", ["", "mysql://db.example.org/plan", "portico.sqlite3"])
def test_any_other_address_is_refused_with_what_it_may_be(url: str) -> None:
    with pytest.raises(BadSetting, match="sqlite:/// or postgresql://"):
        database.parse(url)


def test_both_databases_wait_equally_long_for_a_row() -> None:
    there = database.parse(ADDRESS)["OPTIONS"]["options"]
    assert there == f"-c lock_timeout={database.parse('sqlite:////tmp/rows')['OPTIONS']['timeout']}s"


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_is_told() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("20s",)
