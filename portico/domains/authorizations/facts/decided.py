"""A decision of the plan's desk as it is sent, and what comes of it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class Outcome(StrEnum):
    """What is decided of a service."""

    APPROVED = "approved"
    PARTLY = "partly"
    DENIED = "denied"
    NOT_NEEDED = "not_needed"


ADVERSE = frozenset({Outcome.PARTLY, Outcome.DENIED})
"""What gives the patient less than was asked: for medical direction alone, and never without reasons."""


class Basis(StrEnum):
    """On what a decision stands, as the ledger says it."""

    FIRST = "first"
    EXTENSION = "extension"
    CHANGE = "change"
    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class ServiceVerdict:
    """What is decided of the service at `position`.

    Of an approved one `quantity` and the days may be left out: what was asked for. A partly approved one says
    them. A denial, also in part, has a code (decision_reasons), words of its own, and the criteria it rests
    on; `document` may name their document in the library.
    """

    position: int
    outcome: Outcome
    quantity: Decimal | None = None
    first_on: date | None = None
    last_on: date | None = None
    reason_code: str = ""
    reason_text: str = ""
    criteria: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision on a request, a verdict for each service that waits for one.

    `version` is that of the request as the reviewer saw it.
    """

    authorization: UUID
    version: int
    services: tuple[ServiceVerdict, ...]

    @property
    def is_adverse(self) -> bool:
        """Does it give less than was asked, of any service?"""
        return any(service.outcome in ADVERSE for service in self.services)


class Refusal(StrEnum):
    """Why a decision is not taken; stable codes, said in plain words at every door."""

    CHANGED = "changed"
    NOT_OPEN = "not_open"
    SERVICE_UNKNOWN = "service_unknown"
    SERVICE_TWICE = "service_twice"
    SERVICE_LEFT_OUT = "service_left_out"
    STILL_ASKED = "still_asked"
    QUANTITY_MISSING = "quantity_missing"
    QUANTITY_WRONG = "quantity_wrong"
    DAYS_WRONG = "days_wrong"
    LESS_THAN_ASKED = "less_than_asked"
    NOTHING_LESS = "nothing_less"
    REASON_MISSING = "reason_missing"
    REASON_UNFIT = "reason_unfit"
    TEXT_MISSING = "text_missing"
    TEXT_TOO_SHORT = "text_too_short"
    TEXT_NOT_SPECIFIC = "text_not_specific"
    TEXT_TOO_LONG = "text_too_long"
    TEXT_HOLDS_SIGN = "text_holds_sign"
    CRITERIA_MISSING = "criteria_missing"
    CRITERIA_TOO_LONG = "criteria_too_long"
    REASON_NOT_WANTED = "reason_not_wanted"
    TALK_CANNOT_WORSEN = "talk_cannot_worsen"
    DECIDED_BEFORE = "decided_before"
    APPROVED_STAYS = "approved_stays"


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason why: of which service (None: of the whole), in which field of its verdict."""

    code: Refusal
    service: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that is kept."""

    authorization: UUID
    number: str
    state: str
    decision: UUID
    letter: UUID | None
    decided_at: datetime
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NotDecided:
    """Nothing was kept, and why; at least one stop."""

    stops: tuple[Stop, ...]
    reference: str = ""
