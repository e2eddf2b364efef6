"""What is told of a request: the row of a list, and the page with its services, ledger and papers."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from portico.domains.authorizations.facts.requested import Kind, Level, Role


class State(StrEnum):
    """Where a request or one of its services stands."""

    IN_REVIEW = "in_review"
    PENDED = "pended"
    APPROVED = "approved"
    PARTLY = "partly"
    DENIED = "denied"
    CANCELLED = "cancelled"
    NOT_NEEDED = "not_needed"


OPEN = frozenset({State.IN_REVIEW, State.PENDED})
"""Not decided yet: in review the plan is next, pended the office is."""


class Standing(StrEnum):
    """Where the clock of a request stands."""

    NONE = "none"
    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BREACHED = "breached"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Clock:
    """The countdown both sides see. `left_seconds` counts to `due_at`, negative once over; None at rest.

    `allowed` says how long it may take in words of data: ("72", "hours"); `extended_by` days it was made
    longer.
    """

    standing: Standing
    starts_at: datetime | None = None
    due_at: datetime | None = None
    settled_at: datetime | None = None
    left_seconds: int | None = None
    amount: int = 0
    unit: str = ""
    extended_by: int = 0
    pause_code: str = ""
    citation: str = ""
    is_law: bool = False


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """An office of a request."""

    role: Role
    npi: str
    name: str
    tax_id: str
    specialty: str = ""
    in_network: bool | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A request as a list shows it."""

    id: UUID
    number: str
    kind: Kind
    level: Level
    state: State
    line: str
    line_name: str
    patient: str
    member_id: str
    birth_date: date | None
    about: str
    service_count: int
    first_on: date
    last_on: date
    requesting: str
    servicing: str
    received_at: datetime
    decided_at: datetime | None
    clock: Clock
    open_questions: int = 0
    answer_due_at: datetime | None = None
    assigned_to: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service with what was decided of it, and how much of it is used and left."""

    position: int
    service_type: str
    system: str
    code: str
    modifiers: tuple[str, ...]
    quantity: Decimal
    unit: str
    first_on: date
    last_on: date
    state: State
    approved_quantity: Decimal | None = None
    approved_first_on: date | None = None
    approved_last_on: date | None = None
    used: Decimal = Decimal(0)
    left: Decimal | None = None
    reason_code: str = ""
    reason_text: str = ""
    criteria: str = ""
    document: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class EventFacts:
    """A row of the ledger. `by` names who acted as far as the reader may know.

    An office, the plan, the system.
    """

    at: datetime
    kind: str
    side: str
    code: str = ""
    basis: str = ""
    by: str = ""
    details: tuple[tuple[str, str], ...] = ()
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AskedFacts:
    """What the plan asked for."""

    id: UUID
    kind: str
    text: str
    state: str
    asked_at: datetime
    due_at: datetime
    service: int | None = None
    answer: str = ""
    settled_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """A document with its receipt."""

    id: UUID
    reference: str
    kind: str
    name: str
    content_type: str
    size: int
    digest: str
    scan: str
    received_at: datetime
    service: int | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter that can be printed."""

    id: UUID
    kind: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TalkFacts:
    """A peer-to-peer talk; instants in UTC, `zone` the one in which the office booked it."""

    id: UUID
    state: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    reviewer: str
    clinician: str
    telephone: str
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """A note of the reader's own side."""

    author: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AuthorizationPage:
    """A request whole. `may` holds the codes of what the reader may do with it now (change_rules.Act).

    `coworkers` are those of the reader's office to whom it may be assigned, by number and name.
    """

    listed: Listed
    parties: tuple[PartyFacts, ...]
    services: tuple[ServiceFacts, ...]
    diagnoses: tuple[str, ...]
    place: str
    admitted_at: datetime | None
    discharged_on: date | None
    urgency: str
    answers: tuple[tuple[str, str], ...]
    events: tuple[EventFacts, ...]
    asked: tuple[AskedFacts, ...]
    documents: tuple[DocumentFacts, ...]
    letters: tuple[LetterFacts, ...]
    talks: tuple[TalkFacts, ...]
    notes: tuple[NoteFacts, ...] = ()
    may: frozenset[str] = frozenset()
    extends: tuple[str, UUID] | None = None
    followed_by: tuple[tuple[str, UUID], ...] = ()
    contact_name: str = ""
    contact_telephone: str = ""
    requirement: str = ""
    appeal_until: date | None = None
    talk_until: datetime | None = None
    version: int = 0
    reference: str = ""
    coworkers: tuple[tuple[int, str], ...] = ()
