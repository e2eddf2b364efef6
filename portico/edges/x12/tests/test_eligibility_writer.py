"""A 271 as it is written: its levels, its echo, and values that would break it."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

import pytest

from portico.domains.members.answers import Particulars, Verdict
from portico.domains.members.asked import NoAnswer, NotAnswered
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.edges.x12.eligibility import writer
from portico.edges.x12.eligibility.outcomes import Failed, Outcome, Refused
from portico.edges.x12.eligibility.refusals import Problem
from portico.edges.x12.eligibility.requests import Header, Name, Party, Person, Request, Wanted
from portico.edges.x12.eligibility.writer import Settled
from portico.shared.x12 import envelopes
from portico.shared.x12.build import InterchangeWriter
from portico.shared.x12.delimiters import STANDARD, Delimiters
from portico.shared.x12.headers import GroupHeader, InterchangeHeader
from tests.x12 import told as made
from tests.x12.told import answered

AT = datetime(2026, 3, 12, 10, 30)  # noqa: DTZ001 - the plan's own time
HEADER = Header("0001", "13", "LAKE-1", "20260312", "0900")
SOURCE = Party("1", Name("PR", "2", "SOME NAME", id_kind="PI", id="0"))
RECEIVER = Party("2", Name("1P", "2", "LAKESIDE", id_kind="XX", id="2000000010"), (("TJ", "001111111"),))
SUBSCRIBER = Person(
    "3",
    (("T1", "9LAKESIDE1", ""),),
    Name("IL", "1", "OKAFOR", "ADAEZE", id_kind="MI", id="N1001"),
    birth="19840506",
)
ADA = Person("4", (("D1", "9LAKESIDE1", ""),), Name("03", "1", "OKAFOR", "ADA"), birth="20150304")
OBI = Person("5", (("D2", "9LAKESIDE1", ""),), Name("03", "1", "OKAFOR", "OBI"), birth="20150304")
ALONE = Request(SOURCE, RECEIVER, SUBSCRIBER, wanted=(Wanted(("30",)),))
OF_ADA = replace(ALONE, dependent=ADA)
OF_OBI = replace(ALONE, dependent=OBI)
NOT_FOUND = NotAnswered(NoAnswer.MEMBER_ID_NOT_FOUND, reference="REF2")
NO_DEPENDENT = NotAnswered(NoAnswer.DEPENDENT_NOT_FOUND, reference="REF3", of_dependent=True)


def refused(*reasons: Reason) -> Refused:
    """The office may not ask."""
    question = Question(Function.ELIGIBILITY, "001111111")
    return Refused(Decision(question, False, reasons=reasons, by_machine=True), "REF4")


def content(
    settled: Iterable[Settled], *, delimiters: Delimiters = STANDARD, header: Header = HEADER
) -> bytes:
    """An interchange with one 271."""
    file = io.BytesIO()
    isa = InterchangeHeader(
        sender="99999", receiver="LAKESIDE", date="260312", time="1030", control_number="000000007"
    )
    gs = GroupHeader(
        functional_id="HB",
        sender="99999",
        receiver="LAKESIDE",
        date="20260312",
        time="1030",
        control_number="1",
        version="005010X279A1",
    )
    with (
        InterchangeWriter(file, isa, delimiters=delimiters, replace_delimiters=True) as interchange,
        interchange.group(gs) as group,
        group.transaction("271", guide="005010X279A1") as transaction,
    ):
        writer.write(transaction, header, settled, plan=made.PLAN, now=AT)
    return file.getvalue()


def lines(*settled: tuple[Request, Outcome] | Settled) -> list[str]:
    """The segments of one 271 after its ST, checked to be whole."""
    written = content(Settled(*each) for each in settled)
    for interchange in envelopes.read(written):
        interchange.skip()
    _, _, _, *inside = written.decode().split("~")[:-4]
    return inside


def levels(*settled: tuple[Request, Outcome]) -> list[str]:
    """Its HLs, with what NM1s and AAAs stand under each."""
    return [line for line in lines(*settled) if line.startswith(("HL", "NM1*IL", "NM1*03", "AAA", "TRN"))]


def test_an_answer_is_written_whole() -> None:
    particulars = Particulars("B", "JR", ("12 Lake St", "Apt 3"), "Northlake", "CA", "90001")

    assert lines((ALONE, answered(particulars=particulars, pcp=made.PCP))) == [
        "BHT*0022*11*LAKE-1*20260312*1030",
        "HL*1**20*1",
        "NM1*PR*2*Northlake Health Plan*****PI*99999",
        "HL*2*1*21*1",
        "NM1*1P*2*LAKESIDE*****XX*2000000010",
        "REF*TJ*001111111",
        "HL*3*2*22*0",
        "TRN*2*T1*9LAKESIDE1",
        "TRN*1*REF1*9000099999",
        "NM1*IL*1*Okafor*Adaeze*B**JR*MI*N1001",
        "REF*18*4HB",
        "REF*6P*G-77",
        "N3*12 Lake St*Apt 3",
        "N4*Northlake*CA*90001",
        "DMG*D8*19840506*F",
        "DTP*346*D8*20260101",
        "DTP*347*D8*20261231",
        "DTP*472*D8*20260312",
        "EB*1*FAM*30*HM*HMO Gold 25",
        "EB*L**30",
        "DTP*295*D8*20250701",
        "LS*2120",
        "NM1*P3*1*Tran*Mei****XX*2000000010",
        "PER*IC**TE*8055550110",
        "LE*2120",
    ]


def test_who_is_not_found_is_echoed_with_the_aaa_in_its_place() -> None:
    person = replace(
        SUBSCRIBER,
        references=(("SY", "900123456"), ("EJ", "7"), ("EJ", "8")),
        street=("12 LAKE ST",),
        town=("NORTHLAKE", "CA", "90001"),
        sex="F",
    )

    assert lines((replace(ALONE, subscriber=person), NOT_FOUND))[6:] == [
        "HL*3*2*22*0",
        "TRN*2*T1*9LAKESIDE1",
        "TRN*1*REF2*9000099999",
        "NM1*IL*1*OKAFOR*ADAEZE****MI*N1001",
        "REF*EJ*7",
        "N3*12 LAKE ST",
        "N4*NORTHLAKE*CA*90001",
        "AAA*Y**75*C",
        "DMG*D8*19840506*F",
    ]


def test_a_social_security_number_is_never_sent_back() -> None:
    subscriber = replace(SUBSCRIBER, references=(("SY", "900123456"),))
    receiver = replace(RECEIVER, references=(("SY", "900123456"),))
    request = replace(
        OF_ADA,
        subscriber=subscriber,
        receiver=receiver,
        dependent=replace(ADA, references=(("SY", "900123456"),)),
    )

    for outcome in (answered(), NOT_FOUND, NO_DEPENDENT, refused(Reason.TAX_ID_NOT_GRANTED), Failed()):
        assert "900123456" not in "~".join(lines((request, outcome)))


def test_every_trace_is_given_back_and_ours_added() -> None:
    person = replace(SUBSCRIBER, traces=(("T1", "9LAKESIDE1", ""), ("T2", "9CLEARHSE1", "DESK 2")))

    found = [
        line for line in lines((replace(ALONE, subscriber=person), answered())) if line.startswith("TRN")
    ]

    assert found == ["TRN*2*T1*9LAKESIDE1", "TRN*2*T2*9CLEARHSE1*DESK 2", "TRN*1*REF1*9000099999"]


def test_without_a_reference_there_is_no_trace_of_ours() -> None:
    assert "TRN*1" not in "~".join(lines((ALONE, Failed())))


def test_a_header_without_reference_is_answered_without() -> None:
    written = content([Settled(ALONE, answered())], header=Header("0001", "13"))

    assert b"BHT*0022*11**20260312*1030~" in written


def test_several_patients_stand_under_one_party() -> None:
    other = replace(ALONE, subscriber=replace(SUBSCRIBER, level="4", traces=()))

    assert levels((ALONE, answered()), (other, NOT_FOUND)) == [
        *("HL*1**20*1", "HL*2*1*21*1"),
        *(
            "HL*3*2*22*0",
            "TRN*2*T1*9LAKESIDE1",
            "TRN*1*REF1*9000099999",
            "NM1*IL*1*Okafor*Adaeze****MI*N1001",
        ),
        *("HL*4*2*22*0", "TRN*1*REF2*9000099999", "NM1*IL*1*OKAFOR*ADAEZE****MI*N1001", "AAA*Y**75*C"),
    ]


def test_dependents_stand_under_their_subscriber_who_is_told_as_sent() -> None:
    ada = replace(made.PERSON, first_name="Ada", member_id="N100103", relationship="19", sex="")
    silent = replace(SUBSCRIBER, traces=())
    of_ada, of_obi = replace(OF_ADA, subscriber=silent), replace(OF_OBI, subscriber=silent)

    found = lines((of_ada, answered(person=ada)), (of_obi, NO_DEPENDENT))[6:]

    assert found == [
        "HL*3*2*22*1",
        "NM1*IL*1*OKAFOR*ADAEZE****MI*N1001",
        "HL*4*3*23*0",
        "TRN*2*D1*9LAKESIDE1",
        "TRN*1*REF1*9000099999",
        "NM1*03*1*Okafor*Ada",
        "REF*18*4HB",
        "REF*6P*G-77",
        "REF*1W*N100103",
        "DMG*D8*19840506",
        "INS*N*19*001*25",
        "DTP*346*D8*20260101",
        "DTP*347*D8*20261231",
        "DTP*472*D8*20260312",
        "EB*1*FAM*30*HM*HMO Gold 25",
        "HL*5*3*23*0",
        "TRN*2*D2*9LAKESIDE1",
        "TRN*1*REF3*9000099999",
        "NM1*03*1*OKAFOR*OBI",
        "AAA*Y**67*C",
        "DMG*D8*20150304",
    ]


def test_a_subscriber_asked_about_takes_its_dependents_below() -> None:
    found = levels((ALONE, answered()), (OF_ADA, answered()), (OF_OBI, answered()))

    assert [line for line in found if line.startswith("HL")] == [
        *("HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*1", "HL*4*3*23*0", "HL*5*3*23*0")
    ]


def test_a_dependent_whose_subscriber_is_not_found_is_answered_at_the_subscriber() -> None:
    assert levels((OF_ADA, NOT_FOUND), (OF_OBI, NOT_FOUND)) == [
        *("HL*1**20*1", "HL*2*1*21*1"),
        *("HL*3*2*22*0", "TRN*2*D1*9LAKESIDE1", "TRN*1*REF2*9000099999"),
        *("NM1*IL*1*OKAFOR*ADAEZE****MI*N1001", "AAA*Y**75*C"),
        *("HL*4*2*22*0", "TRN*2*D2*9LAKESIDE1", "TRN*1*REF2*9000099999"),
        *("NM1*IL*1*OKAFOR*ADAEZE****MI*N1001", "AAA*Y**75*C"),
    ]


def test_a_dependent_after_one_whose_subscriber_was_refused_has_a_level_above_of_its_own() -> None:
    found = levels((OF_ADA, NOT_FOUND), (OF_OBI, answered()))

    assert [line for line in found if line.startswith("HL")] == [
        *("HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*0", "HL*4*2*22*1", "HL*5*4*23*0")
    ]


def test_requests_of_one_party_refused_alike_share_its_aaa_and_nothing_stands_below() -> None:
    refusal = refused(Reason.TAX_ID_NOT_GRANTED)

    assert lines((ALONE, refusal), (OF_ADA, refusal))[1:] == [
        *("HL*1**20*1", "NM1*PR*2*Northlake Health Plan*****PI*99999"),
        *("HL*2*1*21*0", "NM1*1P*2*LAKESIDE*****XX*2000000010", "REF*TJ*001111111", "AAA*Y**50*N"),
    ]


def test_a_party_refused_for_one_request_and_not_for_the_next_is_told_twice() -> None:
    found = levels(
        (ALONE, refused(Reason.GRANT_EXPIRED)), (ALONE, answered()), (ALONE, refused(Reason.GRANT_EXPIRED))
    )

    assert [line for line in found if line.startswith(("HL", "AAA"))] == [
        *("HL*1**20*1", "HL*2*1*21*0", "AAA*Y**41*R"),
        *("HL*3*1*21*1", "HL*4*3*22*0"),
        *("HL*5*1*21*0", "AAA*Y**41*R"),
    ]


def test_each_party_and_each_plan_has_its_own_levels() -> None:
    elsewhere = replace(ALONE, receiver=replace(RECEIVER, level="7"))
    another = replace(ALONE, source=replace(SOURCE, level="9"))

    found = levels((ALONE, answered()), (elsewhere, answered()), (another, answered()))

    assert [line for line in found if line.startswith("HL")] == [
        *("HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*0"),
        *("HL*4*1*21*1", "HL*5*4*22*0"),
        *("HL*6**20*1", "HL*7*6*21*1", "HL*8*7*22*0"),
    ]


def test_a_problem_is_told_in_place_of_what_came_of_asking_about_nobody() -> None:
    nobody = NotAnswered(NoAnswer.NOT_ENOUGH, reference="REF5")

    assert "AAA*N**57*C" in lines(Settled(ALONE, nobody, (Problem.DATE_WRONG,)))


@pytest.mark.parametrize(
    ("sent", "changes"),
    [
        ({"name": replace(SUBSCRIBER.name, last="OKAFOR JR")}, True),
        ({"name": replace(SUBSCRIBER.name, first="A")}, True),
        ({"name": replace(SUBSCRIBER.name, id="N1001-1")}, True),
        ({"sex": "M"}, True),
        ({"name": replace(SUBSCRIBER.name, last="Okafor", first="", id="")}, False),
        ({"sex": "F"}, False),
    ],
)
def test_what_differs_from_what_is_held_is_flagged(sent: dict[str, object], changes: bool) -> None:
    request = replace(ALONE, subscriber=replace(SUBSCRIBER, **sent))  # type: ignore[arg-type]

    assert ("INS*Y*18*001*25" in lines((request, answered()))) is changes


@pytest.mark.parametrize(
    ("relationship", "code"), [("01", "01"), ("19", "19"), ("53", "53"), ("34", "G8"), ("15", "G8")]
)
def test_a_dependents_relationship_is_one_the_guide_has(relationship: str, code: str) -> None:
    person = replace(made.PERSON, first_name="Ada", relationship=relationship, birth_date=date(2015, 3, 4))

    found = [line for line in lines((OF_ADA, answered(person=person))) if line.startswith("INS")]

    assert found == [f"INS*N*{code}"]


def test_the_premium_and_the_day_of_death_are_told_where_they_matter() -> None:
    span = replace(made.SPAN, verdict=Verdict.ACTIVE_IN_GRACE, premium_paid_to=date(2026, 1, 31))
    died = Particulars(death_date=date(2026, 3, 1))

    found = lines((ALONE, answered(verdict=span.verdict, coverage=span, particulars=died)))

    assert [line for line in found if line.startswith("DTP")] == [
        "DTP*346*D8*20260101",
        "DTP*347*D8*20261231",
        "DTP*343*D8*20260131",
        "DTP*442*D8*20260301",
        "DTP*472*D8*20260312",
    ]


def test_unknown_birth_date_and_sex_are_left_out() -> None:
    person = replace(made.PERSON, birth_date=None, sex="")

    assert not [line for line in lines((ALONE, answered(person=person))) if line.startswith("DMG")]


def test_values_too_long_for_their_element_are_cut() -> None:
    long = Particulars("M" * 60, "S" * 20, ("N" * 120, "O" * 120), "C" * 60, "CA", "9" * 15)
    person = replace(made.PERSON, last_name="L" * 80, first_name="F" * 60)

    found = lines((ALONE, answered(person=person, particulars=long)))

    assert f"NM1*IL*1*{'L' * 60}*{'F' * 35}*{'M' * 25}**{'S' * 10}*MI*N1001" in found
    assert f"N3*{'N' * 55}*{'O' * 55}" in found
    assert f"N4*{'C' * 30}*CA*{'9' * 15}" in found


@pytest.mark.parametrize(
    "delimiters", [STANDARD, Delimiters("|", "!", ">", "\n"), Delimiters("\x1d", "\x1f", "\x1c", "\x1e")]
)
def test_nothing_in_a_value_is_taken_for_a_delimiter(delimiters: Delimiters) -> None:
    evil = f"O'{delimiters.characters}EB\u2028x"
    person = replace(made.PERSON, last_name=evil, first_name=evil, group_number=evil)
    sent = replace(
        SUBSCRIBER, name=replace(SUBSCRIBER.name, last=evil, id=evil), traces=((evil, evil, evil),)
    )
    plain = content([Settled(ALONE, answered()), Settled(ALONE, NOT_FOUND)], delimiters=delimiters)

    written = content(
        [
            Settled(replace(ALONE, subscriber=sent), answered(person=person)),
            Settled(replace(ALONE, subscriber=sent), NOT_FOUND),
        ],
        delimiters=delimiters,
    )

    assert written.count(delimiters.terminator.encode()) == plain.count(delimiters.terminator.encode()) + 1
    for interchange in envelopes.read(written):
        interchange.skip()
    assert b"INS" in written


def test_names_keep_their_accents() -> None:
    person = replace(made.PERSON, last_name="Núñez", first_name="Zoë")

    assert "NM1*IL*1*Núñez*Zoë****MI*N1001" in lines((ALONE, answered(person=person)))


def test_the_same_is_written_the_same() -> None:
    settled = [Settled(ALONE, answered()), Settled(OF_ADA, NO_DEPENDENT)]

    assert content(settled) == content(settled)


def test_a_set_of_any_length_is_written_as_it_comes() -> None:
    ahead: list[int] = []

    def coming() -> Iterable[Settled]:
        for place in range(50):
            ahead.append(place)
            yield Settled(replace(ALONE, subscriber=replace(SUBSCRIBER, level=str(place))), NOT_FOUND)

    class File(io.BytesIO):
        seen: list[int] = []

        def write(self, data: object) -> int:
            self.seen.append(len(ahead))
            return 0

    file = File()
    isa = InterchangeHeader(sender="A", receiver="B", date="260312", time="1030", control_number="000000007")
    gs = GroupHeader(
        functional_id="HB",
        sender="AA",
        receiver="BB",
        date="20260312",
        time="1030",
        control_number="1",
        version="V1",
    )
    with (
        InterchangeWriter(file, isa) as interchange,
        interchange.group(gs) as group,
        group.transaction("271") as transaction,
    ):
        writer.write(transaction, HEADER, coming(), plan=made.PLAN, now=AT)

    assert file.seen[10] <= 2
    assert len(ahead) == 50
