"""The job that takes a packed folder into the library: surveyed as a whole, then a permit and a transaction
for each chunk of documents.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from portico.domains.jobs.leases import Leased
from portico.domains.library import importing
from portico.domains.library.importing import sent
from portico.edges.loaders import handling
from portico.edges.loaders.library.folder import Entry, Folder
from portico.edges.loaders.settling import Books, RowRead

_MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_LOCATOR: Final = 50


class Handler:
    """Loads one packed folder; `watch` is told documents done, of how many."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        self.watch = watch

    def run(self, leased: Leased) -> None:
        """Load the folder from where the job stands.

        Raises CannotDo where it is refused, LeaseLost, Stopping.
        """
        with handling.opened(leased) as source:
            folder = Folder(handling.Kept(source, leased))
            is_dry = leased.payload.get("dry") == "yes"
            if not leased.cursor and not is_dry:
                topics = folder.topics()
                importing.load_topics(actor=leased.actor(handling.LOADER), leased=leased, topics=topics)
            self._load_all(leased, folder, is_dry)

    def _load_all(self, leased: Leased, folder: Folder, is_dry: bool) -> None:
        total = len(folder.entries)
        books, done = Books(leased, total=total), int(leased.cursor.get("done", 0))
        wanted = [entry for entry in folder.entries if entry.place > done and books.wants(entry.place)]
        last = wanted[-1].place if wanted else 0
        for chunk in _chunks(folder, wanted):
            self._load(leased, folder, books, chunk, is_dry, chunk[-1][0].place == last)
        if not wanted:
            self._load(leased, folder, books, [], is_dry, True)

    def _load(
        self,
        leased: Leased,
        folder: Folder,
        books: Books,
        chunk: Sequence[tuple[Entry, sent.Sent]],
        is_dry: bool,
        is_last: bool,
    ) -> None:
        total = len(folder.entries)
        done = total if is_last else chunk[-1][0].place
        rows = [
            RowRead(entry.place, f"file {entry.path[-_MOST_LOCATOR:]} line 1", [entry.path], each)
            for entry, each in chunk
        ]
        importing.load(
            actor=leased.actor(handling.LOADER),
            leased=leased,
            sent=[each for _, each in chunk],
            coming=folder.coming,
            settle=books.counted(rows, done=done, total=total, is_last=is_last),
            is_dry=is_dry,
        )
        self.watch(done, total)


def _chunks(folder: Folder, wanted: Sequence[Entry]) -> Iterator[list[tuple[Entry, sent.Sent]]]:
    """So many at once, so many bytes, and all equally deep: what lies in another comes after it.

    Read one after the other, so that no more of the folder is held than a chunk and one document.
    """
    chunk: list[tuple[Entry, sent.Sent]] = []
    held = 0
    for entry in wanted:
        read = folder.sent(entry)
        size = len(read.wording.body) + sum(len(file.content) for file in read.files)
        is_full = len(chunk) >= sent.MOST_AT_ONCE or held + size > _MOST_BYTES
        if chunk and (is_full or entry.depth != chunk[0][0].depth):
            yield chunk
            chunk, held = [], 0
        chunk.append((entry, read))
        held += size
    if chunk:
        yield chunk
