"""Reads the texts in `texts/`: a block makes a document, or one for each line, region, plan or quarter.

    === telehealth                  the key
    kind: manual                    name: value, up to the line of dashes
    each: line                      one document for each; `lines` then says which
    title: Telehealth: {line}
    first_on: year-2 | -150         a day each version begins: see `moments`
    ---
    For every line of business.
    [v1 hmo] In the first version, for lines with the tag `hmo`.
    [!free] For lines without the tag `free`.

A name in braces stands for what `words` says of it; {see:key} is a link to another document.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TEXTS: Final = Path(__file__).parent / "texts"
_MARKED: Final = re.compile(r"\[([a-z0-9! -]+)\](?: (.*))?")
_EDITION: Final = re.compile(r"[vp]\d")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: the key, what it says of itself, and its text with marks and braces."""

    key: str
    values: Mapping[str, str]
    text: str

    @property
    def kind(self) -> str:
        """The kind of document it makes."""
        return self.values["kind"]

    @property
    def each(self) -> str:
        """For what one document each is made: line, region, plan or quarter; empty: a single one."""
        return self.values.get("each", "")


@cache
def everything() -> tuple[Block, ...]:
    """Every block, in the order of the files' names."""
    return tuple(block for path in sorted(TEXTS.glob("*.md")) for block in _blocks(path.read_text("utf-8")))


def marked(text: str, tags: Collection[str]) -> str:
    """The text's lines that are for these tags, without their marks."""
    return "\n".join(_kept(text, tags))


def _kept(text: str, tags: Collection[str]) -> Iterator[str]:
    for line in text.split("\n"):
        found = _MARKED.fullmatch(line)
        if found is None:
            yield line
        elif is_for(found[1].split(), tags):
            yield found[2] or ""


def is_for(marks: Collection[str], tags: Collection[str]) -> bool:
    """Is what is marked so for these tags: for its edition, one that is named, and none with a `!`?"""
    editions = [mark for mark in marks if _EDITION.fullmatch(mark)]
    barred = [mark[1:] for mark in marks if mark.startswith("!")]
    named = [mark for mark in marks if mark not in editions and not mark.startswith("!")]
    return (
        (not editions or any(mark in tags for mark in editions))
        and (not named or any(mark in tags for mark in named))
        and not any(mark in tags for mark in barred)
    )


def _blocks(text: str) -> Iterator[Block]:
    for part in f"\n{text}".split("\n=== ")[1:]:
        head, _, body = part.partition("\n---\n")
        key, *lines = head.split("\n")
        values = dict(line.split(": ", 1) for line in lines)
        yield Block(key.strip(), values, body.strip("\n"))
