"""Labelled segments of one 278 become its header and its requests, one patient event after the other.

    HEADER      BHT
    2000A HL*20   2010A NM1                         the plan
    2000B HL*21   2010B NM1 REF PER                 who asks
    2000C HL*22   2010C NM1 REF DMG                 the subscriber
    2000D HL*23   2010D NM1 REF DMG                 a dependent
    2000E HL*EV   TRN UM REF DTP HI HSD PWK MSG     what is asked for: a request
      2010EA      NM1 REF PER                       its providers
    2000F HL*SS   TRN UM REF DTP SV1-3 HSD PWK MSG  a service of it
      2010F       NM1 REF PER                       its providers

A patient without an event is a request all the same: one about nothing, which the answer says. Only what a
request or its answer needs is kept. A set that `grammar` found a fault in is not to be read here.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from portico.edges.x12.authorizations import segments
from portico.edges.x12.authorizations.requests import (
    NO_PERIOD,
    Event,
    Header,
    Party,
    Person,
    Request,
    Service,
)
from portico.shared.x12.grammar import Labelled

Segment = list[str]
_PERSONS = ("22", "23")


class Sent:
    """One 278 being read; `number` is its ST02, `header` complete when the first request is handed out.

    `component` is the sender's delimiter between the parts of an element.
    """

    def __init__(self, read: Iterable[Labelled], *, component: str = ":", number: str = "") -> None:
        self.header = Header(number)
        self._segments, self._component = read, component
        self._party = {"20": _Node(), "21": _Node()}
        self._subscriber: _Node | None = None
        self._dependent: _Node | None = None
        self._event: _Node | None = None
        self._services: list[_Node] = []
        self._at = self._level = _Node()
        self._was_asked = True

    def requests(self) -> Iterator[Request]:
        """Each patient event asked about, in the order of the set."""
        for loop, _, segment in self._segments:
            match segment[0]:
                case "BHT":
                    self.header = Header(self.header.number, *segments.padded(segment, 2, 6))
                case "HL":
                    yield from self._finished(segment[3])
                    self._open(segment[3], segment[1])
                case "NM1" if loop in ("2010EA", "2010F"):
                    self._at = self._level.provider(segments.name(segment))
                case name:
                    self._at.take(name, segment, self._component)
        yield from self._finished("")

    def _finished(self, next_level: str) -> Iterator[Request]:
        """The request that ends with its level: an event with its services, or a patient without one."""
        if self._event and next_level != "SS":
            yield self._request(self._event)
        elif not self._was_asked and next_level not in ("23", "EV", "SS"):
            yield self._request(_Node())

    def _request(self, event: "_Node") -> Request:
        services = tuple(_service(node) for node in self._services)
        plan, requester = (Party(**self._party[level].made()) for level in ("20", "21"))
        subscriber = Person(**self._subscriber.made()) if self._subscriber else Person()
        dependent = Person(**self._dependent.made()) if self._dependent else None
        self._event, self._services, self._was_asked = None, [], True
        return Request(plan, requester, subscriber, dependent, Event(**event.made(), services=services))

    def _open(self, level: str, number: str) -> None:
        self._at = self._level = _Node(level=number)
        match level:
            case "20" | "21":
                self._party[level], self._subscriber, self._dependent = self._at, None, None
            case "22":
                self._subscriber, self._dependent = self._at, None
            case "23":
                self._dependent = self._at
            case "EV":
                self._event, self._services = self._at, []
            case _:
                self._services.append(self._at)
        if level in _PERSONS:
            self._was_asked = False


def _service(node: "_Node") -> Service:
    parts = node.made()
    served: Any = parts.pop("dates", ())
    return Service(**parts, served=served[0][1] if served else NO_PERIOD)


class _Node:
    """A level or a provider being read: its parts as they come, those that repeat in lists."""

    def __init__(self, **parts: object) -> None:
        self._parts: dict[str, Any] = dict(parts)
        self._many: dict[str, list[object]] = {}
        self._providers: list[_Node] = []

    def provider(self, name: object) -> "_Node":
        """A provider of this level, which the segments that follow belong to."""
        self._providers.append(_Node(name=name))
        return self._providers[-1]

    def take(self, name: str, segment: Segment, component: str) -> None:
        """What a segment says; one that is not asked for says nothing."""
        if step := _ONCE.get(name):
            self._parts.update(step(segment, component))
        elif more := _MANY.get(name):
            part, read = more
            self._many.setdefault(part, []).extend(read(segment, component))

    def made(self) -> dict[str, Any]:
        """All of it, as the arguments of what it becomes."""
        many = {part: tuple(found) for part, found in self._many.items()}
        if self._providers:
            many["providers"] = tuple(Party(**node.made()) for node in self._providers)
        return {**self._parts, **many}


_ONCE: dict[str, Callable[[Segment, str], dict[str, Any]]] = {
    "NM1": lambda segment, _: {"name": segments.name(segment)},
    "DMG": lambda segment, _: {"birth": segments.at(segment, 2), "sex": segments.at(segment, 3)},
    "PER": lambda segment, _: segments.contact(segment),
    "UM": lambda segment, component: {"review": segments.review(segment, component)},
    "HSD": lambda segment, _: {"delivery": segments.padded(segment, 1, 8)},
    "SV1": lambda segment, component: {"line": segments.line(segment, component)},
    "SV2": lambda segment, component: {"line": segments.line(segment, component)},
    "SV3": lambda segment, component: {"line": segments.line(segment, component)},
}
_MANY: dict[str, tuple[str, Callable[[Segment, str], Iterable[object]]]] = {
    "TRN": ("traces", lambda segment, _: [segments.trace(segment)]),
    "REF": ("references", lambda segment, _: [(segment[1], segments.at(segment, 2))]),
    "DTP": ("dates", lambda segment, _: [(segment[1], segments.period(segment))]),
    "HI": ("diagnoses", segments.codes),
    "PWK": ("papers", lambda segment, _: [segments.paper(segment)]),
    "MSG": ("messages", lambda segment, _: [segments.at(segment, 1)]),
}
