"""The index of this node: built, taken up to date, and opened for whoever searches.

A new one is built in a folder beside the one in use, some documents at a time, and put in its place when it
is whole. Every process of the node opens the same one; at a search, at most once a second, one of them takes
in what was moved since. Nothing waits for another: who finds somebody at it goes on with what there is.
"""

import fcntl
import secrets
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

import structlog
from django.conf import settings
from django.db import transaction
from tantivy import Index, Query, Searcher

from portico.domains.library import models
from portico.domains.library.search import card_index, entries, matching, state
from portico.domains.library.search.matching import Narrowed
from portico.domains.library.search.spelling import Words
from portico.domains.library.search.state import Moved, State, Taken

LOOKED_AT_EVERY: Final = 1.0
"""Seconds between two looks at what was moved, in one process."""
AT_ONCE: Final = 500
"""How many documents are put on the index before the clock is looked at."""
WORKS_FOR: Final = 4.0
"""Seconds that a search may spend on the index before it answers."""
WORDS_FOR: Final = timedelta(minutes=1)
"""How long the words are remembered: a scheduled text that appears brings its own."""
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """What can be searched, and the words that somebody may be told of, as they were read `read_at`."""

    searcher: Searcher
    words: Words
    read_at: datetime


class Node:
    """The index of this node as one process sees it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder that the node keeps it in."""
        self.folder = folder
        self._looked = -LOOKED_AT_EVERY
        self._turn = threading.Lock()
        self._seen: State | None = None
        self._index: Index | None = None
        self._opened: dict[bool, Opened] = {}

    def look_soon(self) -> None:
        """Look at the next search whether something moved, however lately one did."""
        self._looked = -LOOKED_AT_EVERY

    def opened(self, *, at: datetime, public_only: bool) -> Opened | None:
        """What can be searched now, up to date within a second; None while the first index is being built."""
        if monotonic() - self._looked >= LOOKED_AT_EVERY and self._turn.acquire(blocking=False):
            try:
                self._looked = monotonic()
                self._brought_up(at)
            except (OSError, ValueError) as error:
                _log.error("library_index_failed", error=type(error).__name__)
            finally:
                self._turn.release()
        if self._index is None:
            return None
        held = self._opened.get(public_only)
        if held is None or at - held.read_at > WORDS_FOR:
            held = self._opened[public_only] = _opened(self._index.searcher(), at, public_only=public_only)
        return held

    def bring_up(self, *, at: datetime, works_for: float | None = None) -> bool:
        """Take in what was moved; answers whether all of it was. `works_for`: seconds, None: no end."""
        until = None if works_for is None else monotonic() + works_for
        with _locked(self.folder / "lock") as is_mine:
            is_done = is_mine and self._take_in(at, until)
        self._open()
        return is_done

    def _brought_up(self, at: datetime) -> None:
        """As up to date as it can be; one whose files are spoilt is given up for a new one."""
        try:
            self.bring_up(at=at, works_for=WORKS_FOR)
        except ValueError:
            if not self._give_up_spoilt():
                raise
            _log.error("library_index_spoilt")
            self.bring_up(at=at, works_for=WORKS_FOR)

    def _give_up_spoilt(self) -> bool:
        """Forget what cannot be read of the one in use and of one that is being built; was there any?"""
        is_any = False
        for name in ("current", "building"):
            held = state.read(self._kept(name))
            if held is not None and not card_index.is_sound(self.folder / held.folder):
                self._kept(name).unlink(missing_ok=True)
                is_any = True
        return is_any

    def _take_in(self, at: datetime, until: float | None) -> bool:
        current = state.read(self._kept("current"))
        if current is None or not self._is_usable(current):
            return self._build(at, until)
        rows = _rows(current.taken.floor)
        pending = current.taken.pending(rows)
        if not current.taken.fits(rows) or any(row.document_id is None for row in pending):
            return self._build(at, until)
        while pending:
            chunk, pending = pending[:AT_ONCE], pending[AT_ONCE:]
            self._put(current, {row.document_id for row in chunk if row.document_id}, at)
            current = replace(current, taken=current.taken.with_rows(chunk))
            state.write(self._kept("current"), current)
            if _is_over(until) and pending:
                return False
        return True

    def _is_usable(self, held: State) -> bool:
        """Is it of our form, and its folder still there?"""
        return held.form == card_index.FORM and card_index.is_at(self.folder / held.folder)

    def _build(self, at: datetime, until: float | None) -> bool:
        """Go on with the one that is being built, or begin it; put it in place when it is whole."""
        new = state.read(self._kept("building"))
        if new is None or not self._is_usable(new) or not new.taken.fits(_rows(new.taken.floor)):
            new = State(secrets.token_hex(8), card_index.FORM, Taken().with_rows(_rows(0)), through=0)
        while ids := _documents(after=new.through or 0):
            self._put(new, set(ids), at)
            new = replace(new, through=ids[-1])
            state.write(self._kept("building"), new)
            if _is_over(until):
                return False
        card_index.open_at(self.folder / new.folder)
        self._swap(replace(new, through=None))
        return self._take_in(at, until)

    def _swap(self, new: State) -> None:
        """Put it in place. The one before stays for processes that are about to open it; older ones go."""
        old = state.read(self._kept("current"))
        state.write(self._kept("current"), new)
        self._kept("building").unlink(missing_ok=True)
        kept = {new.folder, old.folder if old else new.folder}
        for folder in self.folder.iterdir():
            if folder.is_dir() and folder.name not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def _put(self, held: State, document_ids: set[int], at: datetime) -> None:
        with card_index.writer(card_index.open_at(self.folder / held.folder)) as writer:
            for number in document_ids:
                card_index.drop(writer, number)
            for entry in entries.of(document_ids, at=at):
                card_index.put(writer, entry)

    def _open(self) -> None:
        """Open what is in place now, unless it is open already or was taken away meanwhile."""
        current = state.read(self._kept("current"))
        if current is None or current.form != card_index.FORM or current == self._seen:
            return
        if not card_index.is_at(self.folder / current.folder):
            return
        if self._index is not None and self._seen is not None and self._seen.folder == current.folder:
            self._index.reload()
        else:
            self._index = card_index.open_at(self.folder / current.folder)
        self._seen = current
        self._opened = {}

    def _kept(self, name: str) -> Path:
        return self.folder / f"{name}.json"


_NODES: Final[dict[str, Node]] = {}


def node() -> Node:
    """The index of this node."""
    folder = str(settings.LIBRARY_INDEX_DIR)
    held = _NODES.get(folder)
    if held is None:
        _NODES.clear()
        held = _NODES.setdefault(folder, Node(Path(folder)))
    return held


def look_soon_after(*_: object, **__: object) -> None:
    """Something moves in this process: its next search looks, once that is committed."""
    transaction.on_commit(lambda: node().look_soon())


def _opened(searcher: Searcher, at: datetime, *, public_only: bool) -> Opened:
    """With the words of what may be read: a word of a text yet to come is told to nobody."""
    known = matching.narrowed(Query.all_query(), Narrowed(None, at, public_only))
    return Opened(searcher, Words.of(searcher.terms_with_prefix("words", "", known)), at)


def _rows(floor: int) -> list[Moved]:
    rows = models.Movement.objects.filter(pk__gt=floor).order_by("pk")
    return [Moved(*row) for row in rows.values_list("pk", "document_id", "made_at")]


def _documents(after: int) -> Sequence[int]:
    rows = models.Document.objects.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _is_over(until: float | None) -> bool:
    return until is not None and monotonic() >= until


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Is it this process's turn? Where another one of the node has it, nothing is waited for."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
