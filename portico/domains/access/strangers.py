"""How much a minute may hold of those nobody knows: what they leave in the audit and in logs is bounded."""

from datetime import datetime
from typing import Final

from portico.domains.access import tallies
from portico.domains.permits.actors import Door

A_MINUTE: Final = 600


def has_room(door: Door, at: datetime) -> bool:
    """May one more try of a stranger through this door leave a row in this minute? Counts it.

    Those who are known are never counted here.
    """
    return tallies.count(f"strangers:{door}", at) <= A_MINUTE
