"""What a caller says of himself in headers a proxy would set: the web server believes none of it."""

from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser
from gunicorn.http.wsgi import create

from portico.config import serving

SAID = ("SCRIPT_NAME: /fhir", "X-Forwarded-Proto: https")


class _Socket:
    """A connection from this machine, as a proxy on it has."""

    def getsockname(self) -> tuple[str, int]:
        return "127.0.0.1", 8000


def environ(said: str, **settings: Any) -> dict[str, Any]:
    """What Django is told of a request for /fhir/metadata with this header, under these settings."""
    server = Config()
    for name, value in settings.items():
        server.set(name, value)
    head = f"GET /fhir/metadata HTTP/1.1\r\nHost: portal.example.org\r\n{said}\r\n\r\n"
    request = next(RequestParser(server, iter([head.encode()]), ("127.0.0.1", 50000)))
    told: dict[str, Any] = create(request, _Socket(), ("127.0.0.1", 50000), ("127.0.0.1", 8000), server)[1]
    return told


def place(told: dict[str, Any]) -> tuple[str, ...]:
    """Where Django takes the request to go."""
    return told["wsgi.url_scheme"], told["SCRIPT_NAME"], told["PATH_INFO"]


@pytest.mark.parametrize("said", SAID)
def test_a_header_moves_no_request(said: str) -> None:
    ours = {name: getattr(serving, name) for name in ("secure_scheme_headers", "forwarder_headers")}
    assert place(environ(said, **ours)) == ("http", "", "/fhir/metadata")


@pytest.mark.parametrize("said", SAID)
def test_left_to_itself_the_server_believes_it(said: str) -> None:
    assert place(environ(said)) != ("http", "", "/fhir/metadata")
