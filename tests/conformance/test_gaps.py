"""What is allowed for in linuxforhealth-x12: alone it refuses what the guide allows, and no more passes."""

import pytest

from tests.conformance import gaps, reading_271, samples
from tests.conformance.samples import FOUND, NOT_FOUND, RECEIVER, SOURCE, SUBSCRIBER, having
from tests.support import oracles

NAMED = "NM1*IL*1*RIVERA*ANA****MI*NL0000017"
PCP = "NM1*P3*1*OKAFOR*BEN****XX*2000000010"
TRACE = "TRN*2*LAKE-0001*9171234567"
BENEFIT = "EB*L**30"
ABOVE_A_DEPENDENT = (*SOURCE, *RECEIVER, "HL*3*2*22*1", NAMED, "HL*4*3*23*0")
DEPENDENT = (*ABOVE_A_DEPENDENT, "NM1*03*1*RIVERA*LUZ", "DMG*D8*20150101*F", *samples.COVERED)


def dependents_reject(code: str) -> tuple[str, ...]:
    return (*ABOVE_A_DEPENDENT, "NM1*03*1*RIVERA*LUZ", f"AAA*N**{code}*C")


def benefit(segment: str, *after: str) -> tuple[str, ...]:
    return having(FOUND, BENEFIT, segment, *after)


ALLOWED_BY_THE_GUIDE = {
    "subscriber not found": NOT_FOUND,
    "wrong birth date": having(NOT_FOUND, "AAA*N**75*C", "AAA*N**71*C"),
    "dependent not found": dependents_reject("67"),
    "subscriber without a first name": having(FOUND, NAMED, "NM1*IL*1*RIVERA*****MI*NL0000017"),
    "subscriber by number only": having(FOUND, NAMED, "NM1*IL*1******MI*NL0000017"),
    "dependent without a last name": (*ABOVE_A_DEPENDENT, "NM1*03*1**LUZ", "AAA*N**65*C"),
    "gender unknown": having(FOUND, "DMG*D8*19800214*F", "DMG*D8*19800214*U"),
    "family unit number": having(FOUND, "DMG*D8*19800214*F", "REF*49*01", "DMG*D8*19800214*F"),
    "policy number of a benefit": benefit(BENEFIT, "REF*1L*77"),
    "outpatient psychiatry": benefit("EB*B*IND*A8***27*25"),
    "among others": benefit("EB*B*IND*98^A0^UC***27*25"),
    "no service type": benefit("EB*R***C1*OTHER PLAN"),
    "point of service": benefit("EB*1**30*PS*NORTHLAKE POS"),
    "visits left": benefit("EB*F*IND*33***29***VS*12"),
    "no visits left": benefit("EB*F*IND*33***29***99*0"),
    "preferred network": having(FOUND, PCP, "NM1*1I*2*LAKE NETWORK*****PI*7"),
    "entity without a number": having(FOUND, PCP, "NM1*P3*1*OKAFOR*BEN"),
    "three traces": having(FOUND, TRACE, TRACE, "TRN*2*LAKE-0002*9171234567"),
    "two subscribers": (*FOUND, "HL*4*2*22*0", *SUBSCRIBER[1:], *samples.COVERED),
    "two dependents": (*DEPENDENT, "HL*5*3*23*0", "NM1*03*1*RIVERA*LEO", *samples.COVERED),
    "two receivers": (*FOUND, "HL*4*1*21*1", RECEIVER[1], "HL*5*4*22*0", NAMED),
}


@pytest.mark.parametrize("segments", ALLOWED_BY_THE_GUIDE.values(), ids=ALLOWED_BY_THE_GUIDE.keys())
def test_the_reader_alone_refuses_what_the_guide_allows(segments: tuple[str, ...]) -> None:
    text = samples.answer(*segments)

    assert oracles.linuxforhealth(text).faults != ()
    assert reading_271.faults(text) == []


@pytest.mark.parametrize(
    "segments",
    [
        having(NOT_FOUND, "AAA*N**75*C", "AAA*N**99*C"),
        having(NOT_FOUND, "AAA*N**75*C", "AAA*N**67*C"),
        having(NOT_FOUND, "AAA*N**75*C", "AAA*N**75*Q"),
        dependents_reject("75"),
        (*SOURCE, *RECEIVER, "AAA*N**75*C"),
        having(FOUND, "DMG*D8*19800214*F", "DMG*D8*19800214*X"),
        benefit("EB*B*IND*98^ZZ***27*25"),
        benefit("EB*B*IND*98^***27*25", "AAA*N**75*C"),
        benefit("EB*F*IND*33***29***V*12"),
        benefit("EB*F*IND*33***29***VS"),
        having(FOUND, PCP, "NM1*P9*1*OKAFOR*BEN"),
        having(FOUND, TRACE, TRACE, "TRN*2*LAKE-0002*9"),
        having(FOUND, TRACE, TRACE, TRACE, TRACE),
        (*FOUND, "HL*4*2*22*0", NAMED, "EB*?**30"),
        (*FOUND, "HL*4*9*22*0", NAMED),
        (*DEPENDENT, "HL*5*3*23*0", "NM1*03*1*RIVERA*LEO", "EB*?**30"),
    ],
)
def test_what_the_guide_refuses_beside_it_is_still_refused(segments: tuple[str, ...]) -> None:
    assert reading_271.faults(samples.answer(*segments)) != []


@pytest.mark.parametrize(
    "segments",
    [
        having(NOT_FOUND, "AAA*N**75*C", "AAA*N**41*C"),
        having(FOUND, BENEFIT, BENEFIT, "REF*IL*77"),
        benefit("EB*B*IND*C2***27*25"),
        benefit("EB*1**30*POS*NORTHLAKE POS"),
        having(FOUND, PCP, "NM1*11*2*LAKE NETWORK*****PI*7"),
    ],
)
def test_what_the_reader_wrongly_lets_pass_is_refused(segments: tuple[str, ...]) -> None:
    text = samples.answer(*segments)

    assert oracles.linuxforhealth(text).faults == ()
    assert reading_271.faults(text) != []


REASONS = {loop: gaps.reject_reasons(loop) for loop in ("2100C", "2100D")}


@pytest.mark.parametrize(
    ("loop", "code"), [(loop, code) for loop in REASONS for code in sorted(REASONS[loop])]
)
def test_every_reject_reason_of_a_person_is_one_the_reader_lacks(loop: str, code: str) -> None:
    of_a_subscriber = having(NOT_FOUND, "AAA*N**75*C", f"AAA*N**{code}*C")
    text = samples.answer(*(of_a_subscriber if loop == "2100C" else dependents_reject(code)))

    assert len(oracles.linuxforhealth(text).faults) == 1
    assert reading_271.faults(text) == []


@pytest.mark.parametrize("text", ["", samples.interchange(samples.GS_271), samples.ISA + samples.IEA])
def test_an_interchange_without_an_answer_is_a_fault(text: str) -> None:
    assert reading_271.faults(text) != []


@pytest.mark.parametrize("gap", gaps.GAPS, ids=lambda gap: f"{gap.segment}{gap.element:02d} {gap.stand_in}")
def test_no_stand_in_needs_a_stand_in_of_its_own(gap: gaps.Gap) -> None:
    assert gap.stand_in not in gap.values
