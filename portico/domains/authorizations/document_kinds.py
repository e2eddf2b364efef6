"""What a document of a request may be, and how much is taken; stable codes, said in words by every edge."""

from enum import StrEnum
from typing import Final

MOST_FILES: Final = 20
"""How many documents a request, or a draft, may have."""
MEBIBYTE: Final = 1_048_576
MOST_BYTES: Final = 40 * MEBIBYTE
"""How much the documents of one request may have together."""
MOST_BYTES_A_DAY: Final = 400 * MEBIBYTE
"""How much an office hands in within a day."""


class DocumentKind(StrEnum):
    """What a document is, as whoever sends it says."""

    CLINICAL_NOTES = "clinical_notes"
    TREATMENT_PLAN = "treatment_plan"
    IMAGING = "imaging"
    LABORATORY = "laboratory"
    OPERATIVE_REPORT = "operative_report"
    DISCHARGE_SUMMARY = "discharge_summary"
    ORDER = "order"
    CONSENT = "consent"
    LETTER = "letter"
    OTHER = "other"


class Full(StrEnum):
    """Why no document more is kept."""

    TOO_MANY = "too_many"
    TOO_MUCH = "too_much"
    OFFICE_TODAY = "office_today"


def full(*, count: int, held: int, today: int, size: int) -> Full | None:
    """Why no document of so many bytes is kept beside `count` others of `held` bytes, if none is.

    `today`: how many bytes the office has handed in within a day.
    """
    if count >= MOST_FILES:
        return Full.TOO_MANY
    if held + size > MOST_BYTES:
        return Full.TOO_MUCH
    return Full.OFFICE_TODAY if today + size > MOST_BYTES_A_DAY else None


def known(kind: str) -> DocumentKind:
    """The kind of that code; `other` for a code that is none."""
    return DocumentKind(kind) if kind in list(DocumentKind) else DocumentKind.OTHER
