"""Days counted from the day the demo is built, so that what it says is right on that day."""

from datetime import date, timedelta

from portico.shared import periods


def month_start(today: date, months: int) -> date:
    """The first day of the month `months` after today's; negative counts back."""
    return periods.months_before(today.replace(day=1), -months)


def month_end(today: date, months: int) -> date:
    """The last day of the month `months` after today's; negative counts back."""
    return periods.month_end(month_start(today, months))


def year_start(today: date, years: int = 0) -> date:
    """The first of January of the year `years` after today's; negative counts back."""
    return date(today.year + years, 1, 1)


def year_end(today: date, years: int = 0) -> date:
    """The thirty-first of December of the year `years` after today's; negative counts back."""
    return date(today.year + years, 12, 31)


def days_after(today: date, days: int) -> date:
    """The day `days` after today; negative counts back."""
    return today + timedelta(days=days)
