"""Where a claim can stand, what follows what, and what a pended claim waits for: the plan's policy as tables.

    received -> pended -> approved -> paid | denied -> reversed -> paid | denied
                  ^---------'

Pure: facts in, verdict out. Labels of the codes belong to the edges.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """Where a claim stands."""

    RECEIVED = "received"
    PENDED = "pended"
    APPROVED = "approved"
    PAID = "paid"
    DENIED = "denied"
    REVERSED = "reversed"


class Owner(StrEnum):
    """Whose turn it is."""

    PLAN = "plan"
    OFFICE = "office"
    MEMBER = "member"
    OTHER_PAYER = "other_payer"
    NOBODY = "nobody"


class NextAction(StrEnum):
    """What has to happen next; stable codes."""

    PLAN_DECIDES = "plan_decides"
    PLAN_REVIEWS = "plan_reviews"
    PLAN_ASKS_OTHER_PAYER = "plan_asks_other_payer"
    PLAN_PAYS = "plan_pays"
    SEND_MEDICAL_RECORDS = "send_medical_records"
    SEND_ITEMIZED_BILL = "send_itemized_bill"
    SEND_INVOICE = "send_invoice"
    SEND_OTHER_PAYERS_DECISION = "send_other_payers_decision"
    SEND_AUTHORIZATION_NUMBER = "send_authorization_number"
    SEND_CONSENT_FORM = "send_consent_form"
    MEMBER_ANSWERS_PLAN = "member_answers_plan"
    READ_REMITTANCE = "read_remittance"
    READ_REASONS = "read_reasons"
    AWAIT_CORRECTION = "await_correction"


@dataclass(frozen=True, slots=True)
class Step:
    """Whose turn it is, what has to happen, and within how many days it is expected; None: no day is."""

    owner: Owner
    action: NextAction
    days: int | None


PEND_REASONS: Mapping[str, Step] = {
    "medical_records": Step(Owner.OFFICE, NextAction.SEND_MEDICAL_RECORDS, 30),
    "itemized_bill": Step(Owner.OFFICE, NextAction.SEND_ITEMIZED_BILL, 30),
    "invoice": Step(Owner.OFFICE, NextAction.SEND_INVOICE, 30),
    "other_payer_decision": Step(Owner.OFFICE, NextAction.SEND_OTHER_PAYERS_DECISION, 45),
    "authorization_missing": Step(Owner.OFFICE, NextAction.SEND_AUTHORIZATION_NUMBER, 30),
    "consent_form": Step(Owner.OFFICE, NextAction.SEND_CONSENT_FORM, 30),
    "accident_details": Step(Owner.MEMBER, NextAction.MEMBER_ANSWERS_PLAN, 45),
    "other_coverage": Step(Owner.MEMBER, NextAction.MEMBER_ANSWERS_PLAN, 45),
    "eligibility_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 10),
    "coordination_of_benefits": Step(Owner.PLAN, NextAction.PLAN_ASKS_OTHER_PAYER, 30),
    "clinical_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 15),
    "coding_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 15),
    "pricing_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 10),
    "duplicate_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 10),
    "provider_record_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 10),
    "high_amount_review": Step(Owner.PLAN, NextAction.PLAN_REVIEWS, 15),
}

NEXT_STEPS: Mapping[Status, Step] = {
    Status.RECEIVED: Step(Owner.PLAN, NextAction.PLAN_DECIDES, 30),
    Status.APPROVED: Step(Owner.PLAN, NextAction.PLAN_PAYS, 7),
    Status.PAID: Step(Owner.OFFICE, NextAction.READ_REMITTANCE, None),
    Status.DENIED: Step(Owner.OFFICE, NextAction.READ_REASONS, None),
    Status.REVERSED: Step(Owner.PLAN, NextAction.AWAIT_CORRECTION, 30),
}
"""What comes next of each status but pended, which asks PEND_REASONS."""

OPEN = frozenset({Status.RECEIVED, Status.PENDED, Status.APPROVED})
DECIDED = frozenset({Status.PAID, Status.DENIED, Status.REVERSED})

FOLLOWERS: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: OPEN - {Status.RECEIVED} | {Status.PAID, Status.DENIED},
    Status.PENDED: OPEN - {Status.RECEIVED} | {Status.PAID, Status.DENIED},
    Status.APPROVED: frozenset({Status.PENDED, Status.PAID, Status.DENIED}),
    Status.PAID: frozenset({Status.REVERSED, Status.PAID, Status.DENIED}),
    Status.DENIED: frozenset({Status.REVERSED, Status.PAID, Status.DENIED, Status.PENDED}),
    Status.REVERSED: frozenset({Status.PAID, Status.DENIED, Status.PENDED, Status.APPROVED}),
}
"""What may follow each status on a later day; a decided claim is decided again, a denied one reopened."""


def next_step(status: Status, pend_reason: str = "") -> Step:
    """Answers whose turn it is. Raises KeyError for a pend reason that is none of PEND_REASONS."""
    return PEND_REASONS[pend_reason] if status is Status.PENDED else NEXT_STEPS[status]


def may_follow(held: Status, told: Status) -> bool:
    """Whether a claim that stands at `held` may be told to stand at `told` on a later day."""
    return told in FOLLOWERS[held]


CLAIM_STATUS: Mapping[str, Status] = {
    "1": Status.PAID,
    "2": Status.PAID,
    "3": Status.PAID,
    "4": Status.DENIED,
    "19": Status.PAID,
    "20": Status.PAID,
    "21": Status.PAID,
    "22": Status.REVERSED,
}
"""What each CLP02 makes of a claim that it says something of; `of_payment` looks closer."""

_NOT_OURS_OR_PREVIEW = frozenset({"23", "25"})
_SETTLED_ELSEWHERE = frozenset({"23", "24", "100"})  # another payer's payment, capitation, paid to the member


def of_payment(code: str, *, paid: Decimal, member_share: Decimal, reasons: Collection[str]) -> Status | None:
    """Answers where a decision of an 835 (CLP02) leaves the claim; None where it says nothing of it.

    A claim sent as processed is denied all the same where nothing was paid, the member owes nothing and no
    reason of it says that it was settled elsewhere. Raises KeyError for a code that is no CLP02.
    """
    if code in _NOT_OURS_OR_PREVIEW:
        return None
    found = CLAIM_STATUS[code]
    is_refused = not paid and not member_share and _SETTLED_ELSEWHERE.isdisjoint(reasons)
    return Status.DENIED if found is Status.PAID and is_refused else found
