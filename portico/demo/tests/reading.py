"""Reads the written feeds back, plainly, so that tests need none of the code that wrote them."""

import csv
from pathlib import Path

Segment = list[str]


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV feed by column name."""
    with path.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def segments(path: Path) -> list[Segment]:
    """The segments of an 834, elements split."""
    text = path.read_text(encoding="utf-8").replace("\n", "")
    return [segment.split("*") for segment in text.split("~") if segment]


def members(*paths: Path) -> list[list[Segment]]:
    """The member loops of some 834 files, each from its INS on."""
    loops: list[list[Segment]] = []
    for path in paths:
        inside = False
        for segment in segments(path):
            inside = segment[0] == "INS" or (inside and segment[0] != "SE")
            if segment[0] == "INS":
                loops.append([])
            if inside:
                loops[-1].append(segment)
    return loops


def value(loop: list[Segment], *start: str) -> str:
    """The element after the given start of a segment, in a member loop; empty where there is none."""
    for segment in loop:
        if tuple(segment[: len(start)]) == start:
            return segment[len(start)]
    return ""
