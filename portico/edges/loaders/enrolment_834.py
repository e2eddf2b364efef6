"""The job that loads an 834: surveyed as a whole, then a permit and a transaction for each chunk of
members.
"""

from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from django.conf import settings

from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Fate
from portico.domains.members import enrolment
from portico.domains.members.enrolment import Terms
from portico.domains.members.enrolment_facts import SentMember
from portico.domains.permits.permit import Permit
from portico.domains.plan import days
from portico.edges.loaders import handling, reader_834
from portico.edges.loaders.bad_rows import BadRow
from portico.edges.loaders.reader_834 import Loops
from portico.edges.loaders.settling import Books, RowRead
from portico.shared.x12.bookmarks import Bookmark

Rows = list[RowRead[SentMember]]


class Handler:
    """Loads one staged 834; `watch` is told bytes done, of how many."""

    def __init__(self, watch: handling.Watch = handling.unwatched) -> None:
        self.watch = watch

    def run(self, leased: Leased) -> None:
        """Load the file from where the job stands.

        Raises CannotDo where it is refused, LeaseLost, Stopping.
        """
        with handling.opened(leased) as source:
            terms = _terms(leased, source)
            load = _Load(leased, source, terms, self.watch)
            load.run()


class _Load:
    """One run over a file."""

    def __init__(self, leased: Leased, source: BinaryIO, terms: Terms, watch: handling.Watch) -> None:
        self._leased = leased
        self._source = source
        self._terms = terms
        self._watch = watch
        self._size = source.seek(0, 2)
        source.seek(0)
        self._books = Books(leased, total=self._size)
        self._position = int(leased.cursor.get("position", 0))

    def run(self) -> None:
        """Chunk after chunk; the last one closes the books."""
        found = reader_834.members(self._source, begin=self._begin())
        rows: Rows = []
        for loops in found:
            self._position += 1
            if self._books.wants(self._position):
                rows.append(self._read(loops))
            if len(rows) >= handling.CHUNK and loops.bookmark is not None:
                self._load(rows, loops.bookmark())
                rows = []
        self._load(rows, None)

    def _begin(self) -> Bookmark | None:
        at = self._leased.cursor.get("at")
        return Bookmark(**at) if at else None

    def _read(self, loops: Loops) -> RowRead[SentMember]:
        sent: SentMember | BadRow
        try:
            sent = loops.read(allow_demo=settings.DEMO_IDENTIFIERS)
        except BadRow as error:
            sent = error
        return RowRead(self._position, loops.locator, loops.segments, sent)

    def _load(self, rows: Rows, going_on: Bookmark | None) -> None:
        enrolment.load(
            actor=self._leased.actor(handling.LOADER),
            leased=self._leased,
            members=[row.sent for row in rows if isinstance(row.sent, SentMember)],
            terms=self._terms,
            settle=partial(self._settle, rows, going_on),
            is_last=going_on is None,
        )
        self._watch(going_on.offset if going_on else self._size, self._size)

    def _settle(self, rows: Rows, going_on: Bookmark | None, given: Permit, fates: list[Fate]) -> None:
        del given
        cursor = {**self._leased.cursor, **_cursor(self._terms), "position": self._position}
        if going_on is not None:
            self._books.settle(rows, fates, cursor={**cursor, "at": asdict(going_on)}, done=going_on.offset)
            return
        self._books.settle(rows, fates, cursor=cursor, done=self._size)
        self._books.close()


def _terms(leased: Leased, source: BinaryIO) -> Terms:
    """What the survey found: made once, then carried in the cursor. Raises FeedRefused."""
    line, told = leased.payload["line"], leased.cursor.get("as_of")
    zone = days.zone()
    if told is None:
        handling.check_line(line)
        as_of = reader_834.survey(handling.Kept(source, leased), zone=zone).as_of
    else:
        as_of = datetime.fromisoformat(told).astimezone(zone)
    return Terms(default_line=line, as_of=as_of, file_day=as_of.date())


def _cursor(terms: Terms) -> dict[str, Any]:
    return {"as_of": terms.as_of.isoformat()}
