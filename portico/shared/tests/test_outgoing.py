"""Asking an address somebody else chose: only where it may lead, pinned, without redirects, bounded.

A server of this process, with a certificate of its own authority, stands for the internet: name server and
wire are stood in for, everything between is real.
"""

import datetime
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from portico.shared import outgoing
from portico.shared.outgoing import NotAllowed, Unreachable

HOST, PUBLIC = "keys.example.org", "93.184.215.14"
URL = f"https://{HOST}/keys.json?v=1"
TRUSTING = ssl.create_default_context
GOOD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"


@pytest.mark.parametrize(
    ("url", "host", "port", "target"),
    [
        ("https://keys.example.org", HOST, 443, "/"),
        ("https://keys.example.org/a/b?c=d", HOST, 443, "/a/b?c=d"),
        ("https://KEYS.Example.ORG./a", HOST, 443, "/a"),
        ("https://keys.example.org:443/a", HOST, 443, "/a"),
        ("https://other.example.org:8443/a", "other.example.org", 8443, "/a"),
    ],
)
def test_an_address_at_a_listed_host_may_be_asked(url: str, host: str, port: int, target: str) -> None:
    address = outgoing.check(url, allowed_hosts=["Keys.example.org", "other.example.org:8443"])
    assert (address.url, address.host, address.port, address.target) == (url, host, port, target)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "keys.example.org/a",
        "//keys.example.org/a",
        "http://keys.example.org/a",
        "ftp://keys.example.org/a",
        "file:/etc/passwd",
        "https:///a",
        "https://example.org/a",
        "https://x.keys.example.org/a",
        "https://keys.example.org.evil.example/a",
        "https://evil.example/keys.example.org",
        "https://keys.example.org@evil.example/a",
        "https://user@keys.example.org/a",
        "https://user:word@keys.example.org/a",
        "https://keys.example.org:8443/a",
        "https://keys.example.org:0x1bb/a",
        "https://keys.example.org:99999/a",
        "https://keys.example.org/a#b",
        "https://keys.example.org\\@evil.example/a",
        "https://keys.example.org\t/a",
        "https://keys.example.org/a b",
        "https://keys.example.org/a\r\nX: y",
        "https://keys.example.org/\x00",
        "https://keys.exämple.org/a",
        "https://[::1]/a",
        "https://[keys.example.org/a",
        "https://keys.example.org/" + "a" * 300,
    ],
)
def test_no_other_address_may_be_asked(url: str) -> None:
    with pytest.raises(NotAllowed):
        outgoing.check(url, allowed_hosts=[HOST])


def test_where_no_host_is_listed_nothing_is_asked() -> None:
    with pytest.raises(NotAllowed, match="an operator lists the hosts"):
        outgoing.check(URL, allowed_hosts=[])


@pytest.mark.parametrize("text", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_a_machine_on_the_internet_is_public(text: str) -> None:
    assert outgoing.is_public(text)


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",  # noqa: S104 - nothing is bound to it
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001::1",
        "2001:db8::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "2606:2800:21f:cb07:6820:80da:af6b:8b2c%1",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
        "100::1",
        "localhost",
        "0x7f.1",
        "2130706433",
        "127.1",
        "",
    ],
)
def test_what_stands_within_a_house_or_this_machine_is_not_public(text: str) -> None:
    assert not outgoing.is_public(text)


@dataclass(slots=True)
class Internet:
    """One host, its name, and what it answers; `dialled` are the addresses connections went to."""

    port: int
    answer: Callable[[ssl.SSLSocket], None]
    names: list[str] = field(default_factory=lambda: [PUBLIC])
    asked: list[bytes] = field(default_factory=list)
    dialled: list[str] = field(default_factory=list)
    lookups: int = 0
    server_names: list[str | None] = field(default_factory=list)


def says(*pieces: bytes, every: float = 0.0) -> Callable[[ssl.SSLSocket], None]:
    """Answer these pieces, so many seconds apart."""

    def answer(connection: ssl.SSLSocket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(every)

    return answer


def certificate(folder: Path, name: str = HOST) -> tuple[str, str]:
    """A certificate for that name, by itself as its authority; the path of it, and of it with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    public = made.public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    folder.joinpath(f"{name}.pem").write_bytes(public)
    folder.joinpath(f"{name}.key").write_bytes(public + private)
    return str(folder / f"{name}.pem"), str(folder / f"{name}.key")


@pytest.fixture
def certified() -> str:
    """The name the server has a certificate for."""
    return HOST


@pytest.fixture
def internet(certified: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Internet]:
    """A host that answers, reached by its name alone."""
    trusted, own = certificate(tmp_path, certified)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    listener = socket.create_server(("127.0.0.1", 0))
    there = Internet(listener.getsockname()[1], says(GOOD))
    context.sni_callback = lambda _, name, __: there.server_names.append(name)
    thread = threading.Thread(target=_serve, args=(listener, context, there), daemon=True)
    thread.start()
    _stand_in(monkeypatch, there, trusted)
    yield there
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(timeout=10)
    assert not thread.is_alive()


def _serve(listener: socket.socket, context: ssl.SSLContext, there: Internet) -> None:
    while True:
        try:
            plain, _ = listener.accept()
        except OSError:
            return
        try:
            with plain, context.wrap_socket(plain, server_side=True) as connection:
                there.asked.append(connection.recv(65_536))
                there.answer(connection)
        except OSError:
            continue


def dial(port: int, timeout: float) -> socket.socket:
    """A connection to the server here, whatever the name server says."""
    plain = socket.socket()
    plain.settimeout(timeout)
    plain.connect(("127.0.0.1", port))
    return plain


def _stand_in(monkeypatch: pytest.MonkeyPatch, there: Internet, trusted: str) -> None:
    """The name server answers `names`; the wire leads to the server here; its authority is trusted."""

    def lookup(host: str, port: int, **_: Any) -> list[Any]:
        there.lookups += 1
        assert host == HOST
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, port)) for name in there.names]

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        there.dialled.append(address[0])
        return dial(there.port, timeout)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)
    monkeypatch.setattr(socket, "create_connection", connect)
    monkeypatch.setattr(ssl, "create_default_context", lambda: TRUSTING(cafile=trusted))


def fetch(url: str = URL, *, most_bytes: int = 1_000, seconds: float = 5.0) -> bytes:
    return outgoing.fetch(
        url,
        allowed_hosts=[HOST],
        content_types={"application/json", "application/jwk-set+json"},
        most_bytes=most_bytes,
        seconds=seconds,
    )


def answered(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    told = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers])
    return f"{told}\r\n\r\n".encode() + body


JSON = "Content-Type: application/json; charset=utf-8"


def test_what_stands_there_is_answered_under_the_hosts_own_name(internet: Internet) -> None:
    assert fetch() == b"{}"
    (asked,) = internet.asked
    assert asked.startswith(b"GET /keys.json?v=1 HTTP/1.1\r\nHost: keys.example.org\r\n")
    assert b"Cookie" not in asked
    assert b"Authorization" not in asked
    assert (internet.server_names, internet.dialled) == ([HOST], [PUBLIC])


def test_the_name_is_looked_up_once_and_the_connection_goes_there(internet: Internet) -> None:
    internet.names = ["8.8.4.4", PUBLIC]
    fetch()
    assert (internet.lookups, internet.dialled) == (1, ["8.8.4.4"])


@pytest.mark.parametrize(
    "names", [["127.0.0.1"], ["10.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1"], ["::ffff:8.8.8.8"], []]
)
def test_a_name_that_leads_inside_is_not_followed(internet: Internet, names: list[str]) -> None:
    internet.names = names
    with pytest.raises(NotAllowed, match="does not stand for public addresses"):
        fetch()
    assert internet.dialled == []


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent"])
def test_a_redirect_is_not_followed(internet: Internet, status: str) -> None:
    internet.answer = says(answered(b"{}", JSON, f"Location: {URL}", status=status))
    with pytest.raises(Unreachable, match="answered 30"):
        fetch()
    assert len(internet.asked) == 1


@pytest.mark.parametrize(
    "answer",
    [
        answered(b"{}", JSON, status="404 Not Found"),
        answered(b"{}", JSON, status="500 Error"),
        answered(b"{}", "Content-Type: text/html"),
        answered(b"{}"),
        answered(b"{}", JSON, "Content-Encoding: gzip"),
        b"HTTP/1.1 200 OK\r\n" + JSON.encode() + b"\r\nContent-Length: 99\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000,
        b"\x00\x01\x02\r\n\r\n",
        b"",
    ],
    ids=lambda answer: str(answer)[:60],
)
def test_an_answer_that_is_not_as_it_should_be_is_none(internet: Internet, answer: bytes) -> None:
    internet.answer = says(answer)
    with pytest.raises(Unreachable):
        fetch()


def test_a_body_may_be_as_long_as_the_limit_and_no_longer(internet: Internet) -> None:
    internet.answer = says(answered(b"x" * 1_000, JSON))
    assert len(fetch()) == 1_000
    internet.answer = says(answered(b"x" * 1_001, JSON))
    with pytest.raises(Unreachable, match="more than 1000 bytes"):
        fetch()


def test_a_body_that_says_no_length_is_bounded_too(internet: Internet) -> None:
    chunk = b"400\r\n" + b"x" * 1_024 + b"\r\n"
    internet.answer = says(
        f"HTTP/1.1 200 OK\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n".encode() + chunk * 50
    )
    with pytest.raises(Unreachable, match="more than"):
        fetch()


@pytest.mark.parametrize(
    "pieces",
    [
        [bytes([sign]) for sign in GOOD],
        [answered(b"", JSON).replace(b"Content-Length: 0", b"Content-Length: 900"), *[b"x"] * 200],
    ],
    ids=["head", "body"],
)
def test_a_host_that_answers_drop_by_drop_is_left_in_time(internet: Internet, pieces: list[bytes]) -> None:
    internet.answer = says(*pieces, every=0.05)
    begun = time.monotonic()
    with pytest.raises(Unreachable, match="TimeoutError"):
        fetch(seconds=0.4)
    assert time.monotonic() - begun < 2


def test_a_host_that_says_nothing_is_left_in_time(internet: Internet) -> None:
    internet.answer = lambda connection: time.sleep(1)
    with pytest.raises(Unreachable, match="TimeoutError"):
        fetch(seconds=0.2)


@pytest.mark.parametrize("certified", ["other.example.org"])
def test_a_certificate_of_another_host_is_not_believed(internet: Internet, certified: str) -> None:
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        fetch()
    assert internet.asked == []


def test_an_authority_nobody_trusts_is_not_believed(
    internet: Internet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ssl, "create_default_context", TRUSTING)
    with pytest.raises(Unreachable, match="SSLCertVerificationError"):
        fetch()
    assert internet.asked == []


def test_a_host_that_is_gone_is_said_so(internet: Internet, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", gone)
    with pytest.raises(Unreachable, match="did not answer: ConnectionRefusedError"):
        fetch()


def test_a_name_nobody_knows_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unreachable, match="gaierror"):
        fetch()


def test_every_address_of_the_private_networks_is_within_a_house() -> None:
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "169.254.0.0/16"):
        within = ipaddress.ip_network(network)
        for address in (within[0], within[1], within[-1]):
            assert not outgoing.is_public(str(address))


@pytest.mark.parametrize(
    ("url", "local"),
    [
        pytest.param("http://localhost:8081/a", ["localhost:8082"], id="another port"),
        pytest.param("http://localhost:8081/a", [], id="nothing listed"),
        pytest.param("http://keys.example.org/a", ["keys.example.org"], id="another machine, though listed"),
        pytest.param("http://10.0.0.1:80/a", ["10.0.0.1:80"], id="another address, though listed"),
        pytest.param("http://user@localhost:8081/a", ["localhost:8081"], id="with a user"),
        pytest.param("http://localhost:8081/a#b", ["localhost:8081"], id="with a fragment"),
        pytest.param("ftp://localhost:8081/a", ["localhost:8081"], id="another way"),
    ],
)
def test_by_plain_http_only_this_machine_is_asked_and_only_where_listed(url: str, local: list[str]) -> None:
    with pytest.raises(NotAllowed):
        outgoing.check(url, allowed_hosts=[HOST], local=local)


@contextmanager
def partner(until: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A partner on this machine that answers once, to what ends so; its host, and what it was asked."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asked: list[bytes] = []

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                told = b""
                while not told.endswith(until):
                    told += connection.recv(65_536)
                asked.append(told)
                connection.sendall(GOOD)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"localhost:{listener.getsockname()[1]}", asked
        thread.join(timeout=10)


def test_a_listed_partner_on_this_machine_is_asked_at_the_loopback_under_its_name() -> None:
    with partner(b"\r\n\r\n") as (host, asked):
        body = outgoing.fetch(
            f"http://{host}/a?b=c",
            allowed_hosts=[],
            local=[host],
            content_types={"application/json"},
            most_bytes=100,
            seconds=5.0,
        )
    assert body == b"{}"
    assert asked[0].startswith(f"GET /a?b=c HTTP/1.1\r\nHost: {host}\r\n".encode())


def test_a_form_is_sent_with_its_headers() -> None:
    with partner(b"code=a+b%26c") as (host, asked):
        body = outgoing.post(
            f"http://{host}/token",
            {"code": "a b&c"},
            allowed_hosts=[],
            local=[host],
            content_types={"application/json"},
            most_bytes=100,
            seconds=5.0,
            headers={"Authorization": "Basic x"},
        )
    assert body == b"{}"
    assert asked[0].startswith(b"POST /token HTTP/1.1\r\n")
    assert b"Content-Type: application/x-www-form-urlencoded\r\n" in asked[0]
    assert b"Authorization: Basic x\r\n" in asked[0]


def test_a_form_is_sent_nowhere_else() -> None:
    with pytest.raises(NotAllowed):
        outgoing.post(
            "https://evil.example.org/token",
            {"code": "x"},
            allowed_hosts=[HOST],
            content_types={"application/json"},
            most_bytes=100,
            seconds=5.0,
        )
