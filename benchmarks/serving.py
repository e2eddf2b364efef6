"""A portal of its own for a benchmark: a small synthetic plan, gunicorn on loopback, and somebody who asks.

Nothing is prepared behind the portal's back: feeds are built and loaded by the demo's own commands, a
visitor signs in through the pages with password and authenticator, and a program is the demo's own.
"""

import base64
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

READY_WITHIN_SECONDS = 30
CSRF_COOKIE = "portico_csrf"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, whole."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass(slots=True)
class Visitor:
    """One client with one connection that is kept, and its cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    _connection: http.client.HTTPConnection | None = None

    def get(self, path: str, headers: Mapping[str, str] = NOTHING) -> Answer:
        """Answers what the page says."""
        return self._ask("GET", path, None, headers)

    def post(self, path: str, form: Mapping[str, str], headers: Mapping[str, str] = NOTHING) -> Answer:
        """Answers what comes of sending the form, with the token a form of ours carries."""
        body = urlencode({**form, "csrfmiddlewaretoken": self.cookies[CSRF_COOKIE]})
        return self._ask("POST", path, body, {**FORM, **headers})

    def send(self, path: str, body: bytes, content_type: str, headers: Mapping[str, str] = NOTHING) -> Answer:
        """Answers what comes of posting a body, as a program does."""
        return self._ask("POST", path, body, {"Content-Type": content_type, **headers})

    def sign_in(self, sign_in: Mapping[str, Any]) -> None:
        """Signs in as one of `var/demo.json`."""
        self.get("/sign-in/")
        self.post("/sign-in/", {"username": sign_in["username"], "password": sign_in["password"]})
        secret = base64.b32decode(sign_in["totp_secret"])
        code = TOTP(secret, 6, SHA1(), 30).generate(int(time.time()))  # noqa: S303 - as RFC 6238 has it
        answer = self.post("/sign-in/code/", {"code": code.decode()})
        assert answer.status == http.client.FOUND, "the sign-in did not succeed"

    def _ask(self, method: str, path: str, body: str | bytes | None, headers: Mapping[str, str]) -> Answer:
        self._connection = self._connection or http.client.HTTPConnection("127.0.0.1", self.port)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kept = {"Cookie": cookies} if cookies else {}
        self._connection.request(method, path, body, {**kept, **headers})
        response = self._connection.getresponse()
        answer = Answer(response.status, response.headers, response.read())
        for line in answer.headers.get_all("Set-Cookie", ()):
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer


@dataclass(frozen=True, slots=True)
class Portal:
    """A running portal: its port, and what its `var/demo.json` says."""

    port: int
    contract: dict[str, Any]

    def sign_in_of(self, key: str) -> dict[str, Any]:
        """The sign-in of that key."""
        return next(one for one in self.contract["sign_ins"] if one["key"] == key)


@contextmanager
def portal(*, members: int) -> Iterator[Portal]:
    """A portal with a plan of so many members on SQLite, one process of four threads; gone afterwards."""
    port = _free_port()
    with plan(members=members, port=port) as built:
        server = subprocess.Popen([sys.executable, *_gunicorn(port)], env=built.environment)
        try:
            _wait_until_ready(port)
            yield Portal(port, built.contract)
        finally:
            server.terminate()
            server.wait(10)


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that was built: the environment of its portal's processes, and what its `var/demo.json` says."""

    environment: dict[str, str]
    contract: dict[str, Any]


@contextmanager
def plan(*, members: int, port: int = 8000) -> Iterator[Plan]:
    """A plan of so many members on SQLite, which nobody serves yet; gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="portico-bench-") as folder:
        environment = _environment(Path(folder), port)
        build = ["-m", "portico.demo.run", "--only-build", "--members", str(members)]
        subprocess.run([sys.executable, *build], env=environment, check=True, capture_output=True)
        contract = json.loads((Path(folder) / "demo.json").read_text(encoding="utf-8"))
        yield Plan(environment, contract)


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PORTICO_")}
    return kept | {
        "PORTICO_DEMO": "1",
        "PORTICO_VAR_DIR": str(folder),
        "PORTICO_DATABASE_URL": f"sqlite:///{folder / 'portico.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "portico.config.settings",
        "PORT": str(port),
    }


def _gunicorn(port: int) -> list[str]:
    where = ["-m", "gunicorn", "benchmarks.floor.server:application", "--bind", f"127.0.0.1:{port}"]
    kind = ["--worker-class", "gthread", "--workers", "1", "--threads", "4", "--keep-alive", "30"]
    return [*where, *kind, "--log-level", "warning", "--no-control-socket"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int) -> None:
    deadline = time.monotonic() + READY_WITHIN_SECONDS
    while True:
        try:
            if Visitor(port).get("/health/").status == http.client.OK:
                return
        except OSError:
            assert time.monotonic() < deadline, "the portal did not start"
        time.sleep(0.1)
