"""How often somebody may ask for a way in or back in, and how long a mailed link lasts. Pure."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from typing import Final

from portico.domains.accounts.rules import Tally

LINK_LASTS: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=7)
LINK_BYTES: Final = 32
MOST_WRONG_ANSWERS: Final = 5
HOUR: Final = timedelta(hours=1)
_NETWORK_BITS: Final = 64


@dataclass(frozen=True, slots=True)
class Limit:
    """So many within a time. `renews`: each one begins it anew, so that no hour at all holds more."""

    most: int
    renews: bool = False
    within: timedelta = HOUR


A_NAME: Final = Limit(3, renews=True)
AN_ADDRESS: Final = Limit(60)
WRONG_FROM_A_NETWORK: Final = Limit(100)
WRONG_FOR_A_CALLER: Final = Limit(5, renews=True)


def is_used_up(tally: Tally, limit: Limit, now: datetime) -> bool:
    """Is there none left at `now`? The end of the time itself is open again."""
    return _runs(tally, now) and tally.count >= limit.most


def after_one(tally: Tally, limit: Limit, now: datetime) -> Tally:
    """The tally after one more; `locked_until` is when it is forgotten."""
    if not _runs(tally, now):
        return Tally(1, now, now + limit.within)
    return Tally(tally.count + 1, now, now + limit.within if limit.renews else tally.locked_until)


def network(address: str) -> str:
    """The network an address counts for: itself, or the 64 bits of IPv6 that one house or office holds."""
    if ":" not in address:
        return address
    return str(ip_network((ip_address(address), _NETWORK_BITS), strict=False))


def new_link_secret() -> str:
    """The secret of a reset link: 256 bits, fit for an address."""
    return secrets.token_urlsafe(LINK_BYTES)


def is_open(
    *, expires_at: datetime, used_at: datetime | None, ended_at: datetime | None, now: datetime
) -> bool:
    """Does a reset link still work at `now`? The end of its hour itself is too late."""
    return used_at is None and ended_at is None and now < expires_at


def _runs(tally: Tally, now: datetime) -> bool:
    return tally.locked_until is not None and now < tally.locked_until
