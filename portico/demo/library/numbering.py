"""Material numbers: the year, a number that grows through the year, and a letter for what it is.

23-346m: `m` went to many offices, `s` is a letter to some, `f` a form.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final
from zlib import crc32

LETTERS: Final = {"update": "m", "letter": "s", "form": "f"}
_FIRST, _WIDEST_GAP = 11, 6


def numbers(documents: Mapping[str, tuple[str, date]]) -> dict[str, str]:
    """The number of each document that has one, by key; `documents`: key -> kind and first day."""
    numbered = [(day, key, LETTERS[kind]) for key, (kind, day) in documents.items() if kind in LETTERS]
    given: dict[str, str] = {}
    last: dict[int, int] = {}
    for day, key, letter in sorted(numbered):
        number = last.get(day.year, _FIRST) + 1 + crc32(key.encode()) % _WIDEST_GAP
        last[day.year] = number
        given[key] = f"{day.year % 100:02}-{number:03}{letter}"
    return given
