"""What can be wrong with a transaction set under its guide, in the codes of the 999.

A fault names places, never values: what stands there may be about a person. Only `unit` repeats what the
sender sent: its own number for the inquiry, which the 999 gives back.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class SegmentCode(StrEnum):
    """What is wrong with a segment (IK304)."""

    UNRECOGNIZED = "1"
    UNEXPECTED = "2"
    MISSING = "3"
    LOOP_OVER_MAXIMUM = "4"
    OVER_MAXIMUM = "5"
    NOT_IN_SET = "6"
    OUT_OF_ORDER = "7"
    HAS_ELEMENT_FAULTS = "8"
    NOT_USED = "I4"


class ElementCode(StrEnum):
    """What is wrong with an element (IK403)."""

    MISSING = "1"
    CONDITIONALLY_MISSING = "2"
    TOO_MANY = "3"
    TOO_SHORT = "4"
    TOO_LONG = "5"
    CHARACTER = "6"
    CODE = "7"
    DATE = "8"
    TIME = "9"
    EXCLUDED = "10"
    TOO_MANY_REPETITIONS = "12"
    TOO_MANY_COMPONENTS = "13"
    CODE_NOT_USED = "I6"
    NOT_USED = "I10"
    PATTERN = "I12"


@dataclass(frozen=True, slots=True)
class ElementFault:
    """Where in a segment the fault is: element, component and repetition count from 1, 0 for none.

    `number` is the element's reference number, empty where it has none.
    """

    code: ElementCode
    element: int
    component: int = 0
    repetition: int = 0
    number: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a transaction set.

    `position` counts the set's segments, the ST is 1; a missing segment has the position of the one that
    stands in its place. `loop` is the segment's, or for one that fits nowhere the loop it was met in;
    `inside` says which element, for HAS_ELEMENT_FAULTS.
    """

    code: SegmentCode
    segment: str
    position: int
    loop: str = ""
    inside: ElementFault | None = None
    unit: str = ""

    @property
    def where(self) -> str:
        """Answers where the fault is, for people: "segment 12, NM109 in loop 2100C"."""
        place = f"segment {self.position}, {self.segment}"
        if self.inside:
            place += f"{self.inside.element:02d}"
            place += f"-{self.inside.component}" if self.inside.component else ""
        return f"{place} in loop {self.loop}" if self.loop else place


Report = Callable[[Fault], None]
