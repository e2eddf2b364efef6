"""Bodies: whole or refused, within a size and a time, whatever the sender says of them."""

import io
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from portico.edges.x12.connectivity import bodies
from portico.edges.x12.connectivity.crowding import Crowded, Places
from portico.edges.x12.connectivity.deadlines import Deadlines
from portico.edges.x12.connectivity.refusals import Refused

MOST = 100_000


def environment(sent: bytes, length: object = None, **changes: Any) -> dict[str, Any]:
    """A WSGI environment with this body; `length` is what it says of it."""
    return {
        "CONTENT_LENGTH": str(len(sent) if length is None else length),
        "wsgi.input": io.BytesIO(sent),
        **changes,
    }


def read(sent: bytes, length: object = None, **changes: Any) -> bytes:
    return bodies.read(environment(sent, length, **changes), most=MOST, seconds=5)


def status_of(*arguments: Any, **changes: Any) -> int:
    with pytest.raises(Refused) as refused:
        read(*arguments, **changes)
    return refused.value.status


CHUNKED = {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}


@pytest.mark.parametrize("size", [0, 1, 65_536, MOST])
def test_a_body_up_to_the_limit_is_read_whole(size: int) -> None:
    assert read(b"x" * size) == b"x" * size
    assert read(b"x" * size, **CHUNKED) == b"x" * size


def test_no_more_than_the_length_says_is_read() -> None:
    assert read(b"body and the next request", 4) == b"body"


@pytest.mark.parametrize("length", [MOST + 1, "9" * 5000])
def test_a_body_that_says_it_is_too_large_is_not_read_at_all(length: object) -> None:
    source = io.BytesIO(b"x")
    assert status_of(b"", length, **{"wsgi.input": source}) == 413
    assert source.tell() == 0


def test_a_body_in_chunks_is_read_up_to_the_limit_only() -> None:
    source = io.BytesIO(b"x" * 10 * MOST)
    assert status_of(b"", **{**CHUNKED, "wsgi.input": source}) == 413
    assert source.tell() == MOST + 1


@pytest.mark.parametrize("length", ["-1", "1e3", "ten", "٣", "1 "])
def test_a_length_that_is_no_number_is_refused(length: str) -> None:
    assert status_of(b"x", length) == 400


def test_a_body_shorter_than_it_says_is_cut_short() -> None:
    assert status_of(b"half", 8) == 400


def test_a_body_whose_end_nobody_tells_is_refused() -> None:
    assert status_of(b"x", "") == 411
    assert status_of(b"x", "", HTTP_TRANSFER_ENCODING="chunked") == 411


class Broken:
    """A source that fails as a server's does."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def read(self, size: int) -> bytes:
        del size
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"), [(TimeoutError(), 408), (OSError("reset"), 400), (ValueError(), 400)]
)
def test_what_breaks_while_it_is_read_is_the_senders(error: Exception, status: int) -> None:
    assert status_of(b"", 4, **{"wsgi.input": Broken(error)}) == status


class Slow:
    """A source that gives a byte at a time, and takes its time."""

    def read(self, size: int) -> bytes:
        del size
        time.sleep(0.02)
        return b"x"


def test_a_body_that_drips_is_given_up() -> None:
    began = time.monotonic()
    with pytest.raises(Refused) as refused:
        bodies.read(environment(b"", 10_000, **{"wsgi.input": Slow()}), most=MOST, seconds=0.3)
    assert refused.value.status == 408
    assert time.monotonic() - began < 1


class Server:
    """A server's way to read: a block is not handed on before it is full."""

    def __init__(self, connection: socket.socket) -> None:
        self.file = connection.makefile("rb")

    def read(self, size: int) -> bytes:
        return self.file.read(size)


@pytest.mark.parametrize(
    "says", [lambda there: None, lambda there: there.send(b"x")], ids=["silent", "dripping"]
)
def test_a_socket_that_never_ends_is_shut(says: Callable[[socket.socket], object]) -> None:
    here, there = socket.socketpair()
    stop = threading.Event()
    deadlines = Deadlines(tick=0.05)

    def drip() -> None:
        while not stop.wait(0.02):
            says(there)

    sender = threading.Thread(target=drip)
    sender.start()
    began = time.monotonic()
    try:
        with deadlines.within(0.3, here):
            read = Server(here).read(1_000_000)
    finally:
        stop.set()
        sender.join()
        here.close()
        there.close()
    assert len(read) < 1000
    assert 0.2 < time.monotonic() - began < 2


def test_a_body_that_is_there_in_time_is_left_alone() -> None:
    here, there = socket.socketpair()
    deadlines = Deadlines(tick=0.02)
    for _ in range(3):  # the watcher goes to sleep in between, and wakes again
        with deadlines.within(0.1, here):
            there.send(b"whole")
            assert here.recv(5) == b"whole"
        time.sleep(0.2)
    there.send(b"more")
    assert here.recv(4) == b"more"
    here.close()
    there.close()


def test_a_place_is_had_at_once_or_not_at_all() -> None:
    places = Places(2)
    with places.one(), places.one():
        began = time.monotonic()
        with pytest.raises(Crowded) as crowded, places.one():
            pass
        assert time.monotonic() - began < 0.1
    assert crowded.value.status == 503
    with places.one(), places.one():
        pass
