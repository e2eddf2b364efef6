"""Ends the reading of bodies that never come to an end.

A socket's own timeout begins anew with every byte, and the server reads in blocks: somebody who sends one
byte a second would hold a thread for hours. So one thread a process looks at all bodies being read, once a
second, and shuts the sockets of those that are over their time; their reader then sees the end of the file.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TICK_SECONDS = 1.0


class Deadlines:
    """The bodies being read now, and when each must be there."""

    def __init__(self, *, tick: float = TICK_SECONDS) -> None:
        self._tick = tick
        self._ends: dict[socket.socket, float] = {}
        self._some = threading.Event()
        self._lock = threading.Lock()
        self._watcher: threading.Thread | None = None

    @contextmanager
    def within(self, seconds: float, connection: socket.socket | None) -> Iterator[None]:
        """Reads from `connection` inside the block end when the time is over; None is not watched."""
        if connection is None:
            yield
            return
        self._ends[connection] = time.monotonic() + seconds
        self._some.set()
        self._watch()
        try:
            yield
        finally:
            self._ends.pop(connection, None)

    def _watch(self) -> None:
        """A thread does not survive a fork, so it is begun where the first body is read."""
        if self._watcher is not None and self._watcher.is_alive():
            return
        with self._lock:
            if self._watcher is None or not self._watcher.is_alive():
                self._watcher = threading.Thread(target=self._run, name="bodies", daemon=True)
                self._watcher.start()

    def _run(self) -> None:
        while self._some.wait():
            self._some.clear()
            while self._ends:
                time.sleep(self._tick)
                self._end_those_over_their_time()

    def _end_those_over_their_time(self) -> None:
        now = time.monotonic()
        for connection, end in list(self._ends.items()):
            if now >= end:
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RD)


DEADLINES = Deadlines()
