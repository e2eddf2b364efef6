"""A table of broken files: what each is told, and where."""

import pytest

from portico.shared.x12 import envelopes
from portico.shared.x12.faults import FaultCode as Code
from portico.shared.x12.faults import SyntaxFault, X12Error
from portico.shared.x12.tests import files

OPENED = files.ISA + files.GS + files.ST
CLOSED = files.SE + files.GE + files.IEA
TWICE_IN_GROUP = files.ST + files.BODY + files.SE + b"GE*2*1~"
TWICE_IN_INTERCHANGE = files.GS + files.GE + b"IEA*2*000000001~"


def changed(old: bytes, new: bytes) -> bytes:
    """Answers the whole file with one thing changed."""
    assert files.WHOLE.count(old) == 1
    return files.WHOLE.replace(old, new)


# The file; what it is told: code, segment number and ID, element (0 for none), and words of the message.
BROKEN: dict[str, tuple[bytes, Code, int, str, int, str]] = {
    "SE01 high": (changed(b"SE*8", b"SE*9"), Code.TRANSACTION_COUNT_WRONG, 10, "SE", 1, "9"),
    "SE01 a letter": (changed(b"SE*8", b"SE*x"), Code.TRANSACTION_COUNT_WRONG, 10, "SE", 1, "no number"),
    "SE01 huge": (changed(b"SE*8", b"SE*" + b"8" * 9999), Code.TRANSACTION_COUNT_WRONG, 10, "SE", 1, "no "),
    "SE bare": (changed(b"SE*8*0001", b"SE"), Code.TRANSACTION_COUNT_WRONG, 10, "SE", 1, "no number"),
    "SE02": (changed(b"8*0001", b"8*0002"), Code.TRANSACTION_CONTROL_MISMATCH, 10, "SE", 2, "0002"),
    "GE01": (changed(b"GE*1", b"GE*2"), Code.GROUP_COUNT_WRONG, 11, "GE", 1, "2"),
    "GE02": (changed(b"GE*1*1", b"GE*1*3"), Code.GROUP_CONTROL_MISMATCH, 11, "GE", 2, "3"),
    "IEA01": (changed(b"IEA*1", b"IEA*0"), Code.INTERCHANGE_COUNT_WRONG, 12, "IEA", 1, "0"),
    "IEA02": (changed(b"EA*1*00", b"EA*1*10"), Code.INTERCHANGE_CONTROL_MISMATCH, 12, "IEA", 2, "100000001"),
    "IEA02 text": (
        changed(b"EA*1*", b"EA*1*RIVERA "),
        Code.INTERCHANGE_CONTROL_MISMATCH,
        12,
        "IEA",
        2,
        "not a",
    ),
    "no GS": (files.ISA + files.ST + files.BODY + CLOSED, Code.OUTSIDE_GROUP, 2, "ST", 0, "GS"),
    "no ST": (changed(files.ST, b""), Code.OUTSIDE_TRANSACTION, 3, "BGN", 0, "ST"),
    "no SE": (changed(files.SE, b""), Code.TRANSACTION_NOT_CLOSED, 10, "GE", 0, "SE"),
    "no GE": (changed(files.GE, b""), Code.GROUP_NOT_CLOSED, 11, "IEA", 0, "GE"),
    "no IEA": (changed(files.IEA, b""), Code.TRUNCATED, 11, "GE", 0, "IEA"),
    "cut in a group": (OPENED + files.BODY + files.SE, Code.TRUNCATED, 10, "SE", 0, "GE"),
    "cut in a set": (OPENED + files.BODY, Code.TRUNCATED, 9, "REF", 0, "SE"),
    "cut after the ISA": (files.ISA, Code.TRUNCATED, 1, "ISA", 0, "IEA"),
    "cut in a segment": (files.WHOLE[:-1], Code.TRUNCATED, 12, "IEA", 0, "terminator"),
    "ST in a set": (OPENED + files.ST + files.BODY + CLOSED, Code.TRANSACTION_NOT_CLOSED, 4, "ST", 0, "SE"),
    "GS in a set": (OPENED + files.GS, Code.TRANSACTION_NOT_CLOSED, 4, "GS", 0, "SE"),
    "GS in a group": (files.ISA + files.GS + files.GS, Code.GROUP_NOT_CLOSED, 3, "GS", 0, "GE"),
    "ISA in a set": (OPENED + files.WHOLE, Code.INTERCHANGE_NOT_CLOSED, 4, "ISA", 0, "IEA"),
    "ISA in a group": (files.ISA + files.GS + files.WHOLE, Code.INTERCHANGE_NOT_CLOSED, 3, "ISA", 0, "IEA"),
    "ISA after ISA": (files.ISA + files.WHOLE, Code.INTERCHANGE_NOT_CLOSED, 2, "ISA", 0, "IEA"),
    "SE again": (changed(files.SE, files.SE * 2), Code.OUTSIDE_TRANSACTION, 11, "SE", 0, "ST"),
    "GE again": (changed(files.GE, files.GE * 2), Code.OUTSIDE_GROUP, 12, "GE", 0, "GS"),
    "ID in lower case": (changed(b"NM1*", b"nm1*"), Code.SEGMENT_ID_INVALID, 7, "", 0, "lower case"),
    "ST in lower case": (changed(b"ST*", b"st*"), Code.SEGMENT_ID_INVALID, 3, "", 0, "lower case"),
    "GS in lower case": (changed(b"GS*", b"gs*"), Code.SEGMENT_ID_INVALID, 2, "", 0, "lower case"),
    "ID too long": (changed(b"NM1*", b"NM1A*"), Code.SEGMENT_ID_INVALID, 7, "", 0, "no segment ID"),
    "ID after a space": (changed(b"NM1*", b" NM1*"), Code.SEGMENT_ID_INVALID, 7, "", 0, "no segment ID"),
    "terminator in a value": (
        changed(b"RIVERA", b"RI~VERA"),
        Code.SEGMENT_ID_INVALID,
        8,
        "",
        0,
        "no segment",
    ),
    "empty segment": (changed(b"~NM1", b"~~NM1"), Code.EMPTY_SEGMENT, 7, "", 0, "two terminators"),
    "GS08 missing": (changed(b"*1*X*005010X220A1", b"*1*X"), Code.GROUP_HEADER_INVALID, 2, "GS", 8, "GS08"),
    "GS06 a letter": (changed(b"*1*X", b"*A*X"), Code.GROUP_HEADER_INVALID, 2, "GS", 6, "digits"),
    "ST02 missing": (changed(b"4*0001", b"4*"), Code.TRANSACTION_HEADER_INVALID, 3, "ST", 2, "ST02"),
    "ISA13": (changed(b"*00501*0", b"*00501*x"), Code.INTERCHANGE_HEADER_INVALID, 1, "ISA", 13, "nine"),
    "ISA09": (changed(b"*260301", b"*26 301"), Code.INTERCHANGE_HEADER_INVALID, 1, "ISA", 9, "YYMMDD"),
    "ISA15": (changed(b"*0*P*", b"*0*X*"), Code.INTERCHANGE_HEADER_INVALID, 1, "ISA", 15, "P, T or I"),
    "ST02 twice": (changed(files.GE, TWICE_IN_GROUP), Code.TRANSACTION_CONTROL_REPEATED, 11, "ST", 2, "0001"),
    "GS06 twice": (
        changed(files.IEA, TWICE_IN_INTERCHANGE),
        Code.GROUP_CONTROL_REPEATED,
        12,
        "GS",
        6,
        "used",
    ),
    "ISA13 twice": (files.WHOLE * 2, Code.INTERCHANGE_CONTROL_REPEATED, 1, "ISA", 13, "000000001"),
}


def refusal(file: bytes, chunk_bytes: int = 131_072) -> X12Error:
    with pytest.raises(X12Error) as caught:
        read(file, chunk_bytes)
    return caught.value


def read(file: bytes, chunk_bytes: int) -> None:
    for interchange in envelopes.read(file, chunk_bytes=chunk_bytes):
        interchange.skip()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_what_and_where(name: str) -> None:
    file, code, number, segment_id, element, says = BROKEN[name]
    for chunk_bytes in (1, 64, 131_072):
        fault = refusal(file, chunk_bytes).fault
        assert (fault.code, fault.segment_number, fault.segment_id) == (code, number, segment_id)
        assert fault.element == (element or None)
        assert says in fault.message


@pytest.mark.parametrize("name", BROKEN)
def test_no_message_repeats_a_value(name: str) -> None:
    message = str(refusal(BROKEN[name][0]))
    assert not [value for value in ("RIVERA", "VERA", "ANA", "N0001") if value in message]


@pytest.mark.parametrize("name", BROKEN)
def test_reading_past_faults_ends_in_an_answer(name: str) -> None:
    faults: list[SyntaxFault] = []
    try:
        for interchange in envelopes.read(BROKEN[name][0], on_fault=faults.append):
            interchange.skip()
    except X12Error as error:
        faults.append(error.fault)
    assert BROKEN[name][1] == faults[0].code


def test_the_error_says_where_in_words() -> None:
    said = str(refusal(BROKEN["SE01 high"][0]))
    assert said.startswith("interchange 1, segment 10 (SE01): SE01 says 9, but 8 segments")
    assert str(refusal(BROKEN["ID too long"][0])).startswith("interchange 1, segment 7 (no segment ID): ")
    assert str(refusal(BROKEN["ISA13 twice"][0])).startswith("interchange 2, segment 1 (ISA13): ")
