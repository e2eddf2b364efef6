"""The state of a claim as the core's extract tells it between submission and payment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ExtractedClaim:
    """One row of the extract; amounts None where nothing is decided. `place` is its line in the file.

    `status` is received, pended, approved, paid, denied or reversed; `pend_reason` one of rules.PEND_REASONS.
    `awaited_on` is the day the core expects the next step by. `note` is the core's own word for its people.
    """

    claim_number: str
    patient_control_number: str
    tax_id: str
    member_id: str
    form: str
    status: str
    status_on: date
    received_on: date
    first_on: date
    last_on: date
    billed: Decimal
    line: str = ""
    npi: str = ""
    pend_reason: str = ""
    awaited_on: date | None = None
    allowed: Decimal | None = None
    paid: Decimal | None = None
    member_share: Decimal | None = None
    reason_codes: tuple[str, ...] = ()
    replaces: str = ""
    place: int = 0
