"""Interchanges, groups and transaction sets, read lazily."""

import io

import pytest

from portico.shared.x12 import envelopes
from portico.shared.x12.faults import FaultCode, SyntaxFault, X12Error
from portico.shared.x12.levels import Interchange
from portico.shared.x12.tests import files

SECOND = b"ST*834*0002*005010X220A1~BGN*00*2~SE*3*0002~"
TWO_SETS = files.ISA + files.GS + files.ST + files.BODY + files.SE + SECOND + b"GE*2*1~" + files.IEA
TA1 = b"TA1*000000009*260301*1200*A*000~"


def one(file: bytes) -> Interchange:
    return next(envelopes.read(file))


def test_headers_are_read() -> None:
    interchange = one(files.WHOLE)
    group = next(interchange.groups())
    transaction = next(group.transactions())
    assert (interchange.header.sender, interchange.header.receiver) == ("NORTHLAKE", "CORE")
    assert (interchange.header.date, interchange.header.time) == ("260301", "1200")
    assert (interchange.header.version, interchange.header.control_number) == ("00501", "000000001")
    assert (interchange.header.acknowledgment, interchange.header.usage) == ("0", "P")
    assert (group.header.functional_id, group.header.control_number) == ("BE", "1")
    assert group.header.version == "005010X220A1"
    assert (transaction.header.code, transaction.header.control_number) == ("834", "0001")
    assert (transaction.number, transaction.offset) == (3, len(files.ISA + files.GS))


def test_segments_are_those_between_st_and_se() -> None:
    transaction = next(one(files.WHOLE).transactions())
    segments = list(transaction.segments())
    assert [segment[0] for _, segment in segments] == ["BGN", "INS", "REF", "NM1", "INS", "REF"]
    assert [number for number, _ in segments] == [4, 5, 6, 7, 8, 9]
    assert transaction.position(4) == 2
    assert transaction.closed


def test_the_guide_is_st03_or_else_gs08() -> None:
    payment = files.WHOLE.replace(b"ST*834*0001*005010X220A1", b"ST*834*0001")
    assert next(one(payment).transactions()).guide == "005010X220A1"
    other = files.WHOLE.replace(b"ST*834*0001*005010X220A1", b"ST*834*0001*005010X220")
    assert next(one(other).transactions()).guide == "005010X220"


def test_transactions_of_all_groups_follow_each_other() -> None:
    second = files.GS.replace(b"*1*X*", b"*2*X*") + SECOND + b"GE*1*2~"
    file = files.WHOLE.replace(files.IEA, second + b"IEA*2*000000001~")
    interchange = one(file)
    found = [(t.group.header.control_number, t.header.control_number) for t in interchange.transactions()]
    assert found == [("1", "0001"), ("2", "0002")]
    assert (interchange.group_count, interchange.closed) == (2, True)


def test_what_is_not_read_is_skipped_and_counted() -> None:
    interchange = one(TWO_SETS)
    first, second = (transaction for transaction in interchange.transactions())
    assert list(first.segments()) == []
    assert first.closed
    assert (second.number, second.header.control_number) == (11, "0002")
    assert second.group.transaction_count == 2


def test_a_level_left_half_read_is_skipped_to_its_end() -> None:
    two = files.WHOLE + files.numbered(TWO_SETS, 2)
    found = []
    for interchange in envelopes.read(two):
        for transaction in interchange.transactions():
            found.append((interchange.place, next(transaction.segments())[1][0]))
            break
    assert found == [(1, "BGN"), (2, "BGN")]


def test_several_interchanges_each_with_its_delimiters() -> None:
    other = files.delimited(files.numbered(files.WHOLE, 2), b"|", b"!", b">", b"\n")
    interchanges = [
        (found.place, found.delimiters.element, found.offset, sum(1 for _ in found.transactions()))
        for found in envelopes.read(files.WHOLE + other)
    ]
    assert interchanges == [(1, "*", 0, 1), (2, "|", len(files.WHOLE), 1)]


def test_ta1_segments_are_kept_by_the_interchange() -> None:
    interchange = one(files.ISA + TA1 + files.GS + files.ST + files.BODY + files.SE + files.GE + files.IEA)
    assert len(list(interchange.transactions())) == 1
    assert interchange.acknowledgments == [["TA1", "000000009", "260301", "1200", "A", "000"]]


def test_an_interchange_may_hold_ta1_alone() -> None:
    interchange = one(files.ISA + TA1 + b"IEA*0*000000001~")
    assert list(interchange.transactions()) == []
    assert len(interchange.acknowledgments) == 1
    assert interchange.closed


def test_reading_is_lazy() -> None:
    endless = files.Endless(files.ISA + files.GS + files.ST, files.MEMBERS)
    transaction = next(next(envelopes.read(endless)).transactions())
    assert next(transaction.segments())[1][0] == "INS"
    assert endless.given < 1_000_000


def test_segments_before_a_fault_are_handed_out() -> None:
    transaction = next(one(files.WHOLE.replace(b"RIVERA", b"RIV\x00RA")).transactions())
    segments = transaction.segments()
    assert [next(segments)[0] for _ in range(3)] == [4, 5, 6]
    with pytest.raises(X12Error) as caught:
        next(segments)
    assert caught.value.fault.segment_number == 7
    assert not transaction.closed


def test_recoverable_faults_are_reported_and_read_past() -> None:
    faults: list[SyntaxFault] = []
    file = TWO_SETS.replace(b"SE*8*0001", b"SE*9*0001").replace(b"GE*2*1", b"GE*2*7")
    interchange = next(envelopes.read(file, on_fault=faults.append))
    read = list(interchange.transactions())
    sets = [(found.header.control_number, [fault.code for fault in found.faults]) for found in read]
    assert sets == [("0001", [FaultCode.TRANSACTION_COUNT_WRONG]), ("0002", [])]
    assert [fault.code for fault in faults] == [
        FaultCode.TRANSACTION_COUNT_WRONG,
        FaultCode.GROUP_CONTROL_MISMATCH,
    ]


def test_a_set_without_its_end_does_not_hide_the_next() -> None:
    faults: list[SyntaxFault] = []
    file = TWO_SETS.replace(files.SE, b"")
    sets = []
    for interchange in envelopes.read(io.BytesIO(file), on_fault=faults.append):
        for transaction in interchange.transactions():
            transaction.skip()
            sets.append((transaction.header.control_number, transaction.closed))
    assert sets == [("0001", False), ("0002", True)]
    assert [(fault.code, fault.segment_number) for fault in faults] == [
        (FaultCode.TRANSACTION_NOT_CLOSED, 10)
    ]
