"""Talks between peers: times that can be booked, what is booked, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import State, TalkFacts


class Outcome(StrEnum):
    """What a talk came to. Only a decision changes a request; this says what was said."""

    STAYS = "stays"
    BETTER = "better"
    MORE_COMES = "more_comes"
    ANOTHER_REQUEST = "another_request"


class Refusal(StrEnum):
    """Why something about a talk is not done."""

    NOT_NOW = "not_now"
    TOO_LATE = "too_late"
    SLOT_GONE = "slot_gone"
    BOOKED_BEFORE = "booked_before"
    NOT_BOOKED = "not_booked"
    CLINICIAN_MISSING = "clinician_missing"
    TELEPHONE_WRONG = "telephone_wrong"
    ZONE_UNKNOWN = "zone_unknown"
    NOT_YET = "not_yet"
    OUTCOME_UNKNOWN = "outcome_unknown"
    WORDS_MISSING = "words_missing"
    ORDER = "order"
    PAST = "past"
    TOO_FAR = "too_far"
    LENGTH = "length"


class CannotTalk(ValueError):
    """It is not done; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class FreeSlot:
    """A time somebody of the plan can talk; instants in UTC."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    reviewer: str


@dataclass(frozen=True, slots=True)
class OwnSlot:
    """A time a reviewer offers, and the request it is booked for; no number: free."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    number: str = ""


@dataclass(frozen=True, slots=True)
class TalkPage:
    """A request as somebody sees it who wants to talk about it.

    `may_book`: this office may book now; `until` is when that ends, None while nothing is decided.
    """

    authorization: UUID
    number: str
    kind: Kind
    state: State
    may_book: bool
    until: datetime | None
    booked: TalkFacts | None
    past: tuple[TalkFacts, ...]
    slots: tuple[FreeSlot, ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A talk as a calendar keeps it; it names no patient and no request. `sequence` counts changes."""

    id: UUID
    authorization: UUID
    starts_at: datetime
    ends_at: datetime
    sequence: int
    is_cancelled: bool
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class DeskTalk:
    """A talk as the plan's desk lists it; `words` are what was noted of it."""

    talk: TalkFacts
    authorization: UUID
    number: str
    state: State
    is_mine: bool
    words: str = ""
