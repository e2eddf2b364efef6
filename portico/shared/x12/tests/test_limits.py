"""Hostile files: refused early, by the bytes read and the memory used, not by luck."""

import io
import time
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from itertools import islice
from pathlib import Path

import pytest

from portico.shared.x12 import envelopes, tokens
from portico.shared.x12.faults import FaultCode, X12Error
from portico.shared.x12.feed import Source
from portico.shared.x12.limits import STANDING_LIMITS, Limits
from portico.shared.x12.tests import files

INSIDE = files.ISA + files.GS + files.ST
MEBIBYTE = 1 << 20


def read_all(source: Source, limits: Limits = STANDING_LIMITS) -> None:
    """Reads every segment of every envelope, past every fault that can be read past."""
    for interchange in envelopes.read(source, limits=limits, on_fault=lambda fault: None):
        for transaction in interchange.transactions():
            transaction.skip()


def refusal(source: Source, limits: Limits = STANDING_LIMITS) -> FaultCode:
    with pytest.raises(X12Error) as caught:
        read_all(source, limits)
    return caught.value.fault.code


class Unread:
    """A file of a given size that must not be read."""

    def __init__(self, path: Path, size: int) -> None:
        with path.open("wb") as made:
            made.truncate(size)
        self._file = path.open("rb")
        self.fileno = self._file.fileno
        self.close = self._file.close

    def read(self, size: int, /) -> bytes:
        raise AssertionError("read")


def test_a_file_over_the_size_limit_is_refused_unread(tmp_path: Path) -> None:
    source = Unread(tmp_path / "large.834", STANDING_LIMITS.file_bytes + 1)
    assert refusal(source) == FaultCode.FILE_TOO_LARGE
    source.close()


@pytest.mark.parametrize("source", [files.WHOLE, io.BytesIO(files.WHOLE)], ids=["bytes", "memory"])
def test_bytes_over_the_size_limit_are_refused(source: Source) -> None:
    assert refusal(source, Limits(file_bytes=len(files.WHOLE) - 1)) == FaultCode.FILE_TOO_LARGE


def test_a_file_of_the_limit_is_read() -> None:
    read_all(files.WHOLE, Limits(file_bytes=len(files.WHOLE)))


@pytest.mark.parametrize("chunk_bytes", [1, 50, 131_072])
def test_a_stream_over_the_size_limit_is_refused_after_what_the_limit_holds(chunk_bytes: int) -> None:
    limits = Limits(file_bytes=len(INSIDE) + 20)
    endless = files.Endless(INSIDE, b"N3*ROAD~")
    segments = tokens.segments(endless, limits=limits, chunk_bytes=chunk_bytes)
    assert [segment[0] for _, segment in islice(segments, 5)] == ["ISA", "GS", "ST", "N3", "N3"]
    with pytest.raises(X12Error) as caught:
        next(segments)
    assert caught.value.fault.code == FaultCode.FILE_TOO_LARGE
    assert endless.given == limits.file_bytes + 1


ENDLESS: dict[str, tuple[bytes, bytes, FaultCode]] = {
    "no terminator": (INSIDE, b"x", FaultCode.SEGMENT_TOO_LONG),
    "separators": (INSIDE, b"*", FaultCode.SEGMENT_TOO_LONG),
    "many elements": (INSIDE, b"N3" + b"*" * 101 + b"~", FaultCode.TOO_MANY_ELEMENTS),
    "empty segments": (INSIDE, b"~", FaultCode.TOO_MANY_FAULTS),
    "bad segment IDs": (INSIDE, b"n3*x~", FaultCode.TOO_MANY_FAULTS),
    "NULs": (INSIDE, b"\x00", FaultCode.SEGMENT_TOO_LONG),
    "terminated NULs": (INSIDE, b"N3*\x00~", FaultCode.CONTROL_CHARACTER),
    "nested transaction sets": (INSIDE, b"ST*834*0001~", FaultCode.TOO_MANY_FAULTS),
    "nested groups": (files.ISA, files.GS, FaultCode.TOO_MANY_FAULTS),
    "nested interchanges": (b"", files.ISA, FaultCode.INTERCHANGE_NOT_CLOSED),
    "binary": (b"", bytes(range(256)), FaultCode.NOT_X12),
}


@pytest.mark.parametrize("name", ENDLESS)
def test_an_endless_file_is_refused_after_a_mebibyte(name: str) -> None:
    start, pattern, code = ENDLESS[name]
    source = files.Endless(start, pattern)
    assert refusal(source) == code
    assert source.given <= MEBIBYTE


def test_envelopes_are_counted_over_the_whole_file() -> None:
    three = b"".join(files.numbered(files.WHOLE, number) for number in (1, 2, 3))
    read_all(three, Limits(envelopes=9))
    assert refusal(three, Limits(envelopes=8)) == FaultCode.TOO_MANY_ENVELOPES
    notices = files.ISA + b"TA1*000000001*260301*1200*A*000~" * 9 + b"IEA*0*000000001~"
    assert refusal(notices, Limits(envelopes=9)) == FaultCode.TOO_MANY_ENVELOPES


HEAVY: dict[str, Callable[[int], bytes]] = {
    "members": lambda size: INSIDE + files.MEMBERS * (size // len(files.MEMBERS)),
    "tiny segments": lambda size: INSIDE + b"N3~" * (size // 3),
    "tiny segments beyond ASCII": lambda size: INSIDE + b"N3*\xe9~" * (size // 5),
    "tiny lines": lambda size: INSIDE + b"N3~\n\n" * (size // 5),
    "lines without segments": lambda size: INSIDE + b"\r\n" * (size // 2),
    "lines before the ISA": lambda size: b"\r\n" * (size // 2),
    "false ends": lambda size: INSIDE + b"IEAX~" * (size // 5),
    "interchanges": lambda size: b"".join(
        files.numbered(files.ISA + b"IEA*0*000000001~", number) for number in range(size // 122)
    ),
    "transaction sets": lambda size: (
        files.ISA
        + files.GS
        + b"".join(b"ST*834*%09d~SE*2*%09d~" % (number, number) for number in range(size // 37))
    ),
}


@pytest.mark.parametrize("name", HEAVY)
def test_memory_stays_flat(name: str) -> None:
    source = io.BytesIO(HEAVY[name](MEBIBYTE))
    tracemalloc.start()
    try:
        with suppress(X12Error):
            read_all(source)
        assert tracemalloc.get_traced_memory()[1] < 16 * MEBIBYTE
    finally:
        tracemalloc.stop()


@pytest.mark.drill
@pytest.mark.parametrize("name", HEAVY)
def test_the_heaviest_file_within_the_limits_is_answered_soon(name: str) -> None:
    file = HEAVY[name](STANDING_LIMITS.file_bytes - 256)
    started = time.perf_counter()
    with suppress(X12Error):
        read_all(file)
    assert time.perf_counter() - started < 2
