"""When an account that nobody uses is told so, and when it is suspended. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """After how many days without a sign-in an account is suspended (0: never), and its owner told before."""

    days: int
    notice_days: int

    @property
    def is_on(self) -> bool:
        """Is any account suspended for disuse at all?"""
        return self.days > 0

    @property
    def notice(self) -> int:
        """The days between the notice and the suspension: a day of use comes before any notice."""
        return min(self.notice_days, max(self.days - 1, 0))

    def told_if_unused_since(self, at: datetime) -> datetime:
        """Whoever used the account last at this instant, or before, is told at `at`."""
        return at - timedelta(days=self.days - self.notice)

    def suspended_if_unused_since(self, at: datetime) -> datetime:
        """Whoever used it last at this instant, or before, is suspended at `at`, if told in time."""
        return at - timedelta(days=self.days)

    def told_in_time(self, at: datetime) -> datetime:
        """The latest instant at which a notice came early enough for a suspension at `at`."""
        return at - timedelta(days=self.notice)
