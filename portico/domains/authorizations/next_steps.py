"""What an office may still do after a denial, and until when. Pure.

Appeals: sixty-five days where the law's clocks count (Medicare Advantage gives that many, Medi-Cal sixty), a
hundred and eighty elsewhere. A talk between peers may be booked for fourteen days. Both ends count.
"""

from datetime import date, datetime, timedelta
from typing import Final

APPEAL_DAYS_BY_LAW: Final = 65
APPEAL_DAYS: Final = 180
TALK_DAYS: Final = 14


def appeal_until(decided_on: date, *, is_law: bool) -> date:
    """The last day on which a reconsideration or an appeal may be asked for."""
    return decided_on + timedelta(days=APPEAL_DAYS_BY_LAW if is_law else APPEAL_DAYS)


def talk_until(decided_at: datetime) -> datetime:
    """Until when a talk between peers may be booked."""
    return decided_at + timedelta(days=TALK_DAYS)
