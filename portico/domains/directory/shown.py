"""What entries say on a day: what the provider file sent, with the changes laid over it that are in force."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from portico.domains.directory import models, overlay, upkeep_rules
from portico.domains.directory.overlay import Laid

State = models.Change.State


def of(rows: Sequence[models.Listing], *, on: date) -> dict[int, Mapping[str, Any]]:
    """What each of these says, by number; a field that was not sent is empty. One query."""
    over = laid([row.pk for row in rows])
    return {row.pk: _says(row.sent, over.get(row.pk, ()), on) for row in rows}


def laid(numbers: Collection[int]) -> Mapping[int, Sequence[Laid]]:
    """The changes that lie over these, by number, the one given last at the end.

    One that the file settled is in what it sends. One query.
    """
    accepted = models.Change.objects.filter(listing__in=numbers, state=State.ACCEPTED).order_by("pk")
    found: dict[int, list[Laid]] = {}
    for change in accepted:
        one = Laid(change.field, change.after, change.effective_on)
        found.setdefault(change.listing_id or 0, []).append(one)
    return found


def sent(row: models.Listing, field: str) -> Any:
    """What the provider file has of a field, in canonical form."""
    return upkeep_rules.tidied(field, row.sent.get(field))


def _says(sent: Mapping[str, Any], laid: Sequence[Laid], on: date) -> Mapping[str, Any]:
    whole = {field: sent.get(field) for field in upkeep_rules.FIELDS}
    found = overlay.effective(whole, laid, on)
    return {field: upkeep_rules.tidied(field, found[field]) for field in upkeep_rules.FIELDS}
