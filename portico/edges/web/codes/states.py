"""Where a claim stands, what it waits for, and whose turn it is, in words."""

from collections.abc import Mapping
from typing import Final

from portico.domains.claims.rules import NextAction, Owner, Status

STATES: Final[Mapping[str, str]] = {
    Status.RECEIVED: "Received",
    Status.PENDED: "Pended",
    Status.APPROVED: "Approved, not yet paid",
    Status.PAID: "Paid",
    Status.DENIED: "Denied",
    Status.REVERSED: "Reversed",
}
TONES: Final[Mapping[str, str]] = {
    Status.RECEIVED: "neutral",
    Status.PENDED: "caution",
    Status.APPROVED: "positive",
    Status.PAID: "positive",
    Status.DENIED: "negative",
    Status.REVERSED: "caution",
}
WAITS_FOR: Final[Mapping[str, str]] = {
    "medical_records": "the medical records of the service",
    "itemized_bill": "an itemized bill",
    "invoice": "the invoice of what was supplied",
    "other_payer_decision": "what the other payer decided",
    "authorization_missing": "the number of the authorization",
    "consent_form": "the signed consent form",
    "accident_details": "the member's answer about an accident",
    "other_coverage": "the member's answer about other coverage",
    "eligibility_review": "a review of the member's eligibility",
    "coordination_of_benefits": "an answer from the other payer",
    "clinical_review": "a clinical review",
    "coding_review": "a review of the codes",
    "pricing_review": "a review of the price",
    "duplicate_review": "a check whether it was billed twice",
    "provider_record_review": "a check of the provider's record",
    "high_amount_review": "a review because of the amount",
}
OWNERS: Final[Mapping[str, str]] = {
    Owner.PLAN: "The plan",
    Owner.OFFICE: "Your office",
    Owner.MEMBER: "The member",
    Owner.OTHER_PAYER: "The other payer",
    Owner.NOBODY: "Nobody",
}
ACTIONS: Final[Mapping[str, str]] = {
    NextAction.PLAN_DECIDES: "The plan decides the claim.",
    NextAction.PLAN_REVIEWS: "The plan finishes its review.",
    NextAction.PLAN_ASKS_OTHER_PAYER: "The plan gets an answer from the other payer.",
    NextAction.PLAN_PAYS: "The plan pays with its next payment.",
    NextAction.SEND_MEDICAL_RECORDS: "Send the medical records of the service.",
    NextAction.SEND_ITEMIZED_BILL: "Send an itemized bill.",
    NextAction.SEND_INVOICE: "Send the invoice.",
    NextAction.SEND_OTHER_PAYERS_DECISION: "Send what the other payer decided.",
    NextAction.SEND_AUTHORIZATION_NUMBER: "Send the number of the authorization.",
    NextAction.SEND_CONSENT_FORM: "Send the signed consent form.",
    NextAction.MEMBER_ANSWERS_PLAN: "The member answers the plan's letter; it helps if you remind them.",
    NextAction.READ_REMITTANCE: "Read the payment it was in.",
    NextAction.READ_REASONS: "Read the reasons, and correct the claim or dispute the decision.",
    NextAction.AWAIT_CORRECTION: "The plan decides the claim anew.",
}


def state(code: str) -> str:
    """Where a claim stands; a code of its own stands for itself."""
    return STATES.get(code) or _plain(code)


def waits_for(code: str) -> str:
    """What a pended claim waits for, to follow "waits for"."""
    return WAITS_FOR.get(code) or _plain(code).lower()


def owner(code: str) -> str:
    """Whose turn it is."""
    return OWNERS.get(code) or _plain(code)


def action(code: str) -> str:
    """What has to happen next, as a sentence."""
    return ACTIONS.get(code) or f"{_plain(code)}."


def _plain(code: str) -> str:
    return code.replace("_", " ").capitalize()
