"""Labelled segments of one 276 become its header and its requests, one after the other.

    HEADER      BHT
    2000A HL*20   2100A NM1              the plan
    2000B HL*21   2100B NM1              who asks
    2000C HL*19   2100C NM1 (NM1)        for which provider
    2000D HL*22 DMG   2100D NM1          the subscriber
    2000E HL*23 DMG   2100E NM1          a dependent
      2200D, 2200E    TRN REF AMT DTP    a claim: a request
        2210D, 2210E  DTP                the days of a service line

A patient without a TRN is asked about as a whole, unless dependents follow. Only what a question or its
answer needs is kept. A set that `grammar` found a fault in is not to be read here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portico.edges.x12.claim_status.requests import NO_PERIOD, Header, Name, Party, Period, Person, Request
from portico.shared.x12.grammar import Labelled

Segment = list[str]


class Sent:
    """One 276 being read; `number` is its ST02, `header` complete when the first request is handed out."""

    def __init__(self, segments: Iterable[Labelled], *, number: str = "") -> None:
        self.header = Header(number)
        self._segments = segments
        self._now = Request(Party(), Party(), Party(), Person())
        self._lines: list[Period] = []
        self._is_claim = self._was_asked = False

    def requests(self) -> Iterator[Request]:
        """Each claim asked about, in the order of the set."""
        for loop, _, segment in self._segments:
            if segment[0] == "HL":
                yield from self._finished(segment[3])
                self._open(segment)
            elif segment[0] == "TRN":
                if self._is_claim:
                    yield self._asked()
                self._claim(segment)
            elif step := _STEPS.get((loop[:4], segment[0])):
                step(self, segment)
        yield from self._finished("")

    def _finished(self, next_level: str) -> Iterator[Request]:
        """The request that ends with its level, if there is one."""
        is_patient = bool(self._now.patient.level)
        if self._is_claim or (is_patient and not self._was_asked and next_level != "23"):
            yield self._asked()

    def _asked(self) -> Request:
        """The request at hand, whole. Its lines are gathered in a list, since there may be very many."""
        asked, self._lines = replace(self._now, lines=tuple(self._lines)), []
        return asked

    def _open(self, segment: Segment) -> None:
        level, above, now = segment[1], segment[3], self._bare()
        match above:
            case "20":
                self._now = replace(now, source=Party(level), subscriber=Person(), dependent=None)
            case "21":
                self._now = replace(now, receiver=Party(level), subscriber=Person(), dependent=None)
            case "19":
                self._now = replace(now, provider=Party(level), subscriber=Person(), dependent=None)
            case "22":
                self._now = replace(now, subscriber=Person(level), dependent=None)
            case _:
                self._now = replace(now, dependent=Person(level))
        self._is_claim = self._was_asked = False

    def _claim(self, segment: Segment) -> None:
        self._now = replace(self._bare(), trace=_at(segment, 2))
        self._is_claim = self._was_asked = True

    def _bare(self) -> Request:
        """Who and for whom, without a claim."""
        return replace(self._now, trace="", references=(), amount="", served=NO_PERIOD)

    def bht(self, segment: Segment) -> None:
        """BHT, the beginning of the set."""
        self.header = Header(self.header.number, *(_at(segment, place) for place in range(2, 7)))

    def source(self, segment: Segment) -> None:
        """NM1 of the plan."""
        self._now = replace(self._now, source=_named(self._now.source, segment))

    def receiver(self, segment: Segment) -> None:
        """NM1 of who asks."""
        self._now = replace(self._now, receiver=_named(self._now.receiver, segment))

    def provider(self, segment: Segment) -> None:
        """NM1 of the provider, who may be named twice."""
        self._now = replace(self._now, provider=_named(self._now.provider, segment))

    def person(self, segment: Segment) -> None:
        """NM1 of the subscriber or the dependent."""
        self._change(replace(self._now.patient, name=_name(segment)))

    def birth(self, segment: Segment) -> None:
        """DMG of the subscriber or the dependent."""
        self._change(replace(self._now.patient, birth=_at(segment, 2)))

    def reference(self, segment: Segment) -> None:
        """REF of the claim."""
        references = (*self._now.references, (segment[1], _at(segment, 2)))
        self._now = replace(self._now, references=references)

    def amount(self, segment: Segment) -> None:
        """AMT of the claim."""
        self._now = replace(self._now, amount=_at(segment, 2))

    def served(self, segment: Segment) -> None:
        """DTP of the claim."""
        self._now = replace(self._now, served=_period(segment))

    def line_served(self, segment: Segment) -> None:
        """DTP of a service line."""
        self._lines.append(_period(segment))

    def _change(self, person: Person) -> None:
        if self._now.dependent:
            self._now = replace(self._now, dependent=person)
        else:
            self._now = replace(self._now, subscriber=person)


_STEPS: dict[tuple[str, str], Callable[[Sent, Segment], None]] = {
    ("HEAD", "BHT"): Sent.bht,
    ("2100", "NM1"): lambda sent, segment: _BY_ROLE[segment[1]](sent, segment),
    ("2000", "DMG"): Sent.birth,
    ("2200", "REF"): Sent.reference,
    ("2200", "AMT"): Sent.amount,
    ("2200", "DTP"): Sent.served,
    ("2210", "DTP"): Sent.line_served,
}
_BY_ROLE: dict[str, Callable[[Sent, Segment], None]] = {
    "PR": Sent.source,
    "41": Sent.receiver,
    "1P": Sent.provider,
    "IL": Sent.person,
    "QC": Sent.person,
}


def _named(party: Party, segment: Segment) -> Party:
    return replace(party, names=(*party.names, _name(segment)))


def _name(segment: Segment) -> Name:
    return Name(*(_at(segment, place) for place in (1, 2, 3, 4, 5, 7, 8, 9)))


def _period(segment: Segment) -> Period:
    return Period(_at(segment, 2), _at(segment, 3))


def _at(segment: Segment, place: int) -> str:
    return segment[place] if place < len(segment) else ""
