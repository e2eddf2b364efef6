"""Whatever a file holds, reading it ends: with claims, with faults, or with the error of broken syntax."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st

from portico.shared.x12.faults import X12Error
from portico.transactions.claims import draft_carrying, reader, writer
from portico.transactions.claims.records import ReadClaim
from portico.transactions.claims.tests import claims as made
from portico.transactions.claims.tests.test_writer import AT

FILES = [
    writer.one(claim, ends=made.ENDS, at=AT, control_number=7)
    for claim in (made.VISIT, made.SECONDARY, made.STAY)
]
_strange = st.sampled_from(
    b"LX SV1 SVD*1 CAS HL*9*1*22*0 HL CLM NM1*82 SBR HI*ABK DTP*472*D8*X CLM*A*1***11:B:1*Y*A*Y*Y LIN**N4*1 "
    b"CTP PAT N3 AMT*D*1 OI REF*D9*1 HI*::: SV2*0120**1*UN*1 HL*1**20*1 HL*3*2*23*0 NM1*QC*1*X FRM*1 "
    b"LQ*UT*1 x".split()
)


def read(raw: bytes) -> list[ReadClaim]:
    try:
        return list(reader.read(io.BytesIO(raw)))
    except X12Error:
        return []


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file with segments taken out, doubled, moved, or strange ones put in."""
    segments = draw(st.sampled_from(FILES)).split(b"~")
    inside = segments[3:-4]
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(len(inside) - 1, 0)))
        match draw(st.sampled_from(("drop", "double", "move", "strange", "cut"))):
            case "drop":
                del inside[at : at + draw(st.integers(1, 4))]
            case "double":
                inside[at:at] = inside[at : at + 3]
            case "move":
                inside.append(inside.pop(at) if inside else b"LX*1")
            case "cut":
                inside[at : at + 1] = [b"*".join(one.split(b"*")[:2]) for one in inside[at : at + 1]]
            case _:
                inside.insert(at, draw(_strange))
    return b"~".join([*segments[:3], *inside, *segments[-4:]])


@given(files())
@settings(max_examples=400, deadline=None)
def test_a_file_in_disorder_is_read_to_its_end(raw: bytes) -> None:
    for claim in read(raw):
        assert claim.segments[0][1][0] == "CLM"
        assert claim.sent is None or claim.sent.patient_control_number


@given(files())
@settings(max_examples=100, deadline=None)
def test_reading_goes_on_in_disorder_too(raw: bytes) -> None:
    found = read(raw)
    for done, claim in enumerate(found, 1):
        rest = list(reader.read(io.BytesIO(raw), claim.bookmark()))
        assert [one.place for one in rest] == [one.place for one in found[done:]]


def test_what_stands_above_is_bounded_however_often_it_repeats() -> None:
    """Each claim below has it again, so a small file would become a very large one."""
    segments = FILES[0].split(b"~")
    at = next(place for place, one in enumerate(segments) if one.startswith(b"REF*EI"))
    many = [b"REF*G2*A", b"NM1*ZZ"] * 1_000
    (found,) = read(b"~".join([*segments[: at + 1], *many, *segments[at + 1 :]]))
    assert found.sent is not None
    assert len(found.sent.carried) <= 2 * draft_carrying.MOST_CARRIED
    assert 0 < len(found.costly) <= 3 * reader.MOST_FAULTS
    assert len(found.faults) <= 6 * reader.MOST_FAULTS
