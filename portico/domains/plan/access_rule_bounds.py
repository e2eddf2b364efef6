"""What the rules of access may say: how little and how much, and what has to fit together. Pure."""

from collections.abc import Mapping
from typing import Final

from portico.domains.plan.policy import AccessRules

CONFIRMED_BY: Final = ("", "administrator", "plan")
PERSONAS: Final = ("linked", "separate")
BOUNDS: Final[Mapping[str, tuple[int, int]]] = {
    "review_months": (0, 12),
    "review_days": (7, 60),
    "request_hours": (1, 40),
    "request_days": (3, 90),
    "recovery_days": (3, 30),
}
"""The least and the most of each number; both count. Nobody is told and heard in less than three days."""
DAYS_OF_A_MONTH: Final = 28
HOURS_OF_A_DAY: Final = 8
STEPS: Final = 3
"""With whom a request lies in turn: the first administrator, all of them, the plan."""


class CannotSet(ValueError):
    """The rules cannot be so; `field` says which one is wrong, and `code` why."""

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field}: {code}")
        self.field = field
        self.code = code


def check(rules: AccessRules) -> None:
    """Raises CannotSet for the first thing that is wrong."""
    if rules.confirmed_by not in CONFIRMED_BY:
        raise CannotSet("confirmed_by", "unknown")
    if rules.personas not in PERSONAS:
        raise CannotSet("personas", "unknown")
    for field, (least, most) in BOUNDS.items():
        if not least <= getattr(rules, field) <= most:
            raise CannotSet(field, "out_of_bounds")
    if rules.review_months and rules.review_days >= rules.review_months * DAYS_OF_A_MONTH:
        raise CannotSet("review_days", "review_outlasts_its_turn")
    if rules.request_hours * STEPS > rules.request_days * HOURS_OF_A_DAY * 5 // 7:
        raise CannotSet("request_days", "expires_before_the_plan_has_it")
