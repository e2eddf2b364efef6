"""What is told about claims: finished values, the same at every door."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from portico.domains.claims.deadline_rules import Deadline
from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.rules import NextAction, Owner, Status


@dataclass(frozen=True, slots=True)
class Next:
    """Whose turn it is, what has to happen, and by when it is expected; `is_late`: that day is past."""

    owner: Owner
    action: NextAction
    expected_on: date | None
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class PaymentRef:
    """The payment a claim was in; `public_id` None where whoever asks may not open payments."""

    public_id: UUID | None
    trace_number: str
    paid_on: date
    method: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class ClaimFacts:
    """A claim as it stands now. Amounts are None until it is decided.

    `is_adjusted`: it was decided more than once. `provider_npi` rendered it. `stated_on` says since when
    `status` is true; `rank` which payer the plan is (P, S, T); `replaces` which claim it corrects.
    """

    public_id: UUID
    claim_number: str
    patient_control_number: str
    form: str
    line: str
    tax_id: str
    provider_npi: str
    provider_name: str
    billing_npi: str
    billing_name: str
    member_id: str
    subscriber_number: str
    last_name: str
    first_name: str
    birth_date: date | None
    first_on: date
    last_on: date
    received_on: date
    rank: str
    frequency: str
    facility: str
    status: Status
    is_adjusted: bool
    stated_on: date
    pend_reason: str
    decided_on: date | None
    next: Next
    billed: Decimal
    allowed: Decimal | None
    paid: Decimal | None
    member_share: Decimal | None
    adjustments: tuple[Adjusted, ...]
    remarks: tuple[str, ...]
    replaces: str
    payment: PaymentRef | None

    @property
    def is_decided(self) -> bool:
        """Does it have amounts of a decision?"""
        return self.paid is not None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """A service line as submitted and as last decided; amounts are None until then."""

    number: int
    code_kind: str
    code: str
    modifiers: tuple[str, ...]
    revenue_code: str
    place_of_service: str
    units: Decimal | None
    unit: str
    first_on: date | None
    last_on: date | None
    billed: Decimal
    allowed: Decimal | None
    paid: Decimal | None
    member_share: Decimal | None
    adjustments: tuple[Adjusted, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of claims, the latest service first; `next_key` asks for the next one, None on the last.

    `reference` is the audit row's, `data_as_of` says as of when the plan's claims are true.
    """

    claims: tuple[ClaimFacts, ...]
    next_key: str | None
    data_as_of: datetime | None
    reference: str


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """A claim and its lines as they stand."""

    claim: ClaimFacts
    lines: tuple[LineFacts, ...]


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """The claims meant, the latest service first; `is_cut` says that there are more than these."""

    claims: tuple[ClaimStatus, ...]
    is_cut: bool
    data_as_of: datetime | None
    reference: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a claim; `code` is a pend reason, a claim's number or a payment's."""

    kind: str
    on: date
    code: str
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one payment decided about a claim. `status` is CLP02; amounts of a reversal are negative."""

    payment: PaymentRef
    status: str
    billed: Decimal
    paid: Decimal
    member_share: Decimal | None


@dataclass(frozen=True, slots=True)
class PolicyRef:
    """The library document that stands behind a code."""

    document: str
    title: str


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """A claim with all that hangs on it.

    `policies` are by kind of code (carc, rarc, pend) and code; `deadlines` in the order of their kinds.
    `replaced_by` are the numbers of claims that correct this one, with their ids where they may be opened.
    """

    claim: ClaimFacts
    lines: tuple[LineFacts, ...]
    diagnoses: tuple[str, ...]
    drg: str
    authorization_number: str
    tracking_number: str
    timeline: tuple[Happened, ...]
    deadlines: tuple[Deadline, ...]
    decisions: tuple[Decision, ...]
    policies: Mapping[tuple[str, str], PolicyRef] = field(default_factory=dict)
    related: tuple[tuple[str, UUID], ...] = ()
    data_as_of: datetime | None = None
    reference: str = ""
