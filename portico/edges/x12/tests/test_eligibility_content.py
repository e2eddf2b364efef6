"""Which EBs an answer has, by verdict, by what was asked, and by what is known of costs."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from portico.domains.members.answers import BenefitsAnswer, Network, OtherCoverageAnswer, Told, Verdict
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.questions import Question
from portico.domains.permits.reasons import Reason
from portico.edges.x12.eligibility import codes, contacts, content
from portico.shared.periods import Period
from portico.shared.x12.delimiters import STANDARD
from portico.shared.x12.joining import Joiner
from tests.x12 import told as made
from tests.x12.told import benefits, cost, limit, meter, service, told

JOIN = Joiner(STANDARD).segment
COPAY = cost(25)


def ebs(answer: Told, *wanted: str) -> list[str]:
    """The segments of an answer, as they are written."""
    return [JOIN(segment).rstrip("~") for segment in content.of(answer, wanted or ("30",), made.PLAN)]


def costs(answer: Told, *wanted: str) -> list[str]:
    """Those after the EB of the coverage itself."""
    status, *rest = ebs(answer, *wanted)
    assert status == "EB*1*FAM*30*HM*HMO Gold 25"
    return rest


def with_services(*services: Any, **changes: Any) -> Told:
    return told(benefits=benefits(*services), **changes)


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        (Verdict.ACTIVE, ["EB*1*FAM*30*HM*HMO Gold 25"]),
        (
            Verdict.ACTIVE_IN_GRACE,
            ["EB*1*FAM*30*HM*HMO Gold 25", "MSG*The premium is overdue; coverage is in its grace period."],
        ),
        (
            Verdict.NOT_YET_ACTIVE,
            ["EB*6*FAM*30*HM*HMO Gold 25", "MSG*Coverage begins after the day asked about."],
        ),
        (
            Verdict.TERMINATED,
            ["EB*6*FAM*30*HM*HMO Gold 25", "MSG*Coverage ended before the day asked about."],
        ),
        (Verdict.NOT_COVERED, ["EB*6**30", "MSG*No coverage is on file."]),
    ],
)
def test_each_verdict_has_its_status(verdict: Verdict, expected: list[str]) -> None:
    assert ebs(made.verdict(verdict)) == expected


@pytest.mark.parametrize("verdict", [Verdict.TERMINATED, Verdict.NOT_YET_ACTIVE])
def test_costs_and_pcp_are_told_of_coverage_in_force_only(verdict: Verdict) -> None:
    answer = with_services(service("98", COPAY), verdict=verdict, pcp=made.PCP)

    assert [segment[:4] for segment in ebs(answer, "30", "98")] == ["EB*6", "MSG*"]


@pytest.mark.parametrize(
    ("product", "line", "code"),
    [
        ("HMO", "employer-hmo", "HM"),
        ("PPO", "employer-ppo", "PR"),
        ("POS", "employer-hmo", "PS"),
        ("EPO", "employer-epo", "EP"),
        ("HMO", "medi-cal", "MC"),
        ("HMO SNP", "cal-mediconnect", "HN"),
        ("HMO", "medicare-advantage", "HN"),
        ("PPO", "medicare-advantage", "PR"),
        ("HLT", "employer-hmo", ""),
        ("", "employer-hmo", ""),
    ],
)
def test_the_insurance_type_follows_product_and_program(product: str, line: str, code: str) -> None:
    assert codes.insurance_type(product, line) == code


@pytest.mark.parametrize(
    ("value", "expected"),
    [("25.00", "25"), ("250.50", "250.5"), ("0.00", "0"), ("0.25", ".25"), ("1500", "1500"), ("0", "0")],
)
def test_amounts_are_written_without_needless_zeros(value: str, expected: str) -> None:
    assert codes.decimal(Decimal(value)) == expected


def test_a_level_eb_has_no_code_for_is_left_out_and_a_long_name_is_cut() -> None:
    span = replace(made.SPAN, level="TWO", plan_name="N" * 60)

    assert ebs(told(coverage=span)) == [f"EB*1**30*HM*{'N' * 50}"]


def test_a_plan_without_a_name_is_called_by_its_code() -> None:
    assert ebs(told(coverage=replace(made.SPAN, plan_name=""))) == ["EB*1*FAM*30*HM*4HB"]


def test_another_coverage_in_force_is_told_with_its_days() -> None:
    dental = replace(
        made.SPAN, product="PPO Dental", product_code="DEN", plan_code="D01", plan_name="Smile", level="IND"
    )
    over = replace(dental, verdict=Verdict.TERMINATED)
    medical = replace(made.SPAN, product_code="PPO", plan_name="Second", period=Period(date(2026, 2, 1)))

    assert costs(told(others=(dental, over, medical))) == [
        "EB*1*IND*35**Smile",
        "DTP*291*RD8*20260101-20261231",
        "EB*1*FAM*30*PR*Second",
        "DTP*291*D8*20260201",
    ]


def test_the_plan_as_a_whole_is_answered_with_the_service_types_core_asks_for() -> None:
    every = [*codes.GENERIC_TYPES, "AE", "69"]
    answer = with_services(*(service(code, COPAY) for code in every))

    covered, copays = costs(answer)

    assert covered == "EB*1**1^33^35^47^48^50^86^88^98^AL^MH^UC********N*Y"
    assert copays == "EB*B*IND*1^33^35^47^48^50^86^88^98^AL^MH^UC****25*****Y"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (("30",), ["1", "98"]),
        ((), ["1", "98"]),
        (("AE",), ["AE"]),
        (("98", "AE"), ["98", "AE"]),
        (("30", "AE"), ["AE", "1", "98"]),
        (("AE", "64"), ["AE", "1", "98"]),
        (("64",), ["1", "98"]),
    ],
)
def test_a_service_type_the_plan_does_not_list_is_answered_as_the_whole(
    wanted: tuple[str, ...], expected: list[str]
) -> None:
    assert content.service_types({"98", "AE", "1"}, wanted) == expected


def test_services_alike_share_their_lines_and_others_have_their_own() -> None:
    answer = with_services(
        service("98", cost(25)),
        service("AE", cost(40)),
        service("UC", cost(25)),
        service("35", cost(covered=False)),
    )

    assert costs(answer, "98", "AE", "UC", "35") == [
        "EB*1**98^AE^UC********N*Y",
        "EB*I**35",
        "EB*B*IND*98^UC****25*****Y",
        "EB*B*IND*AE****40*****Y",
    ]


@pytest.mark.parametrize(
    ("inside", "outside", "expected"),
    [
        (
            cost(25),
            cost(coinsurance=40),
            ["EB*1**98********N", "EB*B*IND*98****25*****Y", "EB*A*IND*98*****.4****N"],
        ),
        (
            cost(25),
            cost(covered=False),
            ["EB*1**98********N*Y", "EB*I**98*********N", "EB*B*IND*98****25*****Y"],
        ),
        (
            cost(covered=False),
            cost(25),
            ["EB*1**98********N*N", "EB*I**98*********Y", "EB*B*IND*98****25*****N"],
        ),
        (cost(25), None, ["EB*1**98********N*Y", "EB*B*IND*98****25*****Y"]),
        (cost(covered=False), cost(covered=False), ["EB*I**98"]),
        (cost(0, 0), None, ["EB*1**98********N*Y", "EB*B*IND*98****0*****Y", "EB*A*IND*98*****0****Y"]),
    ],
)
def test_what_it_costs_is_told_of_each_network(inside: Any, outside: Any, expected: list[str]) -> None:
    assert costs(with_services(service("98", inside, outside)), "98") == expected


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [
        ("no", ["EB*1**98********N*Y"]),
        ("yes", ["EB*1**98********Y*Y"]),
        (
            "after_limit",
            ["EB*1**98********U*Y", "MSG*Authorization is required once the limit is reached."],
        ),
        (
            "notify",
            ["EB*1**98********N*Y", "MSG*Tell the plan about this care. It needs no authorization."],
        ),
        ("unheard", ["EB*1**98********U*Y"]),
    ],
)
def test_whether_authorization_is_required(authorization: str, expected: list[str]) -> None:
    answer = with_services(service("98", cost(), authorization=authorization))

    assert costs(answer, "98") == expected


@pytest.mark.parametrize(
    ("limited", "expected"),
    [
        (
            limit(12, "visits", remaining=8),
            ["EB*F**98***23******Y", "HSD*VS*12***23", "EB*F**98***29******Y", "HSD*VS*8***29"],
        ),
        (limit(12, "visits"), ["EB*F**98***23******Y", "HSD*VS*12***23"]),
        (limit(100, "days", "admission"), ["EB*F**98***36******Y", "HSD*DY*100***36"]),
        (
            limit(1, "items", remaining=0),
            ["EB*F**98***23******Y", "HSD*FL*1***23", "EB*F**98***29******Y", "HSD*FL*0***29"],
        ),
        (limit(1500, "dollars", remaining=900), ["EB*F**98***23*1500*****Y", "EB*F**98***29*900*****Y"]),
        (
            limit(72, "visits", "lifetime", remaining=70),
            ["EB*F**98***32******Y", "HSD*VS*72***32", "EB*F**98***33******Y", "HSD*VS*70***33"],
        ),
    ],
)
def test_a_limit_and_what_is_left_of_it(limited: Any, expected: list[str]) -> None:
    answer = with_services(service("98", cost(), limit=limited))

    assert costs(answer, "98")[1:] == expected


def test_the_plans_deductibles_and_maximums_with_what_remains() -> None:
    used = made.accumulators(
        meter("deductible", "individual", 1500, "1179.45"),
        meter("deductible", "family", 3000, network=Network.OUT),
        meter("oop_max", "individual", 6500, "6500"),
    )

    assert costs(with_services(accumulators=used)) == [
        "EB*C*IND*30***23*1500*****Y",
        "EB*C*IND*30***29*320.55*****Y",
        "EB*C*FAM*30***23*3000*****N",
        "EB*C*FAM*30***29*3000*****N",
        "EB*G*IND*30***23*6500*****Y",
        "EB*G*IND*30***29*0*****Y",
    ]


def test_a_year_that_is_no_calendar_year_is_told_by_its_days() -> None:
    year = Period(date(2025, 7, 1), date(2026, 6, 30))
    used = made.accumulators(meter("deductible", "individual", 500, period=year))

    assert costs(with_services(accumulators=used)) == [
        "EB*C*IND*30***22*500*****Y",
        "DTP*292*RD8*20250701-20260630",
        "EB*C*IND*30***29*500*****Y",
    ]


def test_a_service_before_the_deductible_has_none_of_its_own() -> None:
    used = made.accumulators(meter("deductible", "individual", 1500))
    answer = with_services(
        service("98", cost(25)), service("48", cost(coinsurance=20, deductible=True)), accumulators=used
    )

    lines = costs(answer, "98", "48")

    assert "EB*C*IND*98***23*0*****Y" in lines
    assert not [line for line in lines if line.startswith("EB*C") and "48" in line.split("*")[3]]


def test_where_the_plan_has_no_deductible_no_service_is_said_to_be_spared_it() -> None:
    used = made.accumulators(meter("oop_max", "individual", 6500))

    lines = costs(with_services(service("98", COPAY), accumulators=used), "98")

    assert not [line for line in lines if line.startswith("EB*C")]


def test_benefits_that_are_not_open_say_why_and_whom_to_ask() -> None:
    question = Question(Function.BENEFITS, "001111111")
    refused = Decision(question, False, reasons=(Reason.FUNCTION_NOT_GRANTED,), by_machine=True)

    assert costs(told(benefits_refused=refused)) == [
        "EB*U**30",
        "MSG*Benefits are not open. The function asked for is not granted. The plan can change this.",
        "LS*2120",
        "NM1*PR*2*Northlake Health Plan*****PI*99999",
        "PER*IC*Northlake*TE*8005550142*EM*help@example.org",
        "LE*2120",
    ]


def test_a_plan_without_a_schedule_says_so_and_whom_to_ask() -> None:
    answer = told(benefits=BenefitsAnswer("4HB", made.AS_OF, None, (), made.AT))

    assert costs(answer)[:2] == ["EB*U**30", "MSG*No schedule of benefits is on file for this plan and day."]


def test_benefits_nobody_asked_for_are_not_mentioned() -> None:
    assert costs(told()) == []


def test_the_pcp_comes_with_its_days_and_telephone() -> None:
    assert costs(told(pcp=made.PCP)) == [
        "EB*L**30",
        "DTP*295*D8*20250701",
        "LS*2120",
        "NM1*P3*1*Tran*Mei****XX*2000000010",
        "PER*IC**TE*8055550110",
        "LE*2120",
    ]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"last_name": "Lakeside Clinic", "first_name": ""}, "NM1*P3*2*Lakeside Clinic*****XX*2000000010"),
        ({"last_name": "", "first_name": ""}, "NM1*P3*1*Mei Tran, MD*****XX*2000000010"),
        ({"npi": ""}, "NM1*P3*1*Tran*Mei"),
    ],
)
def test_a_pcp_is_named_as_far_as_it_is_known(changes: dict[str, Any], name: str) -> None:
    answer = told(pcp=replace(made.PCP, telephone="", **changes))

    assert costs(answer)[3:] == [name, "LE*2120"]


def test_other_payers_are_told_in_their_order_whatever_the_verdict() -> None:
    payers = (
        made.payer(),
        made.payer("S", policy_number="", period=Period(date(2025, 1, 1), date(2026, 6, 30))),
        made.payer("U", policy_number="7", period=None),
    )
    answer = replace(made.verdict(Verdict.TERMINATED), other_coverage=OtherCoverageAnswer(payers, made.AT))

    assert ebs(answer)[2:] == [
        *("EB*R**30", "REF*IG*LM-55", "DTP*290*D8*20250101"),
        *("LS*2120", "NM1*PRP*2*Lakeshore Mutual*****MI*LM-55", "LE*2120"),
        *("EB*R**30", "DTP*290*RD8*20250101-20260630"),
        *("LS*2120", "NM1*SEP*2*Lakeshore Mutual", "LE*2120"),
        *("EB*R**30", "REF*IG*7"),
        *("LS*2120", "NM1*PR*2*Lakeshore Mutual", "LE*2120"),
    ]


@pytest.mark.parametrize(
    ("payer_id", "expected"),
    [("99999", "9000099999"), ("", "9000000000"), ("NLHP-1", "90000NLHP1"), ("12345678901234", "9123456789")],
)
def test_our_trace_numbers_have_a_giver_of_ten_characters(payer_id: str, expected: str) -> None:
    assert contacts.originator(replace(made.PLAN, payer_id=payer_id)) == expected


def test_a_plan_without_telephone_and_mail_has_no_contact() -> None:
    assert contacts.plan_contact(replace(made.PLAN, telephone="", support_email="")) is None
    assert contacts.telephone("") is None
