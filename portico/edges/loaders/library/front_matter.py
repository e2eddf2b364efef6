"""What a file says of its document before its text: a line `name: value` each, between two lines `---`.

---
key: prior-authorization            stands in its address; without it, the file's name
kind: manual                        manual update letter form contact guideline resource help
title: Prior authorization
summary: When to ask, and how.
material_number: 23-346m
topics: authorizations, pharmacy
lines: all                          or codes with commas; always said
regions: north, coast               not said: every one
office_types: hospital              not said: every one
first_on: 2026-01-01                always said
last_on: 2026-12-31
public: yes                         also for those who are not signed in
must_read_by: 2026-02-01
part_of: operations-manual          the key of the manual or chapter it lies in
position: 3
publish_at: 2026-01-01 08:00        by the plan's clocks; without it at once
---
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Final, TypeVar

from portico.domains.library import instants
from portico.domains.library.wording import About, Fault, Wording
from portico.edges.loaders.intake import printable

FENCE: Final = "---"
NAMES: Final = (
    "key kind title summary material_number topics lines regions office_types first_on last_on public "
    "must_read_by part_of position publish_at"
).split()
_LINE: Final = re.compile(r"([a-z_]{1,40})\s*:\s*(.*)")
_EVERY: Final = "all"
_PUBLIC: Final = {"": False, "no": False, "yes": True}
_NOT_IN_KEYS: Final = re.compile(r"[^a-z0-9_]+")
_MOST_ABOUT: Final = 60

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of its document; `faults`: what of it cannot be read."""

    key: str
    about: About
    wording: Wording
    publish_at: datetime | None
    faults: tuple[Fault, ...]


def split(text: str) -> tuple[dict[str, str], str, list[Fault]]:
    """The values by name, the text that follows, and what is wrong with the lines.

    A text that does not begin with the fence has no values.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != FENCE:
        return {}, "\n".join(lines), []
    ends = next((at for at, line in enumerate(lines[1:], 1) if line.strip() == FENCE), None)
    if ends is None:
        return {}, "", [("front_matter_open", "")]
    values, faults = values_in(lines[1:ends])
    return values, "\n".join(lines[ends + 1 :]).strip("\n"), faults


def values_in(lines: list[str]) -> tuple[dict[str, str], list[Fault]]:
    """The values of lines `name: value`; a value in quotes is taken without them."""
    values: dict[str, str] = {}
    faults: list[Fault] = []
    for line in filter(None, map(str.strip, lines)):
        found = _LINE.fullmatch(line)
        if found is None or found[1] not in NAMES:
            faults.append(("name_not_known", printable(line.partition(":")[0][:_MOST_ABOUT])))
        elif found[1] in values:
            faults.append(("said_twice", found[1]))
        else:
            values[found[1]] = _unquoted(found[2])
    return values, faults


def said(path: str, values: Mapping[str, str], body: str, faults: list[Fault]) -> Said:
    """What these values say, with the text that follows them."""
    faults = [*faults, *(("control_character", name) for name, value in values.items() if "\0" in value)]
    about = About(
        kind=values.get("kind", ""),
        material_number=values.get("material_number", ""),
        part_of=values.get("part_of", ""),
        position=_read(values, "position", int, faults) or 0,
        topics=tuple(sorted(_several(values, "topics"))),
    )
    lines = _several(values, "lines")
    wording = Wording(
        title=values.get("title", ""),
        summary=values.get("summary", ""),
        body=body,
        lines=None if not lines else frozenset() if lines == {_EVERY} else lines,
        regions=_several(values, "regions") - {_EVERY},
        office_types=_several(values, "office_types") - {_EVERY},
        is_public=_read(values, "public", _PUBLIC.__getitem__, faults) or False,
        must_read_by=_read(values, "must_read_by", date.fromisoformat, faults),
        first_on=_read(values, "first_on", date.fromisoformat, faults),
        last_on=_read(values, "last_on", date.fromisoformat, faults),
    )
    publish_at = _read(values, "publish_at", _instant, faults)
    return Said(values.get("key") or key_of(path), about, wording, publish_at, tuple(faults))


def key_of(path: str) -> str:
    """The key of a file that names none: its own name."""
    return _NOT_IN_KEYS.sub("-", PurePosixPath(path).stem.lower()).strip("-")


def _read(values: Mapping[str, str], name: str, read: Callable[[str], T], faults: list[Fault]) -> T | None:
    value = values.get(name, "")
    if not value:
        return None
    try:
        return read(value)
    except (ValueError, KeyError):
        faults.append(("value_wrong", name))
        return None


def _several(values: Mapping[str, str], name: str) -> frozenset[str]:
    return frozenset(filter(None, map(str.strip, values.get(name, "").strip("[]").split(","))))


def _instant(value: str) -> datetime:
    at = instants.of(datetime.fromisoformat(value))
    if at is None:
        raise ValueError(value)
    return at


def _unquoted(value: str) -> str:
    value = value.strip()
    is_quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if is_quoted else value
