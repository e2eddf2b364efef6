"""The words of the plan's desk for authorizations: decisions, questions, the ledger, rules that are tried."""

from collections.abc import Mapping
from typing import Final

OUTCOMES: Final[Mapping[str, str]] = {
    "approved": "Approved",
    "partly": "Approved in part",
    "denied": "Denied",
    "not_needed": "No authorization needed",
}
BASES: Final[Mapping[str, str]] = {
    "first": "First decision",
    "extension": "More units or days",
    "change": "A change",
    "reconsideration": "Reconsideration",
    "appeal": "Appeal",
    "talk": "Peer-to-peer talk",
}
SIDES: Final[Mapping[str, str]] = {"office": "The office", "plan": "The plan", "system": "The system"}
LETTERS: Final[Mapping[str, str]] = {
    "approval": "Approval",
    "partial": "Approval in part",
    "denial": "Denial",
    "information": "Request for information",
    "extension": "Longer time to decide",
}
QUESTION_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "open": ("Open", "caution"),
    "answered": ("Answered", "positive"),
    "withdrawn": ("Taken back", "neutral"),
    "lapsed": ("Not answered in time", "negative"),
}
EVENTS: Final[Mapping[str, str]] = {
    "received": "The request came in",
    "determined": "The rules looked at it",
    "assigned": "It changed hands at the plan",
    "asked": "The plan asked for more",
    "answered": "The office answered",
    "withdrawn": "The plan took a question back",
    "lapsed": "The time to answer was over",
    "paused": "The clock stood still",
    "resumed": "The clock went on",
    "extended": "The plan took longer",
    "levelled": "The level of service changed",
    "decided": "The plan decided",
    "reopened": "The plan was asked to look again",
    "changed": "The office changed it",
    "continued": "More days were asked for",
    "cancelled": "The office cancelled it",
    "document": "A document came",
    "letter": "A letter was written",
    "notice": "A notice was sent",
    "talk_booked": "A peer-to-peer talk was booked",
    "talk_moved": "The talk was moved",
    "talk_cancelled": "The talk was cancelled",
    "talk_held": "The talk was held",
    "warned": "Both sides were warned of the due time",
    "breached": "The due time passed",
    "admitted": "The patient was admitted",
    "discharged": "The patient was discharged",
}
EXTENSIONS: Final[Mapping[str, str]] = {
    "patient_asked": "The patient asked for more time",
    "office_asked": "The office asked for more time",
    "evidence_elsewhere": "Evidence from outside the network is needed, in the patient's interest",
    "unusual_circumstances": "Unusual circumstances, in the patient's interest",
}
RULES_SAY: Final[Mapping[str, str]] = {
    "approved": "Approved by a rule",
    "in_review": "For a person to decide",
}
INPUTS: Final[Mapping[str, str]] = {
    "kind": "Certification type",
    "level": "Level of service",
    "line": "Line of business",
    "plan_code": "Benefit plan",
    "place": "Place of service",
    "door": "How it came in",
    "requesting_tax_id": "Tax ID of the requester",
    "requesting_npi": "NPI of the requester",
    "requesting_in_network": "Requester in the network",
    "servicing_tax_id": "Tax ID of the service provider",
    "servicing_npi": "NPI of the service provider",
    "servicing_in_network": "Service provider in the network",
    "facility_in_network": "Facility in the network",
    "asked_by_pcp": "Asked by the patient's PCP",
    "is_extension": "More of an earlier request",
    "age": "Age of the patient",
    "codes": "Codes",
    "service_types": "Service types",
    "diagnoses": "Diagnoses",
    "services": "Number of services",
    "units": "Largest quantity",
    "days": "Longest period in days",
}
"""What a rule may look at."""

TESTS: Final[Mapping[str, str]] = {
    "in": "is one of",
    "not_in": "is none of",
    "all_in": "are all among",
    "any_in": "has at least one among",
    "none_in": "has none among",
    "at_most": "is at most",
    "at_least": "is at least",
    "is": "is",
}
