"""Counts that begin anew with each minute, kept in the cache: by this process, or by all that share it."""

from datetime import datetime
from typing import Final

from django.core.cache import cache

SECONDS: Final = 60


def count(name: str, at: datetime) -> int:
    """One more of `name` in the minute of `at`; answers how many there are now, at least 1.

    A full cache may let go of a count, which then begins again.
    """
    slot = f"{name}:{int(at.timestamp()) // SECONDS}"
    cache.add(slot, 0, 2 * SECONDS)
    try:
        return cache.incr(slot)
    except ValueError:
        return 1
