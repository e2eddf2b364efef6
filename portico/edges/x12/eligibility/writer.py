"""271s written as a stream: requests and what came of them in, levels and segments out.

    HL*1**20*1    NM1*PR                                       the plan
    HL*2*1*21*1   NM1 REF, or AAA and nothing below            who asked, as sent
    HL*3*2*22     TRN NM1 ... EB ..., or AAA                   the subscriber
    HL*4*3*23*0   TRN NM1 ... EB ..., or AAA                   a dependent

Levels open as requests come, and no more than the next request is waited for, so a set of any length takes
flat memory. Requests of one party that are refused alike share its AAA. TRN*2 gives back every trace sent,
TRN*1 is ours: the audit row's reference, which the plan's support looks up.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain, pairwise
from typing import NamedTuple

from portico.domains.members.answers import Answered
from portico.domains.plan.catalogue import Identity
from portico.edges.x12.eligibility import contacts, content, people
from portico.edges.x12.eligibility.benefit_lines import Segment
from portico.edges.x12.eligibility.outcomes import Outcome
from portico.edges.x12.eligibility.refusals import Loop, Problem, Rejection, of_problem, rejections
from portico.edges.x12.eligibility.requests import Header, Party, Person, Request
from portico.shared.x12.build import TransactionWriter
from portico.shared.x12.dates import format_d8, format_time


class Settled(NamedTuple):
    """A request, what was wrong with it, and what came of it."""

    request: Request
    outcome: Outcome
    problems: tuple[Problem, ...] = ()


def write(
    transaction: TransactionWriter,
    header: Header,
    settled: Iterable[Settled],
    *,
    plan: Identity,
    now: datetime,
) -> None:
    """One 271 for the requests of one 270, in their order; `now` is the plan's own time."""
    transaction.write(*_beginning(header, now))
    writing = _Writing(plan)
    entries = map(_entry, settled)
    for entry, following in pairwise(chain(entries, [None])):
        if entry:
            for segment in writing.of(entry, following):
                transaction.write(*segment)


def write_refused(
    transaction: TransactionWriter,
    header: Header,
    request: Request,
    problem: Problem,
    *,
    plan: Identity,
    now: datetime,
) -> None:
    """A 271 that refuses a 270 as a whole; `request` is its first."""
    transaction.write(*_beginning(header, now))
    transaction.write("HL", "1", "", "20", "0")
    transaction.write(*_aaa(of_problem(problem, request)))
    transaction.write(*contacts.plan_name(plan))


class _Entry(NamedTuple):
    """A settled request with the AAAs it gets."""

    request: Request
    outcome: Outcome
    rejections: tuple[Rejection, ...]

    @property
    def loop(self) -> Loop | None:
        """Where its AAAs stand; None where it is answered."""
        return self.rejections[0].loop if self.rejections else None

    @property
    def of_receiver(self) -> tuple[Rejection, ...]:
        """The AAAs of who asks, which leave nothing to say below."""
        return self.rejections if self.loop is Loop.RECEIVER else ()

    @property
    def is_dependents(self) -> bool:
        """Does it stand at a level 23, under its subscriber?"""
        return self.request.dependent is not None and self.loop in (None, Loop.DEPENDENT)

    def continues(self, other: "_Entry") -> bool:
        """Does it stand under the same subscriber as `other`, just before?"""
        one, two = self.request, other.request
        same = (one.source, one.receiver, one.subscriber) == (two.source, two.receiver, two.subscriber)
        may_take_it = other.is_dependents or (two.dependent is None and not other.of_receiver)
        return self.is_dependents and same and may_take_it


def _entry(settled: Settled) -> _Entry:
    request, outcome, problems = settled
    found = () if isinstance(outcome, Answered) else rejections(request, outcome, problems)
    return _Entry(request, outcome, found)


class _Writing:
    """One 271 on its way: how many levels there were, and which stand open.

    Of each open level its number and what opened it; `_subscriber` is 0 while none may take dependents.
    """

    def __init__(self, plan: Identity) -> None:
        self._plan = plan
        self._levels = 0
        self._source: tuple[int, Party | None] = (0, None)
        self._receiver: tuple[int, tuple[Party, tuple[Rejection, ...]] | None] = (0, None)
        self._subscriber = 0

    def of(self, entry: _Entry, following: _Entry | None) -> Iterator[Segment]:
        """The segments of one request, with those of the levels it opens; `following` is the next."""
        yield from self._parties(entry)
        if entry.of_receiver:
            return
        has_more = following is not None and following.continues(entry)
        if entry.is_dependents:
            yield from self._under_subscriber(entry)
            yield self._level("23", self._subscriber, "0")
        else:
            yield self._level("22", self._receiver[0], "1" if has_more else "0")
            self._subscriber = self._levels
        yield from self._patient(entry)
        if not has_more:
            self._subscriber = 0

    def _parties(self, entry: _Entry) -> Iterator[Segment]:
        request, refused = entry.request, entry.of_receiver
        if self._source[1] != request.source:
            yield self._level("20", 0, "1")
            self._source, self._receiver = (self._levels, request.source), (0, None)
            yield contacts.plan_name(self._plan)
        if self._receiver[1] != (request.receiver, refused):
            yield self._level("21", self._source[0], "0" if refused else "1")
            self._receiver, self._subscriber = (self._levels, (request.receiver, refused)), 0
            yield from _receiver(request.receiver)
            yield from map(_aaa, refused)

    def _under_subscriber(self, entry: _Entry) -> Iterator[Segment]:
        """The subscriber's level, where it does not stand open already."""
        if self._subscriber:
            return
        yield self._level("22", self._receiver[0], "1")
        self._subscriber = self._levels
        subscriber, outcome = entry.request.subscriber, entry.outcome
        yield from _traces(subscriber)
        if isinstance(outcome, Answered):
            yield from people.subscriber_above(outcome.told[0], subscriber)
        else:
            yield from people.sent(subscriber)

    def _patient(self, entry: _Entry) -> Iterator[Segment]:
        """What is said at the level just opened, with the traces of whoever was asked about."""
        request, outcome = entry.request, entry.outcome
        yield from _traces(request.patient)
        if outcome.reference:
            yield ("TRN", "1", outcome.reference, contacts.originator(self._plan))
        if isinstance(outcome, Answered):
            told = outcome.told[0]
            yield from people.held(told, request.patient, is_dependent=entry.is_dependents)
            yield from content.of(told, request.service_types, self._plan)
        else:
            person = request.patient if entry.is_dependents else request.subscriber
            yield from people.sent(person)
            yield from map(_aaa, entry.rejections)
            yield from people.sent_birth(person)

    def _level(self, code: str, parent: int, children: str) -> Segment:
        self._levels += 1
        return ("HL", str(self._levels), str(parent) if parent else "", code, children)


def _beginning(header: Header, now: datetime) -> Segment:
    return ("BHT", "0022", "11", header.reference, format_d8(now.date()), format_time(now.time()))


def _receiver(receiver: Party) -> Iterator[Segment]:
    name = receiver.name
    names = name.last, name.first, name.middle, "", name.suffix
    yield ("NM1", name.role, name.kind, *names, name.id_kind, name.id)
    known = {kind: (kind, value) for kind, value in reversed(receiver.references)}
    yield from (("REF", *reference) for reference in known.values() if reference[0] != people.SSN)


def _traces(person: Person) -> Iterator[Segment]:
    return (("TRN", "2", *trace) for trace in person.traces)


def _aaa(rejection: Rejection) -> Segment:
    return ("AAA", rejection.sound, "", rejection.code, rejection.follow_up)
