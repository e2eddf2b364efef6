"""Transaction sets read under a guide: what each segment is labelled, and what each fault is told as."""

import tracemalloc
from collections.abc import Iterator

import pytest

from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.delimiters import Delimiters
from portico.shared.x12.grammar_faults import ElementCode, Fault
from portico.shared.x12.grammar_faults import SegmentCode as Code
from portico.shared.x12.tests import files
from portico.shared.x12.tests.small_guide import GOOD, SMALL, read

LABELS = (
    "HEADER HEADER 1000A 1000A 1000A 2000A 2100A "
    "2000B 2000B 2100B 2100B 2100B 2110B 2110B 2000B 2000B 2100B 2110B 2110B HEADER"
).split()


def changed(old: str, new: str) -> str:
    """Answers the good set with one thing changed."""
    assert GOOD.count(old) == 1, old
    return GOOD.replace(old, new)


def told(fault: Fault) -> tuple[str, int, str, str]:
    return fault.segment, fault.position, fault.loop, fault.code


def test_each_segment_is_labelled_with_its_loop() -> None:
    labels, faults = read(GOOD)
    assert faults == []
    assert [loop for loop, _ in labels] == LABELS
    assert [name for _, name in labels] == [segment.split("*")[0] for segment in GOOD.split("~")[:-1]]


def test_numbers_are_those_of_the_interchange() -> None:
    body = GOOD.encode()
    file = files.ISA + b"GS*ZZ*A*B*20260301*1200*1*X*005010TEST~ST*900*0001~" + body + b"SE*22*0001~GE*1*1~"
    transaction = next(next(envelopes.read(file + files.IEA)).transactions())
    numbers = [number for _, number, _ in grammar.labelled(transaction, SMALL, lambda fault: None)]
    assert numbers == list(range(4, 24))


@pytest.mark.parametrize(
    "delimiters",
    [Delimiters("|", "!", ">", "'"), Delimiters("^", "*", "~", ":"), Delimiters(":", "~", "*", "^")],
)
def test_delimiters_make_no_difference(delimiters: Delimiters) -> None:
    assert read(GOOD, delimiters) == read(GOOD)
    wrong = changed("AMT*R*12.50", "AMT*R*12.5.0")
    assert read(wrong, delimiters) == read(wrong)


def test_nothing_repeats_where_the_isa_names_no_repetition_separator() -> None:
    bare = Delimiters(repetition=None)
    assert read(GOOD.replace("30^98", "30"), bare)[1] == []
    assert read(changed("RIVERA", "RI%VERA").replace("30^98", "30"), bare, mark="^")[1] == []
    assert read(changed("RIVERA", "RI%VERA"), mark="^")[1] != []


def test_anothers_delimiter_is_a_character_like_any() -> None:
    others = Delimiters("|", "!", ">", "'")
    for mark in "*^:~":
        assert read(changed("RIVERA", "RI%VERA"), others, mark=mark)[1] == []
    for mark in "!>":
        assert read(changed("RIVERA", "RI%VERA"), others, mark=mark)[1] != []


# The set, and each fault: segment, position, loop, IK304.
MISPLACED: dict[str, tuple[str, list[tuple[str, int, str, str]]]] = {
    "unrecognized": (changed("REF*1L", "QQQ*1~REF*1L"), [("QQQ", 3, "HEADER", "1")]),
    "of another set": (changed("REF*1L", "CLM*1~REF*1L"), [("CLM", 3, "HEADER", "6")]),
    "not used": (changed("III*ZZ*11~", "III*ZZ*11~MPI*1~"), [("MPI", 16, "2110B", "I4")]),
    "first is missing": (changed("BHT*0022*A1*20260301*1200~", ""), [("BHT", 2, "HEADER", "3")]),
    "last is missing": (GOOD[: GOOD.index("NM1*PR")], [("NM1", 8, "2100A", "3")]),
    "all is missing": ("", [("BHT", 2, "HEADER", "3"), ("N1", 2, "1000A", "3"), ("HL", 2, "2000A", "3")]),
    "loop is missing": (changed("N1*PR*NORTHLAKE~PER*IC~PER*BL~", ""), [("N1", 4, "1000A", "3")]),
    "missing among equals": (changed("~PER*BL", ""), [("PER", 6, "1000A", "3")]),
    "loop's head is missing": (changed("NM1*IL*RIVERA*MI*N0001~", ""), [("NM1", 11, "2100B", "3")]),
    "level is missing": (changed("HL*2*1*22*0~", "").replace("HL*3", "HL*2"), [("HL", 9, "2000B", "3")]),
    "head of the inner loop is missing": (changed("EQ*30^98~", ""), [("EQ", 14, "2110B", "3")]),
    "segment once too often": (changed("TRN*1*T2", "TRN*1*A~TRN*1*B~TRN*1*C"), [("TRN", 12, "2000B", "5")]),
    "single segment twice": (changed("AMT*R*12.50", "AMT*R*1~AMT*R*2"), [("AMT", 14, "2100B", "5")]),
    "single segment of the header twice": (
        changed("BHT", "BHT*0022**20260301~BHT"),
        [("BHT", 3, "HEADER", "5")],
    ),
    "loop once too often": (changed("EQ*1~", "EQ*1~EQ*1~EQ*1~"), [("EQ", 22, "2110B", "4")]),
    "single loop twice": (changed("NM1*IL~", "NM1*IL~NM1*IL~"), [("NM1", 19, "2100B", "4")]),
    "out of order": (changed("III*ZZ*11~", "III*ZZ*11~TRN*1*X~"), [("TRN", 16, "2110B", "7")]),
    "loop out of order": (changed("III*ZZ*11~", "III*ZZ*11~N1*PR*A~"), [("N1", 16, "2110B", "7")]),
    "unexpected": (changed("N1*PR*NORTHLAKE", "III*ZZ*11~N1*PR*NORTHLAKE"), [("III", 4, "HEADER", "2")]),
    "unexpected, and what follows it": (
        changed("N1*PR*NORTHLAKE", "EQ*1~III*ZZ*11~EQ*1~N1*PR*NORTHLAKE"),
        [("EQ", 4, "HEADER", "2")],
    ),
    "two strangers": (
        changed("REF*1L", "QQ1*1~QQ2*1~REF*1L"),
        [("QQ1", 3, "HEADER", "1"), ("QQ2", 4, "HEADER", "1")],
    ),
}


@pytest.mark.parametrize("name", MISPLACED)
def test_a_misplaced_segment_is_told_with_its_place(name: str) -> None:
    body, expected = MISPLACED[name]
    assert [told(fault) for fault in read(body)[1]] == expected


def test_reading_goes_on_after_what_does_not_fit() -> None:
    labels, _ = read(changed("REF*1L", "QQQ*1~REF*1L"))
    assert [loop for loop, _ in labels] == LABELS
    labels, _ = read(changed("NM1*IL*RIVERA*MI*N0001~", ""))
    assert ("2100B", "DTP") in labels


# What to change; the element, component, repetition, IK403 and data element told.
ELEMENTS: dict[str, tuple[str, str, tuple[int, int, int], ElementCode, str]] = {
    "missing": ("BHT*0022*A1*20260301*1200", "BHT*0022*A1", (3, 0, 0), ElementCode.MISSING, "373"),
    "missing in the middle": ("BHT*0022*A1", "BHT**A1", (1, 0, 0), ElementCode.MISSING, "1005"),
    "too many": ("N1*PR*NORTHLAKE", "N1*PR*NORTHLAKE**X", (4, 0, 0), ElementCode.TOO_MANY, ""),
    "too short": ("REF*1L*AB", "REF*1L*A", (2, 0, 0), ElementCode.TOO_SHORT, "127"),
    "too long": ("BHT*0022*A1", "BHT*0022*ABCDEF", (2, 0, 0), ElementCode.TOO_LONG, "127"),
    "blank": ("N1*PR*NORTHLAKE", "N1*PR*  ", (2, 0, 0), ElementCode.CHARACTER, "93"),
    "letters in a whole number": ("PLB*7", "PLB*x", (1, 0, 0), ElementCode.CHARACTER, "554"),
    "whole number too long": ("PLB*7", "PLB*-1234", (1, 0, 0), ElementCode.TOO_LONG, "554"),
    "letters in an amount": ("12.50", "1,250", (2, 0, 0), ElementCode.CHARACTER, "782"),
    "two points": ("12.50", "1.2.5", (2, 0, 0), ElementCode.CHARACTER, "782"),
    "amount too long": ("12.50", "123456.789", (2, 0, 0), ElementCode.TOO_LONG, "782"),
    "code": ("III*ZZ", "III*QQ", (1, 0, 0), ElementCode.CODE, "1270"),
    "code used elsewhere": ("NM1*PR", "NM1*IL", (1, 0, 0), ElementCode.CODE_NOT_USED, "98"),
    "qualifier": ("AMT*R*", "AMT*Q*", (1, 0, 0), ElementCode.CODE, "522"),
    "date": ("A1*20260301", "A1*20260230", (3, 0, 0), ElementCode.DATE, "373"),
    "date too short": ("A1*20260301", "A1*260301", (3, 0, 0), ElementCode.DATE, "373"),
    "time": ("*1200", "*2460", (4, 0, 0), ElementCode.TIME, "337"),
    "day of a period": ("D8*20260301", "D8*20261301", (3, 0, 0), ElementCode.DATE, "1251"),
    "span without an end": ("D8*20260301", "RD8*20260301", (3, 0, 0), ElementCode.DATE, "1251"),
    "span as a day": ("D8*20260301", "D8*20260301-20260302", (3, 0, 0), ElementCode.DATE, "1251"),
    "one of two": ("MI*N0001", "MI", (4, 0, 0), ElementCode.CONDITIONALLY_MISSING, "67"),
    "the other of two": ("MI*N0001", "*N0001", (3, 0, 0), ElementCode.CONDITIONALLY_MISSING, "66"),
    "none of two": ("EQ*30^98", "EQ", (1, 0, 0), ElementCode.CONDITIONALLY_MISSING, "1365"),
    "first without the rest": ("PLB*7*A*B", "PLB*7*A", (3, 0, 0), ElementCode.CONDITIONALLY_MISSING, "2"),
    "rest without the first": ("PLB*7*A*B", "PLB*7***C", (2, 0, 0), ElementCode.CONDITIONALLY_MISSING, "1"),
    "excluded": ("PLB*7*A*B", "PLB*7*A*B**D*E", (6, 0, 0), ElementCode.EXCLUDED, "5"),
    "repetition's code": ("30^98", "30^97", (1, 0, 2), ElementCode.CODE, "1365"),
    "empty repetition": ("30^98", "30^98^X", (1, 0, 3), ElementCode.CODE, "1365"),
    "too many repetitions": ("30^98", "1^30^98^1", (1, 0, 0), ElementCode.TOO_MANY_REPETITIONS, "1365"),
    "repetition of what does not": ("RIVERA", "RI^RA", (2, 0, 0), ElementCode.TOO_MANY_REPETITIONS, "1035"),
    "components of what has none": ("RIVERA", "RI:RA", (2, 0, 0), ElementCode.TOO_MANY_COMPONENTS, "1035"),
    "component missing": ("HC:99213:25", "HC", (2, 2, 0), ElementCode.MISSING, "234"),
    "component's code": ("HC:99213:25", "XX:99213", (2, 1, 0), ElementCode.CODE, "235"),
    "component too long": ("HC:99213:25", "HC:99213:255", (2, 3, 0), ElementCode.TOO_LONG, "1339"),
    "component not used": ("HC:99213:25", "HC:99213:25:X", (2, 4, 0), ElementCode.NOT_USED, ""),
    "too many components": (
        "HC:99213:25",
        "HC:99213:25::X",
        (2, 0, 0),
        ElementCode.TOO_MANY_COMPONENTS,
        "C003",
    ),
    "not used": ("REF*1L*AB", "REF*1L*AB*X", (3, 0, 0), ElementCode.NOT_USED, ""),
    "level's number": ("HL*3*1", "HL*4*1", (1, 0, 0), ElementCode.PATTERN, "628"),
    "level's parent": ("HL*3*1", "HL*3*2", (2, 0, 0), ElementCode.PATTERN, "734"),
    "level's code": ("HL*3*1*22", "HL*3*1*29", (3, 0, 0), ElementCode.CODE, "735"),
}


@pytest.mark.parametrize("name", ELEMENTS)
def test_a_wrong_element_is_told_with_its_place_and_number(name: str) -> None:
    old, new, place, code, number = ELEMENTS[name]
    faults = [fault for fault in read(changed(old, new))[1] if fault.inside]
    assert [fault.code for fault in faults] == [Code.HAS_ELEMENT_FAULTS]
    inside = faults[0].inside
    assert inside is not None
    assert (inside.element, inside.component, inside.repetition) == place
    assert (inside.code, inside.number) == (code, number)


LET_PASS = {
    "29 February": ("A1*20260301", "A1*20240229"),
    "trailing separators": ("REF*1L*AB", "REF*1L*AB*"),
    "more of them than elements": ("REF*1L*AB", "REF*1L*AB****"),
    "leading space": ("RIVERA", " RIVERA"),
    "any language": ("RIVERA", "NGUYỄN"),
    "point first": ("12.50", "-.5"),
    "whole amount": ("12.50", "12"),
    "seconds": ("*1200~", "*12003059~"),
    "a span": ("D8*20260301", "RD8*20260301-20260331"),
    "a span over 29 February": ("D8*20260301", "RD8*20240229-20240229"),
    "both of two": ("EQ*30^98", "EQ*30*HC:99213"),
    "a pair left empty": ("NM1*IL*RIVERA*MI*N0001", "NM1*IL*RIVERA**"),
    "all of three": ("PLB*7*A*B", "PLB*7*A*B*C"),
    "the later of three": ("PLB*7*A*B", "PLB*7*A**C"),
}


@pytest.mark.parametrize("name", LET_PASS)
def test_what_the_standard_allows_passes(name: str) -> None:
    assert read(changed(*LET_PASS[name]))[1] == []


def test_several_faults_are_told_in_order() -> None:
    _, faults = read(changed("BHT*0022*A1*20260301", "BHT*0023*ABCDEF*x").replace("REF*1L*AB", "REF*1L"))
    assert [(fault.position, fault.inside and fault.inside.element) for fault in faults] == [
        *((2, 1), (2, 2), (2, 3)),
        (3, 2),
    ]


def test_a_fault_names_the_senders_number_of_the_inquiry() -> None:
    _, faults = read(
        GOOD.replace("EQ*1~", "EQ*2~").replace("III*ZZ", "III*QQ").replace("REF*1L*AB", "REF*1L")
    )
    assert [(fault.segment, fault.unit) for fault in faults] == [("REF", ""), ("III", "T2"), ("EQ", "T3")]


def test_a_fault_never_holds_a_value() -> None:
    _, faults = read(changed("RIVERA", "RIVERA^JUAN:CARLOS").replace("III*ZZ*11", "ZZZ*VALUE"))
    assert faults
    assert not any(
        value in repr(fault) for fault in faults for value in ("RIVERA", "JUAN", "CARLOS", "VALUE")
    )


def test_where_it_is_reads_well() -> None:
    (fault,) = read(changed("HC:99213:25", "XX:99213"))[1]
    assert fault.where == "segment 19, EQ02-1 in loop 2110B"


def test_only_so_many_faults_are_told_and_the_rest_is_passed_over() -> None:
    labels, faults = read(GOOD.replace("REF*1L*AB~", "REF*1L~" * 9), most=3)
    assert len(faults) == 3
    assert len(labels) < 9
    labels, faults = read(GOOD.replace("REF*1L*AB~", "III*ZZ*1~" * 100), most=3)
    assert len(faults) == 1
    assert labels == [("HEADER", "BHT")]


class _Repeating:
    """A set whose middle comes again and again, read in pieces so that no file need be held."""

    def __init__(self, middle: bytes, times: int) -> None:
        self._pieces = self._all(middle, times)
        self._held = b""

    def read(self, size: int, /) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, b"")):
            self._held += piece
        answer, self._held = self._held[:size], self._held[size:]
        return answer

    @staticmethod
    def _all(middle: bytes, times: int) -> Iterator[bytes]:
        head, tail = GOOD.encode().split(b"PLB*7*A*B~")
        yield files.ISA + b"GS*ZZ*A*B*20260301*1200*1*X*005010TEST~ST*900*0001~" + head
        for _ in range(times // 1_000):
            yield middle * 1_000
        yield tail + b"SE*%d*0001~GE*1*1~IEA*1*000000001~" % (times + 21)


@pytest.mark.drill
@pytest.mark.parametrize(("middle", "found"), [(b"PLB*7*A*B~", 0), (b"PLB*x~", 50), (b"REF*1L*AB~", 1)])
def test_a_set_of_a_million_segments_takes_flat_memory(middle: bytes, found: int) -> None:
    faults: list[Fault] = []
    tracemalloc.start()
    transaction = next(next(envelopes.read(_Repeating(middle, 1_000_000))).transactions())
    for _ in grammar.labelled(transaction, SMALL, faults.append):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert transaction.closed
    assert len(faults) == found
    assert peak < 8_000_000
