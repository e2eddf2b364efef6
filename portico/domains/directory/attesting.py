"""An office confirms every 90 days that its entries are true: all of them on one page, with what has changed
since it last did, and one button.

Only what was shown is confirmed: an entry that has changed meanwhile is shown again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Max, Min

from portico.domains.directory import entries, models, upkeep_rules
from portico.domains.directory.entries import Entry
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages

SIZE: Final = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """An entry to be confirmed: the digest of what is shown, and what else it said when it last was."""

    entry: Entry
    digest: str
    differs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of entries, the ones due first; how many there are, how many are due, and until when."""

    page: pages.Page[Asked]
    count: int
    due: int
    due_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many entries were confirmed, and how many have changed since they were shown, or are gone."""

    count: int
    changed: int


def sheet(*, actor: Actor, key: str = "", size: int = SIZE) -> Sheet:
    """What is to be confirmed. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        reached = entries.within_reach(given)
        counts = reached.aggregate(
            count=Count("pk"),
            due=Count("pk", filter=entries.is_due(actor.today)),
            due_on=Min("attest_by"),
            last_on=Max("attested_on"),
        )
        ordered = reached.order_by(F("attest_by").asc(nulls_last=True), "name_key", "pk")
        start = int(key) if pages.is_row(key) else 0
        rows = list(ordered.select_related("place")[start : start + size + 1])
        cut = pages.cut(rows, size=size, key_of=lambda row: str(start + size))
        given.conclude("directory_attestation_shown")
        return Sheet(pages.Page(_asked(cut.rows, actor.today), cut.next_key), **counts)


def confirm(*, actor: Actor, shown: Mapping[int, str]) -> Confirmed:
    """Keep that these entries are true as they were shown; `shown`: digests by number.

    Raises NotPermitted.
    """
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        held = entries.within_reach(given).select_for_update(of=("self",)).select_related("place")
        rows = list(held.filter(pk__in=list(shown)[:SIZE]).order_by("pk"))
        asked = _asked(rows, actor.today)
        true = [(row, one) for row, one in zip(rows, asked, strict=True) if one.digest == shown[row.pk]]
        _keep(given, true)
        given.conclude("directory_confirmed" if true else "directory_not_confirmed")
        return Confirmed(len(true), len(shown) - len(true))


def _keep(given: Permit, true: Sequence[tuple[models.Listing, Asked]]) -> None:
    actor = given.actor
    models.Attestation.objects.bulk_create(
        models.Attestation(
            listing=row,
            npi=row.npi,
            tax_id=row.tax_id,
            office_id=actor.office_id or 0,
            user_id=actor.user_id,
            made_at=actor.asked_at,
            digest=one.digest,
            shown=dict(one.entry.says),
            changed=len(one.differs),
        )
        for row, one in true
    )
    models.Listing.objects.filter(pk__in=[row.pk for row, _ in true]).update(
        attested_on=actor.today, attest_by=upkeep_rules.attest_by(actor.today), unverified_since=None
    )
    for row, _ in true:
        given.note_subject(entries.SUBJECT, str(row.pk))


def _asked(rows: Sequence[models.Listing], today: date) -> tuple[Asked, ...]:
    last = _last([row.pk for row in rows])
    found = entries.of_rows(rows, on=today)
    return tuple(
        Asked(one, _digest(one), upkeep_rules.differing(last.get(one.number, {}), one.says)) for one in found
    )


def _last(numbers: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
    """What each of these entries said when it was last confirmed. One query."""
    latest = models.Attestation.objects.filter(listing__in=numbers).values("listing").annotate(last=Max("pk"))
    rows = models.Attestation.objects.filter(pk__in=latest.values("last"))
    return {number or 0: said for number, said in rows.values_list("listing_id", "shown")}


def _digest(one: Entry) -> str:
    return upkeep_rules.digest({"npi": one.npi, "tax_id": one.tax_id, "name": one.name, **one.says})
