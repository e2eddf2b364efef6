"""A pytest plugin: test databases, SQLite in a file of each process, PostgreSQL named after it.

Beside a test's rows lies the index of the library's search, made by who searches first, and gone with them.

A file, as in production, so that the threads of a live server have connections of their own.
"""

import shutil
from collections.abc import Iterator
from itertools import count

import pytest
from django.conf import settings

# Without one of these, or the mark that asks for them, pytest-django lets no test near a database.
_NUMBERS = count()
ASKING = {"db", "transactional_db", "live_server", "django_db_reset_sequences", "django_db_setup"}


def is_postgresql() -> bool:
    """Answers whether this run is on PostgreSQL."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


@pytest.fixture(autouse=True)
def library_index() -> Iterator[None]:
    """Gives each test a folder of its own, which the search makes when it needs it."""
    kept = settings.LIBRARY_INDEX_DIR
    settings.LIBRARY_INDEX_DIR = kept / f"test-{next(_NUMBERS)}"
    yield
    shutil.rmtree(settings.LIBRARY_INDEX_DIR, ignore_errors=True)
    settings.LIBRARY_INDEX_DIR = kept


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Names the test database so that no two processes share one."""
    if is_postgresql():
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")
        return
    file = tmp_path_factory.mktemp("database") / "portico.sqlite3"
    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(file)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks every test that asks the database, and leaves out what only the other database does."""
    for item in items:
        if item.get_closest_marker("django_db") or ASKING.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")
    other = "sqlite" if is_postgresql() else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
