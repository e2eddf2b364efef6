"""A payment as it was sent: what an 835 says, in this domain's words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portico.domains.claims.facts.adjusted import Adjusted
from portico.domains.claims.facts.submitted import Party, Patient


@dataclass(frozen=True, slots=True)
class PaidService:
    """A service line as it was decided (SVC). `allowed` is what the plan's terms allow, None where unsaid.

    `sent_code` is the code as submitted where another one was decided on (SVC06).
    """

    number: int
    billed: Decimal
    paid: Decimal
    code_kind: str = ""
    code: str = ""
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""
    sent_code: str = ""
    units: Decimal | None = None
    sent_units: Decimal | None = None
    first_on: date | None = None
    last_on: date | None = None
    allowed: Decimal | None = None
    control_number: str = ""
    adjustments: tuple[Adjusted, ...] = ()
    remarks: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class PaidClaim:
    """A claim as it was decided (CLP). `status` is CLP02; `claim_number` the plan's own (CLP07).

    Amounts of a reversal (status 22) are negative. `remarks` are RARCs of the claim, sent in a MIA where
    `is_institutional`, else in a MOA. `covered` is what of the charge the coverage takes in (AMT*AU);
    an 835 never says what is `allowed` of a whole claim: see balance_rules.
    """

    patient_control_number: str
    status: str
    billed: Decimal
    paid: Decimal
    claim_number: str
    patient: Patient
    member_share: Decimal | None = None
    filing: str = ""
    facility: str = ""
    frequency: str = ""
    drg: str = ""
    subscriber: Patient | None = None
    rendering: Party | None = None
    received_on: date | None = None
    first_on: date | None = None
    last_on: date | None = None
    allowed: Decimal | None = None
    covered: Decimal | None = None
    interest: Decimal | None = None
    adjustments: tuple[Adjusted, ...] = ()
    remarks: tuple[str, ...] = ()
    services: tuple[PaidService, ...] = ()
    is_institutional: bool = False
    place: int = 0


@dataclass(frozen=True, slots=True)
class PaymentAdjusted:
    """A change of the payment that belongs to no claim of it (PLB): lowers the payment where positive."""

    reason: str
    amount: Decimal
    identifier: str = ""
    npi: str = ""
    fiscal_on: date | None = None


@dataclass(frozen=True, slots=True)
class SentPayment:
    """A payment (BPR and TRN), without its claims. `handling` is BPR01, `method` BPR04 (ACH, CHK, NON …).

    `amount` is signed: a debit (BPR03 D) is negative. `payer_number` is TRN03. Accounts are not kept.
    """

    trace_number: str
    amount: Decimal
    method: str
    paid_on: date
    payer: Party
    payee: Party
    handling: str = "I"
    payer_number: str = ""
    produced_on: date | None = None
    adjustments: tuple[PaymentAdjusted, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class PaymentWithClaims:
    """A payment and its claims in their order."""

    payment: SentPayment
    claims: tuple[PaidClaim, ...] = field(default=())

    def __iter__(self) -> Iterator[PaidClaim]:
        return iter(self.claims)


@dataclass(frozen=True, slots=True)
class PaymentPart:
    """A payment with as many of its claims as go into one chunk: most often it is the whole.

    `before` counts its claims in the chunks before, `claim_count` all of them. `digest` is that of the 835's
    own segments, `at` its ST's place in the file (a bookmark).
    """

    payment: SentPayment
    claims: tuple[PaidClaim, ...]
    digest: str
    claim_count: int
    at: Mapping[str, int]
    before: int = 0

    @property
    def is_first(self) -> bool:
        """Does the payment begin with it?"""
        return not self.before

    @property
    def closes(self) -> bool:
        """Is the payment whole with it?"""
        return self.before + len(self.claims) == self.claim_count
