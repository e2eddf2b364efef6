"""How much one network may do before it has to wait: submissions, drafts, files, wrong transaction IDs,
wishes to join the network; mails to one address. Kept in the table of misses, under keyed indexes of its own.

How much is sent without an account, the plan sets (settings); what is guessed at, nobody.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings

from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.coming_back.coming_back_rules import Limit
from portico.domains.accounts.signing_in import misses

DAY: Final = timedelta(days=1)


class Budget(StrEnum):
    """What is counted; the value is the purpose of the index."""

    SUBMISSION = "registrations from"
    DRAFT = "registration drafts from"
    DOCUMENT = "registration documents from"
    WRONG_ID = "wrong transaction ids from"
    MAIL = "registration mails to"
    JOIN_CODE = "join codes to"
    TAKEN_NAME = "taken usernames from"
    OWN_TAKEN_NAME = "taken usernames of"
    NETWORK_REQUEST = "network requests from"
    WRONG_TRACKING = "wrong tracking numbers from"


LIMITS: Final[Mapping[Budget, Limit]] = {
    Budget.WRONG_ID: Limit(5, renews=True),
    Budget.MAIL: Limit(5, within=DAY),
    Budget.JOIN_CODE: Limit(12, within=DAY),
    Budget.TAKEN_NAME: Limit(100),
    Budget.OWN_TAKEN_NAME: Limit(20),
    Budget.WRONG_TRACKING: Limit(5, renews=True),
}
A_DAY: Final[Mapping[Budget, str]] = {
    Budget.SUBMISSION: "REGISTRATIONS_A_DAY",
    Budget.DRAFT: "REGISTRATION_DRAFTS_A_DAY",
    Budget.DOCUMENT: "REGISTRATION_FILES_A_DAY",
    Budget.NETWORK_REQUEST: "NETWORK_REQUESTS_A_DAY",
}
"""What the plan sets, for a day, and by which setting."""
VERBATIM: Final = frozenset({Budget.MAIL, Budget.JOIN_CODE, Budget.OWN_TAKEN_NAME})
"""What does not count for a network."""


def limit(budget: Budget) -> Limit:
    """How much there is of it."""
    return Limit(getattr(settings, A_DAY[budget]), within=DAY) if budget in A_DAY else LIMITS[budget]


def closed_until(budget: Budget, address: str, *, at: datetime) -> datetime | None:
    """Until when there is none left; None: there is. Whoever asks holds the tally until the transaction ends.

    `address`: a network address; for MAIL and JOIN_CODE a mail address, for OWN_TAKEN_NAME the number of an
    application.
    Where it is not known ("") nothing is counted.
    """
    if not address:
        return None
    tally = misses.hold(_index(budget, address), at=at)
    return tally.locked_until if rules.is_used_up(tally, limit(budget), at) else None


def spend(budget: Budget, address: str, *, at: datetime) -> None:
    """Count one."""
    if address:
        index = _index(budget, address)
        allowances.count(index, misses.hold(index, at=at), limit(budget), at=at)


def _index(budget: Budget, address: str) -> bytes:
    same = address.strip().casefold() if budget in VERBATIM else rules.network(address)
    return allowances.index(same, purpose=budget)
