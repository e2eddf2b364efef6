"""One member's segments become one record, or one reason with its segment."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.members.enrolment_facts import (
    Maintenance,
    SentContact,
    SentMember,
    SentName,
    SentOther,
    SentPcp,
)
from portico.edges.loaders import loops_834, words
from portico.edges.loaders.bad_rows import BadRow, ReadReason
from portico.edges.loaders.tests.building import NPI, person

PLACE = 6


def read(segments: Sequence[str], *, allow_demo: bool = True) -> SentMember:
    return loops_834.read(PLACE, [segment.split("*") for segment in segments], allow_demo=allow_demo)


def test_a_subscriber_is_read_with_everything_an_834_says() -> None:
    sent = read(
        [
            "INS*Y*18*021*20*A***FT**N*D8*20260228",
            "REF*0F*nlh-1",
            "REF*1L*G-1",
            "REF*23*NLH101",
            "DTP*336*D8*20190107",
            "DTP*356*D8*20260101",
            "DTP*357*D8*20261231",
            "NM1*IL*1*OKAFOR*ADAEZE*N**III*34*900110001",
            "PER*IP**WP*5305550100*HP*5305550101",
            "N3*12 HERON LANE*APT 4",
            "N4*NORTHLAKE*CA*90901",
            "DMG*D8*19850314*F",
            "NM1*70*1*OKAFOR*ADA",
            "DMG*D8*19850315*F",
            "NM1*31*1",
            "N3*PO BOX 1",
            "HD*021**PPO*7QX*EMP",
            "DTP*348*D8*20260101",
            "DTP*349*D8*20261231",
            "DTP*343*D8*20260331",
            "AMT*P3*100",
            "REF*17*070000001",
            "LX*1",
            f"NM1*P3*1*LIN*GRACE****XX*{NPI}*25",
            "PLA*2*1P*20260201**14",
            "COB*P*X2041*1",
            "REF*60*1",
            "DTP*344*D8*20250101",
            "NM1*IN*2*GREAT BASIN MUTUAL",
            "LS*2700",
            "LX*1",
            "N1*75*SITE",
            "REF*17*WEST",
            "LE*2700",
        ]
    )
    assert (sent.maintenance, sent.is_subscriber, sent.relationship) == (Maintenance.ADD, True, "18")
    assert (sent.subscriber_number, sent.own_id, sent.group_number) == ("NLH1", "NLH101", "G-1")
    assert (sent.eligible_from, sent.eligible_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert sent.death_date == date(2026, 2, 28)
    assert sent.name == SentName("OKAFOR", "ADAEZE", "N", "III", date(1985, 3, 14), "900110001")
    assert sent.prior == SentName("OKAFOR", "ADA", birth_date=date(1985, 3, 15))
    assert sent.contact == SentContact("12 HERON LANE", "APT 4", "NORTHLAKE", "CA", "90901")
    assert (sent.telephone, sent.sex) == ("5305550101", "F")
    (coverage,) = sent.coverages
    assert (coverage.place, coverage.product, coverage.plan_code, coverage.level) == (
        PLACE + 16,
        "PPO",
        "7QX",
        "EMP",
    )
    assert (coverage.first_on, coverage.last_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert coverage.premium_paid_to == date(2026, 3, 31)
    assert coverage.pcp == SentPcp(NPI, "070000001", "GRACE LIN", date(2026, 2, 1))
    assert coverage.others == (SentOther("P", "GREAT BASIN MUTUAL", "X2041", date(2025, 1, 1)),)


@pytest.mark.parametrize(
    ("segments", "said"),
    [
        (person(name="DOE*JANE"), {"name": SentName("DOE", "JANE", birth_date=date(1985, 3, 14))}),
        (person(born=""), {"name": SentName("OKAFOR", "ADAEZE", ssn="900110001")}),
        (person(own_id="", name="DOE*JANE****ZZ*M-77"), {"own_id": "M77"}),
        (person(own_id="NLH101", name="DOE*JANE****ZZ*M-77"), {"own_id": "NLH101"}),
        (person(own_id="", name="DOE*JANE****34*900110001"), {"own_id": ""}),
        (person(ins="N*19*001*25*A"), {"is_subscriber": False, "maintenance": Maintenance.CHANGE}),
        (person(ins="Y*19*024*08*A"), {"relationship": "18", "remarks": ("relationship_contradicts",)}),
        (person(more=["DTP*303*D8*20260301"]), {"changed_on": date(2026, 3, 1)}),
        (person(coverage=["HD*032**PPO"]), {"coverages": ()}),
    ],
)
def test_what_is_left_out_stays_unknown(segments: list[str], said: dict[str, Any]) -> None:
    sent = read(segments)
    assert {name: getattr(sent, name) for name in said} == said


@pytest.mark.parametrize(
    ("coverage", "first", "last"),
    [
        (["DTP*348*D8*20260101", "DTP*349*D8*99991231"], date(2026, 1, 1), None),
        (["DTP*348*RD8*20260101-20261231"], date(2026, 1, 1), date(2026, 12, 31)),
        (["DTP*349*D8*20261231"], None, date(2026, 12, 31)),
    ],
)
def test_the_days_of_a_coverage(coverage: list[str], first: date | None, last: date | None) -> None:
    (read_one,) = read(person(coverage=["HD*021**PPO*7QX", *coverage])).coverages
    assert (read_one.first_on, read_one.last_on) == (first, last)


def test_a_number_that_was_never_issued_is_left_out_and_remarked() -> None:
    sent = read(person(name="DOE*JANE****34*900110001"), allow_demo=False)
    assert (sent.name.ssn, sent.remarks) == ("", (ReadReason.SSN_NOT_VALID,))


def test_a_pcp_whose_npi_fails_its_check_keeps_the_name() -> None:
    sent = read(person(coverage=["HD*021**HMO*4HB", "LX*1", "NM1*P3*1*LIN*GRACE****XX*2000000003"]))
    assert sent.coverages[0].pcp == SentPcp(name="GRACE LIN")
    assert sent.remarks == (ReadReason.PCP_ID_NOT_VALID,)


@pytest.mark.parametrize(
    ("segments", "reason", "at", "about"),
    [
        (person(number=""), ReadReason.SUBSCRIBER_NUMBER_MISSING, 0, ""),
        (person(number="?!"), ReadReason.MEMBER_ID_FORMAT, 1, "REF02"),
        (person(name="", born=""), ReadReason.NAME_MISSING, 0, ""),
        (person(name="*JANE"), ReadReason.NAME_MISSING, 4, "NM103"),
        (person(born="20261399"), ReadReason.DATE_WRONG, 5, "DMG02"),
        (person(more=["DTP*356*D8*20260230"]), ReadReason.DATE_WRONG, 4, "DTP03"),
        (person(more=["DTP*336*XX*20260101"]), ReadReason.DATE_WRONG, 4, "DTP03"),
        (person(more=["DTP*336"]), ReadReason.DATE_WRONG, 4, "DTP03"),
        (person(ins="X*18*021"), ReadReason.VALUE_NOT_KNOWN, 0, "INS01"),
        (person(ins="Y*18*099"), ReadReason.VALUE_NOT_KNOWN, 0, "INS03"),
        (person(name="OKAFOR*ADAEZE*X****34*900110001"), ReadReason.VALUE_NOT_KNOWN, 4, "NM108"),
        (person(name="O" * 61), ReadReason.VALUE_TOO_LONG, 4, "NM103"),
        (person(coverage=["HD*021**XYZ*7QX"]), ReadReason.VALUE_NOT_KNOWN, 6, "HD03"),
        (person(coverage=["HD*021**PPO*" + "7" * 51]), ReadReason.VALUE_TOO_LONG, 6, "HD04"),
        (person(more=["DTP*356*D8*20260101*1"]), ReadReason.TOO_MANY_ELEMENTS, 4, "DTP"),
        (person(more=["BRIEN*JANE"]), ReadReason.SEGMENT_UNEXPECTED, 4, ""),
    ],
)
def test_what_cannot_be_read_names_segment_and_element(
    segments: list[str], reason: ReadReason, at: int, about: str
) -> None:
    with pytest.raises(BadRow) as error:
        read(segments)
    assert (error.value.reason, error.value.place, error.value.about) == (reason, PLACE + at, about)


def test_every_reason_has_its_sentence() -> None:
    assert {str(reason) for reason in ReadReason} <= words.known()


_pieces = st.lists(
    st.sampled_from("INS REF DTP NM1 PER N3 N4 DMG HD LX PLA COB LS LE DSB AMT XYZ".split()).flatmap(
        lambda name: st.lists(
            st.sampled_from(
                ["", "Y", "18", "021", "IL", "70", "P3", "IN", "D8", "34", "XX", "0F", "NLH1", "348"]
            )
            | st.text("*ABC019 -", max_size=12),
            max_size=14,
        ).map(lambda elements: [name, *elements])
    ),
    max_size=12,
)


@given(_pieces)
def test_whatever_stands_in_the_loops_the_answer_is_a_record_or_a_reason(segments: list[list[str]]) -> None:
    place = _place_of(segments)
    assert PLACE <= place <= PLACE + len(segments)


def _place_of(segments: list[list[str]]) -> int:
    """Where the record begins, or where it cannot be read."""
    try:
        return loops_834.read(PLACE, segments, allow_demo=True).place
    except BadRow as error:
        return error.place
