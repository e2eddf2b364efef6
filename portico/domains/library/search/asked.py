"""What a search asks, and what it finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from portico.domains.library.search.marks import Marked
from portico.domains.library.search.phrasing import Mended

SHORTEST: Final = 4
LONGEST: Final = 60
PAGE: Final = 20
FURTHEST_PAGE: Final = 50
DIMENSIONS: Final[Mapping[str, str]] = {
    "kind": "kind",
    "topic": "topic",
    "office_type": "office",
    "region": "region",
    "line": "line",
}
"""What answers can be narrowed by, and the field of the index that holds it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Words, where they are asked, and what narrows the answers; "" and None leave open.

    `on`: the day as of which; None is today. `is_being_typed`: the last word may be the beginning of one.
    """

    text: str = ""
    line: str = ""
    region: str = ""
    kind: str = ""
    topic: str = ""
    office_type: str = ""
    on: date | None = None
    page: int = 1
    is_being_typed: bool = False

    def codes(self) -> dict[str, str]:
        """What narrows the answers, by the field of the index."""
        held = {field: getattr(self, name) for name, field in DIMENSIONS.items()}
        return {field: code for field, code in held.items() if code}


@dataclass(frozen=True, slots=True)
class Counted:
    """A code, and how many answers have it."""

    code: str
    count: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A version that answers. `lines`, `regions`, `office_types`: codes; none of them: it is for every one.

    `last_on`: None where no end is known.
    """

    key: str
    number: int
    kind: str
    material_number: str
    title: Marked
    excerpt: Marked
    topics: tuple[str, ...]
    lines: tuple[str, ...]
    regions: tuple[str, ...]
    office_types: tuple[str, ...]
    first_on: date
    last_on: date | None
    changed_at: datetime
    must_read_by: date | None
    is_public: bool

    @property
    def name(self) -> str:
        """The title as plain text."""
        return "".join(piece.text for piece in self.title)

    def is_in_force(self, on: date | None) -> bool:
        """Is it the one in force on this day?"""
        return on is not None and self.first_on <= on and (self.last_on is None or on <= self.last_on)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for `text`, which is what was typed, cut to LONGEST (`is_cut`).

    Without words: what there is, the newest first. `exact`: the document whose material number was asked for,
    or `exact_elsewhere` where it is for other lines; `near`: those whose numbers are nearly that. `counts`:
    how many answers each choice would leave, by dimension, EVERY among them for what is for all; `topics`:
    names by code. `elsewhere`: what is not shown because it is for other lines, by line, `hidden` in all.
    `with_most`: how many have most of the words, where these are few and others follow; `is_loose`: none has.
    `is_ready`: false while the first index is being built. `is_too_short`: fewer than SHORTEST signs that are
    no known word or number.
    """

    text: str
    on: date
    is_cut: bool = False
    is_too_short: bool = False
    is_ready: bool = True
    is_loose: bool = False
    with_most: int = 0
    exact: Hit | None = None
    exact_elsewhere: Hit | None = None
    near: tuple[Hit, ...] = ()
    hits: tuple[Hit, ...] = ()
    count: int = 0
    page: int = 1
    pages: int = 1
    mended: tuple[Mended, ...] = ()
    counts: Mapping[str, tuple[Counted, ...]] = field(default_factory=dict)
    topics: Mapping[str, str] = field(default_factory=dict)
    elsewhere: tuple[Counted, ...] = ()
    hidden: int = 0

    @property
    def first(self) -> int:
        """The place of the first hit of the page among all."""
        return (self.page - 1) * PAGE + 1
