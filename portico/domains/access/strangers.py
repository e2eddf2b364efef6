"""How much a minute may hold of those nobody knows: what they leave in the audit and in logs is bounded."""

from datetime import datetime
from typing import Final

from django.core.cache import cache

from portico.domains.permits.actors import Door

A_MINUTE: Final = 600


def has_room(door: Door, at: datetime) -> bool:
    """May one more try of a stranger through this door leave a row in this minute? Counts it.

    Counted by this process, or by all that share its cache. Those who are known are never counted here.
    """
    slot = f"strangers:{door}:{int(at.timestamp()) // 60}"
    cache.add(slot, 0, 120)
    try:
        return cache.incr(slot) <= A_MINUTE
    except ValueError:  # a full cache let go of it meanwhile
        return True
