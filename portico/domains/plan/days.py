"""The plan's own time: which of its days an instant falls on, and when a day of it begins.

Instants are kept in UTC. A day is one of the calendar in the plan's time zone (setting PLAN_TIME_ZONE); both
ends of a coverage or a grant are such days.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings


def zone() -> ZoneInfo:
    """The plan's time zone."""
    return ZoneInfo(settings.PLAN_TIME_ZONE)


def local(at: datetime) -> datetime:
    """The same instant as the plan's clocks show it. `at` is aware."""
    if at.tzinfo is None:
        raise ValueError("an instant knows its time zone")
    return at.astimezone(zone())


def of(at: datetime) -> date:
    """The plan's calendar day at this instant. `at` is aware."""
    return local(at).date()


def begins(day: date) -> datetime:
    """The instant at which the plan's day begins, in the plan's time zone."""
    return datetime.combine(day, time(), zone())
