"""The words of requirements: answers, who decides, codes and places, and why there is no answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portico.domains.authorizations.facts.answered import NoAnswer, NotAnswered, RequirementReceipt
from portico.domains.authorizations.facts.requested import System
from portico.domains.authorizations.requirement_rules import Answer, DecidedBy, Rule
from portico.domains.members import asked as members_asked

ANSWERS: Final[Mapping[str, str]] = {
    Answer.REQUIRED: "Required",
    Answer.NOT_REQUIRED: "Not required",
    Answer.AFTER_LIMIT: "Required after the limit",
    Answer.NOTIFY: "Tell the plan",
    Answer.UNKNOWN: "Ask the plan",
}
TONES: Final[Mapping[str, str]] = {
    Answer.REQUIRED: "caution",
    Answer.NOT_REQUIRED: "positive",
    Answer.AFTER_LIMIT: "caution",
    Answer.NOTIFY: "caution",
    Answer.UNKNOWN: "neutral",
}
HEADLINES: Final[Mapping[str, str]] = {
    Answer.REQUIRED: "Yes, an authorization is required",
    Answer.NOT_REQUIRED: "No authorization is required",
    Answer.AFTER_LIMIT: "Only after the limit of the benefit",
    Answer.NOTIFY: "No, but tell the plan",
    Answer.UNKNOWN: "Ask the plan",
}
SYSTEMS: Final[Mapping[str, str]] = {
    System.PROCEDURE: "Procedure (HCPCS, CPT)",
    System.SERVICE_TYPE: "Service type",
    System.REVENUE: "Revenue code",
}
PLACES: Final[Mapping[str, str]] = {
    "02": "Telehealth, not at home",
    "10": "Telehealth, at home",
    "11": "Office",
    "12": "Home",
    "19": "Hospital outpatient, off campus",
    "20": "Urgent care",
    "21": "Hospital, inpatient",
    "22": "Hospital outpatient, on campus",
    "23": "Emergency room",
    "24": "Surgery center",
    "31": "Skilled nursing facility",
    "49": "Independent clinic",
    "61": "Inpatient rehabilitation",
    "65": "Dialysis center",
    "81": "Independent laboratory",
}
NETWORKS: Final[Mapping[str, str]] = {"in": "In the network", "out": "Outside the network"}


@dataclass(frozen=True, slots=True)
class Said:
    """Why there is no answer: beside which field, and what to do."""

    field: str
    words: str


REASONS: Final[Mapping[NoAnswer, Said]] = {
    NoAnswer.CODE_MALFORMED: Said("code", "This code does not have the form of its kind. Check each sign."),
    NoAnswer.PLACE_MALFORMED: Said("place", "Choose a place of the list."),
    NoAnswer.LINE_MISSING: Said("line", "Choose a line of business, or enter the patient's member ID."),
    NoAnswer.PATIENT: Said("member_id", "No member of your lines of business has this member ID."),
    NoAnswer.SEVERAL_PATIENTS: Said(
        "member_id", "Several people share this number. Enter the patient's own member ID."
    ),
    NoAnswer.NOT_COVERED: Said("member_id", "This patient is not covered on that day. Check eligibility."),
    NoAnswer.PROVIDER_UNKNOWN: Said("npi", "The provider file does not have this NPI. Check each digit."),
    NoAnswer.PLACE_NEEDED: Said("place", "For this code the answer depends on the place. Choose it."),
    NoAnswer.PROVIDER_NEEDED: Said(
        "npi", "For this code the answer depends on the network. Enter the NPI of whoever would do it."
    ),
    NoAnswer.NO_LIST: Said("on", "The plan has published no list for this day. Call Provider Services."),
}
_SEARCH: Final[Mapping[members_asked.NoAnswer, str]] = {
    members_asked.NoAnswer.SLOW_DOWN: "Too many searches found nobody. Wait a moment, then try again.",
    members_asked.NoAnswer.TOO_MANY: "Too many people share this number. Enter the patient's own member ID.",
}


def why_not(told: NotAnswered) -> Said:
    """Why there is no answer, in words, beside the field to change."""
    if told.earliest and told.latest:
        return Said("on", f"Enter a day from {told.earliest:%m/%d/%Y} to {told.latest:%m/%d/%Y}.")
    if told.search is not None and told.search.reason in _SEARCH:
        return Said("member_id", _SEARCH[told.search.reason])
    return REASONS[told.reason]


def decider(told: RequirementReceipt | Rule) -> str:
    """Who decides; a group that is not known is the one of the member's PCP."""
    match told.decided_by:
        case DecidedBy.VENDOR:
            return told.decider
        case DecidedBy.GROUP:
            named = told.decider
            return f"The PCP's medical group: {named}" if named else "The medical group of the member's PCP"
        case _:
            return "The plan"


def place(code: str) -> str:
    """A place of service with its code."""
    return f"{code} {PLACES[code]}" if code in PLACES else code


def codes(rule: Rule) -> str:
    """The codes a rule speaks of."""
    return f"{rule.first_code} to {rule.last_code}" if rule.last_code else rule.first_code


def conditions(rule: Rule, lines: Mapping[str, str]) -> list[str]:
    """For whom and where a rule holds, in words; nothing for everybody everywhere."""
    said = [lines.get(rule.line, rule.line)] if rule.line else []
    said += [f"Plan {rule.plan_code}"] if rule.plan_code else []
    said += [place(code) for code in rule.places]
    return said + ([NETWORKS[rule.network]] if rule.network else [])
