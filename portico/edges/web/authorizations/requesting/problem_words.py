"""What is wrong with a request, and what may be: in words that say what to do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from portico.domains.authorizations.facts.requested import Fault, Problem, Warning
from portico.edges.web.authorizations import labels

FAULTS: Final[Mapping[str, str]] = {
    Fault.PATIENT_NOT_FOUND: "The patient is not found on the first day of service. Check the days.",
    Fault.SEVERAL_PATIENTS: "Several people are meant. Begin again with more of what you know.",
    Fault.NOT_COVERED: "The patient is not covered on the first day of service.",
    Fault.REQUESTING_UNKNOWN: "Choose who asks: a provider the plan knows.",
    Fault.REQUESTING_NOT_OURS: "This provider does not bill under your tax ID on that day. Choose another.",
    Fault.SERVICING_UNKNOWN: "The plan does not know this NPI. Check its ten digits.",
    Fault.SERVICING_MISSING: "Enter the NPI of who does the service.",
    Fault.FACILITY_UNKNOWN: "The plan does not know this NPI. Check its ten digits.",
    Fault.FACILITY_MISSING: "Enter the NPI of the facility.",
    Fault.NO_SERVICES: "Enter at least one service.",
    Fault.TOO_MANY_SERVICES: "These are too many services for one request. Send the rest with another one.",
    Fault.CODE_MALFORMED: "This is no code of that kind. Check its letters and digits.",
    Fault.CODE_MISSING: "Choose a service type, or enter a code.",
    Fault.QUANTITY_WRONG: "Enter how many, as a number above 0.",
    Fault.DATES_WRONG: "Enter the first day, and a last day that is not before it.",
    Fault.DATES_TOO_FAR: "A request reaches from 90 days back to a year ahead.",
    Fault.DIAGNOSIS_MISSING: "Enter at least one diagnosis code.",
    Fault.DIAGNOSIS_MALFORMED: "This is no ICD-10-CM code. Check its letters and digits.",
    Fault.URGENCY_MISSING: "Say why it cannot wait, in a sentence; or ask for a standard answer.",
    Fault.ANSWER_MISSING: "A question has no answer yet.",
    Fault.ANSWER_WRONG: "An answer is not one that fits its question.",
    Fault.ADMISSION_TIME_MISSING: "Enter the day and the hour of the admission.",
    Fault.ADMISSION_TIME_WRONG: "Check the day and the hour of the admission: not ahead, and not long ago.",
    Fault.TOO_LONG: "This is longer than a request holds. Shorten it.",
    Fault.SENT_BEFORE: "A request with this number of yours was sent before.",
}
WARNINGS: Final[Mapping[str, str]] = {
    Warning.DUPLICATE: "A request for the same patient, service and days is there already",
    Warning.COVERAGE_ENDS: "The patient's coverage ends before the last day of service",
    Warning.COVERAGE_ENDED: "The patient's coverage has ended by the first day of service",
    Warning.NOT_REQUIRED: "The plan asks for no authorization for this",
    Warning.OTHER_DECIDES: "Somebody else decides this, not the plan",
    Warning.OUT_OF_NETWORK: "The provider is outside the network of this line on that day",
    Warning.PCP_DIFFERS: "Who asks is not the patient's primary care provider on that day",
    Warning.NO_PCP: "The patient has no primary care provider on that day",
    Warning.NOTICE_LATE: "The plan is told later than 24 hours after the admission",
}
_QUESTIONS: Final = frozenset({Fault.ANSWER_MISSING, Fault.ANSWER_WRONG})


@dataclass(frozen=True, slots=True)
class Said:
    """A fault or a warning in words, with the step of the request it belongs to."""

    where: str
    words: str
    route: str = "request_draft"


def faults(found: Iterable[Problem]) -> list[Said]:
    """What keeps a request from being sent. Questions without an answer are said once."""
    told = [_said(each, FAULTS[each.code]) for each in found]
    return list(dict.fromkeys(told))


def warnings(found: Iterable[Problem]) -> list[Said]:
    """What is said before it is sent, and hinders nobody."""
    return [_said(each, f"{WARNINGS[each.code]}{_about(each)}.") for each in found]


def _about(problem: Problem) -> str:
    if not problem.about or problem.code not in _NAMED:
        return ""
    if problem.code in _DAYS:
        return f": on {date.fromisoformat(problem.about):%m/%d/%Y}"
    return f": {_DECIDERS.get(problem.about, problem.about)}"


_DAYS: Final = frozenset({Warning.COVERAGE_ENDS, Warning.COVERAGE_ENDED})
_NAMED: Final = _DAYS | {Warning.DUPLICATE, Warning.OTHER_DECIDES, Warning.PCP_DIFFERS}
_DECIDERS: Final = {"group": "the medical group of the patient's primary care provider"}


def _said(problem: Problem, words: str) -> Said:
    route = "request_questions" if problem.code in _QUESTIONS else "request_draft"
    if problem.service is None:
        return Said(labels.LABELS.get(problem.field, ""), words, route)
    label = labels.LABELS.get(f"services.{problem.field}", "")
    where = f"Service {problem.service}"
    return Said(f"{where}, {label[0].lower()}{label[1:]}" if label else where, words, route)
