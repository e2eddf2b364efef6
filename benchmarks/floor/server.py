"""One WSGI application that serves the portal and, under /bare/, the floor it is measured against.

A request with the header `X-Count-Statements` is told in its answer which statements it cost: the tables
read from and written to, in order, one word each.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import override_settings

Environ = dict[str, Any]
Start = Callable[..., Any]
_TABLE = re.compile(r'^(SELECT|INSERT|UPDATE|DELETE)\b(?:.*?\b(?:FROM|INTO))?\s+"?(\w+)', re.DOTALL)


class _BareRequest(WSGIRequest):
    urlconf = "benchmarks.floor.urls"


class _Bare(WSGIHandler):
    request_class = _BareRequest


portal = get_wsgi_application()
with override_settings(MIDDLEWARE=[name for name in settings.MIDDLEWARE if not name.startswith("portico.")]):
    bare = _Bare()


def application(environ: Environ, start_response: Start) -> Iterable[bytes]:
    """Answers with the floor under /bare/, else with the portal."""
    serve = bare if environ["PATH_INFO"].startswith("/bare/") else portal
    if "HTTP_X_COUNT_STATEMENTS" not in environ:
        return serve(environ, start_response)
    seen: list[str] = []

    def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
        return start_response(status, [*headers, ("X-Statements", " ".join(seen))], *more)

    def note(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        found = _TABLE.match(sql)
        seen.extend([f"{found[1]}:{found[2]}"] if found else [])
        return execute(sql, *given)

    with connection.execute_wrapper(note):
        return serve(environ, start)
