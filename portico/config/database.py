"""From a database URL to Django's settings; SQLite in WAL for one machine, PostgreSQL past it."""

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from portico.config.env import BadSetting

# Without recursive triggers, INSERT OR REPLACE deletes a row past the trigger that forbids it.
_SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=268435456; PRAGMA recursive_triggers=ON;"
)
# Whoever waits for a row longer than this is refused, as on SQLite; without it PostgreSQL waits for ever.
_PATIENCE = 20
_POSTGRESQL_START = f"-c lock_timeout={_PATIENCE}s"


def parse(url: str) -> dict[str, Any]:
    """Django's DATABASES entry for sqlite:///PATH or postgresql://USER:PASSWORD@HOST:PORT/NAME?OPTION=VALUE."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(parts.path)
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": _POSTGRESQL_START, **dict(parse_qsl(parts.query))},
        }
    raise BadSetting("PORTICO_DATABASE_URL must begin with sqlite:/// or postgresql://.")


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path[1:] if path.startswith("//") else path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": _PATIENCE, "init_command": _SQLITE_START},
    }
