"""What a door was asked and what it told, in words that all doors share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol

from django.apps import apps

from portico.domains.members.answers import Verdict
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.reasons import Reason
from tests.support.actors import TODAY
from tests.support.doors.x12 import Sought
from tests.support.world import World


class At(StrEnum):
    """The five doors."""

    WEB = "pages"
    FILES = "files"
    REAL_TIME = "x12 at once"
    BATCH = "x12 in batches"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True)
class Span:
    """A span of coverage, as told; `line` is its code."""

    verdict: Verdict
    plan_code: str
    plan_name: str
    line: str
    begins: date
    ends: date | None


@dataclass(frozen=True, slots=True)
class Covered:
    """Who was found and where the coverage that decides stands; no span means there is none on file."""

    member_id: str
    verdict: Verdict
    span: Span | None = None
    others: frozenset[Span] = frozenset()


@dataclass(frozen=True, slots=True)
class Several:
    """These were found, to choose among; a door that lets nobody choose says so and shows none."""

    member_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Nobody was told of, and why."""

    reason: NoAnswer


@dataclass(frozen=True, slots=True)
class Refused:
    """It was not open, and why."""

    reason: Reason


Expected = Covered | Several | Unanswered | Refused


@dataclass(frozen=True, slots=True)
class Question:
    """Who asks (the person of the cast whose grants it is asked with), about whom, for which tax ID and day.

    Without `tax_id` the first one of the asker's own.
    """

    who: str
    sought: Sought
    tax_id: str = ""
    as_of: date = TODAY
    service_types: str = "30"


@dataclass(frozen=True, slots=True)
class Share:
    """What a service costs the member in one network."""

    is_covered: bool
    copay: Decimal = Decimal(0)
    coinsurance: Decimal = Decimal(0)
    after_deductible: bool = False


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a service is paid for a period; `remaining` None: nobody said."""

    quantity: Decimal
    unit: str
    period: str
    remaining: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Money:
    """Costs by service and network; totals and rests by kind, scope and network; limits by service."""

    shares: Mapping[tuple[str, str], Share] = field(default_factory=dict)
    meters: Mapping[tuple[str, str, str], tuple[Decimal, Decimal]] = field(default_factory=dict)
    limits: Mapping[str, Limit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back: what it says in the door's own words, the reference it tells, and the rows it left.

    `by` are who the rows must name: the door they know, and the persona or machine. `money` and `closed`
    (why amounts are not shown) where a door tells of amounts at all.
    """

    said: object
    rows: tuple[Any, ...]
    by: Mapping[str, Any]
    reference: str = ""
    money: Money | None = None
    closed: Reason | None = None


class Door(Protocol):
    """A door with its askers, each made when first needed."""

    at: At

    def ask(self, question: Question) -> Heard:
        """Put the question here."""

    def says(self, question: Question, expected: Expected) -> object:
        """What this door says to the question where that is so."""


class Stand:
    """A place before the doors: the world, and the audit rows that each question leaves."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._last = _last()

    def new_rows(self) -> tuple[Any, ...]:
        """The audit rows written since this was asked last."""
        found = tuple(_entries().filter(pk__gt=self._last).order_by("pk"))
        self._last = _last()
        return found


def subjects(row: Any, kind: str = "member") -> list[str]:
    """Whom an audit row says was shown."""
    return list(row.subjects.filter(kind=kind).order_by("pk").values_list("identifier", flat=True))


def _last() -> int:
    return int(_entries().order_by("-pk").values_list("pk", flat=True).first() or 0)


def _entries() -> Any:
    return apps.get_model("audit", "Entry").objects
