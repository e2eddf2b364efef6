"""A file as numbered segments: examples, encodings, line ends, limits."""

import io

import pytest

from portico.shared.x12 import tokens
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.limits import STANDING_LIMITS, Limits
from portico.shared.x12.tests import files

CHUNKS = (1, 7, 106, 107, 1000, 131_072)


Answer = tuple[list[tuple[int, list[str]]], SyntaxFault | None]


def read(file: bytes, limits: Limits = STANDING_LIMITS) -> Answer:
    """Answers the segments and the fault after them, having seen that no size of reads changes either."""
    answers = [_read(file, limits, chunk_bytes) for chunk_bytes in CHUNKS]
    assert all(answer == answers[0] for answer in answers)
    return answers[0]


def _read(file: bytes, limits: Limits, chunk_bytes: int) -> Answer:
    found: list[tuple[int, list[str]]] = []
    try:
        found.extend(tokens.segments(io.BytesIO(file), limits=limits, chunk_bytes=chunk_bytes))
    except X12Error as error:
        return found, error.fault
    return found, None


def test_segments_are_lists_numbered_from_the_isa() -> None:
    segments, fault = read(files.WHOLE)
    assert fault is None
    assert [number for number, _ in segments] == list(range(1, 13))
    assert segments[0][1][0] == "ISA"
    assert segments[0][1][6] == "NORTHLAKE      "
    assert segments[3] == (4, ["BGN", "00", "1", "20260301", "1200", "", "", "", "2"])
    assert segments[-1] == (12, ["IEA", "1", "000000001"])


def test_bytes_and_files_read_alike() -> None:
    assert list(tokens.segments(files.WHOLE)) == list(tokens.segments(io.BytesIO(files.WHOLE)))


def test_a_file_is_read_from_where_it_stands() -> None:
    file = io.BytesIO(b"header of the envelope around it" + files.WHOLE)
    file.seek(32)
    assert next(iter(tokens.blocks(file))).offset == 32


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r", b"\n\n", b"\r\n\r\n", b"\n\r"])
def test_line_ends_after_terminators_are_skipped(line_end: bytes) -> None:
    assert read(files.WHOLE.replace(b"~", b"~" + line_end)) == read(files.WHOLE)
    assert read(line_end + files.WHOLE) == read(files.WHOLE)


def test_line_ends_may_follow_some_terminators_only() -> None:
    assert read(files.WHOLE.replace(b"~INS", b"~\nINS").replace(b"~GE", b"~\r\nGE")) == read(files.WHOLE)


@pytest.mark.parametrize("terminator", [b"\n", b"\r", b"\x1c", b"'", b"|"])
def test_any_terminator_splits(terminator: bytes) -> None:
    expected = [(number, segment) for number, segment in read(files.WHOLE)[0] if number > 1]
    segments, fault = read(files.WHOLE.replace(b"~", terminator))
    assert (segments[1:], fault) == (expected, None)


def test_lf_after_a_cr_terminator_is_a_line_end() -> None:
    assert read(files.WHOLE.replace(b"~", b"\r\n")) == read(files.WHOLE.replace(b"~", b"\r"))


def test_each_interchange_brings_its_own_delimiters() -> None:
    second = files.delimited(files.numbered(files.WHOLE, 2), b"|", b"!", b">", b"'")
    segments, fault = read(files.WHOLE + b"\r\n" + second + b"\n" + files.numbered(files.WHOLE, 3))
    assert fault is None
    assert [number for number, _ in segments] == list(range(1, 13)) * 3
    assert segments[12 + 3][1] == segments[3][1]


def test_iea_inside_a_value_does_not_end_the_interchange() -> None:
    file = files.WHOLE.replace(b"RIVERA*ANA", b"IEA*IEA*~IEAX*1~N3*IEA")
    segments, fault = read(file)
    assert fault is None
    assert len(segments) == 14


def test_a_utf8_byte_order_mark_is_skipped() -> None:
    assert read(b"\xef\xbb\xbf" + files.WHOLE) == read(files.WHOLE)


@pytest.mark.parametrize("name", ["Zoë", "NUÑEZ", "Nguyễn", "山田", "Ğ🙂", "Ana\u00a0María", "می\u200cخواهم"])
def test_utf8_is_read(name: str) -> None:
    segments, fault = read(files.WHOLE.replace(b"RIVERA", name.encode()))
    assert fault is None
    assert segments[6][1][3] == name


@pytest.mark.parametrize("name", ["Zoë", "NUÑEZ", "GÖßL", "Ana\u00a0María"])
def test_latin1_is_read_where_it_is_not_utf8(name: str) -> None:
    segments, fault = read(files.WHOLE.replace(b"RIVERA", name.encode("latin-1")))
    assert fault is None
    assert segments[6][1][3] == name


def test_a_segment_in_latin1_leaves_its_neighbours_utf8() -> None:
    file = files.WHOLE.replace(b"RIVERA", b"NU\xd1EZ").replace(b"~INS*N", "~N3*Ōtaki~INS*N".encode())
    segments, fault = read(file)
    assert fault is None
    assert segments[6][1][3] == "NUÑEZ"
    assert segments[7][1] == ["N3", "Ōtaki"]


REFUSED = [
    (b"\x00", "U+0000"),
    (b"\t", "U+0009"),
    (b"\n", "U+000A"),
    (b"\r\n", "U+000D"),
    (b"\x1b", "U+001B"),
    (b"\x7f", "U+007F"),
    (b"\x92", "U+0092"),
    ("\x85".encode(), "U+0085"),
    ("\u2028".encode(), "U+2028"),
    ("\u202e".encode(), "U+202E"),
    ("\u2066".encode(), "U+2066"),
    ("\ufeff".encode(), "U+FEFF"),
]


@pytest.mark.parametrize(("character", "shown"), REFUSED)
def test_a_character_no_value_may_hold_is_refused_in_its_place(character: bytes, shown: str) -> None:
    segments, fault = read(files.WHOLE.replace(b"RIV", b"RIV" + character))
    assert [number for number, _ in segments] == [1, 2, 3, 4, 5, 6]
    assert fault is not None
    assert fault.code == FaultCode.CONTROL_CHARACTER
    assert (fault.segment_number, fault.segment_id, fault.element) == (7, "NM1", 3)
    assert shown in fault.message
    assert "RIV" not in fault.message


def test_windows_1252_is_refused_with_advice() -> None:
    _, fault = read(files.WHOLE.replace(b"RIVERA", b"O\x92BRIEN"))
    assert fault is not None
    assert "UTF-8" in fault.message


def test_a_refused_character_names_the_byte_its_segment_begins_at() -> None:
    file = files.WHOLE.replace(b"~", b"~\r\n").replace(b"RIVERA", b"RIV\tERA")
    _, fault = read(file)
    assert fault is not None
    assert f"byte {file.index(b'NM1*IL')} of the file" in fault.message


STRANGERS = [
    (b"", FaultCode.EMPTY_FILE, "empty"),
    (b"\r\n\r\n", FaultCode.EMPTY_FILE, "empty"),
    (b"\xef\xbb\xbf", FaultCode.EMPTY_FILE, "empty"),
    (b"IS", FaultCode.NOT_X12, "ISA"),
    (files.WHOLE.lower(), FaultCode.NOT_X12, "lower case"),
    (b" " + files.WHOLE, FaultCode.NOT_X12, "ISA"),
    (files.GS, FaultCode.NOT_X12, "ISA"),
    (b"\x1f\x8b\x08\x00", FaultCode.NOT_X12, "compressed"),
    (b"PK\x03\x04", FaultCode.NOT_X12, "compressed"),
    (b"<xml/>", FaultCode.NOT_X12, "ISA"),
    (bytes(range(256)) * 8, FaultCode.NOT_X12, "ISA"),
    (files.WHOLE.decode().encode("utf-16"), FaultCode.WRONG_ENCODING, "UTF-16"),
    (files.WHOLE.decode().encode("utf-16-le"), FaultCode.WRONG_ENCODING, "UTF-16"),
    (files.WHOLE.decode().encode("utf-16-be"), FaultCode.WRONG_ENCODING, "UTF-16"),
]


@pytest.mark.parametrize(("file", "code", "says"), STRANGERS)
def test_what_is_no_interchange_is_refused_as_a_whole(file: bytes, code: FaultCode, says: str) -> None:
    segments, fault = read(file)
    assert segments == []
    assert fault is not None
    assert (fault.code, fault.segment_number, fault.where) == (code, 0, "the file")
    assert says in fault.message


def test_what_follows_an_iea_must_be_an_isa() -> None:
    segments, fault = read(files.WHOLE + files.GS)
    assert len(segments) == 12
    assert fault is not None
    assert (fault.code, fault.interchange) == (FaultCode.DATA_AFTER_INTERCHANGE, 2)


@pytest.mark.parametrize("cut", [107, 120, len(files.WHOLE) - 1])
def test_a_file_that_ends_inside_a_segment_is_truncated(cut: int) -> None:
    segments, fault = read(files.WHOLE[:cut])
    assert fault is not None
    assert fault.code == FaultCode.TRUNCATED
    assert fault.segment_number == len(segments) + 1


def test_a_segment_may_be_as_long_as_the_limit_and_no_longer() -> None:
    limits = Limits(segment_bytes=200)
    longest = b"N3*" + b"x" * 197 + b"~"
    assert read(files.ISA + longest + files.IEA, limits)[1] is None
    assert read(files.ISA + longest + b"\r\n" * 300 + files.IEA, limits)[1] is None
    for end in (b"x~", b"x", "é~".encode()):
        segments, fault = read(files.ISA + b"N4*x~" + longest[:-2] + end.rjust(3, b"x"), limits)
        assert len(segments) == 2
        assert fault is not None
        assert (fault.code, fault.segment_number, fault.segment_id) == (FaultCode.SEGMENT_TOO_LONG, 3, "N3")


def test_a_segment_may_have_as_many_elements_as_the_limit_and_no_more() -> None:
    limits = Limits(elements=20)
    assert read(files.ISA + b"N3" + b"*\xe9" * 20 + b"~" + files.IEA, limits)[1] is None
    segments, fault = read(files.ISA + b"N3" + b"*" * 21 + b"~" + files.IEA, limits)
    assert len(segments) == 1
    assert fault is not None
    assert (fault.code, fault.segment_number) == (FaultCode.TOO_MANY_ELEMENTS, 2)


def test_a_file_may_have_as_many_segments_as_the_limit_and_no_more() -> None:
    assert read(files.WHOLE * 2, Limits(segments=24))[1] is None
    for most in (1, 11, 12, 13, 23):
        segments, fault = read(files.WHOLE * 2, Limits(segments=most))
        assert len(segments) == most
        assert fault is not None
        assert fault.code == FaultCode.TOO_MANY_SEGMENTS
        assert fault.segment_number == most % 12 + 1


def test_blocks_know_the_offset_of_each_segment() -> None:
    file = files.WHOLE.replace(b"~", b"~\r\n").replace(b"RIVERA", "Nguyễn".encode()) + files.WHOLE
    for chunk_bytes in CHUNKS:
        for block in tokens.blocks(file, chunk_bytes=chunk_bytes):
            for number, segment in block.numbered():
                start = block.offset_of(number)
                assert file[start:].startswith("*".join(segment).encode())
