"""A table of broken files: the TA1 and 999 each is answered with, segment by segment."""

import pytest

from portico.edges.x12 import acknowledgements, judging
from portico.edges.x12.acknowledgements import Mode
from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.reviews import Expected
from portico.edges.x12.tests import inquiries
from portico.edges.x12.tests.answering import AT, findings, judge, told, written
from portico.shared.x12.faults import FaultCode

GROUP = "AK1*HS*7*005010X279A1"
SET = "AK2*270*0001*005010X279A1"
TRACE = "CTX*TRN02:TRACE3"
TAKEN = [GROUP, SET, "IK5*A", "AK9*A*1*1*1"]
TA1 = "TA1*000000011*260312*0900"


def changed(old: str, new: str, file: str = inquiries.GOOD) -> str:
    """Answers a good file with one thing changed."""
    assert file.count(old) == 1, old
    return file.replace(old, new)


def counted(old: str, new: str) -> str:
    """Answers a good file with one thing changed in its transaction set, which counts its segments anew."""
    return inquiries.interchange(inquiries.group(inquiries.transaction(changed(old, new, inquiries.ONE))))


def refused(*segments: str, code: str = "5") -> list[str]:
    return [GROUP, SET, *segments, f"IK5*R*{code}", "AK9*R*1*1*0"]


ENVELOPES: dict[str, tuple[str, list[str]]] = {
    "good": (inquiries.GOOD, TAKEN),
    "TA1 asked for": (changed("*0*P*", "*1*P*"), [f"{TA1}*A*000", *TAKEN]),
    "ISA01": (changed("ISA*00", "ISA*09"), [f"{TA1}*R*010"]),
    "ISA03": (changed("00*          *ZZ", "07*          *ZZ"), [f"{TA1}*R*012"]),
    "ISA05": (changed("*ZZ*CORE  ", "*XX*CORE  "), [f"{TA1}*R*005"]),
    "ISA06": (changed("*ZZ*CORE  ", "*ZZ*      "), [f"{TA1}*R*006"]),
    "ISA07": (changed("*ZZ*NORTHLAKE  ", "*XX*NORTHLAKE  "), [f"{TA1}*R*007"]),
    "ISA08": (changed("*ZZ*NORTHLAKE  ", "*ZZ*           "), [f"{TA1}*R*008"]),
    "ISA09": (changed("*260312*0900*^", "*260230*0900*^"), [f"{TA1}*E*014", *TAKEN]),
    "ISA09 no digits": (changed("*260312*0900*^", "*26O312*0900*^"), [f"{TA1}*E*014", *TAKEN]),
    "ISA10": (changed("*260312*0900*^", "*260312*0960*^"), ["TA1*000000011*260312*0930*E*015", *TAKEN]),
    "ISA11": (changed("*^*00501", "*A*00501"), [f"{TA1}*R*016"]),
    "ISA12": (changed("*00501*", "*00401*"), [f"{TA1}*R*003"]),
    "ISA12 no digits": (changed("*00501*", "*0050A*"), [f"{TA1}*R*017"]),
    "ISA13": (
        inquiries.GOOD.replace("000000011", "00000001A"),
        ["TA1*000000000*260312*0900*R*018"],
    ),
    "ISA14": (changed("*0*P*", "*7*P*"), [f"{TA1}*E*019", *TAKEN]),
    "ISA15": (changed("*0*P*", "*0*X*"), [f"{TA1}*R*020"]),
    "ISA16": (changed("*P*:~", "*P***~"), [f"{TA1}*R*027"]),
    "element separator": (inquiries.GOOD.replace("*", "7"), [f"{TA1}*R*026"]),
    "terminator": (changed("*P*:~", "*P*:A"), [f"{TA1}*R*004"]),
    "IEA01": (changed("IEA*1", "IEA*2"), [f"{TA1}*R*021"]),
    "IEA02": (changed("IEA*1*000000011", "IEA*1*000000012"), [f"{TA1}*R*001"]),
    "no IEA": (changed("IEA*1*000000011~", ""), [f"{TA1}*R*023"]),
    "cut in a set": (inquiries.GOOD[:500], [f"{TA1}*R*023"]),
    "no GS": (changed(inquiries.GS, ""), [f"{TA1}*R*024"]),
    "GS01 of one letter": (changed("GS*HS", "GS*H"), [f"{TA1}*R*024"]),
    "a tabulator in a name": (changed("RIVERA", "RIV\tERA"), [f"{TA1}*R*024"]),
    "no ST": (changed("ST*270*0001*005010X279A1~", ""), [f"{TA1}*R*022"]),
    "ISA in a group": (changed("GE*1*7~", inquiries.ISA), [f"{TA1}*R*022"]),
    "GS01 of another": (changed("GS*HS", "GS*HR"), ["AK1*HR*7*005010X279A1", "AK9*R*1*1*0*1"]),
    "GS08": (changed("X279A1~ST", "X279~ST"), ["AK1*HS*7*005010X279", "AK9*R*1*1*0*2"]),
    "GS08 missing": (changed("*X*005010X279A1~ST", "*X~ST"), ["AK1*HS*7*005010", "AK9*R*1*1*0*2"]),
    "GS07": (changed("*7*X*", "*7*T*"), [GROUP, "AK9*R*1*1*0*2"]),
    "no GE": (changed("GE*1*7~", ""), [GROUP, "AK9*R*0*1*0*3"]),
    "GE02": (changed("GE*1*7", "GE*1*8"), [GROUP, "AK9*R*1*1*0*4"]),
    "GE01": (changed("GE*1*7", "GE*2*7"), [GROUP, "AK9*R*2*1*0*5"]),
    "GE01 no number": (changed("GE*1*7", "GE*x*7"), [GROUP, "AK9*R*0*1*0*5"]),
    "GS06": (
        inquiries.GOOD.replace("*7*X", "*A*X").replace("GE*1*7", "GE*1*A"),
        ["AK1*HS*0*005010X279A1", "AK9*R*1*1*0*6"],
    ),
    "a stray terminator in the group": (changed("~GE*1*7", "~~GE*1*7"), [*TAKEN[:-1], "AK9*E*1*1*1"]),
    "SE02": (changed("*0001~GE", "*0002~GE"), refused(code="3")),
    "SE01": (changed("SE*17", "SE*18"), refused(code="4")),
    "SE01 enormous": (changed("SE*17", "SE*99999999999"), refused(code="4")),
    "no SE": (changed("SE*17*0001~", ""), refused(code="2")),
    "ST01": (
        changed("ST*270", "ST*276"),
        [GROUP, "AK2*276*0001*005010X279A1", "IK5*R*18", "AK9*R*1*1*0"],
    ),
    "ST01 no digits": (changed("ST*270", "ST*27O"), refused(code="6")),
    "ST02": (
        inquiries.interchange(inquiries.group(inquiries.transaction(number="1"))),
        refused(code="7"),
    ),
    "ST03": (
        changed("0001*005010X279A1", "0001*005010X212"),
        [GROUP, "AK2*270*0001*005010X212", "IK5*R*I6", "AK9*R*1*1*0"],
    ),
    "ST03 missing": (
        changed("0001*005010X279A1", "0001"),
        [GROUP, "AK2*270*0001", "IK5*R*19", "AK9*R*1*1*0"],
    ),
}

SEGMENTS: dict[str, tuple[str, list[str]]] = {
    "a segment nobody knows": (counted("REF*6P", "QQQ*1~REF*6P"), refused("IK3*QQQ*10*2100*1", TRACE)),
    "of another set": (counted("REF*6P", "CLM*1~REF*6P"), refused("IK3*CLM*10*2100*6", TRACE)),
    "not used": (counted("N3*1", "N2*X~N3*1"), refused("IK3*N2*11*2100*I4", TRACE, code="I5")),
    "BHT missing": (counted("BHT*0022*13*REF1*20260312*0900~", ""), refused("IK3*BHT*2**3")),
    "HL missing": (counted("HL*3*2*22*0~", ""), refused("IK3*HL*7*2000*3")),
    "NM1 missing": (counted("NM1*IL*1*RIVERA*ANA****MI*N000112233~", ""), refused("IK3*NM1*9*2100*3", TRACE)),
    "EQ missing": (counted("EQ*30^98~", ""), refused("IK3*EQ*15*2110*3", TRACE)),
    "one date too many": (
        counted("DTP*291*D8*20260312~", "DTP*291*D8*20260312~" * 3),
        refused("IK3*DTP*16*2100*5", TRACE),
    ),
    "out of order": (
        counted("N3*1 MAIN ST~N4*SEASIDE*CA*92008~", "N4*SEASIDE*CA*92008~N3*1 MAIN ST~"),
        refused("IK3*N3*12*2100*7", TRACE),
    ),
    "ID in lower case": (
        counted("REF*6P", "ref*6P"),
        refused("IK3*XXX*10**1"),
    ),
    "an empty segment": (counted("REF*6P", "~REF*6P"), refused("IK3*XXX*10**1")),
    "a terminator in a name": (counted("RIVERA*ANA", "RI~VERA*ANA"), refused("IK3*XXX*10**1")),
    "a code": (counted("30^98", "30^9Z"), refused("IK3*EQ*15*2110*8", TRACE, "IK4*1::2*1365*7")),
    "a code used elsewhere": (
        counted("III*ZZ*11~", "III*ZZ*11~DTP*102*D8*20260312~"),
        refused("IK3*DTP*17*2110*8", TRACE, "IK4*1*374*I6", code="I5"),
    ),
    "a day": (counted("19700228", "19700229"), refused("IK3*DMG*13*2100*8", TRACE, "IK4*2*1251*8")),
    "a time": (counted("*20260312*0900", "*20260312*0975"), refused("IK3*BHT*2**8", "IK4*5*337*9")),
    "one of a pair": (counted("MI*N000112233", "MI"), refused("IK3*NM1*9*2100*8", TRACE, "IK4*9*67*2")),
    "not used element": (
        counted("RIVERA*ANA****MI", "RIVERA*ANA**MS**MI"),
        refused("IK3*NM1*9*2100*8", TRACE, "IK4*6**I10", code="I5"),
    ),
    "two in one segment": (
        counted("HL*3*2*22*0", "HL*5*1*22*0"),
        refused("IK3*HL*7*2000*8", "IK4*1*628*I12", "IK4*2*734*I12", code="I5"),
    ),
    "too many elements": (
        counted("EQ*30^98", "EQ*30^98*****X"),
        refused("IK3*EQ*15*2110*8", TRACE, "IK4*6**3"),
    ),
    "a hundredth element": (
        counted("EQ*30^98", "EQ*30^98" + "*" * 99 + "X"),
        refused("IK3*EQ*15*2110*8", TRACE, "IK4*99**3"),
    ),
}
BROKEN = ENVELOPES | SEGMENTS


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_answered(name: str) -> None:
    file, expected = BROKEN[name]
    assert told(file) == expected


@pytest.mark.parametrize("name", BROKEN)
def test_an_independent_reader_finds_nothing_wrong_with_the_answer(name: str) -> None:
    for one in judge(BROKEN[name][0]).interchanges:
        assert findings(written(one)) == []


def test_the_independent_reader_would_find_something() -> None:
    reply = written(judge(BROKEN["a day"][0]).interchanges[0])
    assert findings(reply.replace(b"IK4*2*1251*8~", b"IK4*2*1251*99~")) != []


@pytest.mark.parametrize("name", BROKEN)
def test_real_time_answers_only_what_is_refused(name: str) -> None:
    file, expected = BROKEN[name]
    is_taken = expected[-1] == TAKEN[-1]
    wanted = [segment for segment in expected if segment.startswith("TA1") or not is_taken]
    assert told(file, Mode.REAL_TIME) == wanted


def test_the_reply_goes_back_where_the_file_came_from() -> None:
    reply = written(judge(BROKEN["a day"][0]).interchanges[0]).decode()
    assert reply.startswith(
        "ISA*00*          *00*          *ZZ*NORTHLAKE      *ZZ*CORE           "
        "*260312*0930*^*00501*000000501*0*P*:~"
        "GS*FA*NORTHLAKE*CORE*20260312*0930*31*X*005010X231A1~ST*999*0001*005010X231A1~"
    )
    assert reply.endswith("SE*9*0001~GE*1*31~IEA*1*000000501~")


def test_a_set_of_several_inquiries_says_whose_is_wrong() -> None:
    body = inquiries.TWO_IN_ONE.replace("EQ*30^98", "EQ*9Z")
    file = inquiries.interchange(inquiries.group(inquiries.transaction(body)))
    assert [segment for segment in told(file) if segment.startswith("CTX")] == [TRACE, "CTX*TRN02:TRACE4"]


def test_a_group_may_be_taken_in_part() -> None:
    bad = inquiries.transaction(inquiries.ONE.replace("EQ*30^98", "EQ*9Z"), "0002")
    sets = inquiries.transaction(), bad, inquiries.transaction(number="0003")
    assert told(inquiries.interchange(inquiries.group(*sets))) == [
        *(GROUP, SET, "IK5*A"),
        *("AK2*270*0002*005010X279A1", "IK3*EQ*15*2110*8", TRACE, "IK4*1*1365*7", "IK5*R*5"),
        *("AK2*270*0003*005010X279A1", "IK5*A", "AK9*P*3*3*2"),
    ]


def test_each_group_is_answered_by_its_own_999() -> None:
    other = inquiries.GS.replace("*7*X", "*8*X")
    file = inquiries.interchange(
        inquiries.group(inquiries.transaction()), inquiries.group(inquiries.transaction(), header=other)
    )
    reply = written(judge(file).interchanges[0])
    assert reply.count(b"GS*FA*") == reply.count(b"AK9*A*1*1*1") == 2
    assert b"GE*1*31~" in reply
    assert b"GE*1*32~" in reply
    assert findings(reply) == []


def test_control_numbers_used_twice_are_refused() -> None:
    twice = inquiries.group(inquiries.transaction(), inquiries.transaction())
    assert told(inquiries.interchange(twice))[3:] == ["AK2*270*0001*005010X279A1", "IK5*R*23", "AK9*P*2*2*1"]
    again = inquiries.group(inquiries.transaction())
    assert told(inquiries.interchange(again, again))[-2:] == [GROUP, "AK9*R*1*1*0*19"]
    first, second = judge(inquiries.GOOD * 2).interchanges
    assert (first.status, second.status, second.note) == ("A", "R", "025")


def test_what_the_caller_expects_of_the_header_is_held_to() -> None:
    file = inquiries.GOOD
    assert told(file, expected=Expected("CORE", {"NORTHLAKE"}, lambda header: False)) == TAKEN
    assert told(file, expected=Expected(sender="OTHER")) == [f"{TA1}*R*006"]
    assert told(file, expected=Expected(receivers={"OTHER"})) == [f"{TA1}*R*009"]
    assert told(file, expected=Expected(is_duplicate=lambda header: True)) == [f"{TA1}*R*025"]


def test_an_acknowledgement_is_not_acknowledged() -> None:
    reply = written(judge(inquiries.GOOD).interchanges[0])
    (one,) = judge(reply).interchanges
    assert (one.status, one.groups[0].status) == ("A", "A")
    assert acknowledgements.due(one, Mode.BATCH).is_nothing
    assert written(one) == b""


NO_ISA = {
    "empty": (b"", FaultCode.EMPTY_FILE),
    "no X12": (b"<soap/>", FaultCode.NOT_X12),
    "short": (inquiries.ISA[:90].encode(), FaultCode.INTERCHANGE_HEADER_SHORT),
    "a width": (
        inquiries.GOOD.replace("CORE           ", "CORE").encode(),
        FaultCode.INTERCHANGE_HEADER_WIDTH,
    ),
}


@pytest.mark.parametrize("name", NO_ISA)
def test_where_no_isa_can_be_read_the_connection_has_to_say_so(name: str) -> None:
    file, code = NO_ISA[name]
    review = judge(file)
    assert review.interchanges == ()
    assert review.unanswerable is not None
    assert review.unanswerable.code == code


def test_what_follows_a_good_interchange_does_not_undo_it() -> None:
    review = judge(inquiries.GOOD + "hello")
    assert [one.status for one in review.interchanges] == ["A"]
    assert review.unanswerable is not None
    assert review.unanswerable.code == FaultCode.DATA_AFTER_INTERCHANGE


@pytest.mark.parametrize(
    "old", ["CORE           ", "NORTHLAKE      *260312", "CORE*NORTHLAKE*2026", "TRACE3", "*0001"]
)
@pytest.mark.parametrize("smuggled", ["é", "~ST*9", "^:é", "\u00df"])
def test_nothing_smuggled_into_a_header_breaks_the_answer(old: str, smuggled: str) -> None:
    mark = smuggled.replace("~", "|").ljust(4, ".")[:4]
    file = inquiries.GOOD.replace(old, mark + old[4:]).translate(str.maketrans("~:^", "'>!"))
    raw = file.replace("|", "~").encode("latin-1").replace(b"30!98", b"9Z")
    for one in judge(raw).interchanges:
        reply = written(one)
        assert findings(reply) == []
        assert len(judge(reply).interchanges) == 1


def test_no_answer_holds_a_value_of_the_inquiry() -> None:
    spoilt = counted("RIVERA*ANA****MI*N000112233", "RIVERA^ANA*ANA:X****MI*N000112233^2")
    reply = written(judge(spoilt).interchanges[0]).decode()
    assert "IK4" in reply
    assert not [value for value in ("RIVERA", "ANA", "N0001", "SEASIDE", "1970") if value in reply]


def test_a_ta1_can_travel_with_another_answer() -> None:
    (one,) = judge(changed("*0*P*", "*1*P*")).interchanges
    assert acknowledgements.due(one, Mode.REAL_TIME).ta1
    assert acknowledgements.ta1(one, AT) == ("000000011", "260312", "0900", "A", "000")


def test_an_unsupported_kind_is_told_from_an_unsupported_version() -> None:
    review = judging.judge(inquiries.GOOD.encode(), guides=())
    assert review.interchanges[0].groups[0].codes == ("1",)
    review = judging.judge(inquiries.GOOD.encode(), guides=(GUIDE_270,))
    assert review.interchanges[0].groups[0].codes == ()
