"""How a printed document writes days, instants, money and shares, the same in every locale of the server."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

_MONTHS = ("January February March April May June July August September October November December").split()


def long_day(day: date) -> str:
    """Answers `March 12, 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def short_day(day: date) -> str:
    """Answers `03/12/2026`."""
    return f"{day.month:02}/{day.day:02}/{day.year:04}"


def days(first_on: date, last_on: date | None) -> str:
    """Answers `01/01/2027 to 12/31/2027`, both ends counting, or `From 01/01/2027` while no end is known."""
    if last_on is None:
        return f"From {short_day(first_on)}"
    return f"{short_day(first_on)} to {short_day(last_on)}"


def instant(at: datetime, zone_name: str) -> str:
    """Answers `March 12, 2026 at 2:05 PM Pacific Time`: the clock `at` shows, the zone's name as given."""
    half = "AM" if at.hour < 12 else "PM"
    return f"{long_day(at.date())} at {at.hour % 12 or 12}:{at.minute:02} {half} {zone_name}"


def money(amount: Decimal) -> str:
    """Answers dollars and cents: `$1,500.00`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}${abs(amount):,.2f}"


def dollars(amount: Decimal) -> str:
    """Answers `$25` or `$1,500`; cents only where there are any: `$12.50`."""
    return money(amount).removesuffix(".00")


def percent(share: Decimal) -> str:
    """Answers a share of 0 to 100 as `40%` or `12.5%`."""
    return f"{share.normalize():f}%"


def count(quantity: Decimal, one: str, several: str) -> str:
    """Answers `1 visit` or `30 visits`."""
    return f"{quantity.normalize():,f} {one if quantity == 1 else several}"


def brief(text: str, most: int = 60) -> str:
    """Answers the text, or its first letters and an ellipsis, for where it is named but not told."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def midnight(day: date) -> datetime:
    """Answers the instant a document dated by its day carries in its metadata: that day at 00:00 UTC."""
    return datetime.combine(day, time(), UTC)
