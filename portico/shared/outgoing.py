"""Asking an address on the internet that somebody else chose, without being led anywhere else.

Only https, only a host the caller lists, only at a public address. The name is resolved once, and the
connection goes to the address that was looked at, under the host's own name and certificate, so that a second
answer of the name server changes nothing. No redirect is followed; size and time are bounded.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final, Self, cast
from urllib.parse import urlsplit

_HTTPS: Final = 443
_LONGEST: Final = 300
_CARRIES_IPV4 = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")))


class NotAllowed(ValueError):
    """The address may not be asked; the text says why."""


class Unreachable(Exception):
    """The address did not answer as it should; the text says how."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address that may be asked: what was given, and its parts."""

    url: str
    host: str
    port: int
    target: str


def check(url: str, *, allowed_hosts: Collection[str]) -> Address:
    """The address, if it is https at one of the hosts (`host`, or `host:port`). Raises NotAllowed."""
    if not (url.isascii() and url.isprintable()) or set(url) & set(" \\") or len(url) > _LONGEST:
        raise NotAllowed(f"an address has up to {_LONGEST} plain signs and no blanks")
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port or _HTTPS
    except ValueError as error:
        raise NotAllowed("this is no address") from error
    if parts.scheme != "https" or "@" in parts.netloc or parts.fragment or not host:
        raise NotAllowed("an address begins with https:// and a host, with no user and no # in it")
    known = {name.lower() for name in allowed_hosts}
    if f"{host}:{port}" not in known and not (port == _HTTPS and host in known):
        raise NotAllowed(f"the plan fetches nothing from {host}:{port}; an operator lists the hosts to trust")
    query = f"?{parts.query}" if parts.query else ""
    return Address(url, host, port, (parts.path or "/") + query)


def fetch(
    url: str,
    *,
    allowed_hosts: Collection[str],
    content_types: Collection[str],
    most_bytes: int,
    seconds: float,
) -> bytes:
    """What stands at the address now. Raises NotAllowed, Unreachable.

    `seconds` bound everything from the connection to the last byte; the name server's own limits come on top.
    """
    address = check(url, allowed_hosts=allowed_hosts)
    try:
        pinned = _public(address)
        connection = _Pinned(address, pinned, _Deadline.after(seconds))
        try:
            return _body(connection, address, content_types, most_bytes)
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


def _trusting() -> ssl.SSLContext:
    """Trust in the authorities this machine trusts, for the host's own name."""
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _body(connection: _Pinned, address: Address, content_types: Collection[str], most_bytes: int) -> bytes:
    connection.request("GET", address.target, headers={"Accept": ", ".join(sorted(content_types))})
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
