"""Interchanges written as a stream."""

import io
import tracemalloc

import pytest

from portico.shared.x12 import build, envelopes, tokens
from portico.shared.x12.build import EnvelopeOrderError, InterchangeWriter
from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.shared.x12.faults import X12Error
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from portico.shared.x12.joining import DelimiterInValue, Joiner, Value
from portico.shared.x12.tests import files

JOINER = Joiner(STANDARD)


def isa(**changes: str) -> InterchangeHeader:
    values = {"sender": "NORTHLAKE", "receiver": "CORE", "date": "260301", "time": "1200"}
    return InterchangeHeader(**{**values, "control_number": "000000001", **changes})


def gs(**changes: str) -> GroupHeader:
    values = {"functional_id": "BE", "sender": "CORE", "receiver": "NORTHLAKE", "date": "20260301"}
    rest = {"time": "1200", "control_number": "1", "version": "005010X220A1"}
    return GroupHeader(**{**values, **rest, **changes})


def write_whole(file: build.Writable, *, line_end: str = "", delimiters: Delimiters = STANDARD) -> None:
    """Writes the interchange that `files.WHOLE` is."""
    with (
        InterchangeWriter(file, isa(), line_end=line_end, delimiters=delimiters) as interchange,
        interchange.group(gs()) as group,
        group.transaction("834", guide="005010X220A1") as transaction,
    ):
        for _, segment in list(tokens.segments(files.WHOLE))[3:9]:
            transaction.write(*segment)


@pytest.mark.parametrize("line_end", ["", "\n", "\r\n"])
def test_what_is_written_is_the_file_byte_by_byte(line_end: str) -> None:
    file = io.BytesIO()
    write_whole(file, line_end=line_end)
    assert file.getvalue() == files.WHOLE.replace(b"~", b"~" + line_end.encode())


def test_delimiters_are_those_chosen() -> None:
    file = io.BytesIO()
    write_whole(file, delimiters=Delimiters("|", "!", ">", "'"))
    assert file.getvalue() == files.delimited(files.WHOLE, b"|", b"!", b">", b"'")


def test_nothing_repeats_without_a_repetition_separator() -> None:
    file = io.BytesIO()
    write_whole(file, delimiters=Delimiters(repetition=None))
    assert file.getvalue() == files.ISA_AS_U + files.WHOLE[len(files.ISA) :]
    with pytest.raises(ValueError, match="EB03 repeats"):
        Joiner(Delimiters(repetition=None)).segment(["EB", "1", None, ["1", "33"]])


JOINED: list[tuple[list[Value], str]] = [
    (["LX", "1"], "LX*1~"),
    (["NM1", "IL", "1", "", None, ""], "NM1*IL*1~"),
    (["LX"], "LX~"),
    (["LX", None, ""], "LX~"),
    (["NM1", "", "", "X"], "NM1***X~"),
    (["SV1", ("HC", "99213", "25"), "125"], "SV1*HC:99213:25*125~"),
    (["SV1", ("HC", "99213", None, ""), "125"], "SV1*HC:99213*125~"),
    (["SV1", ("HC", None, "25")], "SV1*HC::25~"),
    (["EB", "1", None, ["1", "33", "AL"]], "EB*1**1^33^AL~"),
    (["EB", ["1"]], "EB*1~"),
    (["EB", []], "EB~"),
    (["HI", [("BK", "4019"), ("BF", "25000")]], "HI*BK:4019^BF:25000~"),
    (["NM1", "Nguyễn"], "NM1*Nguyễn~"),
    (["NM1", "Ana\u00a0María"], "NM1*Ana\u00a0María~"),
]


@pytest.mark.parametrize(("values", "text"), JOINED)
def test_values_are_joined_and_empty_ends_left_out(values: list[Value], text: str) -> None:
    assert JOINER.segment(values) == text


SMUGGLED = [
    "A*B",
    "A~B",
    "A:B",
    "A^B",
    "A\nB",
    "A\x00B",
    "A\x7fB",
    "A\x92B",
    "A\u202eB",
    "A\u2028B",
    "A\ud800B",
]


@pytest.mark.parametrize("value", SMUGGLED)
@pytest.mark.parametrize("inside", ["an element", "a composite", "a repetition"])
def test_a_value_that_would_not_be_read_back_is_refused(value: str, inside: str) -> None:
    element: Value = {"an element": value, "a composite": ("BK", value), "a repetition": ["1", value]}[inside]
    with pytest.raises(DelimiterInValue) as caught:
        JOINER.segment(["NM1", "IL", element, "X"])
    assert (caught.value.segment_id, caught.value.element, caught.value.character) == ("NM1", 2, value[1])
    assert value not in str(caught.value)


@pytest.mark.parametrize("value", SMUGGLED)
def test_on_request_a_space_takes_its_place(value: str) -> None:
    joiner = Joiner(Delimiters(), replace=True)
    assert joiner.segment(["NM1", "IL", value, ("BK", value)]) == "NM1*IL*A B*BK:A B~"


def test_another_interchanges_delimiter_is_a_character_like_any() -> None:
    assert Joiner(Delimiters("|", "!", ">", "'")).segment(["N3", "A*B:C~D^E"]) == "N3|A*B:C~D^E'"


@pytest.mark.parametrize("segment_id", ["", "N", "nm1", "NM1X", "1NM", "N 1", "N\u0661"])
def test_a_segment_begins_with_an_id(segment_id: str) -> None:
    with pytest.raises(ValueError, match="begins with an ID"):
        JOINER.segment([segment_id, "1"])


def test_counts_and_control_numbers_are_the_writers_work() -> None:
    file = io.BytesIO()
    with InterchangeWriter(file, isa()) as interchange:
        for number in (1, 2):
            with interchange.group(gs(control_number=str(number))) as group:
                for _ in range(3):
                    with group.transaction("834") as transaction:
                        transaction.write("BGN", "00")
                with group.transaction("834", control_number="LAST9") as transaction:
                    assert transaction.count == 1
                assert group.count == 4
    found = [
        (transaction.group.header.control_number, transaction.header.control_number)
        for read in envelopes.read(file.getvalue())
        for transaction in read.transactions()
    ]
    assert found == [(group, number) for group in "12" for number in ("0001", "0002", "0003", "LAST9")]


def test_a_ta1_stands_before_the_groups() -> None:
    file = io.BytesIO()
    with InterchangeWriter(file, isa()) as interchange:
        interchange.acknowledge("000000009", "260301", "1200", "A", "000")
    read = next(envelopes.read(file.getvalue()))
    read.skip()
    assert read.acknowledgments == [["TA1", "000000009", "260301", "1200", "A", "000"]]


WRONG_ISA = [
    ({"control_number": "1"}, "ISA13 must be nine digits"),
    ({"date": "20260301"}, "ISA09 must be six digits"),
    ({"usage": "X"}, "ISA15 must be P, T or I"),
    ({"sender": "A SENDER TOO LONG"}, "ISA06 must be at most 15"),
    ({"receiver": "É"}, "ISA08 must be at most 15 characters of ASCII"),
    ({"sender": "A*B"}, "ISA06 holds"),
    ({"sender": "A^B"}, "ISA06 holds"),
]


@pytest.mark.parametrize(("changes", "says"), WRONG_ISA)
def test_a_wrong_isa_is_not_written(changes: dict[str, str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        InterchangeWriter(io.BytesIO(), isa(**changes))


def test_a_wrong_gs_or_st_is_not_written() -> None:
    with InterchangeWriter(io.BytesIO(), isa()) as interchange:
        with pytest.raises(ValueError, match="GS06 must be one to nine digits"):
            interchange.group(gs(control_number=""))
        with interchange.group(gs()) as group, pytest.raises(ValueError, match="ST01 must be three digits"):
            group.transaction("83")


@pytest.mark.parametrize(("line_end", "terminator"), [(" ", "~"), ("\n\n", "~"), ("\n", "\r"), ("\n", "\n")])
def test_line_ends_that_would_not_be_read_back_are_refused(line_end: str, terminator: str) -> None:
    with pytest.raises(ValueError, match="line end"):
        InterchangeWriter(
            io.BytesIO(), isa(), delimiters=Delimiters(terminator=terminator), line_end=line_end
        )


def test_one_envelope_is_open_at_a_time() -> None:
    with InterchangeWriter(io.BytesIO(), isa()) as interchange, interchange.group(gs()) as group:
        first, second = group.transaction("834"), group.transaction("834")
        with pytest.raises(EnvelopeOrderError, match="must be open here, and is new"):
            first.write("BGN")
        with first, pytest.raises(EnvelopeOrderError, match="must be open here, and is holding"):
            second.__enter__()
        with pytest.raises(EnvelopeOrderError, match="must be open here, and is closed"):
            first.write("BGN")
        with pytest.raises(EnvelopeOrderError, match="must be new here, and is closed"):
            first.__enter__()


@pytest.mark.parametrize("segment_id", ["ISA", "GS", "ST", "SE", "GE", "IEA"])
def test_envelopes_are_not_written_by_hand(segment_id: str) -> None:
    with (
        InterchangeWriter(io.BytesIO(), isa()) as interchange,
        interchange.group(gs()) as group,
        group.transaction("834") as transaction,
        pytest.raises(EnvelopeOrderError, match="by hand"),
    ):
        transaction.write(segment_id, "1")


def test_what_broke_off_is_read_as_truncated() -> None:
    file = io.BytesIO()
    with (
        pytest.raises(DelimiterInValue),
        InterchangeWriter(file, isa()) as interchange,
        interchange.group(gs()) as group,
        group.transaction("834") as transaction,
    ):
        transaction.write("NM1", "A~B")
    with pytest.raises(X12Error, match="the file ends here"):
        next(envelopes.read(file.getvalue())).skip()


def test_a_set_that_broke_off_leaves_no_way_to_close_the_rest() -> None:
    with (
        pytest.raises(EnvelopeOrderError, match="must be open here, and is holding"),
        InterchangeWriter(io.BytesIO(), isa()) as interchange,
        interchange.group(gs()) as group,
        pytest.raises(DelimiterInValue),
        group.transaction("834") as transaction,
    ):
        transaction.write("NM1", "A~B")


def test_writing_takes_flat_memory() -> None:
    class Nowhere:
        def write(self, data: bytes, /) -> int:
            return len(data)

    with (
        InterchangeWriter(Nowhere(), isa()) as interchange,
        interchange.group(gs()) as group,
        group.transaction("834") as transaction,
    ):
        transaction.write("INS", "Y")
        tracemalloc.start()
        for number in range(50_000):
            transaction.write("REF", "0F", str(number))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 10_000
