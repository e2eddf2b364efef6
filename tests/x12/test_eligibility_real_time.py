"""A 270 in, a 271 out: each answer and each refusal with its rows, its AAA, and one audit row."""

import logging
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import override_settings

from portico.domains.exchange.log import SetNote
from portico.domains.members import benefits, rules
from portico.domains.members.tests import factories
from portico.domains.permits.actors import Account, AccountState, Actor
from portico.domains.permits.functions import Function
from portico.edges.x12.exchange import Kind, Unreadable
from portico.shared.periods import Period
from tests.conformance import x12
from tests.support import oracles, world
from tests.x12 import partners
from tests.x12.partners import NPI, NPI_ELSEWHERE, NPI_UNKNOWN, OURS, STRANGERS, dependent, patient

pytestmark = pytest.mark.django_db

SUBSCRIBER = ["NM1*IL*1*OKAFOR*ADAEZE****MI*N1001"]
BAD_NPI = NPI[:-1] + str((int(NPI[-1]) + 1) % 10)


@pytest.fixture(autouse=True)
def _world() -> None:
    partners.a_world()


def by(number: str, kind: str = "XX") -> str:
    """NM1 of who asks."""
    return f"NM1*1P*2*LAKESIDE*****{kind}*{number}"


def answered(
    *subscribers: list[str] | tuple[list[str], ...], actor: Actor | None = None, **said: Any
) -> list[str]:
    """The segments of the 271, which independent readers and our own have read."""
    reply = partners.asked(partners.interchange(partners.a_270(*subscribers, **said)), actor)
    assert reply.kind is Kind.ANSWER
    content = reply.write(7)
    x12.assert_271_parses(content.decode())
    return partners.segments(content)


def rejections(found: list[str]) -> list[str]:
    """Each AAA after the level it stands in."""
    told, level = [], ""
    for segment in found:
        level = segment.split("*")[3] if segment.startswith("HL") else level
        if segment.startswith("AAA"):
            told.append(f"{level} {segment}")
    return told


def outcomes() -> list[tuple[str, str, str]]:
    """What the audit says of each question, in order: outcome, its end or its reasons, and the tax ID."""
    return [
        (row.outcome, row.conclusion or ",".join(row.reasons), row.tax_id)
        for row in world.uses(function=Function.ELIGIBILITY)
    ]


def test_an_answer_is_whole_and_passes_a_reader_without_any_allowance() -> None:
    content = partners.asked(partners.interchange(partners.a_270(patient()))).write(7).decode()

    assert oracles.linuxforhealth(content).faults == ()
    assert "TRN*2*T1*9LAKESIDE1~" in content
    assert "BHT*0022*11*LAKE-1*20260312*1000~" in content
    assert "EB*1**30*HM*HMO Gold~" in content
    assert "EB*C*IND*30***29*1200*****Y~" in content
    (use,) = world.uses(function=Function.ELIGIBILITY)
    assert f"TRN*1*{use.reference}*9000099999~" in content
    assert (use.outcome, use.conclusion, use.door, use.machine_id) == ("allowed", "active", "x12", 41)


@pytest.mark.parametrize(
    ("sent", "expected", "ends"),
    [
        (patient(number="N9999"), ["22 AAA*Y**75*C"], "member_id_not_found"),
        (patient(number="N/1001"), ["22 AAA*N**72*C"], "not_enough_to_search_by"),
        (patient(last="SMITH"), ["22 AAA*N**73*C"], "name_differs"),
        (patient(first="BOB"), ["22 AAA*N**73*C"], "name_differs"),
        (patient(birth="19840507"), ["22 AAA*N**71*C"], "birth_date_differs"),
        (patient(last="SMITH", birth="19840507"), ["22 AAA*N**73*C", "22 AAA*N**71*C"], "name_differs"),
        (patient(number="", last="SMITH"), ["22 AAA*Y**75*C"], "name_not_found"),
        (patient(number="", birth=""), ["22 AAA*N**72*C", "22 AAA*N**58*C"], "not_enough_to_search_by"),
        (
            patient(last="", first="", birth=""),
            ["22 AAA*N**73*C", "22 AAA*N**58*C"],
            "not_enough_to_search_by",
        ),
        (patient("DTP*291*D8*20240301"), ["22 AAA*N**62*C"], "as_of_too_early"),
        (patient("DTP*291*D8*20260401"), ["22 AAA*N**63*C"], "as_of_too_late"),
        (patient("DTP*291*RD8*20260301-20260201"), ["22 AAA*N**57*C"], "not_enough_to_search_by"),
        ((SUBSCRIBER, dependent("ZOE", "19990101")), ["23 AAA*Y**67*C"], "dependent_not_found"),
        ((SUBSCRIBER, dependent("ADA", "20150305")), ["23 AAA*N**71*C"], "birth_date_differs"),
        ((SUBSCRIBER, dependent("ZOE")), ["23 AAA*N**65*C"], "name_differs"),
        ((SUBSCRIBER, dependent("", "")), ["23 AAA*N**65*C", "23 AAA*N**58*C"], "not_enough_to_search_by"),
        ((SUBSCRIBER, dependent("")), ["23 AAA*Y**68*C"], "several_found"),
        ((["NM1*IL*1*SMITH*ADAEZE****MI*N1001"], dependent()), ["22 AAA*N**73*C"], "name_differs"),
        ((["NM1*IL*1*OKAFOR*ADAEZE****MI*N9"], dependent()), ["22 AAA*Y**75*C"], "member_id_not_found"),
    ],
)
def test_why_nobody_is_found_is_told_where_it_is_at_fault(
    sent: list[str] | tuple[list[str], ...], expected: list[str], ends: str
) -> None:
    found = answered(sent)

    assert rejections(found) == expected
    assert not [segment for segment in found if segment.startswith("EB")]
    assert outcomes() == [("allowed", ends, OURS)]


@pytest.mark.parametrize(
    ("receiver", "expected", "audited"),
    [
        (by(BAD_NPI), "21 AAA*N**43*C", ("denied", "tax_id_not_granted", "")),
        (by(NPI_UNKNOWN), "21 AAA*Y**51*C", ("denied", "tax_id_not_granted", "")),
        (by(NPI_ELSEWHERE), "21 AAA*Y**51*C", ("denied", "tax_id_not_granted", STRANGERS)),
        (by(STRANGERS, "FI"), "21 AAA*Y**50*N", ("denied", "tax_id_not_granted", STRANGERS)),
        (by("009999999", "FI"), "21 AAA*Y**50*N", ("denied", "tax_id_not_granted", "009999999")),
        (by(partners.NPI_ALSO), "21 AAA*Y**50*N", ("denied", "tax_id_not_granted", partners.ALSO_OURS)),
    ],
)
def test_a_provider_that_may_not_ask_is_refused_above_the_patient(
    receiver: str, expected: str, audited: tuple[str, str, str]
) -> None:
    found = answered(receiver=receiver)

    assert rejections(found) == [expected]
    assert "HL*2*1*21*0" in found
    assert not [segment for segment in found if segment.startswith(("NM1*IL", "TRN"))]
    assert outcomes() == [audited]


@pytest.mark.parametrize(
    ("actor", "expected", "reason"),
    [
        (partners.partner(Function.BENEFITS), "AAA*Y**41*R", "function_not_granted"),
        (partners.partner(account=Account(state=AccountState.DISABLED)), "AAA*Y**41*N", "account_disabled"),
        (
            partners.partner(standing=replace(factories.front_desk().standing, participating=frozenset())),
            "AAA*Y**50*N",
            "not_participating",
        ),
    ],
)
def test_a_partner_that_may_not_ask_is_refused_with_one_audit_row(
    actor: Actor, expected: str, reason: str
) -> None:
    assert rejections(answered(actor=actor)) == [f"21 {expected}"]
    assert outcomes() == [("denied", reason, OURS)]


def test_a_line_that_is_not_granted_has_no_members() -> None:
    actor = partners.partner(lines=frozenset({factories.MEDI_CAL}))

    assert rejections(answered(actor=actor)) == ["22 AAA*Y**75*C"]


def test_benefits_that_are_not_granted_are_left_out_and_said_so() -> None:
    found = answered(actor=partners.partner(Function.ELIGIBILITY))

    assert "EB*1**30*HM*HMO Gold" in found
    assert "EB*U**30" in found
    assert (
        "MSG*Benefits are not open. The function asked for is not granted. The plan can change this." in found
    )
    assert not [segment for segment in found if segment.startswith(("EB*B", "EB*C"))]
    assert len(outcomes()) == 1


def test_names_are_compared_as_core_asks_and_ours_go_back() -> None:
    found = answered(patient(last="O'KAFOR JR", first="adaeze"))

    assert "NM1*IL*1*Okafor*Adaeze*B***MI*N1001" in found
    assert "INS*Y*18*001*25" in found


def test_a_family_is_answered_in_one_set_each_with_its_audit_row() -> None:
    found = answered((SUBSCRIBER, dependent(), dependent("OBI", trace="D2")), patient())

    assert [segment for segment in found if segment.startswith("HL")] == [
        *("HL*1**20*1", "HL*2*1*21*1", "HL*3*2*22*1", "HL*4*3*23*0", "HL*5*3*23*0", "HL*6*2*22*0")
    ]
    assert "NM1*03*1*Okafor*Ada" in found
    assert outcomes() == [("allowed", "active", OURS)] * 3


def test_a_dependent_with_an_id_of_its_own_is_found_as_the_subscriber_of_the_request() -> None:
    found = answered(patient(first="CHIDI", number="N100102", birth="19830201"))

    assert "NM1*IL*1*Okafor*Chidi****MI*N100102" in found


def test_explicit_service_types_are_answered_each() -> None:
    found = answered(patient(wanted="AE^35"))

    assert [segment for segment in found if segment.startswith(("EB*1**AE", "EB*I**35", "EB*F", "HSD"))] == [
        *("EB*1**AE********U*Y", "EB*I**35", "EB*F**AE***23******Y", "HSD*VS*12***23"),
        *("EB*F**AE***29******Y", "HSD*VS*8***29"),
    ]


@pytest.mark.parametrize(
    ("period", "verdict"),
    [
        (Period(date(2026, 4, 1)), "EB*6"),
        (Period(date(2025, 1, 1), date(2026, 3, 11)), "EB*6"),
        (Period(date(2025, 1, 1), date(2026, 3, 12)), "EB*1"),
    ],
)
def test_coverage_begins_and_ends_on_its_days(period: Period, verdict: str) -> None:
    member = factories.a_member("N2002", first_name="Linh", last_name="Nguyen")
    factories.a_coverage(member, period=period)

    found = answered(patient(last="NGUYEN", first="LINH", number="N2002"))

    assert next(segment[:4] for segment in found if segment.startswith("EB")) == verdict
    assert f"DTP*346*D8*{period.first:%Y%m%d}" in found


def test_several_groups_are_answered_in_one_interchange() -> None:
    sets = [partners.a_270(number=f"000{place}", reference=f"R{place}") for place in (1, 2, 3)]
    reply = partners.asked(partners.interchange(*sets, groups=2))

    content = reply.write(7).decode()

    x12.assert_271_parses(content)
    assert [line for line in content.split("~") if line[:2] in ("GS", "ST", "BH")] == [
        "GS*HB*99999*LAKESIDE*20260312*1000*1*X*005010X279A1",
        *("ST*271*0001*005010X279A1", "BHT*0022*11*R1*20260312*1000"),
        *("ST*271*0002*005010X279A1", "BHT*0022*11*R2*20260312*1000"),
        "GS*HB*99999*LAKESIDE*20260312*1000*2*X*005010X279A1",
        *("ST*271*0001*005010X279A1", "BHT*0022*11*R3*20260312*1000"),
    ]
    assert (reply.kind, reply.interchange, reply.request_count) == (Kind.ANSWER, "000000907", 3)
    assert reply.sets == (
        SetNote(code="270", group="1", number="0001", our_group="1", our_number="0001", request_count=1),
        SetNote(code="270", group="1", number="0002", our_group="1", our_number="0002", request_count=1),
        SetNote(code="270", group="2", number="0003", our_group="2", our_number="0001", request_count=1),
    )


def test_a_set_with_a_fault_is_rejected_beside_one_that_is_answered() -> None:
    faulty = [segment.replace("EQ*30", "EQ*ZZ") for segment in partners.a_270(number="0002")]
    reply = partners.asked(partners.interchange(partners.a_270(), faulty))

    content = reply.write(7).decode()

    assert reply.kind is Kind.ANSWER
    assert [line for line in content.split("~") if line[:2] in ("GS", "ST", "AK", "IK")][:5] == [
        "GS*FA*99999*LAKESIDE*20260312*1000*1*X*005010X231A1",
        *("ST*999*0001*005010X231A1", "AK1*HS*1*005010X279A1", "AK2*270*0001*005010X279A1", "IK5*A"),
    ]
    assert "AK9*P*2*2*1~" in content
    assert "GS*HB*99999*LAKESIDE*20260312*1000*2*X*005010X279A1~" in content
    assert [(each.our_group, each.our_number, each.accepted) for each in reply.sets] == [
        ("2", "0001", True),
        ("1", "0001", False),
    ]
    assert len(outcomes()) == 1


def test_nothing_is_asked_of_a_set_that_is_rejected() -> None:
    faulty = [segment.replace("EQ*30", "EQ*ZZ") for segment in partners.a_270()]
    reply = partners.asked(partners.interchange(faulty))

    content = reply.write(7).decode()

    assert (reply.kind, reply.request_count) == (Kind.ACKNOWLEDGEMENT, 0)
    x12.assert_999_parses(content)
    assert outcomes() == []


def test_a_group_of_a_kind_that_is_not_spoken_is_rejected() -> None:
    payload = partners.interchange(partners.a_270())
    others = payload.replace(b"GS*HS*", b"GS*RA*"), payload.replace(b"005010X279A1~ST", b"005010X279~ST")

    for other, code in zip(others, "12", strict=True):
        reply = partners.asked(other)
        assert reply.kind is Kind.ACKNOWLEDGEMENT
        assert f"AK9*R*1*1*0*{code}~" in reply.write(7).decode()
    assert outcomes() == []


def test_an_interchange_that_is_rejected_gets_a_ta1_alone() -> None:
    payload = partners.interchange(partners.a_270()).replace(b"IEA*1*000000907", b"IEA*2*000000907")
    reply = partners.asked(payload)

    assert reply.kind is Kind.INTERCHANGE_ACKNOWLEDGEMENT
    x12.assert_ta1_parses(reply.write(7).decode())
    assert outcomes() == []


@pytest.mark.parametrize("wrong", [b"~", b":", b" ", b"A"])
def test_an_isa_whose_delimiters_cannot_be_used_gets_a_ta1_too(wrong: bytes) -> None:
    reply = partners.asked(partners.interchange(partners.a_270()).replace(b"*^*", b"*" + wrong + b"*", 1))

    assert reply.kind is Kind.INTERCHANGE_ACKNOWLEDGEMENT
    x12.assert_ta1_parses(reply.write(7).decode())
    assert outcomes() == []


def test_a_ta1_that_was_asked_for_comes_with_the_answer() -> None:
    payload = partners.interchange(partners.a_270(), asks_ta1=True)

    content = partners.asked(payload).write(7).decode()

    assert "~TA1*000000907*260312*0900*A*000~GS*HB*" in content
    x12.assert_271_parses(content)


def test_an_interchange_without_anything_in_it_is_acknowledged() -> None:
    header = partners.interchange(partners.a_270())[:106]
    reply = partners.asked(header + b"IEA*0*000000907~")

    assert reply.kind is Kind.INTERCHANGE_ACKNOWLEDGEMENT
    x12.assert_ta1_parses(reply.write(7).decode())


@pytest.mark.parametrize("payload", [b"", b"hello", b"ISA*00", partners.interchange(partners.a_270()) * 2])
def test_what_is_no_single_interchange_is_unreadable(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        partners.asked(payload)


@override_settings(REAL_TIME_REQUESTS=2)
@pytest.mark.parametrize("groups", [1, 2])
def test_more_requests_than_real_time_answers_are_refused_and_none_is_asked(groups: int) -> None:
    most = partners.interchange(
        partners.a_270(patient()), partners.a_270(patient(), number="0002"), groups=groups
    )
    over = partners.interchange(
        partners.a_270(patient()), partners.a_270(patient(), patient(), number="0002"), groups=groups
    )

    assert "AAA*Y**04" not in partners.asked(most).write(7).decode()
    assert len(outcomes()) == 2
    content = partners.asked(over).write(8).decode()

    assert content.count("~HL*1**20*0~AAA*Y**04*C~NM1*PR*2*Northlake Health Plan*****PI*99999~SE*") == 2
    assert len(outcomes()) == 2


def test_a_request_that_breaks_leaves_the_others_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asking = benefits.answer

    def breaks(seen: Any) -> Any:
        if seen.member.member_id == "N100102":
            raise RuntimeError("Chidi Okafor")
        return asking(seen)

    monkeypatch.setattr(benefits, "answer", breaks)
    with caplog.at_level(logging.ERROR):
        found = answered(patient(first="CHIDI", number="N100102", birth="19830201"), patient())

    assert rejections(found) == ["22 AAA*Y**42*R"]
    assert [row[:2] for row in outcomes()] == [("crashed", "RuntimeError"), ("allowed", "active")]
    reference = world.uses(outcome="crashed")[0].reference
    assert f"TRN*1*{reference}*9000099999" in found
    assert reference in caplog.text
    assert "Chidi" not in caplog.text


def test_searches_by_ssn_that_find_nobody_slow_down() -> None:
    unknown = patient("REF*SY*900123457", number="", last="", first="", birth="")
    sent = [*unknown[:-1], "DMG*D8*19840506", unknown[-1]]
    for _ in range(rules.SSN_MISSES_AN_HOUR):
        assert rejections(partners.answer(sent)) == ["22 AAA*Y**75*C"]

    assert rejections(answered(sent)) == ["22 AAA*Y**42*R"]


@override_settings(SSN_SEARCH=False)
def test_where_the_plan_does_not_search_by_ssn_the_member_id_is_asked_for() -> None:
    unknown = patient("REF*SY*900123456", number="", last="", first="", birth="")

    assert rejections(answered([*unknown[:-1], "DMG*D8*19840506", unknown[-1]])) == ["22 AAA*N**72*C"]


def test_writing_asks_nothing_and_may_be_done_again() -> None:
    reply = partners.asked(partners.interchange(partners.a_270()))

    first, second = reply.write(7), reply.write(8)

    assert first.replace(b"000000007", b"000000008") == second
    assert len(outcomes()) == 1


@pytest.mark.parametrize("others", [b"|!>\n", b"|!>~", b"\x1d\x1f\x1c\x1e", b".,/'"])
def test_any_delimiters_are_read_and_ours_go_back(others: bytes) -> None:
    plain = partners.interchange(partners.a_270(patient(wanted="30^AE")))

    content = partners.asked(plain.translate(bytes.maketrans(b"*^:~", others))).write(7).decode()

    x12.assert_271_parses(content)
    assert content[:4] == "ISA*"
    assert "EB*1**AE********U*Y~" in content


def test_names_with_delimiters_and_accents_go_back_whole() -> None:
    factories.a_covered_member("N3003", first_name="Zoë ~ B*", last_name="Núñez:Ruiz^", group_number="G~*1")

    found = answered(patient(last="NUNEZ RUIZ", first="ZOE B", number="N3003"))

    assert "NM1*IL*1*Núñez Ruiz *Zoë   B ****MI*N3003" in found
    assert "REF*6P*G  1" in found


def test_a_trace_of_nothing_but_a_no_break_space_goes_back_as_it_came() -> None:
    assert "TRN*2*\u00a0*9LAKESIDE1" in answered(patient(trace="\u00a0"))


def test_a_member_id_alone_is_enough_beside_a_dependents_name_and_birth_date() -> None:
    alone = ["NM1*IL*1******MI*N1001"]

    assert "NM1*03*1*Okafor*Ada" in answered((alone, dependent()))
    assert rejections(answered((alone, dependent("ZOE", "19990101")))) == ["23 AAA*Y**67*C"]
    assert rejections(answered((alone, dependent("ADA", "")))) == ["22 AAA*N**73*C", "22 AAA*N**58*C"]
