"""Records of an enrolment feed, made short."""

from datetime import date
from typing import Any

from portico.domains.members.enrolment_facts import Maintenance, SentCoverage, SentMember, SentName

PLACE = 8


def member(maintenance: Maintenance = Maintenance.ADD, **more: Any) -> SentMember:
    """One person; what is not given was not sent."""
    values: dict[str, Any] = {
        "place": PLACE,
        "maintenance": maintenance,
        "is_subscriber": True,
        "relationship": "18",
        "subscriber_number": "S1",
        "name": SentName("Okafor", "Adaeze"),
    }
    return SentMember(**{**values, **more})


def coverage(
    maintenance: Maintenance = Maintenance.ADD,
    first: date | None = None,
    last: date | None = None,
    plan: str = "7QX",
    product: str = "PPO",
    **more: Any,
) -> SentCoverage:
    """One coverage, in segment 12."""
    return SentCoverage(
        place=12,
        maintenance=maintenance,
        product=product,
        plan_code=plan,
        first_on=first,
        last_on=last,
        **more,
    )
