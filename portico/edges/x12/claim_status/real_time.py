"""A 276 answered at once: its requests asked one after the other, each its own permit and audit row."""

from datetime import datetime
from itertools import islice

from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.x12.claim_status import asking, content, writer
from portico.edges.x12.claim_status.questions import Questions
from portico.edges.x12.claim_status.reader import Sent
from portico.edges.x12.claim_status.refusals import Problem
from portico.edges.x12.claim_status.writer import Settled
from portico.edges.x12.guides.guide_277 import GUIDE_277
from portico.edges.x12.judging import AcceptedSet
from portico.shared.x12.build import GroupWriter

FUNCTIONAL_ID, VERSION = GUIDE_277.functional_id, GUIDE_277.version


class Questions276:
    """One 276 that was taken; no more than `most` of its requests are read."""

    def __init__(self, taken: AcceptedSet, most: int) -> None:
        sent = Sent(taken.segments, number=taken.header.control_number)
        self._requests = list(islice(sent.requests(), most))
        self._header = sent.header
        self._settled: list[Settled] | None = None

    @property
    def request_count(self) -> int:
        """How many claims are asked about, `most` at most."""
        return len(self._requests)

    def ask(self, actor: Actor) -> None:
        """Ask about each claim."""
        questions = Questions(actor)
        self._settled = []
        for request in self._requests:
            question = questions.of(request)
            outcome = asking.ask(actor, question.asked)
            loops = content.of(request, outcome, question.problems, actor.today)
            self._settled.append(Settled(request, loops))

    def refuse_as_too_many(self) -> None:
        """Ask about none."""
        self._settled = None

    def write(self, group: GroupWriter, *, at: datetime) -> str:
        """The 277; one STC for all where nothing was asked."""
        plan = catalogue.identity()
        with group.transaction("277", guide=VERSION) as transaction:
            if self._settled is None:
                problem = Problem.TOO_MANY_REQUESTS
                writer.write_refused(transaction, self._header, self._requests[0], problem, plan=plan, now=at)
            else:
                writer.write(transaction, self._header, self._settled, plan=plan, now=at)
        return transaction.header.control_number
