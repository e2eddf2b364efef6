"""Patterns that pass a segment with nothing wrong in one step.

A segment that its pattern accepts has no fault that `grammar_values` would name. One that it does not accept
may still be good (a 29 February, a leading space), and `grammar_values` has the last word.

What is matched is the segment with its elements joined by NUL, which no value holds, its repetitions by ^
and its components by a colon: `canonical` tells how to get there from an interchange's own delimiters. What
may be left out is matched possessively (`?+`), for there is never a second way to read it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.shared.x12.grammar_parts import Composite, Element, Kind, Segment
from portico.shared.x12.grammar_values import broken, places_of

JOINT = "\0"
_HARMLESS = "!"
_FREE = r"[^\0:^ ]"
_BODY = r"[^\0:^]"
_DAY = (
    "(?:[1-9][0-9]{3}(?:(?:0[13578]|1[02])(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)(?:0[1-9]|[12][0-9]|30)|02(?:0[1-9]|1[0-9]|2[0-8])))"
)
_TIME = "(?:[01][0-9]|2[0-3])[0-5][0-9](?:[0-5][0-9][0-9]{0,2})?"
_DECIMALS = 4

Match = Callable[[str], object | None]
Part = Element | Composite


class _Unit(NamedTuple):
    """Elements sent or left out together, with the joint before each; and whether they must be sent."""

    text: str
    is_needed: bool


def compiled(spec: Segment) -> Match:
    """Answers what accepts the joined text of a segment."""
    return re.compile(re.escape(spec.name) + _nested(list(_units(spec)))).fullmatch


def canonical(delimiters: Delimiters) -> dict[int, str] | None:
    """Answers what turns an interchange's repetition and component separators into ^ and a colon.

    None where they are those already. A caret or colon that is no separator there becomes another mark.
    """
    if delimiters.component == STANDARD.component and delimiters.repetition == STANDARD.repetition:
        return None
    return _replacements(delimiters)


@lru_cache(maxsize=64)
def _replacements(delimiters: Delimiters) -> dict[int, str]:
    wanted = {STANDARD.component: delimiters.component, str(STANDARD.repetition): delimiters.repetition}
    table = {ord(ours): _HARMLESS for ours in wanted}
    return table | {ord(theirs): ours for ours, theirs in wanted.items() if theirs}


def _nested(units: Sequence[_Unit]) -> str:
    """Answers the units, each with those after it inside: what is not sent at the end may be left out."""
    needed = sum(1 for place in range(len(units)) if any(unit.is_needed for unit in units[place:]))
    texts = [unit.text if place < needed else f"(?:{unit.text}" for place, unit in enumerate(units)]
    return "".join(texts) + ")?+" * (len(units) - needed)


def _units(spec: Segment) -> Iterator[_Unit]:
    runs, barred = _tied(spec)
    place = 1
    while place <= len(spec.elements):
        last = runs.get(place, place)
        if last > place:
            yield _run(spec, place, last)
        else:
            part = spec.elements[place - 1]
            text = "" if place in barred else _sent_or_not(part, *_around(spec.elements, place - 1))
            yield _Unit(r"\0" + text, part.usage == "R")
        place = last + 1


def _tied(spec: Segment) -> tuple[dict[int, int], set[int]]:
    """Answers the runs of neighbours tied by rules, first to last; and what must be empty for other rules."""
    runs: dict[int, int] = {}
    spans = [(rule, sorted(places_of(rule))) for rule in spec.rules]
    for _, places in spans:
        if places[-1] - places[0] == len(places) - 1:
            runs[places[0]] = max(runs.get(places[0], 0), places[-1])
    loose = [rule for rule, places in spans if places[-1] > runs.get(places[0], 0)]
    return runs, {place for rule in loose for place in _barring(rule)}


def _barring(rule: str) -> list[int]:
    first, *others = places_of(rule)
    return [first] if rule[0] in "CL" else others if rule[0] == "E" else [first, *others]


def _run(spec: Segment, first: int, last: int) -> _Unit:
    """Answers a choice of every way in which the rules allow a run of elements to be filled."""
    before = [""] * first
    allowed = [
        filled
        for filled in product(("", "x"), repeat=last - first + 1)
        if not any(
            fault for rule in spec.rules for fault in _in_run(rule, [*before, *filled], spec, first, last)
        )
    ]
    texts = [_filled(spec, first, filled) for filled in sorted(allowed, key=lambda filled: filled.count("x"))]
    return _Unit(f"(?:{'|'.join(texts)})", ("",) * (last - first + 1) not in allowed)


def _in_run(rule: str, segment: list[str], spec: Segment, first: int, last: int) -> list[object]:
    is_inside = first <= min(places_of(rule)) and max(places_of(rule)) <= last
    return list(broken(rule, segment, spec)) if is_inside else []


def _filled(spec: Segment, first: int, filled: tuple[str, ...]) -> str:
    texts = [
        r"\0" + (_once(spec.elements[place], *_around(spec.elements, place)) if sent else "")
        for place, sent in enumerate(filled, first - 1)
    ]
    empty = next((count for count, sent in enumerate(reversed(filled)) if sent), 0)
    return "".join(texts[: len(texts) - empty]) + (rf"(?:\0{{{empty}}}|\Z)" if empty else "")


def _around(parts: Sequence[Part], index: int) -> tuple[Part | None, Part | None]:
    return parts[index - 1] if index else None, parts[index + 1] if index + 1 < len(parts) else None


def _sent_or_not(part: Part, before: Part | None, after: Part | None) -> str:
    if part.usage == "N":
        return ""
    text = _once(part, before, after)
    return text if part.usage == "R" else f"(?:{text})?+"


def _once(part: Part, before: Part | None, after: Part | None) -> str:
    """Answers an element that is sent, with its repetitions."""
    once = _composite(part) if isinstance(part, Composite) else _element(part, before, after)
    return rf"{once}(?:\^{once}){{0,{part.repeats - 1}}}" if part.repeats > 1 else once


def _composite(part: Composite) -> str:
    first, *others = part.parts
    if first.usage != "R":
        raise ValueError(f"the first component of {part.number} must be required")
    units = [_Unit(":" + _sent_or_not(other, None, None), other.usage == "R") for other in others]
    return _element(first, None, None) + _nested(units)


def _element(part: Element, before: Part | None, after: Part | None) -> str:
    if isinstance(after, Element) and after.kind is Kind.PERIOD:
        return "(?:D8|(RD8))" if {"D8", "RD8"} <= part.codes else "D8"
    if part.codes:
        return _alternatives(part.codes)
    if part.kind is Kind.PERIOD:
        spans = isinstance(before, Element) and "RD8" in before.codes
        return _DAY + (f"(?(1)-{_DAY})" if spans else "")
    return _SHAPES[part.kind](part.least, part.most)


def _decimal(least: int, most: int) -> str:
    whole = max(most - _DECIMALS, 1)
    return rf"-?[0-9]{{{least},{whole}}}" + (r"(?:\.[0-9]{1,4})?" if whole > 1 else "")


_SHAPES: dict[Kind, Callable[[int, int], str]] = {
    Kind.TEXT: lambda least, most: f"{_FREE}{_BODY}{{{least - 1},{most - 1}}}",
    Kind.ID: lambda least, most: f"{_FREE}{{{least},{most}}}",
    Kind.WHOLE: lambda least, most: f"-?[0-9]{{{least},{most}}}",
    Kind.DECIMAL: _decimal,
    Kind.DAY: lambda least, most: _DAY,
    Kind.TIME: lambda least, most: _TIME,
}


def _alternatives(codes: frozenset[str]) -> str:
    """Answers a choice of codes, those that begin alike tried together."""
    branches = []
    for first in sorted({code[0] for code in codes}):
        rests = {code[1:] for code in codes if code[0] == first}
        branches.append(re.escape(first) + _rests(rests))
    return f"(?:{'|'.join(branches)})"


def _rests(rests: set[str]) -> str:
    if rests == {""}:
        return ""
    filled = frozenset(rests - {""})
    if len(filled) == 1:
        text = f"(?:{re.escape(min(filled))})"
    elif all(len(rest) == 1 for rest in filled):
        text = f"[{''.join(map(re.escape, sorted(filled)))}]"
    else:
        text = _alternatives(filled)
    return text + "?" if "" in rests else text
