"""Turns a template and its data into a PDF or a picture: same data, same bytes.

The data travels as JSON in typst's `sys.inputs` and is never pasted into markup, so a name such as `#panic()`
prints as it stands. A template reads `json(bytes(sys.inputs.document))`: `title`, `language` and `data`.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from portico.shared.pdf import fonts, press, printable

MOST_BYTES = 256 * 1024
MOST_PPI = 600

_LANGUAGE = re.compile(r"[a-z]{2,3}")

Made = TypeVar("Made")

_font_folders: list[Path] = []


@dataclass(frozen=True, slots=True)
class Template:
    """A typst file; what it imports lies beside it, and it can read nothing outside its folder."""

    path: Path


class RenderFailed(Exception):
    """The document could not be made; the message names the template and the place, never the data."""


def use_font_folders(folders: Sequence[Path]) -> None:
    """Adds an installation's own fonts from now on; called once at the start.

    A folder that is not there raises `FileNotFoundError`.
    """
    fonts.require(folders)
    _font_folders[:] = folders


def render_pdf(
    template: Template,
    data: Mapping[str, object],
    *,
    title: str,
    made_at: datetime,
    language: str = "en",
    standard: press.Standard = "ua-1",
) -> bytes:
    """Answers the document as bytes, by default tagged and checked as PDF/UA-1 while it is written.

    `data` holds texts, whole numbers, booleans, lists and mappings; another type raises `TypeError`. `title`
    and `language` (ISO 639) go into the metadata, so a title names no member. `made_at` is the only date
    in it: take it from the data, and the same data gives the same bytes. A letter no font can draw prints as
    U+FFFD. Raises `RenderFailed`.
    """
    made_by, timestamp = _warm(tuple(_font_folders)), _seconds(made_at)

    def make(inputs: Mapping[str, str]) -> bytes:
        return made_by.pdf(template.path, inputs, standard=standard, timestamp=timestamp)

    return _render(make, made_by, template, {"title": title, "language": language, "data": data})


def render_png(
    template: Template,
    data: Mapping[str, object],
    *,
    title: str,
    made_at: datetime,
    language: str = "en",
    page: int = 1,
    ppi: int = 300,
) -> bytes:
    """Answers one page as PNG, the first is 1, at `ppi` dots an inch (72 to 600); else as `render_pdf`."""
    if not 72 <= ppi <= MOST_PPI:
        raise ValueError(f"ppi is {ppi}; it must be from 72 to {MOST_PPI}")
    made_by, timestamp = _warm(tuple(_font_folders)), _seconds(made_at)

    def make(inputs: Mapping[str, str]) -> list[bytes]:
        return made_by.pngs(template.path, inputs, ppi=ppi, timestamp=timestamp)

    pages = _render(make, made_by, template, {"title": title, "language": language, "data": data})
    if not 1 <= page <= len(pages):
        raise RenderFailed(f"{template.path.name} has {len(pages)} pages; page {page} was asked for")
    return pages[page - 1]


@cache
def _warm(font_folders: tuple[Path, ...]) -> press.Press:
    """Made at first use, that is, after the server has forked its workers."""
    return press.Press(font_folders)


def _render(
    make: Callable[[Mapping[str, str]], Made],
    made_by: press.Press,
    template: Template,
    document: Mapping[str, object],
) -> Made:
    """Tries all letters the fonts have; where joining them defeats the compiler, with the plain ones."""
    if not _LANGUAGE.fullmatch(str(document["language"])):
        raise ValueError("language must be two or three small letters, as in ISO 639")
    drawn = _drawn(made_by, document)
    try:
        return make(_inputs(template, drawn))
    except press.Failed as failure:
        plain = printable.each_text(drawn, printable.plain)
        if plain == drawn:
            raise _failed(template, failure) from None
    try:
        return make(_inputs(template, plain))
    except press.Failed as failure:
        raise _failed(template, failure) from None


def _inputs(template: Template, document: object) -> dict[str, str]:
    written = json.dumps(document, ensure_ascii=False, allow_nan=False)
    if len(written.encode()) > MOST_BYTES:
        raise RenderFailed(f"{template.path.name}: the data is larger than {MOST_BYTES} bytes")
    return {"document": written}


def _drawn(made_by: press.Press, document: Mapping[str, object]) -> object:
    """The same document with every text cleaned, and U+FFFD for each letter the fonts lack."""
    cleaned = printable.each_text(document, printable.clean)
    undrawable = made_by.undrawable(printable.beyond_ascii(cleaned))
    if not undrawable:
        return cleaned
    return printable.each_text(cleaned, lambda text: printable.replaced(text, undrawable))


def _seconds(made_at: datetime) -> int:
    if made_at.tzinfo is None:
        raise ValueError("made_at must know its time zone")
    return int(made_at.timestamp())


def _failed(template: Template, failure: press.Failed) -> RenderFailed:
    where = f" at {failure.place}" if failure.place else ""
    return RenderFailed(f"{template.path.name}: {failure}{where}")
