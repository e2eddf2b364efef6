"""What is handed over: Schedules of Benefits, member ID cards and receipts, as every edge prints them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from portico.domains.members.answers import (
    Cost,
    CoverageSpan,
    Network,
    Pcp,
    Person,
    PlanVersionFacts,
    ServiceBenefit,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The plan-wide amounts for one network; None where there is none."""

    network: Network
    individual_deductible: Decimal | None
    family_deductible: Decimal | None
    individual_oop: Decimal | None
    family_oop: Decimal | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The Schedule of Benefits of one plan version: no member in it, no PHI."""

    version: PlanVersionFacts
    amounts: tuple[Amounts, ...]
    services: tuple[ServiceBenefit, ...]
    data_as_of: datetime | None


@dataclass(frozen=True, slots=True)
class ScheduleMissing:
    """There is no schedule for this plan code on this day; the edge opens a work item for it."""

    plan_code: str
    on: date


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a member ID card."""

    person: Person
    plan_name: str
    plan_code: str
    line_name: str
    product: str
    group_number: str
    pcp_name: str
    pcp_telephone: str
    effective_on: date
    as_of: date
    costs: tuple[tuple[str, Cost], ...]


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """A receipt as it was given, and whether a later change touched it.

    `changed_to` is the verdict as it is now known when a retroactive change touched the receipt; empty when
    none did. `holds` is true when the stored content still has the hash it was given with.
    """

    reference: str
    office_name: str
    tax_id: str
    asked_at: datetime
    as_of: date
    verdict: Verdict
    person: Person
    coverage: CoverageSpan | None
    data_as_of: datetime | None
    content_hash: str
    holds: bool
    changed_at: datetime | None = None
    changed_to: str = ""
    lines: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    pcp: Pcp | None = None
