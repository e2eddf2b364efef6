"""A claim as it was read from an 837, with what is wrong with it; and the place where a reader stopped."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from portico.domains.claims.facts.submitted import Form, SentClaim
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.grammar_faults import ElementCode, Fault, SegmentCode

Segment = list[str]
Numbered = tuple[int, Segment]

_COSTS: Mapping[str, frozenset[tuple[int, int]]] = {
    "CLM": frozenset({(1, 0), (2, 0), (5, 0), (5, 1), (5, 3)}),
    "SV1": frozenset({(1, 0), (1, 1), (1, 2), (2, 0), (3, 0), (4, 0)}),
    "SV2": frozenset({(1, 0), (2, 1), (2, 2), (3, 0), (4, 0), (5, 0)}),
    "DTP": frozenset({(1, 0), (2, 0), (3, 0)}),
    "HI": frozenset((element, component) for element in range(1, 13) for component in (0, 1, 2)),
    "NM1": frozenset({(1, 0), (3, 0), (9, 0)}),
    "LX": frozenset({(1, 0)}),
    "HL": frozenset({(3, 0)}),
    "SBR": frozenset({(1, 0)}),
    "PAT": frozenset({(1, 0)}),
}
_OURS = frozenset("2000A 2010AA 2000B 2010BA 2000C 2010CA 2300 2400".split())
_ASTRAY = frozenset({SegmentCode.MISSING, SegmentCode.UNEXPECTED, SegmentCode.OUT_OF_ORDER})


@dataclass(frozen=True, slots=True)
class Noted:
    """A fault under the guide, `place` being its segment's number in the interchange."""

    fault: Fault
    place: int

    @property
    def about(self) -> str:
        """The segment or element at fault: CLM05-2."""
        inside, name = self.fault.inside, self.fault.segment
        if inside is None:
            return name
        component = f"-{inside.component}" if inside.component else ""
        return f"{name}{inside.element:02d}{component}"

    @property
    def costs(self) -> bool:
        """Whether what stands there cannot be relied on: what, when, for whom, by whom, how much."""
        fault, inside = self.fault, self.fault.inside
        if inside is None:
            return fault.code in _ASTRAY and fault.loop in _OURS
        if inside.code in (ElementCode.TOO_LONG, ElementCode.TOO_MANY_COMPONENTS):
            return True
        if inside.code in (ElementCode.NOT_USED, ElementCode.TOO_MANY) or fault.loop not in _OURS:
            return False
        return (inside.element, inside.component) in _COSTS.get(fault.segment, ())


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands in a file: its subscriber's level, which claim there, and what is above it.

    `subscriber` is a bookmark of the HL*22 (of the ST, where there is none before the claim), `provider` the
    offset and the number of the HL*20, zeros where there is none; `count` are the claims after the bookmark
    that were read already.
    """

    subscriber: Bookmark
    provider: tuple[int, int]
    count: int

    @property
    def is_of_set(self) -> bool:
        """Whether the place is that of the set itself."""
        return self.subscriber.number == self.subscriber.st_number

    def as_json(self) -> dict[str, Any]:
        """The place, fit for the cursor of a job: numbers only."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The place that `as_json` gave."""
        offset, number = kept["provider"]
        return cls(Bookmark(**kept["subscriber"]), (offset, number), kept["count"])


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a claim in its set, as sent: who sends, when, and which set it is."""

    guide: str
    control_number: str
    reference: str
    form: Form
    is_encounter: bool
    written_on: date | None
    sender: str
    sender_number: str
    delimiters: Delimiters


@dataclass(frozen=True, slots=True)
class ReadClaim:
    """A claim (CLM) as it stands in a file.

    `sent` is None where not even its number and amount could be read. `segments` are its own from the CLM
    on, `above` those of the levels it hangs on, all numbered within `interchange`. `faults` are those under
    the guide. `bookmark` answers where reading goes on after this claim.
    """

    interchange: int
    place: int
    heading: Heading
    above: tuple[Numbered, ...]
    segments: tuple[Numbered, ...]
    sent: SentClaim | None
    faults: tuple[Noted, ...]
    bookmark: Callable[[], Place]

    @property
    def costly(self) -> tuple[Noted, ...]:
        """The faults that make the claim unreliable."""
        return tuple(noted for noted in self.faults if noted.costs)
