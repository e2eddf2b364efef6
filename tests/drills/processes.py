"""`portico` in processes of its own, on the test's database, to be killed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection

PATIENCE_SECONDS = 60.0
SETTINGS = "tests.drills.settings"


@contextmanager
def portico(*arguments: str, settings: str = SETTINGS) -> Iterator["subprocess.Popen[str]"]:
    """A running `portico` command, killed at the end if it still runs; a failing test shows what it said."""
    process = subprocess.Popen(
        [sys.executable, "-m", "portico.edges.cli", *arguments],
        env={**os.environ, "PORTICO_DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        if process.stdout and not process.stdout.closed:
            sys.stdout.write(process.communicate()[0])


def wait_until(true: Callable[[], bool], what: str) -> None:
    """Waits for something to become true. Raises AssertionError after a minute."""
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > give_up:
            raise AssertionError(f"waited a minute in vain until {what}")
        time.sleep(0.02)


def database_url() -> str:
    """The test database as Portico's settings take it."""
    is_ = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{is_['NAME']}"
    who = f"{quote(is_['USER'])}:{quote(is_['PASSWORD'])}"
    return f"postgresql://{who}@{is_['HOST']}:{is_['PORT']}/{is_['NAME']}"
