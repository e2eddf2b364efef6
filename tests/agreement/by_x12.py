"""The question in X12: a 270, answered at once or in a batch that is fetched, and the 271 that comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from portico.domains.members.answers import Verdict
from portico.domains.members.asked import NoAnswer
from portico.edges.x12.eligibility import refusals
from tests.agreement import amounts_271, answers_271
from tests.agreement.heard import (
    At,
    Covered,
    Expected,
    Heard,
    Question,
    Refused,
    Several,
    Span,
    Stand,
    Unanswered,
)
from tests.conformance import x12 as judges
from tests.support import programs, working
from tests.support.doors import core, x12
from tests.support.doors.core import Back
from tests.support.programs import Program

_IN_FORCE = (Verdict.ACTIVE, Verdict.ACTIVE_IN_GRACE)


@dataclass(slots=True)
class ByX12:
    """Trading partners, each holding what a person of the cast holds; `at` says how they ask."""

    stand: Stand
    at: At
    _askers: dict[str, Program] = field(default_factory=dict)

    def asker(self, who: str) -> Program:
        """The partner that holds what this person holds."""
        if who not in self._askers:
            self._askers[who] = programs.partner(self.stand.world, who)
        return self._askers[who]

    def ask(self, question: Question) -> Heard:
        """Send a 270 and read the 271."""
        program = self.asker(question.who)
        by = {"door": "x12", "machine_id": program.number, "persona_id": None}
        payload = x12.inquiry(
            program.sender_id,
            [question.sought],
            tax_id=question.tax_id or program.tax_id,
            as_of=question.as_of,
            service_types=question.service_types,
        )
        self.stand.new_rows()
        back = _SENT[self.at](program, payload)
        rows = self.stand.new_rows()
        if back.error != "Success":
            return Heard(back.error, rows, by)
        judges.assert_271_parses(back.payload)
        (told,) = x12.patients(back.payload)
        reference = told.traces.get("1", "")
        amounts, closed = amounts_271.read(told), answers_271.closed(told)
        return Heard(answers_271.said(told), rows, by, reference, amounts, closed)

    def says(self, question: Question, expected: Expected) -> object:
        """Found: what a 271 has room for. Not: the AAA of the published tables."""
        match expected:
            case Covered():
                others = (_as_beside(each) for each in expected.others if each.verdict in _IN_FORCE)
                return replace(expected, others=frozenset(others))
            case Several():
                return _rejections(refusals.NO_ANSWERS[NoAnswer.SEVERAL_FOUND], question)
            case Unanswered():
                return _rejections(refusals.NO_ANSWERS[expected.reason], question)
            case Refused():
                return _rejections(refusals.REASONS[expected.reason], question)


def at_once(program: Program, payload: str) -> Back:
    """What a real-time message brings back."""
    return core.call(core.REAL_TIME, program, payload, envelope=core.Envelope.SOAP)


def in_a_batch(program: Program, payload: str) -> Back:
    """The results of a batch of this alone, fetched after the worker did its work."""
    receipt = core.call(core.SUBMIT, program, payload)
    if receipt.error != "Success":
        return receipt
    working.work()
    return core.call(core.FETCH_RESULTS, program, PayloadID=receipt.fields["PayloadID"])


_SENT: Mapping[At, Callable[[Program, str], Back]] = {At.REAL_TIME: at_once, At.BATCH: in_a_batch}


def _rejections(line: refusals.Line, question: Question) -> tuple[tuple[str, ...], ...]:
    loop, code = line.loop, line.code
    if loop is refusals.Loop.PATIENT:
        is_dependent = question.sought.subscriber is not None
        loop = refusals.Loop.DEPENDENT if is_dependent else refusals.Loop.SUBSCRIBER
        code = line.of_dependent if is_dependent else code
    return ((loop.value, line.sound, code, line.follow_up),)


def _as_beside(span: Span) -> Span:
    """Another coverage in force stands in a 271 with its plan's name and days alone."""
    return replace(span, verdict=Verdict.ACTIVE, plan_code="", line="")
