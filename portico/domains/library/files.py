"""Files that go with a version: pictures of a text, forms and letters as PDF; what they are by content.

A picture is kept without what its maker wrote beside it. A PDF is kept when nothing in it acts, and its words
are read out so that they are found.
"""

import hashlib
from dataclasses import dataclass
from threading import Lock
from typing import Final

import pypdfium2

from portico.shared.files import checking, naming, pdf
from portico.shared.files.faults import BadFile, Fault

MOST_BYTES: Final = 20 * 1024 * 1024
MOST_FILES: Final = 20
_MOST_PAGES: Final = 400
_MOST_WORDS: Final = 400_000
_NOT_IN_LINKS: Final = frozenset("\\/?#[]<>()")
_ONE_AT_A_TIME: Final = Lock()
"""The library that reads PDFs may be in one thread at a time."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as it is kept. `says`: what a reader is told of it; `text`: the words in it."""

    name: str
    content_type: str
    content: bytes
    digest: str
    says: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is told of a file that goes with a version; `size` in bytes."""

    name: str
    says: str
    content_type: str
    size: int


def checked(name: str, content: bytes, *, says: str = "") -> File:
    """The file, made fit to be kept, with an ending that is true. Raises BadFile."""
    if len(content) > MOST_BYTES:
        raise BadFile(Fault.TOO_LARGE)
    if content.startswith(pdf.BEGINNING):
        kept = pdf.checked(content)
        return _file(_named(name, "pdf"), "application/pdf", kept, says, words_of_pdf(kept))
    found = checking.check(content)
    return _file(_named(name, found.ending), found.content_type, found.content, says, "")


def words_of_pdf(content: bytes) -> str:
    """The words of a PDF, page by page, up to a bound. Raises BadFile where it cannot be read."""
    said: list[str] = []
    left = _MOST_WORDS
    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(content) as document:
            for page in range(min(len(document), _MOST_PAGES)):
                words = document[page].get_textpage().get_text_range()
                said.append(" ".join(_printable(words[:left]).split()))
                left -= len(words)
                if left <= 0:
                    break
    except pypdfium2.PdfiumError as error:
        raise BadFile(Fault.DAMAGED) from error
    return "\n".join(filter(None, said))


def _printable(words: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in words)


def _file(name: str, content_type: str, content: bytes, says: str, text: str) -> File:
    return File(name, content_type, content, hashlib.sha256(content).hexdigest(), says.strip(), text)


def _named(name: str, ending: str) -> str:
    """The name in signs that a link in a text can hold, with its true ending."""
    shown = "".join("-" if sign in _NOT_IN_LINKS else sign for sign in naming.shown(name))
    is_true = shown.lower().endswith((f".{ending}", ".jpeg") if ending == "jpg" else f".{ending}")
    return shown if is_true else f"{shown[: naming.LONGEST - 5]}.{ending}"
