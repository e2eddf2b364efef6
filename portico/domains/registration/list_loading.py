"""Loading a list an applicant is looked up in: each row as the newest list that names it has it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from portico.domains.jobs import loading
from portico.domains.jobs.leases import Leased
from portico.domains.jobs.loading import Key
from portico.domains.plan import days


class ListToCome(ValueError):
    """The list is dated on a day to come: it would count before its day, and no true one until then."""


def check_day(as_of: datetime, *, today: date) -> None:
    """Refuse a list that is dated on a later day of the plan than today. Raises ListToCome."""
    day = days.of(as_of)
    if day > today:
        raise ListToCome(f"the list is dated {day}, and today is {today}")


def put(
    leased: Leased, model: Any, key: Collection[str], wanted: Mapping[Key, Mapping[str, Any]], as_of: datetime
) -> frozenset[Key]:
    """Insert or change these rows; answers the keys of those that are new or say something else now.

    A row that a newer list has named stays as that one has it. That a list only names a row again is kept,
    and counts as no change.
    """
    names = tuple(key)
    held = model.objects.filter(**{f"{names[-1]}__in": {identity[-1] for identity in wanted}})
    rows = {tuple(row[name] for name in names): row for row in held.values()}
    fresh = {
        identity: {**values, "as_of": as_of}
        for identity, values in wanted.items()
        if identity not in rows or rows[identity]["as_of"] <= as_of
    }
    if fresh:
        loading.upsert(leased, held=held, key=names, wanted=fresh)
    return frozenset(
        identity
        for identity in fresh
        if identity not in rows
        or any(rows[identity][name] != value for name, value in wanted[identity].items())
    )
