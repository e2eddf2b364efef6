"""A 276 in, a 277 out: each state and each refusal with its STC, and one audit row a claim asked about."""

from datetime import date
from typing import Any

import pytest

from portico.domains.claims import status
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.edges.x12.exchange import Kind
from tests.conformance import x12
from tests.support import claims, patients, world
from tests.support.cast import MEDI_CAL, OWN
from tests.support.doors.x12_claims import Told
from tests.x12 import claims_276 as partners
from tests.x12.claims_276 import CHILD, NPI, NPI_ELSEWHERE, SUBSCRIBER, claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    partners.a_world()


def answered(*subscribers: Any, actor: Actor | None = None, **said: Any) -> list[Told]:
    """What the 277 says, which independent readers and our own guide have read."""
    return partners.told(written(*subscribers, actor=actor, **said))


def written(*subscribers: Any, actor: Actor | None = None, **said: Any) -> str:
    reply = partners.asked(partners.interchange(partners.a_276(*subscribers, **said)), actor)
    assert reply.kind is Kind.ANSWER
    content = reply.write(7).decode()
    x12.assert_277_parses(content)
    return content


def rows() -> list[tuple[str, str]]:
    """How each question ended, as the audit has it."""
    return [
        (row.outcome, row.conclusion or ",".join(row.reasons))
        for row in world.uses(function=Function.CLAIMS_INQUIRY)
    ]


def test_a_paid_claim_is_told_with_its_payment_and_its_lines() -> None:
    paid = claims.decided()
    claims.payment([paid])
    (told,) = answered()

    assert told.trace == "T1"
    assert told.states == [
        ["STC", "F1:65", "20260203", "", "300", "175", "20260203", "", "20260203", "EFT0000117", "F1:1"]
    ]
    assert told.references == {"1K": paid.claim_number, "EJ": paid.patient_control_number}
    assert told.served == "20260112"
    (first, states), (second, _) = told.lines
    assert first == ["SVC", "HC:99214", "200", "120", "", "", "", "1"]
    assert [state[1] for state in states] == ["F1:65"]
    assert second[1:4] == ["HC:80053", "100", "55"]
    assert rows() == [("allowed", "found")]


@pytest.mark.parametrize(
    ("make", "state"),
    [
        (claims.received, "P1:20"),
        (claims.pended, "P3:317"),
        (claims.decided, "F1:65"),
        (claims.denied, "F2:84"),
        (claims.reversed_claim, "F3:1"),
        (claims.adjusted, "F1:65"),
    ],
)
def test_each_standing_has_its_state(make: Any, state: str) -> None:
    make()
    (told,) = answered()
    assert told.state == state


def test_a_claim_decided_again_says_so() -> None:
    claims.adjusted()
    (told,) = answered()
    assert "F1:101" in told.states[0]


def test_an_undecided_claim_has_no_amount_paid() -> None:
    claims.pended()
    (told,) = answered()
    assert told.states == [["STC", "P3:317", "20260120", "", "300"]]
    assert [line[3] for line, _ in told.lines] == ["0", "0"]


def test_a_stay_is_told_with_its_type_of_bill_and_its_days() -> None:
    claims.received(form="institutional", facility="11", last_on=date(2026, 1, 15))
    (told,) = answered()
    assert told.references["BLT"] == "111"
    assert told.served == "20260112-20260115"


def test_every_claim_meant_stands_under_the_trace_that_asked() -> None:
    claims.decided("A1", first_on=date(2026, 1, 5), last_on=date(2026, 1, 5))
    claims.pended("A2")
    found = answered()
    assert [(told.trace, told.references["1K"]) for told in found] == [("T1", "A2"), ("T1", "A1")]
    assert len(rows()) == 1


def test_more_claims_than_are_told_are_cut() -> None:
    for number in range(27):
        claims.received(f"A{number}")
    assert len(answered()) == 25


def test_each_claim_asked_about_is_answered_in_its_order() -> None:
    claims.decided("A1", patient_control_number="ONE")
    claims.pended("A2", patient_control_number="TWO")
    asked = [*SUBSCRIBER, *claim("REF*EJ*TWO", trace="T2"), *claim("REF*1K*A1", trace="T1")]
    assert [(told.trace, told.references["1K"]) for told in answered(asked)] == [("T2", "A2"), ("T1", "A1")]
    assert len(rows()) == 2


def test_a_dependent_has_a_level_of_its_own() -> None:
    told = {"patient_first_name": "Ottoline", "patient_birth_date": date(2015, 3, 4), "member_id": "NLQX0002"}
    claims.decided("OWN")
    claims.pended("CHILD", **told)
    found = answered(([*SUBSCRIBER, *claim()], [*CHILD, *claim(trace="T2")]))
    assert [(one.level, one.trace, one.references["1K"]) for one in found] == [
        ("22", "T1", "OWN"),
        ("23", "T2", "CHILD"),
    ]


def test_a_subscriber_is_not_answered_with_the_claims_of_a_dependent() -> None:
    claims.pended("CHILD", patient_first_name="Ottoline", patient_birth_date=date(2015, 3, 4))
    (told,) = answered()
    assert told.state == "D0:35"


def test_two_subscribers_stand_side_by_side() -> None:
    claims.decided("A1")
    claims.decided("A2", subscriber_number="SFAMQX42", patient_first_name="Ottoline")
    other = ["NM1*IL*1*QUILLFEATHER*OTTOLINE****MI*SFAMQX42", *claim(trace="T2")]
    found = answered([*SUBSCRIBER, *claim()], other)
    assert [(told.trace, told.references["1K"]) for told in found] == [("T1", "A1"), ("T2", "A2")]


def test_what_is_nowhere_is_not_found_and_echoed() -> None:
    (told,) = answered([*SUBSCRIBER, *claim("REF*1K*NOSUCH", "REF*EJ*MINE", "AMT*T3*12.5")])
    assert told.states == [["STC", "D0:35", "20260312", "", "12.5"]]
    assert told.references == {"1K": "NOSUCH", "EJ": "MINE"}
    assert rows() == [("allowed", "not_found")]


@pytest.mark.parametrize(
    ("limits", "facts"),
    [
        ({}, {"tax_id": "181234567"}),
        ({"lines": frozenset({MEDI_CAL})}, {}),
        ({"providers": frozenset({patients.NPI_ELSEWHERE})}, {}),
    ],
    ids=["another tax ID", "another line", "another provider"],
)
def test_what_lies_outside_the_grants_is_answered_as_what_is_nowhere(limits: Any, facts: Any) -> None:
    asked = [*SUBSCRIBER, *claim("REF*1K*26015A0003")]
    nowhere = written(asked)
    claims.decided(**facts)
    assert written(asked, actor=partners.partner(**limits)) == nowhere


def test_a_tax_id_that_is_not_granted_is_answered_as_what_is_nowhere() -> None:
    asked, foreign = [*SUBSCRIBER, *claim("REF*1K*26015A0003")], partners.PROVIDER.replace(OWN, "181234567")
    nowhere = partners.told(written(asked))
    claims.decided(tax_id="181234567")
    assert partners.told(written(asked, provider=foreign)) == nowhere
    assert rows()[-1] == ("denied", "tax_id_not_granted")


@pytest.mark.parametrize("npi", [NPI, f"{NPI_ELSEWHERE}~NM1*1P*2*LAKESIDE*****FI*{OWN}"])
def test_an_npi_stands_for_the_tax_id_it_bills_under(npi: str) -> None:
    claims.decided()
    (told,) = answered(provider=f"NM1*1P*2*LAKESIDE*****XX*{npi}")
    assert told.state == "F1:65"


def test_an_npi_the_plan_does_not_know_finds_nothing() -> None:
    claims.decided()
    (told,) = answered(provider=f"NM1*1P*2*LAKESIDE*****XX*{NPI_ELSEWHERE}")
    assert told.state == "D0:35"


@pytest.mark.parametrize(
    ("was", "now", "state"),
    [
        (f"FI*{OWN}", "FI*12", "E0:153:1P"),
        (f"FI*{OWN}", "XX*2000000017", "E0:153:1P"),
        ("MI*SNLQX7731", "MI*??", "E0:164:IL"),
        ("MI*SNLQX7731", "24*123456789", "E0:164:IL"),
        ("AMT*T3*300", "AMT*T3*300.001", "E0:178"),
        ("AMT*T3*300", f"AMT*T3*{'9' * 15}", "E0:178"),
    ],
)
def test_what_is_wrong_with_a_request_is_said(was: str, now: str, state: str) -> None:
    claims.decided()
    payload = partners.interchange(partners.a_276([*SUBSCRIBER, *claim("AMT*T3*300")]))
    assert was.encode() in payload
    reply = partners.asked(payload.replace(was.encode(), now.encode()))
    (told,) = partners.told(reply.write(7))
    assert told.state == state
    assert len(rows()) == 1


@pytest.mark.parametrize("amount", ["300", "300.00"])
def test_a_charge_narrows(amount: str) -> None:
    claims.decided("A1")
    claims.decided("A2", billed=5)
    (told,) = answered([*SUBSCRIBER, *claim(f"AMT*T3*{amount}")])
    assert told.references["1K"] == "A1"


def test_a_claim_number_needs_no_days() -> None:
    claims.decided("A1")
    asked = claim("REF*1K*A1", served="DTP*472*D8*20200101")
    (told,) = answered([*SUBSCRIBER, *asked])
    assert told.state == "F1:65"


def test_the_days_of_lines_stand_for_those_of_the_claim() -> None:
    claims.decided("A1")
    line = ["SVC*HC:99214*200*****1", "DTP*472*D8*20260112"]
    (told,) = answered([*SUBSCRIBER, *claim(served=""), *line])
    assert told.references["1K"] == "A1"
    (told,) = answered([*SUBSCRIBER, *claim(served=""), line[0], "DTP*472*D8*20250112"])
    assert told.state == "D0:35"


def test_who_holds_no_claims_is_told_so() -> None:
    claims.decided()
    (told,) = answered(actor=partners.partner(Function.ELIGIBILITY))
    assert told.state == "E0:24:41"
    assert rows() == [("denied", "function_not_granted")]


def test_a_question_that_breaks_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    claims.decided("A1")
    real = status.of

    def once(**asked: Any) -> Any:
        if asked["asked"].claim_number == "BROKEN":
            raise ZeroDivisionError
        return real(**asked)

    monkeypatch.setattr(status, "of", once)
    asked = [*SUBSCRIBER, *claim("REF*1K*BROKEN", trace="T1"), *claim("REF*1K*A1", trace="T2")]
    assert [(told.trace, told.state) for told in answered(asked)] == [("T1", "E1:0"), ("T2", "F1:65")]


def test_too_many_requests_are_refused_as_one(settings: Any) -> None:
    settings.REAL_TIME_REQUESTS = 2
    claims.decided()
    (told,) = answered([*SUBSCRIBER, *claim(), *claim(), *claim()])
    assert (told.level, told.trace, told.state) == ("21", "ASK-1", "E0:0")
    assert rows() == []


def test_a_patient_without_a_trace_is_asked_about_as_a_whole() -> None:
    claims.decided("A1")
    (told,) = answered(SUBSCRIBER)
    assert (told.trace, told.references["1K"]) == ("0", "A1")


def test_the_reply_names_both_sides_numbers() -> None:
    reply = partners.asked(partners.interchange(partners.a_276()))
    (note,) = reply.sets
    assert (note.code, note.accepted, note.request_count) == ("276", True, 1)
    assert "BHT*0010*08*ASK-1*20260312*" in reply.write(7).decode()
