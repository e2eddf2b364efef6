"""278s written as a stream: requests and what is told of them in, levels and segments out.

    HL*1**20*1      AAA, NM1*X3 PER AAA             the plan
    HL*2*1*21*1     NM1*1P AAA                      who asked, as sent
    HL*3*2*22*1     NM1*IL REF DMG AAA              the subscriber, as sent
    HL*4*3*23*1     NM1*QC REF DMG AAA              a dependent, as sent
    HL*5*4*EV*1     TRN*2 TRN*1 AAA UM HCR REF DTP HI HSD PWK MSG, NM1 AAA     the event
    HL*6*5*SS*0     TRN*2 AAA UM HCR DTP SV HSD PWK MSG                        a service of it

The levels are those of the request, numbered anew. A level whose AAA says that it is not known has none below
it. An SSN is never sent back.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from portico.domains.plan.catalogue import Identity
from portico.edges.x12.authorizations import events, segments
from portico.edges.x12.authorizations.answers import Loop, Rejection, Told
from portico.edges.x12.authorizations.requests import Header, Party, Person, Request
from portico.edges.x12.eligibility import contacts
from portico.edges.x12.eligibility.benefit_lines import Segment, segment
from portico.shared.x12.build import TransactionWriter
from portico.shared.x12.dates import format_d8, format_time

_UNNUMBERED = "UNKNOWN"
_NO_MORE, _MORE = "18", "19"
_PENDED = "A4"


class Settled(NamedTuple):
    """A request, and what is told of it; of an inquiry there may be several."""

    request: Request
    told: tuple[Told, ...]


def write(
    transaction: TransactionWriter,
    header: Header,
    settled: Sequence[Settled],
    *,
    purpose: str,
    plan: Identity,
    now: datetime,
) -> None:
    """One 278 for the requests of one 278, in their order; `now` is the plan's own time."""
    pended = any(told.decided and told.decided.action == _PENDED for each in settled for told in each.told)
    moment = format_d8(now.date()), format_time(now.time())
    transaction.write("BHT", "0007", purpose, header.reference, *moment, _MORE if pended else _NO_MORE)
    writing = _Writing(plan)
    for each in settled:
        for written in writing.of(each):
            transaction.write(*written)


class _Writing:
    """One 278 on its way: how many levels there were, and which stand open, each with its number."""

    def __init__(self, plan: Identity) -> None:
        self._plan = plan
        self._levels = 0
        self._open: dict[str, tuple[Party | Person, int]] = {}

    def of(self, settled: Settled) -> Iterator[Segment]:
        """The segments of one request, with those of the levels above it that open."""
        request, told = settled
        rejections = [one for each in told for one in each.rejections]
        at = _by_loop(rejections)
        stops = _stop(rejections)
        yield from self._level("20", request.source, 0, stops, at)
        if stops == "20":
            return
        yield from self._level("21", request.requester, self._number("20"), stops, at)
        if stops == "21":
            return
        yield from self._level("22", request.subscriber, self._number("21"), stops, at)
        above = "22"
        if request.dependent and stops != "22":
            yield from self._level("23", request.dependent, self._number("22"), stops, at)
            above = "23"
        if stops not in ("22", "23"):
            for each in told:
                yield from self._event(each, self._number(above))

    def _number(self, level: str) -> int:
        return self._open[level][1]

    def _level(
        self, level: str, who: Party | Person, parent: int, stops: str, at: dict[Loop, list[Segment]]
    ) -> Iterator[Segment]:
        if level in self._open and self._open[level][0] == who and stops != level:
            return
        for inner in _INSIDE[level]:
            self._open.pop(inner, None)
        yield self._hl(level, parent, "0" if stops == level else "1")
        self._open[level] = (who, self._levels)
        if stops == level:
            self._open.pop(level)
        if isinstance(who, Person):
            yield from _person(who, at[Loop.DEPENDENT if level == "23" else Loop.SUBSCRIBER])
        elif level == "20":
            yield from (*at[Loop.SOURCE], *_plan(self._plan), *at[Loop.PLAN])
        else:
            yield from (*events.party(who), *at[Loop.REQUESTER])

    def _event(self, told: Told, parent: int) -> Iterator[Segment]:
        event, at = told.event, _by_loop(told.rejections)
        yield self._hl("EV", parent, "1" if event.services else "0")
        above = self._levels
        yield from (("TRN", "2", *trace) for trace in event.traces)
        if told.reference:
            yield ("TRN", "1", told.reference, contacts.originator(self._plan))
        yield from at[Loop.EVENT]
        yield from events.of_event(event, told.decided)
        for place, provider in enumerate(event.providers, 1):
            yield from events.party(provider)
            yield from _placed(told, Loop.PROVIDER, place)
        decisions = told.services or (None,) * len(event.services)
        for place, (service, decided) in enumerate(zip(event.services, decisions, strict=True), 1):
            yield self._hl("SS", above, "0")
            yield from events.of_service(service, decided, _placed(told, Loop.SERVICE, place))

    def _hl(self, level: str, parent: int, children: str) -> Segment:
        self._levels += 1
        return segment("HL", str(self._levels), str(parent) if parent else "", level, children)


_INSIDE = {"20": ("21", "22", "23"), "21": ("22", "23"), "22": ("23",), "23": ()}
_STOPS = {
    Loop.SOURCE: "20",
    Loop.PLAN: "20",
    Loop.REQUESTER: "21",
    Loop.SUBSCRIBER: "22",
    Loop.DEPENDENT: "23",
}


def _stop(rejections: Iterable[Rejection]) -> str:
    """The outermost level that is not known; empty where all down to the event are."""
    return min((_STOPS[one.loop] for one in rejections if one.loop in _STOPS), default="")


def _by_loop(rejections: Iterable[Rejection]) -> dict[Loop, list[Segment]]:
    found: dict[Loop, list[Segment]] = {loop: [] for loop in Loop}
    for one in rejections:
        found[one.loop].append(_aaa(one))
    return found


def _placed(told: Told, loop: Loop, place: int) -> Iterator[Segment]:
    """The AAAs of one service, or of one provider, of an event."""
    yield from (_aaa(one) for one in told.rejections if one.loop is loop and one.place == place)


def _aaa(one: Rejection) -> Segment:
    return ("AAA", one.sound, "", one.code, one.follow_up)


def _plan(plan: Identity) -> Iterator[Segment]:
    yield ("NM1", "X3", "2", plan.name[:60], "", "", "", "", "PI", plan.payer_id or _UNNUMBERED)
    if contact := contacts.plan_contact(plan):
        yield contact


def _person(who: Person, rejected: Iterable[Segment]) -> Iterator[Segment]:
    yield segments.named(who.name)
    yield from events.numbered(who.references)
    if who.birth:
        yield segment("DMG", "D8", who.birth, who.sex)
    yield from rejected
