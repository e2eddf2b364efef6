"""Asking an address on the internet that somebody else chose, without being led anywhere else.

Only https, only a host the caller lists, only at a public address. The name is resolved once, and the
connection goes to the address that was looked at, under the host's own name and certificate, so that a second
answer of the name server changes nothing. No redirect is followed; size and time are bounded.

A demo and tests have their partners on this machine: what a caller lists as `local` is asked at the loopback
by plain http.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self, cast
from urllib.parse import SplitResult, urlencode, urlsplit

_HTTPS: Final = 443
_LONGEST: Final = 300
_LOOPBACK: Final = "127.0.0.1"
_CARRIES_IPV4 = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


class NotAllowed(ValueError):
    """The address may not be asked; the text says why."""


class Unreachable(Exception):
    """The address did not answer as it should; the text says how."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked: what was given, and its parts. `is_local`: on this machine, by http."""

    url: str
    host: str
    port: int
    target: str
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class _Asked:
    """How an address is asked: GET, or POST with a form."""

    method: str = "GET"
    form: bytes | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)


def check(url: str, *, allowed_hosts: Collection[str], local: Collection[str] = ()) -> Address:
    """The address, if it is https at one of the hosts (`host`, or `host:port`). Raises NotAllowed.

    Or http at one of `local`, each `localhost:port` or `127.0.0.1:port`.
    """
    if not (url.isascii() and url.isprintable()) or set(url) & set(" \\") or len(url) > _LONGEST:
        raise NotAllowed(f"an address has up to {_LONGEST} plain signs and no blanks")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or _HTTPS
    except ValueError as error:
        raise NotAllowed("this is no address") from error
    is_here = parts.scheme == "http" and parts.netloc in local and host in ("localhost", _LOOPBACK)
    if is_here and not parts.fragment:
        return Address(url, host, port, _target(parts), is_local=True)
    if parts.scheme != "https" or "@" in parts.netloc or parts.fragment or not host:
        raise NotAllowed("an address begins with https:// and a host, with no user and no # in it")
    known = {name.lower() for name in allowed_hosts}
    if f"{host}:{port}" not in known and not (port == _HTTPS and host in known):
        raise NotAllowed(f"the plan fetches nothing from {host}:{port}; an operator lists the hosts to trust")
    return Address(url, host, port, _target(parts))


def fetch(
    url: str,
    *,
    allowed_hosts: Collection[str],
    content_types: Collection[str],
    most_bytes: int,
    seconds: float,
    local: Collection[str] = (),
) -> bytes:
    """What stands at the address now. Raises NotAllowed, Unreachable.

    `seconds` bound everything from the connection to the last byte; the name server's own limits come on top.
    """
    address = check(url, allowed_hosts=allowed_hosts, local=local)
    return _ask(address, _Asked(), content_types, most_bytes, seconds)


def post(
    url: str,
    form: Mapping[str, str],
    *,
    allowed_hosts: Collection[str],
    content_types: Collection[str],
    most_bytes: int,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    local: Collection[str] = (),
) -> bytes:
    """What the address answers to the form, with status 200. Raises NotAllowed, Unreachable, as `fetch`."""
    address = check(url, allowed_hosts=allowed_hosts, local=local)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    asked = _Asked("POST", urlencode(form).encode(), {**kind, **(headers or {})})
    return _ask(address, asked, content_types, most_bytes, seconds)


def _ask(
    address: Address, asked: _Asked, content_types: Collection[str], most_bytes: int, seconds: float
) -> bytes:
    try:
        connection = _connection(address, _Deadline.after(seconds))
        try:
            return _body(connection, address, asked, content_types, most_bytes)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        raise Unreachable(f"{address.host} did not answer: {type(error).__name__}") from error


def is_public(text: str) -> bool:
    """Is this the address of a machine on the internet, and of nothing within a house or this one?"""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:  # also an address with a zone, which names a wire of this machine
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        carries_other = any(ip in network for network in _CARRIES_IPV4) or ip.ipv4_mapped is not None
        if carries_other or ip.is_site_local or ip.scope_id is not None:
            return False
    is_special = ip.is_multicast or ip.is_reserved or ip.is_loopback or ip.is_link_local or ip.is_unspecified
    return ip.is_global and not is_special


def _target(parts: SplitResult) -> str:
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _connection(address: Address, deadline: "_Deadline") -> http.client.HTTPConnection:
    if address.is_local:
        return _Local(address, deadline)
    return _Pinned(address, _public(address), deadline)


def _public(address: Address) -> str:
    """The one address the connection goes to; all that the name stands for must be public."""
    found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    numbers = [str(entry[4][0]) for entry in found]
    if not numbers or not all(map(is_public, numbers)):
        raise NotAllowed(f"{address.host} does not stand for public addresses alone")
    return numbers[0]


@dataclass(frozen=True, slots=True)
class _Deadline:
    """An instant of the monotonic clock by which all must be done."""

    at: float

    @classmethod
    def after(cls, seconds: float) -> Self:
        return cls(time.monotonic() + seconds)

    def left(self) -> float:
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Socket(ssl.SSLSocket):
    """A socket that gives up at a deadline, however many small pieces arrive before it."""

    deadline: _Deadline

    def recv_into(self, *arguments: Any, **named: Any) -> int:
        self.settimeout(self.deadline.left())
        return super().recv_into(*arguments, **named)


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked at, in the name of its host."""

    def __init__(self, address: Address, pinned: str, deadline: _Deadline) -> None:
        super().__init__(address.host, address.port)
        self._pinned, self._deadline = pinned, deadline

    def connect(self) -> None:
        plain = socket.create_connection((self._pinned, self.port), timeout=self._deadline.left())
        try:
            plain.settimeout(self._deadline.left())
            context = _trusting()
            context.sslsocket_class = _Socket
            secured = cast(_Socket, context.wrap_socket(plain, server_hostname=self.host))
            secured.deadline, self.sock = self._deadline, secured
        except BaseException:
            plain.close()
            raise


class _Local(http.client.HTTPConnection):
    """A connection to this machine, under the name it was given."""

    def __init__(self, address: Address, deadline: _Deadline) -> None:
        super().__init__(address.host, address.port)
        self._deadline = deadline

    def connect(self) -> None:
        self.sock = socket.create_connection((_LOOPBACK, self.port), timeout=self._deadline.left())


def _trusting() -> ssl.SSLContext:
    """Trust in the authorities this machine trusts, for the host's own name."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _body(
    connection: http.client.HTTPConnection,
    address: Address,
    asked: _Asked,
    content_types: Collection[str],
    most_bytes: int,
) -> bytes:
    headers = {"Accept": ", ".join(sorted(content_types)), **asked.headers}
    connection.request(asked.method, address.target, body=asked.form, headers=headers)
    answer = connection.getresponse()
    if answer.status != http.client.OK:
        raise Unreachable(f"{address.host} answered {answer.status}")
    kind = answer.headers.get_content_type()
    if kind not in content_types or answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Unreachable(f"{address.host} answered with {kind}, in some encoding")
    body = answer.read(most_bytes + 1)
    if len(body) > most_bytes:
        raise Unreachable(f"{address.host} answered with more than {most_bytes} bytes")
    if answer.length:
        raise Unreachable(f"{address.host} broke off, {answer.length} bytes before the end")
    return body
