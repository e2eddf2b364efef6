"""Answers made by hand, as the members domain gives them, to see what a 271 makes of them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from portico.domains.members.answers import (
    AccumulatorsAnswer,
    Answered,
    BenefitsAnswer,
    Cost,
    CoverageSpan,
    EligibilityAnswer,
    Limit,
    Meter,
    Network,
    OtherCoverageAnswer,
    OtherPayer,
    Particulars,
    Pcp,
    PcpStanding,
    Person,
    PlanVersionFacts,
    ServiceBenefit,
    Told,
    Verdict,
)
from portico.domains.plan.catalogue import Identity
from portico.shared.periods import Period

PLAN = Identity("Northlake Health Plan", "Northlake", "1-800-555-0142", "help@example.org", "99999")
THIS_YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
AS_OF = date(2026, 3, 12)
AT = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
PERSON = Person(
    name="Adaeze B Okafor",
    first_name="Adaeze",
    last_name="Okafor",
    member_id="N1001",
    subscriber_number="N1001",
    relationship="18",
    birth_date=date(1984, 5, 6),
    sex="F",
    ssn_masked="",
    address=(),
    telephone="",
    group_number="G-77",
)
SPAN = CoverageSpan(
    line="employer-hmo",
    line_name="Employer HMO",
    plan_code="4HB",
    plan_name="HMO Gold 25",
    product="HMO",
    level="FAM",
    period=THIS_YEAR,
    verdict=Verdict.ACTIVE,
    product_code="HMO",
)
PCP = Pcp(
    name="Mei Tran, MD",
    npi="2000000010",
    tax_id="001111111",
    office_name="Lakeside",
    group_name="",
    specialty="Family medicine",
    address="",
    telephone="805-555-0110",
    since=date(2025, 7, 1),
    standing=PcpStanding.IN_YOUR_OFFICE,
    last_name="Tran",
    first_name="Mei",
)


def eligibility(**changes: Any) -> EligibilityAnswer:
    """Adaeze Okafor is covered by the HMO this year, and has no PCP."""
    base = EligibilityAnswer(
        lookup=None,
        person=PERSON,
        as_of=AS_OF,
        asked_at=AT,
        verdict=Verdict.ACTIVE,
        coverage=SPAN,
        others=(),
        pcp=None,
        data_as_of=AT,
        reference="REF1",
        tax_id="001111111",
    )
    return replace(base, **changes)


def told(**changes: Any) -> Told:
    """All about her; what is no field of `Told` is one of her eligibility."""
    own = {name: changes.pop(name) for name in list(changes) if name in Told.__dataclass_fields__}
    base = Told("key", eligibility(**changes), (), AT, OtherCoverageAnswer((), AT), particulars=Particulars())
    return replace(base, **own)


def answered(**changes: Any) -> Answered:
    """The same as what came of a question."""
    return Answered((told(**changes),), "REF1")


def verdict(of: Verdict, **changes: Any) -> Told:
    """She has that verdict by her one span."""
    span = None if of is Verdict.NOT_COVERED else replace(SPAN, verdict=of, **changes)
    return told(verdict=of, coverage=span)


def cost(
    copay: int | None = None,
    coinsurance: int | None = None,
    *,
    deductible: bool = False,
    covered: bool = True,
) -> Cost:
    """What a service costs in one network."""
    return Cost(covered, _amount(copay), _amount(coinsurance), deductible)


def _amount(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def service(
    code: str,
    inside: Cost | None = None,
    outside: Cost | None = None,
    limit: Limit | None = None,
    authorization: str = "no",
) -> ServiceBenefit:
    """One line of a schedule of benefits."""
    return ServiceBenefit(code, f"Service {code}", inside, outside, limit, authorization, "")


def limit(quantity: int, unit: str, period: str = "year", remaining: int | None = None) -> Limit:
    """So much, and what is left of it."""
    left = None if remaining is None else Decimal(remaining)
    used = None if left is None else Decimal(quantity) - left
    return Limit(Decimal(quantity), unit, period, used, left)


def benefits(*services: ServiceBenefit) -> BenefitsAnswer:
    """The schedule of the plan in force."""
    version = PlanVersionFacts("4HB", "HMO Gold 25", "employer-hmo", "Employer HMO", "HMO", THIS_YEAR)
    return BenefitsAnswer("4HB", AS_OF, version, services, AT)


def meter(
    kind: str,
    scope: str,
    total: int,
    used: str = "0",
    network: Network = Network.IN,
    period: Period = THIS_YEAR,
) -> Meter:
    """A deductible (`deductible`) or an out-of-pocket maximum (`oop_max`)."""
    spent = Decimal(used)
    return Meter(kind, scope, network, Decimal(total), spent, Decimal(total) - spent, period)


def accumulators(*meters: Meter) -> AccumulatorsAnswer:
    """How far they are used."""
    return AccumulatorsAnswer(meters, AS_OF, AT)


def payer(order: str = "P", **changes: Any) -> OtherPayer:
    """Another payer."""
    base = OtherPayer(order, "Lakeshore Mutual", "LM-55", Period(date(2025, 1, 1)))
    return replace(base, **changes)
