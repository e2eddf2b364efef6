"""Labelled segments of one 270 become its header and its requests, one after the other.

    HEADER      BHT
    2000A HL*20   2100A NM1                       the plan
    2000B HL*21   2100B NM1 REF                   who asks
    2000C HL*22 TRN                               the subscriber
      2100C NM1 REF N3 N4 DMG DTP                   2110C EQ DTP: what is asked of the subscriber
    2000D HL*23 TRN                               a dependent
      2100D likewise                                2110D likewise: what is asked of the dependent

A subscriber is asked about when it has an EQ, or when no dependent follows. Only what a question or its
answer needs is kept. A set that `grammar` found a fault in is not to be read here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from portico.edges.x12.eligibility.requests import Header, Name, Party, Period, Person, Request, Wanted
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.grammar import Labelled

Segment = list[str]
_ASKED_FOR = "291"


class Sent:
    """One 270 being read; `number` is its ST02, `header` complete when the first request is handed out."""

    def __init__(self, segments: Iterable[Labelled], delimiters: Delimiters, *, number: str = "") -> None:
        self.header = Header(number)
        self._segments = segments
        self._delimiters = delimiters
        self._source = self._receiver = Party()
        self._subscriber = Person()
        self._dependent: Person | None = None
        self._wanted: list[Wanted] = []

    def requests(self) -> Iterator[Request]:
        """Each patient asked about, in the order of the set."""
        for loop, _, segment in self._segments:
            if segment[0] == "HL":
                yield from self._finished(segment[3])
                self._open(segment)
            elif step := _STEPS.get((loop, segment[0])):
                step(self, segment)
        yield from self._finished("")

    def _finished(self, next_level: str) -> Iterator[Request]:
        """The request the level that ends here makes, if it makes one."""
        about_subscriber = self._dependent is None and self._subscriber.level
        if self._dependent or (about_subscriber and (self._wanted or next_level != "23")):
            yield Request(
                source=self._source,
                receiver=self._receiver,
                subscriber=self._subscriber,
                dependent=self._dependent,
                wanted=tuple(self._wanted),
            )

    def _open(self, segment: Segment) -> None:
        self._wanted, self._dependent = [], None
        match segment[3]:
            case "20":
                self._source, self._subscriber = Party(segment[1]), Person()
            case "21":
                self._receiver, self._subscriber = Party(segment[1]), Person()
            case "22":
                self._subscriber = Person(segment[1])
            case _:
                self._dependent = Person(segment[1])

    def bht(self, segment: Segment) -> None:
        """BHT, the beginning of the set."""
        parts = [_at(segment, place) for place in range(2, 7)]
        self.header = Header(self.header.number, *parts)

    def source_name(self, segment: Segment) -> None:
        """NM1 of the plan."""
        self._source = replace(self._source, name=_name(segment))

    def receiver_name(self, segment: Segment) -> None:
        """NM1 of who asks."""
        self._receiver = replace(self._receiver, name=_name(segment))

    def receiver_reference(self, segment: Segment) -> None:
        """REF of who asks."""
        references = (*self._receiver.references, (segment[1], _at(segment, 2)))
        self._receiver = replace(self._receiver, references=references)

    def trace(self, segment: Segment) -> None:
        """TRN of the patient."""
        trace = _at(segment, 2), _at(segment, 3), _at(segment, 4)
        self._change(traces=(*self._person.traces, trace))

    def person_name(self, segment: Segment) -> None:
        """NM1 of the subscriber or the dependent."""
        self._change(name=_name(segment))

    def reference(self, segment: Segment) -> None:
        """REF of the subscriber or the dependent."""
        self._change(references=(*self._person.references, (segment[1], _at(segment, 2))))

    def street(self, segment: Segment) -> None:
        """N3."""
        self._change(street=tuple(segment[1:3]))

    def town(self, segment: Segment) -> None:
        """N4."""
        self._change(town=tuple(segment[1:8]))

    def birth_and_sex(self, segment: Segment) -> None:
        """DMG."""
        self._change(birth=_at(segment, 2), sex=_at(segment, 3))

    def asked_for(self, segment: Segment) -> None:
        """DTP of the subscriber or the dependent."""
        if segment[1] == _ASKED_FOR:
            self._change(asked_for=Period(_at(segment, 2), _at(segment, 3)))

    def what(self, segment: Segment) -> None:
        """EQ."""
        types = tuple(code for code in self._delimiters.repeats(_at(segment, 1)) if code)
        self._wanted.append(Wanted(types))

    def what_for(self, segment: Segment) -> None:
        """DTP of an EQ."""
        if self._wanted:
            period = Period(_at(segment, 2), _at(segment, 3))
            self._wanted[-1] = replace(self._wanted[-1], asked_for=period)

    @property
    def _person(self) -> Person:
        return self._dependent or self._subscriber

    def _change(self, **values: object) -> None:
        changed = replace(self._person, **values)  # type: ignore[arg-type]
        if self._dependent is None:
            self._subscriber = changed
        else:
            self._dependent = changed


def _at(segment: Segment, place: int) -> str:
    return segment[place].strip(" ") if place < len(segment) else ""


def _name(segment: Segment) -> Name:
    return Name(*(_at(segment, place) for place in (1, 2, 3, 4, 5, 7, 8, 9)))


_OF_PERSON: dict[str, Callable[[Sent, Segment], None]] = {
    "NM1": Sent.person_name,
    "REF": Sent.reference,
    "N3": Sent.street,
    "N4": Sent.town,
    "DMG": Sent.birth_and_sex,
    "DTP": Sent.asked_for,
}
_STEPS: dict[tuple[str, str], Callable[[Sent, Segment], None]] = {
    ("HEADER", "BHT"): Sent.bht,
    ("2100A", "NM1"): Sent.source_name,
    ("2100B", "NM1"): Sent.receiver_name,
    ("2100B", "REF"): Sent.receiver_reference,
    ("2000C", "TRN"): Sent.trace,
    ("2000D", "TRN"): Sent.trace,
    **{(loop, name): step for loop in ("2100C", "2100D") for name, step in _OF_PERSON.items()},
    ("2110C", "EQ"): Sent.what,
    ("2110D", "EQ"): Sent.what,
    ("2110C", "DTP"): Sent.what_for,
    ("2110D", "DTP"): Sent.what_for,
}
