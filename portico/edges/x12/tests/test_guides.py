"""The guides: what they take, what they refuse, and where an independent validator agrees."""

from collections.abc import Iterator

import pytest

from portico.edges.x12.guides.guide_270 import GUIDE_270
from portico.edges.x12.guides.guide_276 import GUIDE_276
from portico.edges.x12.guides.guide_277 import GUIDE_277
from portico.edges.x12.guides.guide_278_request import GUIDE_278_INQUIRY, GUIDE_278_REQUEST
from portico.edges.x12.guides.guide_278_response import GUIDE_278_RESPONSE, GUIDE_278_STANDING
from portico.edges.x12.tests import inquiries, remittances
from portico.edges.x12.tests.answering import findings
from portico.shared.x12 import envelopes, grammar
from portico.shared.x12.grammar_faults import Fault
from portico.shared.x12.grammar_parts import Composite, Element, Guide, Loop, Segment
from portico.transactions.guides.guide_835 import GUIDE_835
from portico.transactions.guides.guide_837i import GUIDE_837I
from portico.transactions.guides.guide_837p import GUIDE_837P

GUIDES_278 = (GUIDE_278_REQUEST, GUIDE_278_INQUIRY, GUIDE_278_RESPONSE, GUIDE_278_STANDING)
GUIDES = (GUIDE_270, GUIDE_276, GUIDE_277, *GUIDES_278, GUIDE_835, GUIDE_837I, GUIDE_837P)


def read(file: str, guide: Guide) -> tuple[list[tuple[str, str]], list[Fault]]:
    """Answers the labels of the one set of a file, and its faults."""
    faults: list[Fault] = []
    transaction = next(next(envelopes.read(file.encode())).transactions())
    labels = [(loop, segment[0]) for loop, _, segment in grammar.labelled(transaction, guide, faults.append)]
    return labels, faults


def inquiry(body: str) -> str:
    return inquiries.interchange(inquiries.group(inquiries.transaction(body)))


def segments(loop: Loop) -> Iterator[Segment]:
    for part in loop.parts:
        if isinstance(part, Segment):
            yield part
        else:
            yield from segments(part)


def elements(segment: Segment) -> Iterator[Element]:
    for part in segment.elements:
        yield from part.parts if isinstance(part, Composite) else (part,)


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.code} {guide.version}")
def test_codes_are_as_long_as_their_element_allows(guide: Guide) -> None:
    for segment in segments(guide.root):
        for element in elements(segment):
            assert all(element.least <= len(code) <= element.most for code in element.codes), segment.name


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: f"{guide.code} {guide.version}")
def test_parts_stand_in_rising_order(guide: Guide) -> None:
    def check(loop: Loop) -> None:
        places = [part.at for part in loop.parts]
        assert places == sorted(places), loop.name
        assert isinstance(loop.parts[0], Segment)
        for part in loop.parts:
            if isinstance(part, Loop):
                check(part)

    check(guide.root)


def test_an_inquiry_about_a_subscriber_is_labelled() -> None:
    labels, faults = read(inquiry(inquiries.ONE), GUIDE_270)
    assert faults == []
    assert [loop for loop, _ in labels] == (
        "HEADER 2000A 2100A 2000B 2100B 2000C 2000C 2100C 2100C 2100C 2100C 2100C 2100C 2110C 2110C".split()
    )


def test_an_inquiry_about_a_dependent_is_labelled() -> None:
    labels, faults = read(inquiry(inquiries.ASKER + inquiries.WITH_DEPENDENT), GUIDE_270)
    assert faults == []
    assert [loop for loop, _ in labels[5:]] == (
        "2000C 2100C 2000D 2000D 2100D 2100D 2100D 2100D 2100D 2110D 2110D 2110D".split()
    )


ABOVE = {"20": "", "21": "20", "22": "21", "23": "22"}


def renumbered(body: str) -> str:
    """Answers a set whose levels count from 1 and each name the one above it."""
    latest, sent, count = {"": ""}, [], 0
    for segment in body.split("~")[:-1]:
        name, *elements = segment.split("*")
        if name == "HL":
            count += 1
            latest[elements[2]] = str(count)
            elements[:2] = latest[elements[2]], latest[ABOVE[elements[2]]]
        sent.append("*".join([name, *elements]))
    return "".join(f"{segment}~" for segment in sent)


def test_subscribers_dependents_receivers_and_sources_may_alternate() -> None:
    source = inquiries.ASKER.partition("~")[2]
    receiver = source[source.index("HL*2") :]
    family = inquiries.WITH_DEPENDENT + inquiries.SUBSCRIBER
    rest = receiver + inquiries.SUBSCRIBER + source + inquiries.SUBSCRIBER
    labels, faults = read(inquiry(renumbered(inquiries.ASKER + family + rest)), GUIDE_270)
    assert faults == []
    levels = [loop for loop, name in labels if name == "HL"]
    assert levels == "2000A 2000B 2000C 2000D 2000C 2000B 2000C 2000A 2000B 2000C".split()


TAKEN_270 = {
    "cancellation": ("BHT*0022*13", "BHT*0022*01"),
    "spend down": ("EQ*30^98~", "EQ*30~AMT*R*37.5~AMT*PB*37.5~"),
    "spend down in either order": ("EQ*30^98~", "EQ*30~AMT*PB*37.5~AMT*R*37.5~"),
    "a procedure with its diagnosis": ("EQ*30^98~", "EQ**HC:99213:25***1:2~"),
    "family": ("EQ*30^98~", "EQ*30**FAM~"),
    "the reserved identifier": ("MI*N000112233", "II*N000112233"),
    "no name": ("RIVERA*ANA", "*"),
    "no identifier": ("RIVERA*ANA****MI*N000112233", "RIVERA*ANA"),
    "two traces": ("TRN*1*TRACE3*9CLINIC123~", "TRN*1*A*9CLINIC123~TRN*1*B*9CLINIC123*X~"),
    "one of several births": ("F~DTP", "F~INS*Y*18***************2~DTP"),
    "diagnoses": ("F~DTP", "F~HI*BK:4019*BF:25000*BF:1~DTP"),
    "the provider": ("N4*SEASIDE*CA*92008~", "N4*SEASIDE*CA*92008~PRV*RF*PXC*207Q00000X~"),
    "abroad": ("N4*SEASIDE*CA*92008", "N4*LYON**69001*FR***69"),
    "issue and plan dates": ("DTP*291*D8*20260312~", "DTP*102*D8*20260312~DTP*291*RD8*20260301-20260312~"),
    "ninety-nine questions": ("EQ*30^98~III*ZZ*11~", "EQ*30~" * 99),
}
REFUSED_270 = {
    "a dependent named as subscriber": ("NM1*IL", "NM1*03"),
    "the receiver's address twice": ("2000000009~", "2000000009~N3*A~N3*B~"),
    "amounts of one kind twice": ("EQ*30^98~", "EQ*30~AMT*R*1~AMT*R*2~"),
    "an identifier from before 5010": ("MI*N000112233", "ZZ*N000112233"),
    "insurance type": ("EQ*30^98~", "EQ*30***HM~"),
    "a hundred questions": ("EQ*30^98~III*ZZ*11~", "EQ*30~" * 100),
    "a hundred service types": ("EQ*30^98", "EQ*" + "^".join(["30"] * 100)),
    "no question": ("EQ*30^98", "EQ"),
    "birth date without its format": ("DMG*D8*19700228", "DMG**19700228"),
    "state and subdivision": ("CA*92008", "CA*92008*US***06"),
    "short trace originator": ("9CLINIC123", "9CLINIC"),
    "taxonomy without its qualifier": ("N4*SEASIDE*CA*92008~", "N4*SEASIDE*CA*92008~PRV*RF**207Q00000X~"),
    "the plan without an identifier": ("*****PI*NORTHLAKE", ""),
}


def one_change(body: str, change: tuple[str, str]) -> str:
    assert body.count(change[0]) == 1, change[0]
    return body.replace(*change)


@pytest.mark.parametrize("name", TAKEN_270)
def test_the_270_takes(name: str) -> None:
    assert read(inquiry(one_change(inquiries.ONE, TAKEN_270[name])), GUIDE_270)[1] == []


@pytest.mark.parametrize("name", REFUSED_270)
def test_the_270_refuses(name: str) -> None:
    assert read(inquiry(one_change(inquiries.ONE, REFUSED_270[name])), GUIDE_270)[1] != []


def test_a_dependent_must_be_asked_about() -> None:
    body = inquiries.ASKER + inquiries.WITH_DEPENDENT
    assert read(inquiry(body[: body.index("EQ**")]), GUIDE_270)[1] != []


CHANGES_835 = {
    "nothing": ("LX*1~", "LX*1~"),
    "no claim": (remittances.CLAIM + remittances.SECOND, ""),
    "no bundle": (remittances.BODY[remittances.BODY.index("LX") : remittances.BODY.index("PLB")], ""),
    "no technical contact": ("PER*BL*SUPPORT*TE*7605550101*EM*EDI@EXAMPLE.ORG~", ""),
    "technical contact last": (
        "PER*BL*SUPPORT*TE*7605550101*EM*EDI@EXAMPLE.ORG~PER*IC**UR*EXAMPLE.ORG~",
        "PER*IC**UR*EXAMPLE.ORG~PER*BL*SUPPORT*TE*7605550101~PER*BL~",
    ),
    "no payer": ("N1*PR*NORTHLAKE HEALTH PLAN~", ""),
    "no payee": ("N1*PE*SEASIDE CLINIC*XX*2000000009~", ""),
    "no trace": ("TRN*1*0012524879*1512345678~", ""),
    "no patient": ("NM1*QC*1*RIVERA*LEO*E***MI*N000112234~", ""),
    "patient after the subscriber": (
        "NM1*QC*1*RIVERA*LEO*E***MI*N000112234~NM1*IL*1*RIVERA*ANA****MI*N000112233~",
        "NM1*IL*1*RIVERA*ANA****MI*N000112233~NM1*QC*1*RIVERA*LEO~",
    ),
    "patient twice": ("NM1*82*2", "NM1*QC*1*RIVERA~NM1*82*2"),
    "unknown person": ("NM1*82*2", "NM1*85*2"),
    "paid by nobody knows": ("*C*ACH*", "*C*XXX*"),
    "account without its kind": ("*DA*123456*", "**123456*"),
    "kind without its account": ("*DA*98765*", "*DA**"),
    "bank without its number": ("*01*999988880*", "*01**"),
    "adjusted for three reasons": ("CAS*PR*1*50*1*2*20", "CAS*PR*1*50*1*2*20**3*1*4"),
    "a reason without an amount": ("CAS*PR*1*50*1*2*20", "CAS*PR*1*50*1*2"),
    "an amount without a reason": ("CAS*PR*1*50*1*2*20", "CAS*PR*1*50*1**20"),
    "a quantity without an amount": ("CAS*PR*1*50*1*2*20", "CAS*PR*1*50*1*2**1"),
    "group of the adjustment": ("CAS*CO*45*1500.5", "CAS*CX*45*1500.5"),
    "claim status": ("CLP*A1*1*", "CLP*A1*9*"),
    "no filing code": ("*10*12*5058", "*10**5058"),
    "facility frequency too long": ("*11*1~CAS", "*11*12~CAS"),
    "line before the claim": ("CLP*A1", "SVC*HC:1*1*1~CLP*A1"),
    "no service code": ("SVC*HC:99214*", "SVC*HC*"),
    "five modifiers": ("HC:99214*", "HC:99214:A1:A2:A3:A4:A5*"),
    "replaced code with its description": ("**1~DTM*472", "**1*HC:99212:::::X~DTM*472"),
    "three dates of a line": ("1~DTM*472*20260120~", "1~DTM*472*20260120~DTM*150*20260120~DTM*151*20260120~"),
    "references in any order": ("REF*6R*1~REF*LU*11~", "REF*LU*11~REF*6R*1~REF*0K*A~"),
    "line number twice": ("REF*6R*1~", "REF*6R*1~REF*6R*2~"),
    "remark without its list": ("LQ*HE*N130", "LQ**N130"),
    "provider adjusted by half": ("*72*5.5", "*72"),
    "provider's adjustment": ("CS:9*-10", "QQ:9*-10"),
    "contact by half": ("CX**TE*7605550100~AMT", "CX**TE~AMT"),
    "N2": ("N3*PO BOX 1~", "N2*X~N3*PO BOX 1~"),
    "address after the town": ("N3*PO BOX 1~N4*SEASIDE*CA*92008~", "N4*SEASIDE*CA*92008~N3*PO BOX 1~"),
    "totals of the wrong kind": ("TS2*10*20", "TS2*X*20"),
}


@pytest.mark.parametrize("name", CHANGES_835)
def test_an_independent_validator_agrees_on_the_835(name: str) -> None:
    file = remittances.interchange(one_change(remittances.BODY, CHANGES_835[name]))
    assert (read(file, GUIDE_835)[1] == []) == (findings(file.encode()) == [])


def test_an_835_is_labelled() -> None:
    labels, faults = read(remittances.interchange(), GUIDE_835)
    assert faults == []
    assert [loop for loop, name in labels if name in ("BPR", "N1", "LX", "CLP", "SVC", "PLB")] == (
        "HEADER 1000A 1000B 2000 2100 2110 2100 2110 HEADER".split()
    )


CLAIM_INQUIRY = (
    "BHT*0010*13*ASK*20260312*0900~HL*1**20*1~NM1*PR*2*NORTHLAKE*****PI*99999~"
    "HL*2*1*21*1~NM1*41*2*SOFTWARE*****46*S1~HL*3*2*19*1~NM1*1P*2*LAKESIDE*****XX*2000000009~"
    "HL*4*3*22*1~NM1*IL*1*RIVERA*ANA****MI*N1~"
    "HL*5*4*23~DMG*D8*20150301~NM1*QC*1*RIVERA*LEO~"
    "TRN*1*T1~REF*1K*A1~REF*EJ*P1~AMT*T3*300~DTP*472*D8*20260112~SVC*HC:99214*200*****1~DTP*472*D8*20260112~"
)


def claim_inquiry(body: str) -> str:
    header = inquiries.GS.replace("HS", "HR").replace("X279A1", "X212")
    one = inquiries.transaction(body, code="276", guide="005010X212")
    return inquiries.interchange(inquiries.group(one, header=header))


def test_an_inquiry_about_a_claim_is_labelled() -> None:
    labels, faults = read(claim_inquiry(CLAIM_INQUIRY), GUIDE_276)
    assert faults == []
    assert [loop for loop, _ in labels] == (
        "HEADER 2000A 2100A 2000B 2100B 2000C 2100C 2000D 2100D 2000E 2000E 2100E "
        "2200E 2200E 2200E 2200E 2200E 2210E 2210E".split()
    )


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("BHT*0010*13*ASK", "BHT*0022*13*ASK"),
        ("DMG*D8*20150301~", ""),
        ("MI*N1", "ZZ*N1"),
        ("XX*2000000009", "24*2000000009"),
        ("TRN*1*T1", "TRN*1*T1*9CLINIC123"),
        ("REF*EJ*P1~", "REF*EI*P1~"),
        ("AMT*T3*300", "AMT*T3*300~AMT*T3*300"),
        ("DTP*472*D8*20260112~SVC", "DTP*472*D8*20260132~SVC"),
        ("*200*****1~DTP*472*D8*20260112~", "*200*****1~"),
        ("HL*3*2*19*1~NM1*1P*2*LAKESIDE*****XX*2000000009~", ""),
    ],
)
def test_an_inquiry_about_a_claim_that_breaks_the_guide_has_a_fault(was: str, now: str) -> None:
    assert was in CLAIM_INQUIRY
    assert read(claim_inquiry(CLAIM_INQUIRY.replace(was, now)), GUIDE_276)[1] != []


@pytest.mark.parametrize("more", ["NM1*1P*2*LAKESIDE*****FI*171234567~", ""])
def test_a_provider_may_be_named_twice(more: str) -> None:
    named = CLAIM_INQUIRY.replace("HL*4", f"{more}HL*4")
    assert read(claim_inquiry(named), GUIDE_276)[1] == []
