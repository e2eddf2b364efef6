"""When the plan works: its hours by the week and its holidays. The operator sets them, due times follow."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.core.cache import cache
from django.db import transaction

from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.plan import days, models, opening_rules
from portico.domains.plan.business_time import Hours, Open

REMEMBERED_SECONDS: Final = 1
_HOURS: Final = "plan.hours"


def hours() -> Hours:
    """When the plan works, in its own time zone; Monday to Friday from 8 to 5 where it has said nothing.

    A process remembers it for a second.
    """
    known: Hours | None = cache.get(_HOURS)
    if known is None:
        zone, closed = days.zone(), frozenset(written_holidays())
        known = Hours(zone, written_hours() or opening_rules.DEFAULT_WEEKLY, closed)
        cache.set(_HOURS, known, REMEMBERED_SECONDS)
    return known


def written_hours() -> dict[int, Open]:
    """The hours the plan has set, by the day of the week (0 is Monday); empty where it has set none."""
    rows = models.OpeningHours.objects.values_list("weekday", "opens", "closes")
    return {weekday: Open(opens, closes) for weekday, opens, closes in rows}


def written_holidays() -> dict[date, str]:
    """The plan's holidays with their names, the earliest first."""
    return dict(models.Holiday.objects.values_list("day", "name"))


def set_hours(
    *, actor: Actor, weekly: Mapping[int, Open] | None = None, holidays: Mapping[date, str] | None = None
) -> None:
    """Put these hours, or these holidays, or both in place of all there are; None leaves what there is.

    No hours at all: back to the default. What was due before keeps its due time. Raises CannotConfigure, and
    NotPermitted unless the system asks.
    """
    with permit(actor, Function.CONFIGURATION) as given:
        hours_then = written_hours() if weekly is None else weekly
        opening_rules.check_weekly(hours_then)
        opening_rules.check_holidays(written_holidays() if holidays is None else holidays, hours_then)
        if weekly is not None:
            _put_weekly(weekly)
        if holidays is not None:
            _put_holidays(holidays)
        given.conclude("opening_set")
        _forget()
        transaction.on_commit(_forget)  # what was asked for in between is remembered as it was before


def _put_weekly(weekly: Mapping[int, Open]) -> None:
    models.OpeningHours.objects.all().delete()
    models.OpeningHours.objects.bulk_create(
        models.OpeningHours(weekday=weekday, opens=opens, closes=closes)
        for weekday, (opens, closes) in weekly.items()
    )


def _put_holidays(holidays: Mapping[date, str]) -> None:
    models.Holiday.objects.all().delete()
    models.Holiday.objects.bulk_create(
        models.Holiday(day=day, name=name.strip()) for day, name in holidays.items()
    )


def _forget() -> None:
    cache.delete(_HOURS)
