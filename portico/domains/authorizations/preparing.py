"""A request looked up before it is taken: who it is about, who takes part, what it needs, what is wrong."""

from dataclasses import dataclass

from portico.domains.authorizations import (
    cautions,
    clocks,
    doubles,
    needs,
    parties,
    questionnaires,
    questions,
    sending_rules,
)
from portico.domains.authorizations.cautions import Known
from portico.domains.authorizations.facts.requested import Fault, Kind, Problem, Request, Warning
from portico.domains.authorizations.facts.shown import Standing
from portico.domains.members import patients
from portico.domains.members.answers import Verdict
from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.members.patients import Patient
from portico.domains.permits.permit import Permit

_NEVER = frozenset({Verdict.NOT_COVERED, Verdict.NOT_YET_ACTIVE})
_ONCE = frozenset({Fault.ADMISSION_TIME_WRONG, Warning.NOTICE_LATE, Warning.NO_PCP, Warning.PCP_DIFFERS})
"""What was judged when a request came in, and is not judged again when it is changed or prolonged."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A tidied request, and what was looked up about it; with faults, only as far as they let."""

    request: Request
    known: Known | None = None
    faults: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def prepare(
    given: Permit, request: Request, *, but: frozenset[int] = frozenset(), is_again: bool = False
) -> Prepared:
    """Look a request up, stopping at the first kind of fault: what is written, the patient, the parties.

    `but` names requests that are no doubles of this one; `is_again`: it is changed or prolonged, and what is
    judged once when a request comes in is not judged again. Notes the member as shown once it is known.
    """
    tidied = sending_rules.tidied(request)
    faults = sending_rules.faults(tidied, today=given.actor.today, at=given.actor.asked_at)
    faults = _left(faults, is_again)
    if faults:
        return Prepared(tidied, faults=faults)
    patient = _patient(given, tidied)
    if isinstance(patient, Problem):
        return Prepared(tidied, faults=(patient,))
    given.note_subject("member", patient.member_id)
    on = sending_rules.first_on(tidied)
    found = parties.look_up(given, tidied, patient, line=patient.line, on=on)
    faults = (*found.faults, *_answers(given, tidied))
    if faults:
        return Prepared(tidied, faults=faults)
    known = Known(
        patient,
        found,
        needs.of(given, tidied, patient, found),
        doubles.of(given, tidied, patient.member_id, but=but),
        _is_late(given, tidied, patient.line),
    )
    return Prepared(tidied, known, warnings=_left(cautions.of(tidied, known), is_again))


def _left(problems: tuple[Problem, ...], is_again: bool) -> tuple[Problem, ...]:
    return tuple(each for each in problems if not is_again or each.code not in _ONCE)


def _patient(given: Permit, request: Request) -> Patient | Problem:
    """The patient, covered at least once before the first day, in a line the permit holds."""
    on = sending_rules.first_on(request)
    found = patients.meant(given, request.patient, tax_id=request.tax_id, on=on, line=request.line)
    if isinstance(found, NotAnswered):
        several = found.reason in (NoAnswer.SEVERAL_FOUND, NoAnswer.TOO_MANY)
        fault = Fault.SEVERAL_PATIENTS if several else Fault.PATIENT_NOT_FOUND
        return Problem(fault, "patient", about=found.reason)
    if found.verdict in _NEVER:
        return Problem(Fault.NOT_COVERED, "patient", about=found.verdict)
    return found


def _answers(given: Permit, request: Request) -> tuple[Problem, ...]:
    """What is wrong with the answers to the questionnaire that goes with it; a program may send none."""
    if not request.questionnaire:
        return ()
    found = questionnaires.named(given, request.questionnaire)
    found = found or questionnaires.asked(given, request.questionnaire)
    if found is None:
        return (Problem(Fault.ANSWER_WRONG, "questionnaire"),)
    told = questions.wrong(found.questions, dict(request.answers))
    missing = questions.Wrong.MISSING
    return tuple(
        Problem(Fault.ANSWER_MISSING if why is missing else Fault.ANSWER_WRONG, "answers", about=question)
        for question, why in told.items()
    )


def _is_late(given: Permit, request: Request, line: str) -> bool:
    if request.kind is not Kind.ADMISSION or request.admitted_at is None:
        return False
    notice = clocks.notice_of(line, request.admitted_at, given.actor.asked_at)
    return notice.standing is Standing.BREACHED
