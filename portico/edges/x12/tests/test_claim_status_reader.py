"""What a 276 asks, request by request; one of any size is read in time and memory that grow with it."""

import time
import tracemalloc

from portico.edges.x12 import judging
from portico.edges.x12.claim_status.reader import Sent
from portico.edges.x12.claim_status.requests import Period, Request
from portico.edges.x12.guides.guide_276 import GUIDE_276
from portico.edges.x12.tests import inquiries

TOP = (
    "BHT*0010*13*ASK*20260312*0900~HL*1**20*1~NM1*PR*2*NORTHLAKE*****PI*99999~"
    "HL*2*1*21*1~NM1*41*2*SOFTWARE*****46*S1~HL*3*2*19*1~NM1*1P*2*LAKESIDE*****XX*2000000009~"
)
ANA = "NM1*IL*1*RIVERA*ANA****MI*N1~"
LEO = "DMG*D8*20150301~NM1*QC*1*RIVERA*LEO~"
LINE = "SVC*HC:99214*200*****1~DTP*472*D8*20260112~"


def read(body: str) -> list[Request]:
    """The requests of a set, which has to be without a fault."""
    header = inquiries.GS.replace("HS", "HR").replace("X279A1", "X212")
    one = inquiries.transaction(TOP + body, code="276", guide="005010X212")
    content = inquiries.interchange(inquiries.group(one, header=header)).encode()
    review = judging.judge(content, guides=(GUIDE_276,))
    (taken,) = judging.accepted_sets(content, review)
    sent = Sent(taken.segments, number="0001")
    found = list(sent.requests())
    assert sent.header.reference == "ASK"
    return found


def test_each_trace_is_a_request() -> None:
    one, two = read(f"HL*4*3*22*0~{ANA}TRN*1*A~REF*1K*C1~TRN*1*B~AMT*T3*5~DTP*472*D8*20260112~{LINE}")
    assert (one.trace, one.references, one.amount, one.lines) == ("A", (("1K", "C1"),), "", ())
    assert (two.trace, two.references, two.amount) == ("B", (), "5")
    assert two.served == Period("D8", "20260112")
    assert two.lines == (Period("D8", "20260112"),)


def test_subscriber_and_dependents_are_told_apart() -> None:
    own, child, other = read(
        f"HL*4*3*22*1~{ANA}TRN*1*A~HL*5*4*23~{LEO}TRN*1*B~HL*6*3*22*0~{ANA.replace('N1', 'N2')}TRN*1*C~"
    )
    assert (own.dependent, own.patient.name.id) == (None, "N1")
    assert child.dependent is not None
    assert (child.patient.name.first, child.patient.birth) == ("LEO", "20150301")
    assert child.subscriber == own.subscriber
    assert (other.dependent, other.patient.name.id) == (None, "N2")


def test_a_patient_without_a_trace_is_asked_about_once() -> None:
    assert [each.patient.name.first for each in read(f"HL*4*3*22*1~{ANA}HL*5*4*23~{LEO}")] == ["LEO"]
    assert [each.trace for each in read(f"HL*4*3*22*0~{ANA}")] == [""]


def test_a_claim_of_very_many_lines_is_read_soon_and_small() -> None:
    body = f"HL*4*3*22*0~{ANA}TRN*1*A~" + LINE * 20_000
    began = time.perf_counter()
    tracemalloc.start()
    (found,) = read(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.lines) == 20_000
    assert time.perf_counter() - began < 20
    assert peak < 20 * len(body)
