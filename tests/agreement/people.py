"""Members beside those of the small world: overdue, with two coverages, with every kind of amount."""

from datetime import date
from decimal import Decimal
from typing import Any

from portico.domains.members import models
from portico.domains.members.tests import factories
from portico.shared.periods import Period
from tests.support import requirements
from tests.support.cast import HMO, PPO
from tests.support.patients import PPO_CODE

OVERDUE, TWO_COVERAGES, COSTLY = "NLQX5501", "NLQX5502", "NLQX5503"
PLUS_CODE, DENTAL_CODE = "8AG", "1DN"
PLUS, DENTAL = "PPO Plus", "Dental Basic"
SERVICES = {
    "1": "Medical care",
    "33": "Chiropractic care",
    "48": "Hospital stay",
    "86": "Emergency care",
    "98": "Primary care visit",
    "AE": "Physical therapy",
    "UC": "Urgent care",
}


def make() -> None:
    """Make them, with their plans."""
    _plans()
    overdue = _member(OVERDUE, "Overbeck", "Odile", date(1979, 7, 8))
    factories.a_coverage(overdue, HMO, Period(date(2026, 1, 1)), premium_paid_to=date(2026, 2, 28))
    both = _member(TWO_COVERAGES, "Twombly", "Tamsin", date(1988, 9, 10))
    factories.a_coverage(both, HMO)
    factories.a_coverage(both, PPO, Period(date(2025, 6, 1)), plan_code=DENTAL_CODE, product="DEN")
    costly = _member(COSTLY, "Costain", "Corin", date(1966, 12, 1))
    factories.a_coverage(costly, PPO, plan_code=PLUS_CODE, product="PPO", level="FAM")
    for kind, scope, network, amount in (
        ("deductible", "individual", "in", 250),
        ("deductible", "family", "in", 900),
        ("oop_max", "individual", "out", 10_000),
    ):
        factories.used(costly, kind, amount, plan_code=PLUS_CODE, scope=scope, network=network)
    factories.used(costly, "limit", 5, plan_code=PLUS_CODE, service_type="33")


def _member(member_id: str, last: str, first: str, born: date) -> models.Member:
    return factories.a_member(
        member_id, last_name=last, first_name=first, birth_date=born, group_number="GRP-7"
    )


def _plans() -> None:
    factories.a_version(DENTAL_CODE, PPO, name=DENTAL)
    requirements.say("48")
    version = factories.a_version(PLUS_CODE, PPO, name=PLUS)
    models.PlanAmounts.objects.create(
        version=version,
        network="out",
        individual_deductible=Decimal(4000),
        individual_oop=Decimal(9000),
        family_oop=Decimal("18000.50"),
    )
    for code, product in ((PPO_CODE, "PPO"), (PLUS_CODE, "PPO"), (DENTAL_CODE, "DEN")):
        models.PlanVersion.objects.filter(plan__code=code).update(product=product)
    after: dict[str, Any] = {"deductible_applies": True}
    for place, (code, network, facts) in enumerate(
        (
            ("1", "in", {"copay": Decimal(0)}),
            ("1", "out", {"coinsurance": Decimal(40), **after}),
            ("33", "in", {"copay": Decimal(25), **_limited(20, "visits", "year")}),
            ("33", "out", {"is_covered": False}),
            ("48", "in", {"coinsurance": Decimal(20), **after}),
            ("48", "out", {"coinsurance": Decimal("37.5"), **after}),
            ("86", "in", {"copay": Decimal("250.50"), "coinsurance": Decimal(10)}),
            ("86", "out", {"copay": Decimal("250.50"), "coinsurance": Decimal(10)}),
            ("UC", "in", {"copay": Decimal(60), **after, **_limited(1500, "dollars", "lifetime")}),
        ),
        3,
    ):
        factories.a_benefit(version, code, SERVICES[code], network=network, position=place, **facts)


def _limited(quantity: int, unit: str, period: str) -> dict[str, Any]:
    return {"limit_quantity": Decimal(quantity), "limit_unit": unit, "limit_period": period}
