"""How much one network may do before it has to wait: submissions, drafts, wrong transaction IDs, wishes to
join the network; mails to one address. Kept in the table of misses, under keyed indexes of their own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.coming_back.coming_back_rules import Limit
from portico.domains.accounts.signing_in import misses

DAY: Final = timedelta(days=1)


class Budget(StrEnum):
    """What is counted; the value is the purpose of the index."""

    SUBMISSION = "registrations from"
    DRAFT = "registration drafts from"
    WRONG_ID = "wrong transaction ids from"
    MAIL = "registration mails to"
    JOIN_CODE = "join codes to"
    TAKEN_NAME = "taken usernames from"
    OWN_TAKEN_NAME = "taken usernames of"
    NETWORK_REQUEST = "network requests from"
    WRONG_TRACKING = "wrong tracking numbers from"


LIMITS: Final[Mapping[Budget, Limit]] = {
    Budget.SUBMISSION: Limit(20, within=DAY),
    Budget.DRAFT: Limit(200, within=DAY),
    Budget.WRONG_ID: Limit(5, renews=True),
    Budget.MAIL: Limit(5, within=DAY),
    Budget.JOIN_CODE: Limit(12, within=DAY),
    Budget.TAKEN_NAME: Limit(100),
    Budget.OWN_TAKEN_NAME: Limit(20),
    Budget.NETWORK_REQUEST: Limit(10, within=DAY),
    Budget.WRONG_TRACKING: Limit(5, renews=True),
}
VERBATIM: Final = frozenset({Budget.MAIL, Budget.JOIN_CODE, Budget.OWN_TAKEN_NAME})
"""What does not count for a network."""


def closed_until(budget: Budget, address: str, *, at: datetime) -> datetime | None:
    """Until when there is none left; None: there is. Whoever asks holds the tally until the transaction ends.

    `address`: a network address; for MAIL and JOIN_CODE a mail address, for OWN_TAKEN_NAME the number of an
    application.
    Where it is not known ("") nothing is counted.
    """
    if not address:
        return None
    tally = misses.hold(_index(budget, address), at=at)
    return tally.locked_until if rules.is_used_up(tally, LIMITS[budget], at) else None


def spend(budget: Budget, address: str, *, at: datetime) -> None:
    """Count one."""
    if address:
        index = _index(budget, address)
        allowances.count(index, misses.hold(index, at=at), LIMITS[budget], at=at)


def _index(budget: Budget, address: str) -> bytes:
    same = address.strip().casefold() if budget in VERBATIM else rules.network(address)
    return allowances.index(same, purpose=budget)
