"""The time zone in which a page shows instants: the one its reader chose, the plan's for everybody else.

Days, such as those of a coverage, are the plan's own and never move. What is printed as a document keeps the
plan's zone too: it is read by others.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.http import HttpRequest

from portico.domains.plan import days
from portico.edges.web import asking

NEAR: Final[Mapping[str, str]] = {
    "America/New_York": "Eastern Time",
    "America/Chicago": "Central Time",
    "America/Denver": "Mountain Time",
    "America/Phoenix": "Mountain Time, Arizona (no daylight saving)",
    "America/Los_Angeles": "Pacific Time",
    "America/Anchorage": "Alaska Time",
    "Pacific/Honolulu": "Hawaii Time",
    "America/Puerto_Rico": "Atlantic Time, Puerto Rico",
    "Pacific/Guam": "Chamorro Time, Guam",
}
_PARTS: Final = frozenset(
    "Africa America Antarctica Asia Atlantic Australia Europe Indian Pacific".split()  # no aliases
)
_reader: ContextVar[HttpRequest | None] = ContextVar("reader", default=None)
Choice = tuple[str, str]


@contextmanager
def of_reader(request: HttpRequest) -> Iterator[None]:
    """What is drawn within is for who asks here; their zone is found out when the first instant is drawn."""
    token = _reader.set(request)
    try:
        yield
    finally:
        _reader.reset(token)


def shown() -> ZoneInfo:
    """The zone instants are shown in now."""
    request = _reader.get()
    return chosen(request) or plan() if request is not None else plan()


def chosen(request: HttpRequest) -> ZoneInfo | None:
    """The zone the reader chose; None without a choice, or where this machine does not know it any more."""
    name = asking.actor_of(request).context.get("time_zone", "")
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def plan() -> ZoneInfo:
    """The plan's own."""
    return days.zone()


def name_of(zone: str) -> str:
    """The zone as people call it: Eastern Time, or the place: Europe / Lisbon."""
    return NEAR.get(zone) or zone.replace("_", " ").replace("/", " / ")


def choices(at: datetime) -> list[Choice | tuple[str, Sequence[Choice]]]:
    """What a person may choose: the plan's, those of this country with their hour now, and all others."""
    near = [(zone, f"{name} ({_clock(zone, at)} now)") for zone, name in NEAR.items()]
    own = ("", f"As the plan: {name_of(settings.PLAN_TIME_ZONE)}")
    return [own, ("In the United States", near), ("Everywhere else", [*_far()])]


@cache
def _far() -> tuple[Choice, ...]:
    places = (zone for zone in sorted(available_timezones()) if zone.split("/")[0] in _PARTS)
    return tuple((zone, name_of(zone)) for zone in places if "/" in zone and zone not in NEAR)


def _clock(zone: str, at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%I:%M %p}".lstrip("0")
