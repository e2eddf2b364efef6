"""How much somebody has left: of requests for a way back in, of wrong answers on the telephone.

Kept in the table of misses under indexes of their own, so that nothing of the name or the network address
stands there, and whoever asks at the same moment is counted one after the other.
"""

from datetime import datetime
from enum import StrEnum

from django.conf import settings

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.coming_back.coming_back_rules import Limit
from portico.domains.accounts.rules import Tally
from portico.domains.accounts.signing_in import misses


class Asked(StrEnum):
    """What is asked for."""

    RESET = "reset"
    REMINDER = "reminder"


def take(asked: Asked, *, name_index: bytes, address: str, at: datetime) -> bool:
    """May this be asked once more, for the name and from the network address? If so it is counted for both.

    The same work is done whether there is anything of that name or not. Where no address is known ("") the
    name alone counts: everybody would share one tally.
    """
    limits = [(name_index, rules.A_NAME)]
    if address:
        limits.append((index(rules.network(address), purpose=f"{asked} from"), rules.AN_ADDRESS))
    held = [(each, misses.hold(each, at=at), limit) for each, limit in limits]
    if any(rules.is_used_up(tally, limit, at) for _, tally, limit in held):
        return False
    for each, tally, limit in held:
        count(each, tally, limit, at=at)
    return True


def closed_until(address: str, *, at: datetime) -> datetime | None:
    """Until when no stranger signs in from that network: too many wrong passwords came from there.

    Where no network is known ("") nothing is counted: everybody would share one tally.
    """
    if not address:
        return None
    tally = misses.hold(_network(address), at=at)
    return tally.locked_until if rules.is_used_up(tally, rules.WRONG_FROM_A_NETWORK, at) else None


def count_wrong(address: str, *, at: datetime) -> None:
    """Count a stranger's wrong password to the network it came from, where that is known."""
    if address:
        held = _network(address)
        count(held, misses.hold(held, at=at), rules.WRONG_FROM_A_NETWORK, at=at)


def take_elsewhere(address: str, *, at: datetime) -> bool:
    """May the plan's other sign-ins be asked once more from that network? If so it is counted.

    As often as passwords may be wrong from there; where no network is known ("") the name alone counts.
    """
    if not address:
        return True
    held = index(rules.network(address), purpose="asked elsewhere from")
    tally = misses.hold(held, at=at)
    if rules.is_used_up(tally, rules.WRONG_FROM_A_NETWORK, at):
        return False
    count(held, tally, rules.WRONG_FROM_A_NETWORK, at=at)
    return True


def count(name_index: bytes, tally: Tally, limit: Limit, *, at: datetime) -> None:
    """Count one more to a tally that is held."""
    after = rules.after_one(tally, limit, at)
    models.Misses.objects.filter(name_index=name_index).update(
        count=after.count, last_at=at, locked_until=after.locked_until
    )
    misses.sweep(at)


def _network(address: str) -> bytes:
    return index(rules.network(address), purpose="passwords from")


def index(name: str, *, purpose: str) -> bytes:
    """The keyed index of a name or an address for this purpose, 16 bytes."""
    made: bytes = settings.PORTICO_VAULT.index(name, purpose=purpose)
    return made
