"""What the loading jobs have in common: the file opened, a refusal told, the lease kept while a file is
surveyed.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import BinaryIO

from portico.domains.jobs import queue
from portico.domains.jobs.leases import CannotDo, Leased
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import catalogue
from portico.edges.loaders import intake, settling
from portico.edges.loaders.refusals import FeedRefused, RefusalCode

LOADER = "loader"
CHUNK = 500
_RENEW_EVERY_SECONDS = 5.0

Watch = Callable[[int, int], None]


def unwatched(done: int, total: int) -> None:
    """Nobody looks on."""
    del done, total


class Kept(io.RawIOBase):
    """A file read for long without a checkpoint: the lease is prolonged now and then while it is read."""

    def __init__(self, source: BinaryIO, leased: Leased) -> None:
        self._source = source
        self._leased = leased
        self._renewed = monotonic()

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes. Raises LeaseLost."""
        if monotonic() - self._renewed > _RENEW_EVERY_SECONDS:
            queue.renew(self._leased)
            self._renewed = monotonic()
        return self._source.read(size)

    def fileno(self) -> int:
        """The file's own."""
        return self._source.fileno()

    def tell(self) -> int:
        """The file's own."""
        return self._source.tell()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """The file's own."""
        return self._source.seek(offset, whence)


@contextmanager
def opened(leased: Leased) -> Iterator[BinaryIO]:
    """The staged file of the job. A refusal inside is noted, and the job fails for good with its code."""
    try:
        with intake.staged(leased.payload["file"]).open("rb") as source:
            yield source
    except FileNotFoundError:
        raise CannotDo(RefusalCode.NOT_FOUND) from None
    except FeedRefused as refused:
        with permit(leased.actor(LOADER), Function.LOADING) as given:
            settling.refuse(leased, given, message=refused.words, code=refused.code)
        raise CannotDo(refused.code) from None


def check_line(line: str) -> None:
    """Refuses a line of business the plan has not. Raises FeedRefused."""
    if line not in {known.code for known in catalogue.lines()}:
        words = (
            f"The plan has no line of business {line}. Name one with --line, or set PORTICO_834_DEFAULT_LINE."
        )
        raise FeedRefused(RefusalCode.UNKNOWN_LINE, words)
