"""Why an amount is not paid as billed: group, reason, amount."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Group(StrEnum):
    """Who bears an adjustment (CAS01)."""

    CONTRACT = "CO"
    PATIENT = "PR"
    OTHER = "OA"
    PAYER = "PI"


@dataclass(frozen=True, slots=True)
class Adjusted:
    """One adjustment; `reason` is a CARC, `amount` dollars, taken off where positive."""

    group: Group
    reason: str
    amount: Decimal
    quantity: Decimal | None = None
