"""The helpers that judge what we emit in X12, fed with good and broken files."""

import pytest

from tests.conformance import samples, x12

FOUND = samples.answer(*samples.FOUND)
NOT_FOUND = samples.answer(*samples.NOT_FOUND)
ABOUT = ("AK1*HS*1*005010X279A1", "AK2*270*0001*005010X279A1")
ACCEPTED = samples.acknowledgement(*ABOUT, "IK5*A", "AK9*A*1*1*1")
REJECTED = samples.acknowledgement(
    *ABOUT,
    "IK3*NM1*8*2100*8",
    "CTX*TRN02:LAKE-0001",
    "IK4*9*67*1",
    "IK5*R*5",
    "AK9*R*1*1*0",
)
TA1 = f"{samples.ISA}TA1*000000001*260312*1659*R*022~IEA*0*000000007~"


@pytest.mark.parametrize("text", [FOUND, NOT_FOUND])
def test_a_good_271_passes(text: str) -> None:
    x12.assert_271_parses(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SE*24*", "SE*25*", "SE count of 25"),
        ("SE*24*0001", "SE*24*0002", "SE id=0002"),
        ("GE*1*7", "GE*2*7", "GE count of 2"),
        ("GE*1*7", "GE*1*8", "GE id=8"),
        ("IEA*1*", "IEA*2*", "IEA count"),
        ("IEA*1*000000007~", "", "IEA=000000007"),
        ("*0*P*:", "*7*P*:", "ISA14"),
        ("HL*3*2*22", "HL*3*9*22", "HL parent (9)"),
        ("HL*3*2*22", "HL*4*2*22", "HL count 4"),
        ("HL*3*2*22*0", "HL*3*2*22*1", "HL 3: HL04"),
        ("HL*2*1*21*1", "HL*2*1*21*0", "HL 2: HL04"),
        ("HL*3*2*22*0", "HL*3*2*22", "HL 3: HL04"),
        ("GOLD~", "GOLD**~", "trailing element terminators"),
        ("EB*1*", "EB*?*", "eligibility_benefit_information"),
    ],
)
def test_a_broken_271_fails_with_the_finding(old: str, new: str, said: str) -> None:
    assert old in FOUND

    with pytest.raises(AssertionError) as refused:
        x12.assert_271_parses(FOUND.replace(old, new))
    assert said in str(refused.value)


@pytest.mark.parametrize("text", [ACCEPTED, REJECTED])
def test_a_good_999_passes(text: str) -> None:
    x12.assert_999_parses(text)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("IK5*R*5", "IK5*Q*5", "IK5*Q"),
        ("IK5*R*5", "IK5*R*ZZ", "(ZZ) is not a valid code"),
        ("IK4*9*67*1", "IK4*9*67*Z9", "(Z9) is not a valid code"),
        ("IK4*9*67*1", "IK4**67*1", '"Position in Segment"'),
        ("AK9*R*1*1*0~SE*9", "SE*8", '"Functional Group Response Trailer" (AK9) missing'),
        ("AK1*HS", "AK1*ZZ", "Segment AK1*ZZ"),
        ("SE*9*", "SE*8*", "SE count of 8"),
    ],
)
def test_a_broken_999_fails_with_the_finding(old: str, new: str, said: str) -> None:
    assert old in REJECTED

    with pytest.raises(AssertionError) as refused:
        x12.assert_999_parses(REJECTED.replace(old, new))
    assert said in str(refused.value)


def test_a_good_ta1_passes() -> None:
    x12.assert_ta1_parses(TA1)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("*R*022", "*X*022", "TA104"),
        ("*R*022", "*R*999", "TA105"),
        ("TA1*000000001", "TA1*1", "TA101"),
        ("IEA*0*", "IEA*1*", "IEA count"),
        ("TA1*000000001*260312*1659*R*022~", "", "TA1"),
    ],
)
def test_a_broken_ta1_fails_with_the_finding(old: str, new: str, said: str) -> None:
    assert old in TA1

    with pytest.raises(AssertionError) as refused:
        x12.assert_ta1_parses(TA1.replace(old, new))
    assert said in str(refused.value)
