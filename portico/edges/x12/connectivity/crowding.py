"""So many exchanges at once in a process, and no more: whoever comes beyond is told so at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from portico.edges.x12.connectivity.refusals import Refused

RETRY_AFTER_SECONDS = 2


class Crowded(Refused):
    """Every place is taken."""

    def __init__(self) -> None:
        super().__init__(503, "The portal is busy. Send the same again in a moment.")


class Places:
    """`most` places; nobody waits for one."""

    def __init__(self, most: int) -> None:
        self._free = threading.BoundedSemaphore(most)

    @contextmanager
    def one(self) -> Iterator[None]:
        """A place for the block. Raises Crowded."""
        if not self._free.acquire(blocking=False):
            raise Crowded
        try:
            yield
        finally:
            self._free.release()
