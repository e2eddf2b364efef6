"""What support cases are about, when they are due, how they stand and end, how long they are kept. Pure."""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from portico.domains.support.verdicts import Verdict

LONGEST_WORDS: Final = 2_000
MOST_OPEN: Final = 20
"""How many cases of one person may be open at a time."""
MOST_ENTRIES: Final = 100
"""How much is written in one case; then another one is opened."""
KEEP: Final = timedelta(days=365)
"""How long words and facts are kept after a case was closed."""
SENT_TWICE: Final = timedelta(minutes=10)
"""The same words from the same person within this time are one form that was sent twice."""
HALF_A_DAY, A_DAY = Decimal("0.5"), Decimal(1)
_AT_ONCE: Final = frozenset({Verdict.SYSTEM_TROUBLE, Verdict.LOCKED, Verdict.ACCOUNT_CLOSED})


class CaseTopic(StrEnum):
    """What it is about."""

    CLOSED = "closed"
    ERROR = "error"
    LOOKS_WRONG = "looks_wrong"
    PEOPLE = "people"
    PROVIDER_FILE = "provider_file"
    OTHER = "other"


class State(StrEnum):
    """Where a case stands: with the plan, with whoever asked, or closed."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class CaseEnding(StrEnum):
    """How a case ended."""

    MENDED = "mended"
    EXPLAINED = "explained"
    PASSED_ON = "passed_on"
    WITHDRAWN = "withdrawn"


BY_THE_PLAN: Final = (CaseEnding.MENDED, CaseEnding.EXPLAINED, CaseEnding.PASSED_ON)
"""How the plan ends one; whoever asked withdraws it."""


def due_after(verdict: str) -> Decimal:
    """In how many business days the plan means to have answered: sooner where nobody can work at all."""
    return HALF_A_DAY if verdict in _AT_ONCE else A_DAY
