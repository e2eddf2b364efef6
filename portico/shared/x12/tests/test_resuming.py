"""A reader that stopped goes on where it was, with nothing lost or doubled."""

import dataclasses
import io
import json
from pathlib import Path

import pytest

from portico.shared.x12 import envelopes
from portico.shared.x12.bookmarks import Bookmark
from portico.shared.x12.faults import FaultCode, X12Error
from portico.shared.x12.levels import TransactionSet
from portico.shared.x12.tests import files

SECOND_SET = b"ST*834*0002*005010X220A1~" + files.MEMBERS + b"SE*7*0002~"
SECOND_GROUP = files.GS.replace(b"*1*X*", b"*2*X*") + files.ST + files.BODY + files.SE + b"GE*1*2~"
LARGE = (
    files.ISA + files.GS + files.ST + files.BODY + files.SE + SECOND_SET + b"GE*2*1~" + SECOND_GROUP
    + b"IEA*2*000000001~" + files.delimited(files.numbered(files.WHOLE, 2), b"|", b"!", b">", b"'")
)  # fmt: skip
LINES = LARGE.replace(b"~", b"~\r\n").replace(b"RIVERA", "Nguyễn".encode())
Seen = tuple[int, str, str, int, str]


def seen_and_bookmarked(file: bytes) -> list[tuple[Seen, Bookmark]]:
    """Answers everything a reader sees in a file, each with the bookmark a loader would keep before it."""
    found = []
    for interchange in envelopes.read(file, chunk_bytes=200):
        for transaction in interchange.transactions():
            for numbered in transaction.segments():
                found.append((_seen(transaction, numbered), transaction.bookmark()))
    return found


def resumed(file: bytes, bookmark: Bookmark) -> list[Seen]:
    return [
        _seen(transaction, numbered)
        for interchange in envelopes.resume(file, bookmark, chunk_bytes=200)
        for transaction in interchange.transactions()
        for numbered in transaction.segments()
    ]


def _seen(transaction: TransactionSet, numbered: tuple[int, list[str]]) -> Seen:
    group = transaction.group
    place = group.interchange.place
    return (
        place,
        group.header.control_number,
        transaction.header.control_number,
        numbered[0],
        "*".join(numbered[1]),
    )


@pytest.mark.parametrize("file", [LARGE, LINES], ids=["one line", "lines beyond ASCII"])
def test_every_segment_can_be_resumed_at(file: bytes) -> None:
    whole = seen_and_bookmarked(file)
    assert len(whole) == 23
    for place, (_, bookmark) in enumerate(whole):
        assert resumed(file, bookmark) == [seen for seen, _ in whole[place:]]


def test_a_bookmark_before_the_first_segment_is_at_the_st() -> None:
    transaction = next(next(envelopes.read(LARGE)).transactions())
    bookmark = transaction.bookmark()
    assert (bookmark.offset, bookmark.number) == (transaction.offset, transaction.number)
    assert len(resumed(LARGE, bookmark)) == 23


def test_a_bookmark_after_the_last_segment_is_at_the_se() -> None:
    transaction = next(next(envelopes.read(LARGE)).transactions())
    transaction.skip()
    assert LARGE[transaction.bookmark().offset :].startswith(b"SE*8*0001~")
    assert len(resumed(LARGE, transaction.bookmark())) == 23 - 6


def test_a_bookmark_is_kept_as_json() -> None:
    _, bookmark = seen_and_bookmarked(LARGE)[7]
    assert Bookmark(**json.loads(json.dumps(dataclasses.asdict(bookmark)))) == bookmark


def test_a_file_on_disk_resumes(tmp_path: Path) -> None:
    path = tmp_path / "full.834"
    path.write_bytes(LARGE)
    _, bookmark = seen_and_bookmarked(LARGE)[7]
    with path.open("rb") as file:
        first = next(next(envelopes.resume(file, bookmark)).transactions())
        assert next(first.segments())[0] == bookmark.number


def test_counts_are_checked_over_what_was_read_before() -> None:
    wrong = LARGE.replace(b"SE*7*0002", b"SE*3*0002")
    whole = seen_and_bookmarked(LARGE)
    with pytest.raises(X12Error) as caught:
        resumed(wrong, whole[8][1])
    assert caught.value.fault.code == FaultCode.TRANSACTION_COUNT_WRONG
    assert "7 segments" in caught.value.fault.message


@pytest.mark.parametrize(
    "file",
    [
        b"",
        b"\n" + LARGE,
        LARGE.replace(b"GS*BE", b"GG*BE"),
        LARGE.replace(b"*CORE*", b"*CORES*"),
        LARGE[:150],
    ],
    ids=["empty", "shifted", "another segment", "longer group", "cut"],
)
def test_another_file_is_noticed(file: bytes) -> None:
    bookmark = seen_and_bookmarked(LARGE)[7][1]
    with pytest.raises(X12Error) as caught:
        resumed(file, bookmark)
    assert caught.value.fault.code == FaultCode.BOOKMARK_STALE


def test_resuming_needs_no_reading_from_the_start() -> None:
    class Counted(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            answer = super().read(size)
            self.given += len(answer)
            return answer

    long = files.ISA + files.GS + files.ST + files.MEMBERS * 10_000
    transaction = next(next(envelopes.read(long)).transactions())
    segments = transaction.segments()
    bookmark = next(transaction.bookmark() for number, _ in segments if number == 49_000)
    file = Counted(long)
    next(next(envelopes.resume(file, bookmark)).groups())
    assert file.given < 60_000
