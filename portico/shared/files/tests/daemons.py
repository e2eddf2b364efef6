"""A small daemon that answers as ClamAV's would, or as none should."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = b"this-is-the-virus"
Answers = Callable[[socket.socket], None]


def heard(wire: socket.socket) -> bytes:
    """The file of one INSTREAM command. Raises ValueError for any other command."""
    if _exactly(wire, 10) != b"zINSTREAM\x00":
        raise ValueError
    content = b""
    while size := int.from_bytes(_exactly(wire, 4)):
        content += _exactly(wire, size)
    return content


def honest(wire: socket.socket) -> None:
    """OK, or FOUND where the virus stands in the file."""
    is_found = VIRUS in heard(wire)
    wire.sendall(b"stream: Test.Virus FOUND\x00" if is_found else b"stream: OK\x00")


def saying(*parts: bytes) -> Answers:
    """Hear the file, then say this."""

    def answer(wire: socket.socket) -> None:
        heard(wire)
        for part in parts:
            wire.sendall(part)

    return answer


@contextmanager
def listening(answers: Answers, path: Path | None = None) -> Iterator[str]:
    """Its address: on a port of this machine, or at the path. One connection at a time."""
    daemon = _bound(path)
    thread = threading.Thread(target=_serve, args=(daemon, answers), daemon=True)
    thread.start()
    try:
        yield str(path) if path else f"127.0.0.1:{daemon.getsockname()[1]}"
    finally:
        daemon.shutdown(socket.SHUT_RDWR)
        daemon.close()
        thread.join(5)


def _bound(path: Path | None) -> socket.socket:
    if path is None:
        return socket.create_server(("127.0.0.1", 0))
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    daemon.bind(str(path))
    daemon.listen()
    return daemon


def _serve(daemon: socket.socket, answers: Answers) -> None:
    while True:
        try:
            wire, _ = daemon.accept()
        except OSError:
            return
        with wire:
            wire.settimeout(5)
            try:
                answers(wire)
            except (OSError, ValueError):
                continue


def _exactly(wire: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        part = wire.recv(size - len(found))
        if not part:
            raise ValueError
        found += part
    return found
