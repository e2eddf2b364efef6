"""What an implementation guide says of a transaction set, as data: loops, segments, elements, codes.

    guide = Guide(..., root=Loop("HEADER", 0, "R", 1, (Segment("BHT", 20, ...), Loop("2000A", 30, ...))))

A part's `at` is its place among its neighbours: parts stand in rising order, and those that share a place
may come in any order. Usage is R (required), S (situational) or N (not used); `most` is 0 where a part may
come any number of times.
"""

from dataclasses import dataclass
from enum import StrEnum

ANY = 0


class Kind(StrEnum):
    """What the characters of an element must be."""

    ID = "ID"
    TEXT = "AN"
    WHOLE = "N0"
    DECIMAL = "R"
    DAY = "DT"
    TIME = "TM"
    PERIOD = "period"  # a day or two in the format that the element before it names: D8 or RD8


@dataclass(frozen=True, slots=True)
class Element:
    """A simple element, or a component of a composite.

    `number` is its reference number in the data element dictionary; lengths count characters, of a number
    only its digits; no `codes` means that any value will do; `repeats` is how often it may come.
    """

    number: str
    kind: Kind
    least: int
    most: int
    usage: str
    codes: frozenset[str] = frozenset()
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Composite:
    """An element made of components."""

    number: str
    usage: str
    parts: tuple[Element, ...]
    repeats: int = 1


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment in its loop, with every element the standard gives it, the unused ones too.

    `rules` are the standard's conditions between elements: "P0809" both or none, "R0102" at least one,
    "E0207" at most one, "C0704" the first needs the others, "L050607" the first needs one of the others.
    """

    name: str
    at: int
    usage: str
    most: int
    elements: tuple[Element | Composite, ...]
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop: its first part is the segment that opens it."""

    name: str
    at: int
    usage: str
    most: int
    parts: tuple["Segment | Loop", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """One implementation guide, and the envelope it travels in; each is equal only to itself.

    `version` is GS08; `references` are the values ST03 may have, "" where the set carries none; `unused`
    are segments the standard's set has and the guide leaves out. `unit` is the segment and element that
    number one inquiry for its sender. With `numbers_levels` each HL counts on from the one before and names
    its parent.
    """

    functional_id: str
    version: str
    code: str
    references: frozenset[str]
    root: Loop
    unused: frozenset[str] = frozenset()
    unit: tuple[str, int] | None = None
    numbers_levels: bool = False
