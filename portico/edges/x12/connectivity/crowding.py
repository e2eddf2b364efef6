"""So many exchanges at once in a process, and no more: whoever comes beyond is told so at once."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.cache import cache

from portico.edges.x12.connectivity.refusals import Refused

RETRY_AFTER_SECONDS = 2
STRANGERS_A_MINUTE = 600


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


def has_room_for_a_stranger(at: datetime) -> bool:
    """May the log take one more message of nobody we know in this minute? Counts it.

    Counted by this process, or by all that share its cache.
    """
    slot = f"x12.strangers:{int(at.timestamp()) // 60}"
    cache.add(slot, 0, 120)
    try:
        return cache.incr(slot) <= STRANGERS_A_MINUTE
    except ValueError:  # a full cache let go of it meanwhile
        return True
