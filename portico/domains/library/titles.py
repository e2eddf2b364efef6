"""Titles of documents, for domains that point at policy: what is in force today, under its key."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from portico.domains.library import shelf


def of(keys: Collection[str], *, at: datetime, today: date) -> Mapping[str, str]:
    """The title in force today by key; a key without a document in force is left out. At most one query."""
    if not keys:
        return {}
    rows = shelf.standing(at, today).filter(first_on__lte=today, document__key__in=sorted(keys))
    return dict(rows.values_list("document__key", "title"))
