"""A pytest plugin, loaded before Django's settings: every run is the same, whatever the shell holds.

`PORTICO_*` variables are dropped, save `PORTICO_TEST_*` and the path of Chromium. Data goes to a folder that
vanishes with the process. The database is the one `PORTICO_TEST_DATABASE` names: `sqlite` (the default),
`postgresql` (a server of this run's own, ended with it) or a `postgresql://` URL.
"""

import atexit
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support import postgresql

CHOICE = "PORTICO_TEST_DATABASE"
KEPT = ("PORTICO_TEST_", "PORTICO_CHROMIUM")


def _prepare() -> None:
    for name in list(os.environ):
        if name.startswith("PORTICO_") and not name.startswith(KEPT):
            del os.environ[name]
    folder = tempfile.TemporaryDirectory(prefix="portico-tests-", ignore_cleanup_errors=True)
    atexit.register(folder.cleanup)
    os.environ["PORTICO_TESTING"] = "1"
    os.environ["PORTICO_VAR_DIR"] = folder.name
    (Path(folder.name) / "static").mkdir()
    os.environ["PORTICO_DATABASE_URL"] = _database_url(folder.name)


def _database_url(folder: str) -> str:
    choice = os.environ.get(CHOICE, "sqlite")
    if choice == "sqlite":
        return f"sqlite:///{folder}/portico.sqlite3"
    if choice == "postgresql":
        server = postgresql.start()
        atexit.register(server.stop)
        choice = os.environ[CHOICE] = server.url  # the processes of `-n` share this one
    if not choice.startswith("postgresql://"):
        raise pytest.UsageError(f"{CHOICE} is {choice!r}; it takes sqlite, postgresql or a postgresql:// URL")
    return choice


def _register_example_counts() -> None:
    """`dev` is the default and repeats itself exactly; `full` and `drill` look further each time."""
    slow_is_fine = [HealthCheck.too_slow, HealthCheck.data_too_large]
    common = settings(deadline=None, suppress_health_check=slow_is_fine)
    settings.register_profile("dev", common, max_examples=50, derandomize=True, database=None)
    settings.register_profile("full", common, max_examples=1_000, print_blob=True)
    settings.register_profile("drill", common, max_examples=10_000, print_blob=True)
    settings.load_profile("dev")


_prepare()
_register_example_counts()
