"""A set's segments on their way to the guide, and going on inside a set after a stop.

What stands above a place (the set's header, the provider's level) is read again, then reading goes on at the
subscriber's. Levels are not counted here: a set that is gone on in has not all of them.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import BinaryIO

from portico.shared.x12 import envelopes
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.faults import SyntaxFault
from portico.shared.x12.levels import Group, Interchange, TransactionSet
from portico.shared.x12.limits import Limits
from portico.shared.x12.walking import Numbered, Report
from portico.transactions.claims.records import Place


class Watched(TransactionSet):
    """A transaction set that notes each segment as it passes, after those read `before`.

    `passed` are the segments handed out since they were last taken.
    """

    def __init__(self, transaction: TransactionSet, before: tuple[Numbered, ...] = ()) -> None:
        self.inner = transaction
        self.group: Group = transaction.group
        self.header = transaction.header
        self.number = transaction.number
        self.walk = transaction.walk
        self.passed: list[Numbered] = []
        self._all = self._watched(before)

    def segments(self) -> Iterator[Numbered]:
        """Answers the segments between ST and SE."""
        return self._all

    def skip(self) -> None:
        """Reads to the set's end."""
        self.inner.skip()

    def bookmark(self) -> Bookmark:
        """Answers the place of the segment handed out last."""
        return self.inner.bookmark()

    def take(self) -> list[Numbered]:
        """Answers what passed since the last time."""
        passed, self.passed = self.passed, []
        return passed

    def _watched(self, before: tuple[Numbered, ...]) -> Iterator[Numbered]:
        for numbered in chain(before, self.inner.segments()):
            self.passed.append(numbered)
            yield numbered


def ignore(fault: SyntaxFault) -> None:
    """Lets reading go on past a fault of the envelopes."""
    del fault


def opened(
    source: BinaryIO, begin: Place | None, limits: Limits, on_fault: Report
) -> Iterator[tuple[Interchange, Watched]]:
    """Answers the transaction sets of a file, or those from a place on, the first one gone on with.

    Raises X12Error where the syntax breaks or the file is another.
    """
    if begin is None:
        source.seek(0)
        interchanges = envelopes.read(source, limits=limits, on_fault=on_fault)
        before: tuple[Numbered, ...] = ()
    else:
        before = () if begin.is_of_set else _above(source, begin, limits)
        interchanges = envelopes.resume(source, begin.subscriber, limits=limits, on_fault=on_fault)
    for interchange in interchanges:
        for transaction in interchange.transactions():
            yield interchange, Watched(transaction, before)
            before = ()


def _above(source: BinaryIO, begin: Place, limits: Limits) -> tuple[Numbered, ...]:
    """The header of the set, and the provider's level where there is one."""
    provider = _provider(source, begin, limits) if begin.provider[1] else ()
    return (*_header(source, begin, limits), *provider)


def _header(source: BinaryIO, begin: Place, limits: Limits) -> Iterator[Numbered]:
    """The segments between the ST and the first level."""
    mark = begin.subscriber
    return _until_level(source, replace(mark, offset=mark.st_offset, number=mark.st_number), limits, "")


def _provider(source: BinaryIO, begin: Place, limits: Limits) -> Iterator[Numbered]:
    """The segments of the provider's level, to the first subscriber."""
    offset, number = begin.provider
    return _until_level(source, replace(begin.subscriber, offset=offset, number=number), limits, "20")


def _until_level(source: BinaryIO, mark: Bookmark, limits: Limits, own: str) -> Iterator[Numbered]:
    interchange = next(envelopes.resume(source, mark, limits=limits, on_fault=ignore))
    for number, segment in next(interchange.transactions()).segments():
        if segment[0] == "HL" and (not own or level_of(segment) != own):
            return
        yield number, segment


def level_of(segment: list[str]) -> str:
    """Answers HL03."""
    return segment[3] if len(segment) > 3 else ""
