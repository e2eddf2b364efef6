"""What holds for any values, delimiters, damage and size of reads."""

import io
from contextlib import suppress
from typing import cast

from hypothesis import assume, given
from hypothesis import strategies as st

from portico.shared.x12 import charset, envelopes, tokens
from portico.shared.x12.build import InterchangeWriter
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.faults import X12Error
from portico.shared.x12.joining import Joiner, Value
from portico.shared.x12.tests import files
from portico.shared.x12.tests.test_build import gs, isa
from portico.shared.x12.walking import ENVELOPE_IDS

MAY_DELIMIT = [chr(code) for code in range(1, 0x7F) if not chr(code).isalnum() and chr(code) not in " \r\n"]
IDS = st.from_regex(r"[A-Z][A-Z0-9]{1,2}", fullmatch=True).filter(lambda name: name not in ENVELOPE_IDS)
CHARACTERS = st.characters(codec="utf-8").filter(lambda character: charset.refused_at(character) < 0)


Built = tuple[Delimiters, str, list[list[Value]]]


@st.composite
def delimiter_sets(draw: st.DrawFn) -> Delimiters:
    element, component, *rest = draw(
        st.lists(st.sampled_from(MAY_DELIMIT), min_size=4, max_size=4, unique=True)
    )
    repetition = draw(st.sampled_from([rest[0], None]))
    terminator = draw(st.sampled_from([rest[1], "\n", "\r"]))
    return Delimiters(element, repetition, component, terminator)


def trimmed(values: list[str]) -> list[str]:
    """Answers the values without the empty ones at the end."""
    while values and not values[-1]:
        values = values[:-1]
    return values


@st.composite
def written(draw: st.DrawFn) -> Built:
    """Answers delimiters, a line end, and segments of values that may be written with them."""
    delimiters = draw(delimiter_sets())
    assume(not set(delimiters.characters) & set("NORTHLAKE CORE"))
    value = st.text(CHARACTERS.filter(lambda character: character not in delimiters.characters), max_size=8)
    kinds: list[st.SearchStrategy[Value]] = [
        value,
        st.none(),
        st.lists(value, min_size=1, max_size=3).map(tuple),
    ]
    if delimiters.repetition:
        composites = st.lists(st.tuples(value, value), max_size=3)
        kinds += [st.lists(value, max_size=3), composites]
    segment = st.tuples(IDS, st.lists(st.one_of(kinds), max_size=6)).map(lambda pair: [pair[0], *pair[1]])
    line_ends = [""] if delimiters.terminator in "\r\n" else ["", "\n", "\r\n"]
    return delimiters, draw(st.sampled_from(line_ends)), draw(st.lists(segment, max_size=8))


def build(delimiters: Delimiters, line_end: str, segments: list[list[Value]]) -> bytes:
    file = io.BytesIO()
    with (
        InterchangeWriter(file, isa(), delimiters=delimiters, line_end=line_end) as interchange,
        interchange.group(gs()) as group,
        group.transaction("834") as transaction,
    ):
        for name, *elements in segments:
            assert isinstance(name, str)
            transaction.write(name, *elements)
    return file.getvalue()


def taken_apart(delimiters: Delimiters, text: str, value: Value) -> Value:
    """Answers the value an element's text was, given its kind; empty ends are as good as absent."""
    if isinstance(value, tuple):
        return tuple(trimmed(delimiters.components(text)))
    if isinstance(value, list):
        parts = delimiters.repeats(text)
        return cast(
            Value, [taken_apart(delimiters, *pair) for pair in zip(parts, value or [""], strict=True)]
        )
    return text


def plain(value: Value) -> Value:
    """Answers a value as it would be read back: absent is empty, empty ends are left out."""
    if isinstance(value, tuple):
        return tuple(trimmed([part or "" for part in value]))
    if isinstance(value, list):
        return cast(Value, [plain(part) for part in value] or [""])
    return value or ""


@given(written(), st.integers(1, 300))
def test_what_is_built_is_read_back(built: Built, chunk_bytes: int) -> None:
    delimiters, line_end, segments = built
    interchange = next(envelopes.read(build(delimiters, line_end, segments), chunk_bytes=chunk_bytes))
    group = next(interchange.groups())
    read = [segment for _, segment in next(group.transactions()).segments()]
    assert (interchange.delimiters, interchange.header, group.header) == (delimiters, isa(), gs())
    assert len(read) == len(segments)
    for texts, values in zip(read, segments, strict=True):
        padded = texts + [""] * (len(values) - len(texts))
        found = [taken_apart(delimiters, text, value) for text, value in zip(padded, values, strict=True)]
        assert found == [plain(value) for value in values]


def outcome(file: bytes, chunk_bytes: int) -> tuple[list[tuple[int, list[str]]], object]:
    """Answers a file's segments and the fault after them."""
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend(tokens.segments(io.BytesIO(file), chunk_bytes=chunk_bytes))
    except X12Error as error:
        return found, error.fault
    return found, None


PIECES = st.sampled_from(
    [b"~", b"*", b":", b"^", b"\n", b"\r\n", b"\x00", b"\xe9", "é".encode(), b"INS", files.ISA, files.IEA]
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Answers a whole file, or two, with some bytes put in, taken out or overwritten."""
    file = files.WHOLE * draw(st.integers(1, 2))
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(file)))
        end = min(len(file), start + draw(st.integers(0, 30)))
        file = file[:start] + draw(st.one_of(st.binary(max_size=4), PIECES)) + file[end:]
    return file


@given(damaged(), st.integers(1, 200))
def test_the_size_of_reads_changes_neither_segments_nor_faults(file: bytes, chunk_bytes: int) -> None:
    assert outcome(file, chunk_bytes) == outcome(file, 131_072)


@given(
    st.one_of(damaged(), st.binary(max_size=300).map(lambda rest: files.ISA + rest), st.binary(max_size=300))
)
def test_any_bytes_are_read_or_refused(file: bytes) -> None:
    for on_fault in (None, lambda fault: None):
        with suppress(X12Error):
            for interchange in envelopes.read(file, on_fault=on_fault):
                interchange.skip()


@given(st.lists(st.one_of(st.text(CHARACTERS, max_size=6), st.binary(max_size=6)), max_size=6))
def test_a_stretch_reads_as_its_segments_alone_do(texts: list[str | bytes]) -> None:
    raw = [text.encode() if isinstance(text, str) else text for text in texts]
    clean = b"~".join(bytes(byte for byte in piece if byte >= 0x20 and byte not in b"~\x7f") for piece in raw)
    alone = [charset.decode(piece) for piece in clean.split(b"~")]
    refused = any(charset.refused_at(text) >= 0 for text in alone)
    assert charset.split(clean, "~") == (None if refused else alone)


@given(st.text(max_size=20), delimiter_sets())
def test_a_replaced_value_is_always_read_back(value: str, delimiters: Delimiters) -> None:
    text = Joiner(delimiters, replace=True).segment(["N3", value, "x"])
    segment = text.removesuffix(delimiters.terminator).split(delimiters.element)
    assert len(segment) == 3
    assert len(segment[1]) == len(value)
    assert charset.refused_at(segment[1]) < 0
