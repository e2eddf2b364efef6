"""ClamAV's daemon as a scanner: what its answers mean, and that whatever else it does counts as down."""

import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portico.shared.files import clamd
from portico.shared.files.clamd import Clamd
from portico.shared.files.scanning import Finding, ScannerDown
from portico.shared.files.tests import daemons
from portico.shared.files.tests.daemons import VIRUS, honest, listening, saying

LONG = b"x" * 200_000


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", Finding.CLEAN),
        (b"a file", Finding.CLEAN),
        (LONG, Finding.CLEAN),
        (b"a " + VIRUS, Finding.INFECTED),
        (LONG + VIRUS + LONG, Finding.INFECTED),
    ],
    ids=["empty", "short", "long", "short with a virus", "a virus deep within"],
)
def test_it_is_shown_the_whole_file_and_believed(content: bytes, found: Finding) -> None:
    with listening(honest) as address:
        assert Clamd(address).scan(content) is found


def test_a_socket_of_this_machine_does_as_well() -> None:
    with tempfile.TemporaryDirectory() as folder, listening(honest, Path(folder) / "clamd") as address:
        assert Clamd(address).scan(VIRUS) is Finding.INFECTED
        assert Clamd(address).scan(b"a file") is Finding.CLEAN


def test_an_answer_in_pieces_is_one_answer() -> None:
    with listening(saying(b"str", b"eam: ", b"OK", b"\x00")) as address:
        assert Clamd(address).scan(b"a file") is Finding.CLEAN


def refusing(wire: socket.socket) -> None:
    """Say that it is enough before the file is whole, as for one too large."""
    wire.recv(20)
    wire.sendall(b"INSTREAM size limit exceeded. ERROR\x00")


def hasty(wire: socket.socket) -> None:
    """Say OK to a file before it has heard it."""
    wire.recv(20)
    wire.sendall(b"stream: OK\x00")
    while wire.recv(2**20):
        pass


@pytest.mark.parametrize(
    "answers",
    [
        saying(),
        saying(b"stream: OK"),
        saying(b"stream: O"),
        saying(b"\x00"),
        saying(b"stream: OK\x00stream: OK\x00"),
        saying(b"stream: OK \x00"),
        saying(b"OK\x00"),
        saying(b"stream: FOUND\x00"),
        saying(b"stream:\x00"),
        saying(b"INSTREAM size limit exceeded. ERROR\x00"),
        saying(b"HTTP/1.1 200 OK\r\n\r\n"),
        saying(b"\xff" * 5000),
        refusing,
        lambda wire: None,
    ],
    ids=[
        *("nothing", "cut", "cut earlier", "empty", "twice", "a blank more", "another beginning", "no name"),
        *("a word too few", "an error", "another protocol", "nonsense", "enough too early", "the door shut"),
    ],
)
def test_whatever_else_it_says_the_file_is_not_clean(answers: Callable[[socket.socket], None]) -> None:
    with listening(answers) as address, pytest.raises(ScannerDown):
        Clamd(address, seconds=5).scan(LONG)


def test_an_answer_before_the_file_was_heard_is_none() -> None:
    with listening(hasty) as address, pytest.raises(ScannerDown, match="something else"):
        Clamd(address, seconds=5).scan(LONG * 100)


def test_nobody_listening_is_down() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        address = f"127.0.0.1:{closed.getsockname()[1]}"
    with pytest.raises(ScannerDown):
        Clamd(address).scan(b"a file")
    for address in ("/no/such/socket", "", "nowhere", "a.invalid\x00:3310"):
        with pytest.raises(ScannerDown):
            Clamd(address).scan(b"a file")


def slowly(wire: socket.socket) -> None:
    """One sign of the answer after the other, for ever."""
    daemons.heard(wire)
    while True:
        wire.sendall(b"s")
        time.sleep(0.05)


@pytest.mark.parametrize(
    "answers", [slowly, lambda wire: time.sleep(2)], ids=["a sign at a time", "it never listens"]
)
def test_it_is_waited_for_so_long_and_no_longer(answers: Callable[[socket.socket], None]) -> None:
    began = time.monotonic()
    with listening(answers) as address:
        with pytest.raises(ScannerDown, match="TimeoutError"):
            Clamd(address, seconds=0.3).scan(LONG * 40)
        assert time.monotonic() - began < 1.5


def test_a_file_too_large_for_it_is_not_sent() -> None:
    with pytest.raises(ScannerDown, match="larger"):
        Clamd("127.0.0.1:1").scan(bytes(clamd.MOST_BYTES + 1))


def test_four_are_asked_at_once_and_a_fifth_does_not_wait() -> None:
    busy, go_on = threading.Semaphore(0), threading.Event()

    def held(wire: socket.socket) -> None:
        busy.release()
        go_on.wait(5)

    def ask() -> None:
        with pytest.raises(ScannerDown):
            Clamd(address).scan(b"a file")

    with listening(held) as address:
        threads = [threading.Thread(target=ask) for _ in range(clamd.MOST_AT_ONCE)]
        for thread in threads:
            thread.start()
        assert busy.acquire(timeout=5)
        while clamd._AT_ONCE._value:
            time.sleep(0.01)
        with pytest.raises(ScannerDown, match="as often at once"):
            Clamd(address).scan(b"a file")
        go_on.set()
        for thread in threads:
            thread.join(5)
    with listening(honest) as address:
        assert Clamd(address).scan(b"a file") is Finding.CLEAN
