"""What is answered about members: frozen, finished values that every edge reads alike."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from portico.domains.permits.decisions import Decision
from portico.shared.periods import Period


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several people a search found."""

    key: str
    name: str
    member_id: str
    relationship: str
    birth_date: date | None
    verdict: "Verdict"


@dataclass(frozen=True, slots=True)
class Found:
    """A search found somebody: one person (`chosen` is true) or several to choose from."""

    lookup: UUID
    candidates: tuple[Candidate, ...]
    chosen: bool


class Verdict(StrEnum):
    """The one-line answer, as a code."""

    ACTIVE = "active"
    ACTIVE_IN_GRACE = "active_in_grace"
    NOT_YET_ACTIVE = "not_yet_active"
    TERMINATED = "terminated"
    NOT_COVERED = "not_covered"


class PcpStanding(StrEnum):
    """Where the member's PCP stands, seen from the office that asks."""

    IN_YOUR_OFFICE = "in_your_office"
    IN_YOUR_GROUP = "in_your_group"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Person:
    """The member as pages show them; `birth_date` None means the feed never gave one."""

    name: str
    first_name: str
    last_name: str
    member_id: str
    subscriber_number: str
    relationship: str
    birth_date: date | None
    sex: str
    ssn_masked: str
    address: tuple[str, ...]
    telephone: str
    group_number: str


@dataclass(frozen=True, slots=True)
class Pcp:
    """The PCP on the day asked about; `last_name` and `first_name` as far as the provider file has them."""

    name: str
    npi: str
    tax_id: str
    office_name: str
    group_name: str
    specialty: str
    address: str
    telephone: str
    since: date
    standing: PcpStanding
    last_name: str = ""
    first_name: str = ""


@dataclass(frozen=True, slots=True)
class CoverageSpan:
    """One span of coverage; `verdict` is this span's own on the day asked about.

    `product` is what the plan calls it, `product_code` what the enrolment feed does (the 834's HD03).
    """

    line: str
    line_name: str
    plan_code: str
    plan_name: str
    product: str
    level: str
    period: Period
    verdict: Verdict
    premium_paid_to: date | None = None
    product_code: str = ""


@dataclass(frozen=True, slots=True)
class EligibilityAnswer:
    """Whether a person is covered on `as_of`, by what, and who their PCP is.

    `coverage` is the span that decides the verdict (None when there is none), `others` every other span this
    actor may see, newest first. `data_as_of` is when the enrolment feed was true; None when none was loaded.
    """

    lookup: UUID | None
    person: Person
    as_of: date
    asked_at: datetime
    verdict: Verdict
    coverage: CoverageSpan | None
    others: tuple[CoverageSpan, ...]
    pcp: Pcp | None
    data_as_of: datetime | None
    reference: str
    tax_id: str


@dataclass(frozen=True, slots=True)
class OtherPayer:
    """Another payer's coverage; `order` is P, S, T or U (unknown) as in COB01."""

    order: str
    payer_name: str
    policy_number: str
    period: Period | None
    open_start: bool = False


@dataclass(frozen=True, slots=True)
class OtherCoverageAnswer:
    """The other payers on the day asked about."""

    payers: tuple[OtherPayer, ...]
    data_as_of: datetime | None


class Network(StrEnum):
    """In the plan's network, or out of it."""

    IN = "in"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Cost:
    """What the member pays for a service in one network; None where it does not apply."""

    is_covered: bool
    copay: Decimal | None
    coinsurance: Decimal | None
    deductible_applies: bool


@dataclass(frozen=True, slots=True)
class Limit:
    """How much of a service is covered a period, and what is left; `used` None when the feed does not say."""

    quantity: Decimal
    unit: str
    period: str
    used: Decimal | None
    remaining: Decimal | None


@dataclass(frozen=True, slots=True)
class ServiceBenefit:
    """One service: its cost in and out of network, limits, and whether authorization is required."""

    service_type: str
    name: str
    in_network: Cost | None
    out_of_network: Cost | None
    limit: Limit | None
    authorization: str
    note: str


@dataclass(frozen=True, slots=True)
class PlanVersionFacts:
    """The version of a benefit plan in force on a day."""

    plan_code: str
    name: str
    line: str
    line_name: str
    product: str
    period: Period


@dataclass(frozen=True, slots=True)
class BenefitsAnswer:
    """What the plan pays on `as_of`. `version` None: no version of that plan code is in force that day."""

    plan_code: str
    as_of: date
    version: PlanVersionFacts | None
    services: tuple[ServiceBenefit, ...]
    data_as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Meter:
    """A deductible or out-of-pocket maximum: `total`, what is `used`, what `remaining`; in dollars."""

    kind: str
    scope: str
    network: Network
    total: Decimal
    used: Decimal
    remaining: Decimal
    period: Period


@dataclass(frozen=True, slots=True)
class AccumulatorsAnswer:
    """How far the deductibles and out-of-pocket maximums are used, in network first."""

    meters: tuple[Meter, ...]
    as_of: date | None
    data_as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Particulars:
    """What programs are told of a person in parts: the rest of the name, the address, the day of death."""

    middle_name: str = ""
    suffix: str = ""
    street: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    death_date: date | None = None


@dataclass(frozen=True, slots=True)
class KeyedSpan:
    """A span of coverage under its opaque key, and when it last changed here."""

    key: str
    span: CoverageSpan
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """All that one question tells a program about one person.

    `spans` are those this actor may see, newest first, the deciding one among them. `benefits` and
    `accumulators` are None when they were not asked for, or not open: then `benefits_refused` says why.
    """

    key: str
    eligibility: EligibilityAnswer
    spans: tuple[KeyedSpan, ...]
    changed_at: datetime
    other_coverage: OtherCoverageAnswer
    benefits: BenefitsAnswer | None = None
    accumulators: AccumulatorsAnswer | None = None
    benefits_refused: Decision | None = None
    particulars: Particulars = Particulars()


@dataclass(frozen=True, slots=True)
class Answered:
    """Those found, at least one; `reference` is the audit row's.

    `total` counts them all, also where a part of them was asked for.
    """

    told: tuple[Told, ...]
    reference: str
    total: int = 1
