"""What every test has in common."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection

from portico.domains.audit import guards
from portico.domains.authorizations import requirement_books
from tests.support.databases import django_db_modify_db_settings  # noqa: F401 - here it goes before pytest-django's

_COMMITTING = {"transactional_db", "live_server", "django_db_reset_sequences"}


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> None:
    """Forgets what the process remembers of rows that another test wrote."""
    cache.clear()
    requirement_books.put_down()


@pytest.fixture(autouse=True)
def _audit_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Takes the audit's guards away before Django empties the tables that a committing test wrote to."""
    mark = request.node.get_closest_marker("django_db")
    commits = mark is not None and mark.kwargs.get("transaction", False)
    if not commits and not _COMMITTING.intersection(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    guards.install(connection)
    yield
    guards.lift(connection)
