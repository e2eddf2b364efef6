"""What a 277 says of one request: of each claim found STC, REF, DTP and lines, or one STC that says why not.

Every claim makes a loop of its own under the trace that asked for it (2200D or 2200E); TRN is the writer's.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from portico.domains.claims.answers import ClaimFacts, ClaimStatus, LineFacts, StatusAnswer
from portico.domains.claims.asked import NoClaims, NothingFound
from portico.edges.x12.claim_status import refusals, states
from portico.edges.x12.claim_status.refusals import Problem
from portico.edges.x12.claim_status.requests import (
    CLAIM_NUMBER,
    NO_PERIOD,
    PATIENT_CONTROL_NUMBER,
    Request,
)
from portico.edges.x12.claim_status.states import State
from portico.edges.x12.eligibility.benefit_lines import Segment, segment
from portico.edges.x12.eligibility.outcomes import Failed, Refused
from portico.shared.x12.dates import format_d8, format_rd8

Outcome = StatusAnswer | NothingFound | Refused | Failed
ClaimLoop = tuple[Segment, ...]
_BILL_TYPE = "BLT"
_SERVED = "472"
_INSTITUTIONAL = "institutional"
_LONGEST_TRACE, _LONGEST_NUMBER = 16, 50
_REVENUE_CODE = "NU"
_ZERO = Decimal(0)


def of(request: Request, outcome: Outcome, problems: Sequence[Problem], today: date) -> tuple[ClaimLoop, ...]:
    """The loops of one request, the latest service first; `today` dates what is said of no claim."""
    if isinstance(outcome, StatusAnswer):
        return tuple(tuple(_claim(told)) for told in outcome.claims)
    if problems:
        said = refusals.PROBLEMS[problems[0]].state
    elif isinstance(outcome, Failed):
        said = refusals.FAILED.state
    elif isinstance(outcome, Refused):
        said = refusals.of_decision(outcome.decision)
    else:
        is_enough = NoClaims.NOT_ENOUGH not in outcome.reasons
        said = (refusals.NOT_FOUND if is_enough else refusals.NOT_ENOUGH).state
    return (tuple(_without_claim(request, said, today)),)


def refused(problem: Problem, today: date) -> Segment:
    """The STC of a request refused as a whole."""
    return ("STC", refusals.PROBLEMS[problem].state.composite, format_d8(today))


def _without_claim(request: Request, said: State, today: date) -> Iterator[Segment]:
    """Why there is nothing, with what was sent to find it by."""
    yield ("STC", said.composite, format_d8(today), "", request.amount or "0")
    for kind in (CLAIM_NUMBER, PATIENT_CONTROL_NUMBER):
        if value := request.reference(kind):
            yield ("REF", kind, value)
    if request.served != NO_PERIOD:
        yield ("DTP", _SERVED, request.served.format, request.served.text)


def _claim(told: ClaimStatus) -> Iterator[Segment]:
    claim = told.claim
    yield _status(claim, told.lines)
    yield ("REF", CLAIM_NUMBER, claim.claim_number[:_LONGEST_NUMBER])
    if bill_type := _bill_type(claim):
        yield ("REF", _BILL_TYPE, bill_type)
    if claim.patient_control_number:
        yield ("REF", PATIENT_CONTROL_NUMBER, claim.patient_control_number)
    yield _served(claim.first_on, claim.last_on)
    for line in told.lines:
        yield from _line(claim, line)


def _status(claim: ClaimFacts, lines: Sequence[LineFacts]) -> Segment:
    """STC of the claim; amounts of a payment stand in it only once there is one."""
    said = states.of_claim(claim, lines)
    paid = _number(claim.paid) if claim.paid is not None and claim.decided_on else ""
    decided = format_d8(claim.decided_on) if claim.decided_on else ""
    payment = claim.payment
    trace = payment.trace_number if payment and len(payment.trace_number) <= _LONGEST_TRACE else ""
    paid_on = format_d8(payment.paid_on) if payment else ""
    head = format_d8(claim.stated_on), "", _number(claim.billed), paid, decided
    more = (state.composite for state in said[1:])
    return segment("STC", said[0].composite, *head, "", paid_on, trace, *more)


def _bill_type(claim: ClaimFacts) -> str:
    """The type of bill of an institutional claim: two digits of where, and the frequency."""
    return f"{claim.facility}{claim.frequency}" if claim.form == _INSTITUTIONAL and claim.facility else ""


def _line(claim: ClaimFacts, line: LineFacts) -> Iterator[Segment]:
    if not (line.code or line.revenue_code):
        return
    first_on = line.first_on or claim.first_on
    yield _service(line)
    yield ("STC", states.of_line(claim, line).composite, format_d8(claim.stated_on))
    yield _served(first_on, line.last_on or line.first_on or claim.last_on)


def _service(line: LineFacts) -> Segment:
    if line.code:
        service: tuple[str, ...] = (line.code_kind or "HC", line.code, *line.modifiers[:4])
    else:
        service = (_REVENUE_CODE, line.revenue_code)
    revenue_code = line.revenue_code if line.code else ""
    units = _number(line.units if line.units is not None else Decimal(1))
    return ("SVC", service, _number(line.billed), _number(line.paid or _ZERO), revenue_code, "", "", units)


def _served(first_on: date, last_on: date) -> Segment:
    if first_on == last_on:
        return ("DTP", _SERVED, "D8", format_d8(first_on))
    return ("DTP", _SERVED, "RD8", format_rd8(first_on, last_on))


def _number(value: Decimal) -> str:
    """A number as X12 writes it: no needless zeros."""
    return format(value.normalize(), "f")
