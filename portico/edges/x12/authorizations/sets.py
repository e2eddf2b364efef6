"""A 278 answered at once: its patient events asked one after the other, each its own permit and audit row."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import datetime
from itertools import islice
from typing import ClassVar

from portico.domains.permits.actors import Actor
from portico.domains.plan import catalogue
from portico.edges.x12.authorizations import content, refusals, writer
from portico.edges.x12.authorizations.answers import Told
from portico.edges.x12.authorizations.reader import Sent
from portico.edges.x12.authorizations.refusals import Problem
from portico.edges.x12.authorizations.requests import Request
from portico.edges.x12.authorizations.writer import Settled
from portico.edges.x12.judging import AcceptedSet
from portico.shared.x12.build import GroupWriter
from portico.shared.x12.grammar_parts import Guide


class Set278(ABC):
    """One 278 that was taken; no more than `most` of its events are read.

    `answer` is the guide of what goes back, `purpose` its BHT02.
    """

    answer: ClassVar[Guide]
    purpose: ClassVar[str]

    def __init__(self, taken: AcceptedSet, most: int) -> None:
        number = taken.header.control_number
        sent = Sent(taken.segments, component=taken.delimiters.component, number=number)
        self.requests = list(islice(sent.requests(), most))
        self.header = sent.header
        self._settled: list[Settled] = []

    @property
    def request_count(self) -> int:
        """How many events it holds, `most` at most."""
        return len(self.requests)

    def ask(self, actor: Actor) -> None:
        """Ask about each event."""
        tell = self.teller(actor)
        self._settled = [Settled(request, tell(request)) for request in self.requests]

    def refuse_as_too_many(self) -> None:
        """Ask about none."""
        request = self.requests[0]
        rejections = refusals.of_problems([Problem.TOO_MANY_REQUESTS], request)
        self._settled = [Settled(request, (content.refused(request, rejections),))]

    def write(self, group: GroupWriter, *, at: datetime) -> str:
        """The 278 that answers it; one AAA for all where nothing was asked."""
        plan = catalogue.identity()
        with group.transaction("278", guide=self.answer.version) as transaction:
            writer.write(transaction, self.header, self._settled, purpose=self.purpose, plan=plan, now=at)
        return transaction.header.control_number

    @abstractmethod
    def teller(self, actor: Actor) -> Callable[[Request], tuple[Told, ...]]:
        """Asks for this actor: what is told of a request."""
