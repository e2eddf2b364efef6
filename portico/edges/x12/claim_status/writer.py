"""277s written as a stream: requests and what came of them in, levels and segments out.

    HL*1**20*1    NM1*PR PER                              the plan
    HL*2*1*21*1   NM1*41                                  who asked, as sent
    HL*3*2*19*1   NM1*1P                                  for which provider, as sent
    HL*4*3*22*0   NM1*IL, then TRN STC REF DTP SVC ...    the subscriber, as sent
    HL*5*4*23     NM1*QC, then likewise                   a dependent, as sent

The levels are those of the 276, numbered anew; only a subscriber who has claims and dependents stands twice,
for there are readers that take the claims of a level with children for those of a child. A provider named
twice is given back by the first name. TRN gives back the trace of each claim asked about.

Nothing is held but the level at hand, so a set of any length takes flat memory.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from portico.domains.plan.catalogue import Identity
from portico.edges.x12.claim_status import content
from portico.edges.x12.claim_status.content import ClaimLoop
from portico.edges.x12.claim_status.refusals import Problem
from portico.edges.x12.claim_status.requests import Header, Name, Party, Person, Request
from portico.edges.x12.eligibility import contacts
from portico.edges.x12.eligibility.benefit_lines import Segment, segment
from portico.shared.x12.build import TransactionWriter
from portico.shared.x12.dates import format_d8, format_time

_NO_TRACE = "0"
_UNNUMBERED = "UNKNOWN"


class Settled(NamedTuple):
    """A request, and the loops that answer it."""

    request: Request
    loops: tuple[ClaimLoop, ...]


def write(
    transaction: TransactionWriter,
    header: Header,
    settled: Iterable[Settled],
    *,
    plan: Identity,
    now: datetime,
) -> None:
    """One 277 for the requests of one 276, in their order; `now` is the plan's own time."""
    transaction.write(*_beginning(header, now))
    writing = _Writing(plan)
    for patient, of_one in groupby(settled, key=lambda each: _patient(each.request)):
        for each in writing.of(patient, of_one):
            transaction.write(*each)


def write_refused(
    transaction: TransactionWriter,
    header: Header,
    request: Request,
    problem: Problem,
    *,
    plan: Identity,
    now: datetime,
) -> None:
    """A 277 that refuses a 276 as a whole; `request` is its first."""
    transaction.write(*_beginning(header, now))
    transaction.write("HL", "1", "", "20", "1")
    for each in _plan(plan):
        transaction.write(*each)
    transaction.write("HL", "2", "1", "21", "0")
    for name in request.receiver.names:
        transaction.write(*_name(name))
    transaction.write("TRN", "2", header.reference or _NO_TRACE)
    transaction.write(*content.refused(problem, now.date()))


class _Patient(NamedTuple):
    """Whose claims: everybody from the plan down to the patient."""

    source: Party
    receiver: Party
    provider: Party
    subscriber: Person
    dependent: Person | None


class _Writing:
    """One 277 on its way: how many levels there were, and which stand open.

    Of each open level its number and whom it is about; `_subscriber` is one that may take dependents.
    """

    def __init__(self, plan: Identity) -> None:
        self._plan = plan
        self._levels = 0
        self._source: tuple[int, Party | None] = (0, None)
        self._receiver: tuple[int, Party | None] = (0, None)
        self._provider: tuple[int, Party | None] = (0, None)
        self._subscriber: tuple[int, Person | None] = (0, None)

    def of(self, patient: _Patient, claims: Iterable[Settled]) -> Iterator[Segment]:
        """The segments of one patient's claims, with those of the levels above that open."""
        yield from self._parties(patient)
        if patient.dependent is None:
            yield self._level("22", self._provider[0], "0")
            self._subscriber = (0, None)
            yield _name(patient.subscriber.name)
        else:
            yield from self._under_subscriber(patient.subscriber)
            yield self._level("23", self._subscriber[0])
            yield _name(patient.dependent.name)
        for settled in claims:
            yield from _claims(settled)

    def _under_subscriber(self, subscriber: Person) -> Iterator[Segment]:
        """The subscriber's level, where it does not stand open already."""
        if self._subscriber[1] == subscriber:
            return
        yield self._level("22", self._provider[0], "1")
        self._subscriber = (self._levels, subscriber)
        yield _name(subscriber.name)

    def _parties(self, patient: _Patient) -> Iterator[Segment]:
        if self._source[1] != patient.source:
            yield self._level("20", 0, "1")
            self._source, self._receiver = (self._levels, patient.source), (0, None)
            yield from _plan(self._plan)
        if self._receiver[1] != patient.receiver:
            yield self._level("21", self._source[0], "1")
            self._receiver, self._provider = (self._levels, patient.receiver), (0, None)
            yield from map(_name, patient.receiver.names)
        if self._provider[1] != patient.provider:
            yield self._level("19", self._receiver[0], "1")
            self._provider, self._subscriber = (self._levels, patient.provider), (0, None)
            yield from map(_name, patient.provider.names[:1])

    def _level(self, code: str, parent: int, *children: str) -> Segment:
        self._levels += 1
        return segment("HL", str(self._levels), str(parent) if parent else "", code, *children)


def _patient(request: Request) -> _Patient:
    return _Patient(request.source, request.receiver, request.provider, request.subscriber, request.dependent)


def _beginning(header: Header, now: datetime) -> Segment:
    moment = format_d8(now.date()), format_time(now.time())
    return ("BHT", "0010", "08", header.reference, *moment, "DG")


def _plan(plan: Identity) -> Iterator[Segment]:
    """NM1 and PER of the plan; this guide wants an identifier always."""
    yield ("NM1", "PR", "2", plan.name[:60], "", "", "", "", "PI", plan.payer_id or _UNNUMBERED)
    if contact := contacts.plan_contact(plan):
        yield contact


def _name(name: Name) -> Segment:
    names = name.last, name.first, name.middle, "", name.suffix
    return segment("NM1", name.role, name.kind, *names, name.id_kind, name.id)


def _claims(settled: Settled) -> Iterator[Segment]:
    for loop in settled.loops:
        yield ("TRN", "2", settled.request.trace or _NO_TRACE)
        yield from loop
