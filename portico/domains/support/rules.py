"""What may be asked without an account, when it is due, and what must not stand in it. Pure.

Whoever asks without an account writes to people who do not know who asks. So nothing that points at a patient
is taken: what looks like such a sign (shared.patient_signs) is refused, and the page says which sign it was
(decision record 0037).
"""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from portico.shared.patient_signs import Sign, signs

__all__ = ["BestTime", "Ending", "Kind", "Sign", "Topic", "signs"]

LONGEST_NAME: Final = 120
LONGEST_OFFICE: Final = 160
LONGEST_TEXT: Final = 2_000
KEEP_TEXT: Final = timedelta(days=90)


class Kind(StrEnum):
    """What is wished for."""

    CALL_BACK = "call_back"
    QUESTION = "question"


class Topic(StrEnum):
    """What it is about."""

    SIGN_IN = "sign_in"
    REGISTRATION = "registration"
    NETWORK = "network"
    PORTAL = "portal"
    SOFTWARE = "software"
    OTHER = "other"


class BestTime(StrEnum):
    """When to call."""

    ANY = "any"
    MORNING = "morning"
    AFTERNOON = "afternoon"


class Ending(StrEnum):
    """How an enquiry ended."""

    ANSWERED = "answered"
    NOT_REACHED = "not_reached"
    NOT_OURS = "not_ours"


DUE_AFTER: Final = {Kind.CALL_BACK: Decimal(1), Kind.QUESTION: Decimal(2)}
"""In how many business days the plan means to have answered."""
