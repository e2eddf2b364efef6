"""What a 277CA says of one 837: who sent it, each claim and what came of it, and the sums of both kinds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from portico.domains.claims.facts.submitted import Party, Patient
from portico.shared.money import ZERO


@dataclass(frozen=True, slots=True)
class Status:
    """A status (STC01): category, code, and whom it is about (a qualifier of NM101; "" where nobody)."""

    category: str
    code: str
    entity: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent the set (1000A), with the set's own reference (BHT03)."""

    reference: str
    name: str
    id: str
    first_name: str = ""
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class ToldClaim:
    """A claim and what came of it: accepted under our `number`, or rejected for its `statuses`.

    `bill_type` is facility and frequency of an institutional claim, else "". `tracking_number` is REF*D9.
    """

    billing: Party
    patient: Patient
    patient_control_number: str
    billed: Decimal
    first_on: date | None
    last_on: date | None
    statuses: tuple[Status, ...]
    number: str = ""
    bill_type: str = ""
    tracking_number: str = ""

    @property
    def is_accepted(self) -> bool:
        """Was it taken? Then it has a number of ours."""
        return bool(self.number)


@dataclass(slots=True)
class Sums:
    """How many claims were accepted and rejected, and what they were billed at."""

    accepted: int = 0
    rejected: int = 0
    accepted_amount: Decimal = field(default=ZERO)
    rejected_amount: Decimal = field(default=ZERO)

    def add(self, billed: Decimal, *, is_accepted: bool) -> None:
        """Count one claim."""
        if is_accepted:
            self.accepted += 1
            self.accepted_amount += billed
        else:
            self.rejected += 1
            self.rejected_amount += billed

    @property
    def amount(self) -> Decimal:
        """What all were billed at."""
        return self.accepted_amount + self.rejected_amount


@dataclass(frozen=True, slots=True)
class Account:
    """A set, its sums, those of each run of claims of one billing provider, and the claims themselves."""

    sender: Sender
    received_on: date
    settled_on: date
    sums: Sums
    providers: tuple[Sums, ...]
    claims: Iterable[ToldClaim]


def provider_sums(claims: Iterable[ToldClaim]) -> tuple[Sums, tuple[Sums, ...]]:
    """The sums of all, and of each run of claims of one billing provider, in their order."""
    all_of_them, runs = Sums(), list[Sums]()
    billing: Party | None = None
    for claim in claims:
        if not runs or claim.billing != billing:
            runs.append(Sums())
            billing = claim.billing
        for sums in (all_of_them, runs[-1]):
            sums.add(claim.billed, is_accepted=claim.is_accepted)
    return all_of_them, tuple(runs)
