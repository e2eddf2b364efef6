"""Asked for by GET, no address changes a row: a crawler, a mail scanner, a link elsewhere do nothing.

The audit grows with every use, and that is all that may.
"""

import hashlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from tests.matrix.cells import CELLS
from tests.matrix.places import Call
from tests.matrix.test_matrix import Matrix
from tests.support import world as worlds

pytestmark = pytest.mark.django_db
ACTORS = ("visitor", "front_desk", "administrator", "operations", "invited")
GROWS_WITH_USE = {"audit_entry", "audit_subject"}
# That a schedule is missing is noted for the plan, once, as a log would be.
NOTED = {("schedule", "work_item"), ("schedule_pdf", "work_item")}


def _tables() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in GROWS_WITH_USE:
            yield model._meta.db_table


def _rows() -> dict[str, str]:
    """A digest of every table's rows."""
    found = {}
    for table in _tables():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of our own
            rows = sorted(repr([_plain(value) for value in row]) for row in cursor.fetchall())
        found[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _calls() -> Iterator[tuple[str, Call]]:
    for route, calls in CELLS.items():
        yield from ((route, call) for call in calls if call.method == "GET")


@pytest.mark.usefixtures("demo")
def test_no_get_changes_a_row() -> None:
    world = worlds.build()
    matrix = Matrix(world)
    matrix.sign_everybody_in()
    changed, asked = [], 0
    for route, call in _calls():
        # What a place needs is made while its arguments are.
        asks = [(actor, call.arguments(world, actor), call.form(world, actor)) for actor in ACTORS]
        before = _rows()
        for actor, arguments, form in asks:
            matrix.take_cookies_of(actor)
            matrix.browser.get(reverse(route, args=arguments), form)
            asked += 1
        after = _rows()
        tables = {(route, table) for table in before if before[table] != after[table]}
        changed += [f"{route} ({call.place}): {table}" for _, table in tables - NOTED]
    assert asked > 200
    assert changed == []
