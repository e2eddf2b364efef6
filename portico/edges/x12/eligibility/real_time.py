"""A 270 answered at once: its requests asked one after the other, each its own permit and audit row."""

import logging
from datetime import datetime
from itertools import islice

from portico.domains.members import inquiries
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import NotPermitted
from portico.domains.plan import catalogue
from portico.edges.x12.eligibility import codes, writer
from portico.edges.x12.eligibility.outcomes import Failed, Outcome, Refused
from portico.edges.x12.eligibility.questions import Question, Questions
from portico.edges.x12.eligibility.reader import Sent
from portico.edges.x12.eligibility.refusals import Problem
from portico.edges.x12.eligibility.writer import Settled
from portico.edges.x12.judging import AcceptedSet
from portico.shared.x12.build import GroupWriter

FUNCTIONAL_ID, VERSION = "HB", codes.GUIDE
_log = logging.getLogger(__name__)


class Questions270:
    """One 270 that was taken; no more than `most` of its requests are read."""

    def __init__(self, taken: AcceptedSet, most: int) -> None:
        sent = Sent(taken.segments, taken.delimiters, number=taken.header.control_number)
        self._requests = list(islice(sent.requests(), most))
        self._header = sent.header
        self._settled: list[Settled] | None = None

    @property
    def request_count(self) -> int:
        """How many patients are asked about, `most` at most."""
        return len(self._requests)

    def ask(self, actor: Actor) -> None:
        """Ask about each patient."""
        questions = Questions(actor)
        self._settled = []
        for request in self._requests:
            question = questions.of(request)
            self._settled.append(Settled(request, _asked(actor, question), question.problems))

    def refuse_as_too_many(self) -> None:
        """Ask about none."""
        self._settled = None

    def write(self, group: GroupWriter, *, at: datetime) -> str:
        """The 271; one AAA for all where nothing was asked."""
        plan = catalogue.identity()
        with group.transaction("271", guide=codes.GUIDE) as transaction:
            if self._settled is None:
                problem = Problem.TOO_MANY_REQUESTS
                writer.write_refused(transaction, self._header, self._requests[0], problem, plan=plan, now=at)
            else:
                writer.write(transaction, self._header, self._settled, plan=plan, now=at)
        return transaction.header.control_number


def _asked(actor: Actor, question: Question) -> Outcome:
    """What comes of a question; one that breaks leaves the others alone."""
    try:
        return inquiries.ask(actor=actor, inquiry=question.inquiry, with_benefits=True)
    except NotPermitted as refused:
        return Refused(refused.decision, refused.reference)
    except Exception as error:
        reference: str = getattr(error, "reference", "")
        _log.error("a request broke: %s, reference %s", type(error).__name__, reference or "none")
        return Failed(reference)
