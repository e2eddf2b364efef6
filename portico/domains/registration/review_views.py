"""What one application is to the plan's desk: the shapes of a case."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from portico.domains.access.colleagues import Colleague
from portico.domains.registration.catalogue_rows import Offer
from portico.domains.registration.claims import Basis, Claim, Field, Finding
from portico.domains.registration.deciding_rules import Obstacle, Stop
from portico.domains.registration.links import Stand
from portico.domains.registration.on_file import OnFile
from portico.domains.registration.review_queue import Row


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody of the plan said of a field, how they made sure, when, who. `counts`: it still does."""

    finding: Finding
    basis: Basis
    at: datetime
    by: str
    counts: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A field and what it comes to now: against what, as of when, and the word of a person."""

    field: Field
    finding: Finding
    basis: Basis
    as_of: datetime | None
    is_settled: bool
    word: Word | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A row of a list that was looked in, in words: a licence, or somebody who is excluded."""

    name: str
    says: tuple[str, ...]
    day: date | None
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Other:
    """Another application that claims the same: a licence, an NPI, a tax ID."""

    row: Row
    shares: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was handed in; `scan`: how far the scanner is with it."""

    id: int
    kind: str
    name: str
    content_type: str
    size: int
    sent_at: datetime
    scan: str


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happened: `by` names somebody of the plan, "" for the applicant or the portal."""

    kind: str
    code: str
    at: datetime
    by: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Office:
    """An office that is here already."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Case:
    """An application whole.

    `seen` goes into decisions: they are on what was read. `obstacles` stand in the way of a yes with no
    further words; LICENCE_CLAIMED and OFFICE_EXISTS yield to whoever says so in approving. `stops`: why the
    reader decides nothing; `stops_yes`: why at least no yes. `first_yes_by`: who said the first of two.
    `joins`: the office the first yes named. `owner`: the office that holds the licence here.
    """

    row: Row
    claim: Claim
    offer: Offer | None
    seen: int
    decision: str
    decided_at: datetime | None
    decided_by: str
    turnaround: Decimal | None
    waited: Decimal
    returned_at: datetime | None
    corrected_at: datetime | None
    agreed_at: datetime | None
    terms_version: str
    four_eyes: bool
    first_yes_by: str
    on_file: OnFile
    fields: tuple[Compared, ...]
    listed: tuple[Listed, ...]
    others: tuple[Other, ...]
    offices: tuple[Office, ...]
    joins: Office | None
    owner: str
    papers: tuple[Paper, ...]
    timeline: tuple[Entry, ...]
    obstacles: tuple[Obstacle, ...]
    stops: Stop | None
    stops_yes: Stop | None
    link: Stand | None
    colleagues: tuple[Colleague, ...]

    @property
    def number(self) -> int:
        """Its number."""
        return self.row.number

    @property
    def state(self) -> str:
        """Its state."""
        return self.row.state
