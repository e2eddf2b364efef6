"""ClamAV's daemon as a scanner: the command INSTREAM, over TCP or a socket of this machine.

    -> zINSTREAM\\0
    -> (length, four bytes, network order; that many bytes)...
    -> 00 00 00 00
    <- stream: OK\\0                       clean
    <- stream: Some.Signature FOUND\\0     infected

Anything else it says, a cut answer, silence, or none of our few connections being free, and it counts as
down. The daemon's own StreamMaxLength must be no less than MOST_BYTES (its default is 25 MB or more).
"""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

from portico.shared.files.scanning import Finding, ScannerDown

MOST_BYTES: Final = 25 * 1024 * 1024
MOST_AT_ONCE: Final = 4
SECONDS: Final = 15.0
_CHUNK: Final = 64 * 1024
_LONGEST_ANSWER: Final = 1_024
_INFECTED: Final = re.compile(rb"stream: [^\x00]+ FOUND\x00")
_AT_ONCE: Final = threading.BoundedSemaphore(MOST_AT_ONCE)
_ADDRESS: Final = re.compile(r"(?P<path>/.+)|\[?(?P<host>[^\[\]/]+)\]?:(?P<port>[0-9]{1,5})")


class Clamd:
    """Asks the daemon at the setting CLAMD: `host:port`, or the path of its socket."""

    def __init__(self, address: str | None = None, *, seconds: float = SECONDS) -> None:
        """`seconds` bound one scan, from the connection to the last byte of the answer."""
        self._address = settings.CLAMD if address is None else address
        self._seconds = seconds

    def scan(self, content: bytes) -> Finding:
        """What the daemon finds. Raises ScannerDown."""
        if len(content) > MOST_BYTES:
            raise ScannerDown("the file is larger than the daemon is asked to take")
        with _a_turn():
            try:
                answer, is_whole = self._ask(content)
            except (OSError, UnicodeError) as error:
                raise ScannerDown(f"clamd did not answer: {type(error).__name__}") from error
        if answer == b"stream: OK\x00" and is_whole:
            return Finding.CLEAN
        if _INFECTED.fullmatch(answer):
            return Finding.INFECTED
        raise ScannerDown("clamd answered with something else than OK or FOUND")

    def _ask(self, content: bytes) -> tuple[bytes, bool]:
        """What it says, and whether it has heard the whole file before."""
        until = time.monotonic() + self._seconds
        with _connected(self._address, self._seconds) as wire:
            try:
                is_whole = _send(wire, content, until)
            except (BrokenPipeError, ConnectionResetError):
                is_whole = False  # it has heard enough, and may have said why
            return _answer(wire, until), is_whole


@contextmanager
def _a_turn() -> Iterator[None]:
    """One of the few connections there are: a slow daemon holds up no more of our threads than that."""
    if not _AT_ONCE.acquire(blocking=False):
        raise ScannerDown("clamd is asked as often at once as it may be")
    try:
        yield
    finally:
        _AT_ONCE.release()


@contextmanager
def _connected(address: str, seconds: float) -> Iterator[socket.socket]:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ScannerDown("the setting CLAMD names no address")
    if found["path"] is None:
        with socket.create_connection((found["host"], int(found["port"])), timeout=seconds) as wire:
            yield wire
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as wire:
        wire.settimeout(seconds)
        wire.connect(found["path"])
        yield wire


def _send(wire: socket.socket, content: bytes, until: float) -> bool:
    """Send the file; False where the daemon spoke before it had heard all of it."""
    wire.sendall(b"zINSTREAM\x00")
    for at in range(0, len(content), _CHUNK):
        chunk = content[at : at + _CHUNK]
        wire.settimeout(_left(until))
        wire.sendall(len(chunk).to_bytes(4) + chunk)
    has_spoken = _has_spoken(wire)
    wire.settimeout(_left(until))
    wire.sendall(bytes(4))
    return not has_spoken


def _has_spoken(wire: socket.socket) -> bool:
    wire.setblocking(False)
    try:
        wire.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
    return True


def _answer(wire: socket.socket, until: float) -> bytes:
    """What it says, up to the byte that ends it, or as far as it comes."""
    answer = b""
    while b"\x00" not in answer and len(answer) < _LONGEST_ANSWER:
        wire.settimeout(_left(until))
        said = wire.recv(_LONGEST_ANSWER)
        if not said:
            break
        answer += said
    return answer


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
