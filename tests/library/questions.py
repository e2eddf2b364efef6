"""Sixty questions as offices ask them, with the documents of the demo's library that answer them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from portico.demo.library import documents

TODAY: Final = date(2026, 3, 12)
"""The day the answers are judged for; keys of quarters and material numbers are those of a library of it."""
_FILE: Final = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Question:
    """What is typed, in which line (empty: every one), and how well documents answer it, 3 to 1, by key.

    `number_of`: the document whose material number it is, if it is one.
    """

    asked: str
    line: str
    grades: Mapping[str, int]
    number_of: str = ""


def everything() -> tuple[Question, ...]:
    """Every question, in the order of the file."""
    numbers = {each.key: each.material_number for each in documents.everything(TODAY)}
    rows = tomllib.loads(_FILE.read_text(encoding="utf-8"))["question"]
    return tuple(_question(row, numbers) for row in rows)


def _question(row: Mapping[str, Any], numbers: Mapping[str, str]) -> Question:
    number_of = row.get("number_of", "")
    asked: str = row["asked"]
    if number_of:
        number = numbers[number_of]
        letter = number[-1]
        asked = asked.format(yy=number[:2], nnn=number[3:-1], letter=letter, LETTER=letter.upper())
    return Question(asked, row["line"], row["grades"], number_of)
