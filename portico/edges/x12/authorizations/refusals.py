"""Every reason why a 278 is not taken or not answered, as an AAA: in which loop, and with which code.

The words are ours, and stand in the companion guide.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from portico.domains.authorizations.facts.requested import Fault
from portico.domains.authorizations.facts.requested import Problem as Found
from portico.domains.members.asked import NoAnswer
from portico.domains.permits.decisions import Decision
from portico.edges.x12.authorizations.answers import Loop, Rejection
from portico.edges.x12.authorizations.requests import Request
from portico.edges.x12.eligibility import refusals as of_eligibility


class Problem(StrEnum):
    """What in a request keeps it from being asked; stable codes."""

    PAYER_WRONG = "payer_wrong"
    PROVIDER_ID_WRONG = "provider_id_wrong"
    PROVIDER_NOT_ON_FILE = "provider_not_on_file"
    MEMBER_ID_WRONG = "member_id_wrong"
    MEMBER_ID_MISSING = "member_id_missing"
    BIRTH_DATE_WRONG = "birth_date_wrong"
    EVENT_MISSING = "event_missing"
    KIND_NOT_TAKEN = "kind_not_taken"
    NUMBER_MISSING = "number_missing"
    NUMBER_NOT_FOUND = "number_not_found"
    NOT_NOW = "not_now"
    NOTHING_FOUND = "nothing_found"
    DATE_WRONG = "date_wrong"
    DATE_MISSING = "date_missing"
    QUANTITY_WRONG = "quantity_wrong"
    DIAGNOSIS_SYSTEM = "diagnosis_system"
    SERVICING_ID_WRONG = "servicing_id_wrong"
    TOO_MANY_REQUESTS = "too_many_requests"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: the AAA, and what it means; `of_dependent` is its AAA03 in 2010D."""

    loop: Loop
    sound: str
    code: str
    follow_up: str
    words: str
    of_dependent: str = ""


PROBLEMS: Mapping[Problem, Line] = {
    Problem.PAYER_WRONG: Line(Loop.PLAN, "N", "T4", "C", "The identifier of the plan is another plan's."),
    Problem.PROVIDER_ID_WRONG: Line(
        Loop.REQUESTER, "N", "43", "C", "The NPI has not ten digits, or the tax ID not nine."
    ),
    Problem.PROVIDER_NOT_ON_FILE: Line(
        Loop.REQUESTER, "Y", "51", "C", "The NPI bills under no tax ID of the office on file today."
    ),
    Problem.MEMBER_ID_WRONG: Line(
        Loop.SUBSCRIBER, "N", "72", "C", "The member ID is not letters and digits."
    ),
    Problem.MEMBER_ID_MISSING: Line(
        Loop.SUBSCRIBER, "N", "72", "C", "Send the member ID, or the name with the birth date."
    ),
    Problem.BIRTH_DATE_WRONG: Line(Loop.PATIENT, "N", "71", "C", "The birth date is no day.", "71"),
    Problem.EVENT_MISSING: Line(Loop.PATIENT, "N", "15", "C", "No patient event (HL*EV) was sent.", "15"),
    Problem.KIND_NOT_TAKEN: Line(
        Loop.EVENT, "N", "33", "C", "This kind of review or certification is not taken here; use the portal."
    ),
    Problem.NUMBER_MISSING: Line(
        Loop.EVENT, "N", "T5", "C", "Send the number of the request that this is about in REF*BB."
    ),
    Problem.NUMBER_NOT_FOUND: Line(
        Loop.EVENT, "Y", "AA", "C", "No request has this number within what is granted."
    ),
    Problem.NOT_NOW: Line(
        Loop.EVENT, "Y", "33", "N", "As the request stands, this cannot be done with it any more."
    ),
    Problem.NOTHING_FOUND: Line(
        Loop.EVENT, "Y", "AA", "C", "No request is found by what was sent, within what is granted."
    ),
    Problem.DATE_WRONG: Line(Loop.EVENT, "N", "57", "C", "A day or span is none."),
    Problem.DATE_MISSING: Line(
        Loop.EVENT, "N", "57", "C", "Send the days of the service (DTP*472) or of the event (DTP*AAH)."
    ),
    Problem.QUANTITY_WRONG: Line(Loop.EVENT, "N", "33", "C", "A quantity is not above zero, or too large."),
    Problem.DIAGNOSIS_SYSTEM: Line(
        Loop.EVENT, "N", "AF", "C", "Diagnoses are sent by their codes of ICD-10 (ABK, ABF, ABJ)."
    ),
    Problem.SERVICING_ID_WRONG: Line(
        Loop.PROVIDER, "N", "43", "C", "A provider of the event is not named by a sound NPI."
    ),
    Problem.TOO_MANY_REQUESTS: Line(
        Loop.SOURCE, "Y", "04", "C", "The interchange holds more requests than real time answers."
    ),
}

FAULTS: Mapping[Fault, Line] = {
    Fault.PATIENT_NOT_FOUND: Line(Loop.PATIENT, "Y", "75", "C", "No such member in the lines granted.", "67"),
    Fault.SEVERAL_PATIENTS: Line(
        Loop.PATIENT, "Y", "76", "C", "Several members match; send first name and birth date too.", "68"
    ),
    Fault.NOT_COVERED: Line(
        Loop.PATIENT, "Y", "95", "C", "The patient is not covered on the first day.", "95"
    ),
    Fault.REQUESTING_UNKNOWN: Line(Loop.REQUESTER, "Y", "51", "C", "The plan does not know who asks."),
    Fault.REQUESTING_NOT_OURS: Line(
        Loop.REQUESTER, "Y", "41", "N", "Who asks does not bill under the tax ID."
    ),
    Fault.SERVICING_UNKNOWN: Line(
        Loop.PROVIDER, "Y", "51", "C", "The plan does not know the service provider."
    ),
    Fault.SERVICING_MISSING: Line(Loop.EVENT, "N", "15", "C", "Name the service provider (2010EA, SJ)."),
    Fault.FACILITY_UNKNOWN: Line(Loop.PROVIDER, "Y", "51", "C", "The plan does not know the facility."),
    Fault.FACILITY_MISSING: Line(Loop.EVENT, "N", "15", "C", "Name the facility (2010EA, FA)."),
    Fault.NO_SERVICES: Line(Loop.EVENT, "N", "15", "C", "No service is asked for."),
    Fault.TOO_MANY_SERVICES: Line(Loop.EVENT, "N", "33", "C", "Too many services in one request."),
    Fault.CODE_MALFORMED: Line(Loop.SERVICE, "N", "AG", "C", "The code of the service is none."),
    Fault.CODE_MISSING: Line(Loop.SERVICE, "N", "AG", "C", "The service has neither code nor service type."),
    Fault.QUANTITY_WRONG: Line(Loop.SERVICE, "N", "33", "C", "The quantity is not above zero, or too large."),
    Fault.DATES_WRONG: Line(Loop.SERVICE, "N", "57", "C", "The days of the service are none, or end first."),
    Fault.DATES_TOO_FAR: Line(Loop.SERVICE, "N", "62", "C", "The days lie too far back or ahead."),
    Fault.DIAGNOSIS_MISSING: Line(Loop.EVENT, "N", "AF", "C", "Send at least one diagnosis."),
    Fault.DIAGNOSIS_MALFORMED: Line(Loop.EVENT, "N", "AF", "C", "A diagnosis is no code."),
    Fault.URGENCY_MISSING: Line(Loop.EVENT, "N", "15", "C", "Say in MSG why it cannot wait."),
    Fault.ANSWER_MISSING: Line(
        Loop.EVENT, "N", "15", "C", "The plan has questions to this service: answer them in the portal."
    ),
    Fault.ANSWER_WRONG: Line(Loop.EVENT, "N", "33", "C", "An answer to the plan's questions does not fit."),
    Fault.ADMISSION_TIME_MISSING: Line(Loop.EVENT, "N", "AM", "C", "Send when the patient was admitted."),
    Fault.ADMISSION_TIME_WRONG: Line(Loop.EVENT, "N", "AM", "C", "The time of admission cannot be."),
    Fault.TOO_LONG: Line(Loop.EVENT, "N", "33", "C", "A text is longer than the plan keeps."),
    Fault.SENT_BEFORE: Line(
        Loop.EVENT, "N", "33", "C", "Another request was sent under this number (BHT03) before."
    ),
}
FAILED = Line(Loop.SOURCE, "Y", "42", "R", "The plan cannot answer now; send it again.")
FACILITY = "FA"
_OUTERMOST = tuple(Loop)
_OF_PATIENT = (Fault.PATIENT_NOT_FOUND, Fault.SEVERAL_PATIENTS)
_NO_ANSWERS = frozenset(NoAnswer)


def of_problems(problems: Iterable[Problem], request: Request) -> tuple[Rejection, ...]:
    """The AAAs of what is wrong with a request as it was sent."""
    return _outermost(_of(PROBLEMS[each], request) for each in problems)


def of_faults(found: Iterable[Found], request: Request) -> tuple[Rejection, ...]:
    """The AAAs of a request that was not taken, those of one loop only: the outermost at fault."""
    faults = [each for each in found if isinstance(each.code, Fault)]
    return _outermost(_of(_line(each), request, each.service or 0) for each in faults)


def of_decision(decision: Decision) -> tuple[Rejection, ...]:
    """The AAA of what is not open to who asks: follow-up as for a 270."""
    follow_up = of_eligibility.REASONS[decision.reasons[0]].follow_up
    return (Rejection(Loop.REQUESTER, "Y", "41", follow_up),)


def failed() -> tuple[Rejection, ...]:
    """The AAA of a request whose asking broke."""
    return (Rejection(FAILED.loop, FAILED.sound, FAILED.code, FAILED.follow_up),)


def _line(found: Found) -> Line:
    """The line of a fault; why a patient was not found is said as a 271 says it."""
    line = FAULTS[Fault(found.code)]
    if found.code in _OF_PATIENT and found.about in _NO_ANSWERS:
        told = of_eligibility.NO_ANSWERS[NoAnswer(found.about)]
        return replace(line, sound=told.sound, code=told.code, of_dependent=told.of_dependent or told.code)
    return line


def _of(line: Line, request: Request, service: int = 0) -> Rejection:
    loop, code = line.loop, line.code
    if loop is Loop.PATIENT:
        loop = Loop.DEPENDENT if request.dependent else Loop.SUBSCRIBER
        code = line.of_dependent if request.dependent else line.code
    if loop is Loop.SERVICE and not 0 < service <= len(request.event.services):
        loop, service = Loop.EVENT, 0
    place = service if loop is Loop.SERVICE else 0
    if loop is Loop.PROVIDER:
        place = _provider(request, is_facility=line is FAULTS[Fault.FACILITY_UNKNOWN])
        loop, code = (loop, code) if place else (Loop.EVENT, "33")
    return Rejection(loop, line.sound, code, line.follow_up, place)


def _provider(request: Request, *, is_facility: bool) -> int:
    """Which provider of the event is meant, from 1; 0 where it was named for a service alone, or nowhere."""
    roles = [each.name.role == FACILITY for each in request.event.providers]
    return roles.index(is_facility) + 1 if is_facility in roles else 0


def _outermost(found: Iterable[Rejection]) -> tuple[Rejection, ...]:
    each = tuple(dict.fromkeys(found))
    if not each:
        return ()
    outermost = min((one.loop for one in each), key=_OUTERMOST.index)
    return tuple(one for one in each if one.loop is outermost)
