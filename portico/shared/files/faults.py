"""Why a file is not taken."""

from enum import StrEnum
from typing import Final

MOST_PIXELS: Final = 64_000_000
LONGEST_SIDE: Final = 16_000
MOST_PARTS: Final = 10_000
"""Segments of a JPEG, chunks of a PNG: a picture has some dozens, and each is an object while we look."""


class Fault(StrEnum):
    """What is wrong with a file; stable codes."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    TOO_MANY_PIXELS = "too_many_pixels"
    ACTIVE = "active"
    LOCKED = "locked"
    UNCHECKABLE = "uncheckable"
    INFECTED = "infected"


class BadFile(ValueError):
    """The file is not taken; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def check_size(width: int, height: int) -> None:
    """A picture has some pixels, and not so many that whoever opens it runs out of memory. Raises BadFile."""
    if not width or not height:
        raise BadFile(Fault.DAMAGED)
    if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
        raise BadFile(Fault.TOO_MANY_PIXELS)
