"""A packed folder of the library: what documents are in it, in which order they are read, and each of them.

manual/prior-authorization.md           Markdown with front matter
letters/23-346m.html                    HTML; what it says of itself in 23-346m.html.meta, or in meta tags
forms/referral.pdf                      a PDF; what it says of itself in referral.pdf.meta
manifest.csv                            may say it instead: a column `file`, and any of the names
topics.csv                              code, name, above: the topics, in their order
manual/images/flow.png                  taken in with the documents that show it
"""

import csv
import io
import re
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final

from portico.domains.library import files, rules
from portico.domains.library.importing.sent import Sent, SentTopic
from portico.domains.library.wording import Fault
from portico.edges.loaders.handling import Kept
from portico.edges.loaders.library import front_matter, html_marks, linking
from portico.edges.loaders.library.front_matter import Said
from portico.edges.loaders.refusals import FeedRefused, RefusalCode
from portico.shared.files.faults import BadFile

MANIFEST, TOPICS, META = "manifest.csv", "topics.csv", ".meta"
_MARKDOWN, _HTML, _PDF = (".md", ".markdown"), (".html", ".htm"), (".pdf",)
_DOCUMENTS: Final = (*_MARKDOWN, *_HTML)
_MOST_TEXT: Final = 4 * rules.MOST_BODY
_TOPIC: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
_MOST_NAME: Final = 120
_MOST_OF_ONE: Final = 64 * 1024 * 1024
_MOST_TABLE: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that is a document: its place in the order, its path, and what it says of itself."""

    place: int
    path: str
    key: str
    part_of: str
    depth: int


class Folder:
    """A packed folder, open for reading."""

    def __init__(self, source: Kept) -> None:
        """Read where everything lies. Raises FeedRefused where it cannot be understood."""
        try:
            self._packed = tarfile.open(fileobj=source, mode="r:")  # noqa: SIM115 - as long as its source
            members = [member for member in self._packed.getmembers() if member.isreg()]
        except tarfile.TarError:
            raise FeedRefused(RefusalCode.NOT_A_FOLDER, "This is no packed folder.") from None
        self._members = {member.name: member for member in members}
        self._manifest = self._read_manifest()
        self.keys: dict[str, str] = {}
        self.entries = self._survey()

    @property
    def coming(self) -> dict[str, str | None]:
        """The key of each document, and what it lies in."""
        return {entry.key: entry.part_of or None for entry in self.entries}

    def topics(self) -> list[SentTopic]:
        """The topics it brings. Raises FeedRefused."""
        if TOPICS not in self._members:
            return []
        told: dict[str, SentTopic] = {}
        for row in self._table(TOPICS, {"code", "name"}):
            topic = SentTopic(row["code"], row["name"], row.get("above", ""))
            if not _is_topic(topic, told):
                words = f"{TOPICS} has a line that is no topic, comes twice, or lies in one not named before."
                raise FeedRefused(RefusalCode.WRONG_HEADER, words)
            told[topic.code] = topic
        return list(told.values())

    def sent(self, entry: Entry) -> Sent:
        """The document, whole, with its files; or the faults that it cannot be read for."""
        said = self._said(entry.path)
        sent = Sent(
            entry.place, said.key, said.about, said.wording, publish_at=said.publish_at, faults=said.faults
        )
        if not sent.faults and len(said.wording.body) > rules.MOST_BODY:
            sent = replace(sent, faults=(("text_too_long", f"{rules.MOST_BODY:,}"),))
        return sent if sent.faults else self._with_files(sent, entry.path)

    def _with_files(self, sent: Sent, path: str) -> Sent:
        if path.lower().endswith(_PDF):
            wanted = {path: sent.wording.title}
            linked = linking.Linked(sent.wording.body, {}, ())
        else:
            linked = linking.link(sent.wording.body, path, self.keys, self._members)
            wanted = dict(linked.files)
        if len(wanted) > files.MOST_FILES:
            return replace(sent, faults=(("too_many_files", str(files.MOST_FILES)),))
        if sum(self._members[each].size for each in wanted) > _MOST_OF_ONE:
            return replace(sent, faults=(("files_too_large", ""),))
        taken: list[files.File] = []
        for each, says in wanted.items():
            try:
                taken.append(files.checked(PurePosixPath(each).name, self._bytes(each), says=says))
            except BadFile as error:
                return replace(sent, faults=((f"file_{error.fault}", each),))
        body = linked.named({path: file.name for path, file in zip(wanted, taken, strict=True)})
        return replace(sent, wording=replace(sent.wording, body=body), files=tuple(taken))

    def _survey(self) -> list[Entry]:
        """Its documents: what lies in another comes after it, an earlier first day before a later one."""
        found: list[tuple[str, str, str]] = []
        above: dict[str, str] = {}
        for path in sorted(self._members):
            if path in (MANIFEST, TOPICS) or not self._is_document(path):
                continue
            said = self._said(path)
            self.keys.setdefault(path, said.key)
            found.append((said.key, str(said.wording.first_on or ""), path))
            above[said.key] = said.about.part_of
        order = sorted((_depth(key, above), key, first_on, path) for key, first_on, path in found)
        if not order:
            raise FeedRefused(RefusalCode.NO_DOCUMENTS, "No file in the folder is a document.")
        return [
            Entry(place, path, key, above[key], depth) for place, (depth, key, _, path) in enumerate(order, 1)
        ]

    def _is_document(self, path: str) -> bool:
        """Markdown and HTML always are; a PDF is one where something says what it is."""
        is_told = path + META in self._members or path in self._manifest
        return path.lower().endswith(_DOCUMENTS) or (path.lower().endswith(_PDF) and is_told)

    def _said(self, path: str) -> Said:
        values: dict[str, str] = dict(self._manifest.get(path, {}))
        faults: list[Fault] = []
        body = ""
        if path + META in self._members:
            told, body, faults = self._meta(path + META)
            values |= told
        if not path.lower().endswith(_PDF):
            told, body, more = self._body(path)
            values, faults = {**told, **values}, [*faults, *more]
        return front_matter.said(path, values, body, faults)

    def _meta(self, path: str) -> tuple[dict[str, str], str, list[Fault]]:
        text = self._text(path)
        if text is None:
            return {}, "", [("not_utf_8_or_too_long", path)]
        fenced = text if text.startswith(front_matter.FENCE) else f"---\n{text}\n---\n"
        return front_matter.split(fenced)

    def _body(self, path: str) -> tuple[dict[str, str], str, list[Fault]]:
        text = self._text(path)
        if text is None:
            return {}, "", [("not_utf_8_or_too_long", path)]
        if path.lower().endswith(_MARKDOWN):
            return front_matter.split(text)
        read = html_marks.read(text)
        return dict(read.values), read.body, list(read.faults)

    def _text(self, path: str) -> str | None:
        if self._members[path].size > _MOST_TEXT:
            return None
        try:
            return self._bytes(path).decode()
        except UnicodeDecodeError:
            return None

    def _bytes(self, path: str) -> bytes:
        """Up to one byte more than a file may have: enough to refuse it."""
        member = self._packed.extractfile(self._members[path])
        assert member is not None  # noqa: S101 - only ordinary files are kept
        return member.read(files.MOST_BYTES + 1)

    def _read_manifest(self) -> Mapping[str, Mapping[str, str]]:
        if MANIFEST not in self._members:
            return {}
        told = {}
        for row in self._table(MANIFEST, {"file"}):
            path = row.pop("file")
            if path not in self._members:
                words = f"{MANIFEST} names a file that is not in the folder."
                raise FeedRefused(RefusalCode.WRONG_HEADER, words)
            told[path] = {name: value for name, value in row.items() if value}
        return told

    def _table(self, path: str, needed: set[str]) -> Iterator[dict[str, str]]:
        allowed = {*front_matter.NAMES, *needed, "above"}
        if self._members[path].size > _MOST_TABLE:
            raise FeedRefused(RefusalCode.TOO_LARGE, f"{path} is larger than {_MOST_TABLE:,} bytes.")
        try:
            text = self._packed.extractfile(self._members[path]).read().decode("utf-8-sig")  # type: ignore[union-attr]
        except UnicodeDecodeError:
            raise FeedRefused(RefusalCode.WRONG_ENCODING, f"{path} is not UTF-8.") from None
        rows = csv.DictReader(io.StringIO(text))
        try:
            header = set(rows.fieldnames or ())
            if not needed <= header <= allowed:
                raise FeedRefused(
                    RefusalCode.WRONG_HEADER, f"{path} has a column that is missing or unknown."
                )
            for row in rows:
                if None in row or None in row.values():
                    words = f"{path} has a line with too many or too few cells."
                    raise FeedRefused(RefusalCode.WRONG_HEADER, words)
                yield {name: value.strip() for name, value in row.items()}
        except csv.Error:
            words = f"{path} has a cell that is too long, or cannot be read."
            raise FeedRefused(RefusalCode.WRONG_HEADER, words) from None


def _is_topic(topic: SentTopic, before: Mapping[str, SentTopic]) -> bool:
    is_code = bool(_TOPIC.fullmatch(topic.code)) and topic.code not in before
    is_name = 0 < len(topic.name) <= _MOST_NAME and "\0" not in topic.name
    return is_code and is_name and (not topic.above or topic.above in before)


def _depth(key: str, above: Mapping[str, str]) -> int:
    """How deep it lies in others of the folder; one that goes round is refused when it is judged."""
    depth, at = 0, above.get(key, "")
    while at in above and depth <= rules.MOST_PARTS_DEEP:
        depth, at = depth + 1, above[at]
    return depth
