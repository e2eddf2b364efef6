"""What counts where the plan has set no clock of its own: the law's time, for every line. Pure.

A line outside the law gets rules of its own, with `is_law` off. So does one whose state asks for less time.
"""

from datetime import date
from typing import Final

from portico.domains.authorizations.clock_rules import Counts, Rule, Unit
from portico.shared.periods import Period

_ALWAYS: Final = Period(date(2000, 1, 1))
_STANDARD: Final = "42 CFR 422.568(b), 438.210(d): standard requests within 7 calendar days"
_EXPEDITED: Final = "42 CFR 422.572(a), 438.210(d): expedited requests within 72 hours"
_AGAIN: Final = "42 CFR 422.590: a decision looked at again within 30 calendar days"
_OWN: Final = "Set by the portal until the plan sets its own"

DEFAULTS: Final = (
    Rule(Counts.STANDARD, 7, Unit.CALENDAR, _STANDARD, _ALWAYS, extension_days=14, is_law=True),
    Rule(
        Counts.EXPEDITED, 72, Unit.HOURS, _EXPEDITED, _ALWAYS, extension_days=14, warn_hours=12, is_law=True
    ),
    Rule(Counts.RECONSIDERATION, 30, Unit.CALENDAR, _AGAIN, _ALWAYS, extension_days=14, warn_hours=72),
    Rule(Counts.APPEAL, 30, Unit.CALENDAR, _AGAIN, _ALWAYS, extension_days=14, warn_hours=72),
    Rule(Counts.INFORMATION, 3, Unit.CALENDAR, _OWN, _ALWAYS),
    Rule(Counts.ADMISSION_NOTICE, 24, Unit.HOURS, _OWN, _ALWAYS, warn_hours=4),
)
