"""A pytest plugin: test databases, SQLite in a file of each process, PostgreSQL named after it.

A file, as in production, so that the threads of a live server have connections of their own.
"""

import pytest
from django.conf import settings


def is_postgresql() -> bool:
    """Answers whether this run is on PostgreSQL."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))


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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what only the other database does."""
    other = "sqlite" if is_postgresql() else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
