"""Links of a text to other files of its folder, turned into links of the library.

A link to a document becomes one by its key, one to any other file takes that file in with the document. What
is not in the folder stays as it is, and is refused as leading nowhere when the document is judged.
"""

import posixpath
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from portico.domains.library import marking
from portico.domains.library.marking import Lead

_WRITTEN: Final = re.compile(r"(\]\(\s*|^[ ]{0,3}\[[^\]\n]+\]:\s*)(<[^<>\n]*>|[^\s()<>]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Linked:
    """A text, what its relative links name (as written -> path in the folder), and the files it takes in
    (path, and what is said of each).
    """

    body: str
    places: Mapping[str, str]
    files: tuple[tuple[str, str], ...]

    def named(self, names: Mapping[str, str]) -> str:
        """The text, with its links to files by the names these were given: path -> name."""
        wanted = {written: names[path] for written, path in self.places.items() if path in names}
        return _WRITTEN.sub(lambda found: _put(found, wanted), self.body)


def link(body: str, path: str, keys: Mapping[str, str], there: Container[str]) -> Linked:
    """The text of the file at `path`; `keys`: path -> key of each document, `there`: every path."""
    places: dict[str, str] = {}
    said: dict[str, str] = {}
    for each in marking.links(body):
        at = _path(each.target, path) if each.lead in (Lead.ATTACHMENT, Lead.NOWHERE) else ""
        if at in keys and not each.is_image:
            continue
        if at and at in there:
            said.setdefault(at, each.says)
    for found in _WRITTEN.finditer(body):
        written = found[2].strip("<>")
        at = _path(unquote(written), path)
        if at in said:
            places[written] = at
    return Linked(_to_documents(body, path, keys), places, tuple(said.items()))


def _to_documents(body: str, path: str, keys: Mapping[str, str]) -> str:
    def put(found: "re.Match[str]") -> str:
        written, _, fragment = found[2].strip("<>").partition("#")
        key = keys.get(_path(unquote(written), path)) if written else None
        is_image = found[1].startswith("]") and body[: found.start()].rpartition("[")[0].endswith("!")
        if key is None or is_image:
            return found[0]
        return f"{found[1]}library:{key}#{fragment}" if fragment else f"{found[1]}library:{key}"

    return _WRITTEN.sub(put, body)


def _put(found: "re.Match[str]", wanted: Mapping[str, str]) -> str:
    name = wanted.get(found[2].strip("<>"))
    return found[0] if name is None else f"{found[1]}attachment:{quote(name)}"


def _path(written: str, path: str) -> str:
    """Where a relative link leads in the folder; empty for one that leads out of it, or is none."""
    if not written or written.startswith(("/", "#")) or ":" in written:
        return ""
    at = posixpath.normpath(posixpath.join(posixpath.dirname(path), written.partition("#")[0]))
    return "" if at.startswith("..") else at
