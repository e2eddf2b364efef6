"""What the web server itself writes down of a request: never what it was searched by."""

import io
import logging
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from portico.config import serving

QUERY = "family=Quillfeather&birthdate=1984-05-06"
ENVIRON = {
    "REQUEST_METHOD": "GET",
    "RAW_URI": f"/fhir/Patient?{QUERY}",
    "PATH_INFO": "/fhir/Patient",
    "QUERY_STRING": QUERY,
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "192.0.2.1",
    "HTTP_REFERER": f"https://office.example.org/?{QUERY}",
}


@pytest.fixture
def kept() -> io.StringIO:
    """What is written."""
    return io.StringIO()


@pytest.fixture
def server(kept: io.StringIO) -> Iterator[SimpleNamespace]:
    """A server that starts, with an access log as an operator may want it."""
    settings = Config()
    settings.set("access_log_format", serving.access_log_format)
    settings.set("accesslog", "-")
    starting = SimpleNamespace(log=Logger(settings))
    serving.on_starting(starting)
    logs = (starting.log.access_log, starting.log.error_log)
    for log in logs:
        log.handlers = [logging.StreamHandler(kept)]
    yield starting
    for log in logs:
        log.handlers, log.filters = [], []


def test_the_access_log_holds_no_query(server: SimpleNamespace, kept: io.StringIO) -> None:
    answer = SimpleNamespace(status="200 OK", sent=10, headers=[])
    request = SimpleNamespace(headers=[("REFERER", ENVIRON["HTTP_REFERER"])])
    server.log.access(answer, request, ENVIRON, timedelta(milliseconds=7))
    assert '"GET /fhir/Patient HTTP/1.1" 200 10 7ms' in kept.getvalue()
    assert "Quillfeather" not in kept.getvalue()
    assert "1984" not in kept.getvalue()


def test_complaints_hold_no_query(server: SimpleNamespace, kept: io.StringIO) -> None:
    server.log.warning(f"Invalid request from ip=192.0.2.1: 'GET /fhir/Patient?{QUERY} x HTTP/1.1'")
    server.log.error("Error handling request %s", f"/fhir/Patient?{QUERY}\nname=Quillfeather")
    assert "Error handling request /fhir/Patient?\n" in kept.getvalue()
    assert "Quillfeather" not in kept.getvalue()
