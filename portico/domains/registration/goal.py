"""The plan's goal: to have decided within two of its own business days. What lies with the applicant is not
counted. Pure.
"""

from datetime import datetime
from decimal import Decimal
from typing import Final

from portico.domains.plan import business_time
from portico.domains.plan.business_time import Hours

DAYS: Final = Decimal(2)
_NONE: Final = Decimal(0)


def due_at(hours: Hours, submitted_at: datetime, *, waited: Decimal = _NONE) -> datetime:
    """When it has to be decided, after the plan waited that many business days for the applicant."""
    return business_time.after(hours, submitted_at, DAYS + waited)


def taken(hours: Hours, submitted_at: datetime, at: datetime, *, waited: Decimal = _NONE) -> Decimal:
    """What the plan has taken of its own time by `at`, in business days."""
    return max(business_time.elapsed(hours, submitted_at, at) - waited, _NONE)


def left(hours: Hours, submitted_at: datetime, at: datetime, *, waited: Decimal = _NONE) -> Decimal:
    """What is left of the goal at `at`, in business days; 0 once it is missed."""
    return max(DAYS - taken(hours, submitted_at, at, waited=waited), _NONE)
