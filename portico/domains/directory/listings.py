"""Makes the directory of the provider file and of the changes that lie over it: only what differs is written.

A listing keeps its row for as long as the file has its provider under its tax ID: one that moves stays the
same listing at another place, with its changes and its attestation.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portico.domains.directory import compiling, matching, models, overlay, places, related, rules, shown
from portico.domains.directory.compiling import Compiled
from portico.domains.directory.overlay import Fields
from portico.domains.offices import whereabouts
from portico.domains.permits.permit import Permit
from portico.shared import names

TAX_IDS: Final = 50
_BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Part:
    """How far a part of the work came: the last tax ID looked at, how many listings, is it the end?"""

    last: str
    listings: int
    is_over: bool


def refresh(given: Permit, *, after: str = "", size: int = TAX_IDS) -> Part:
    """Make the listings of the next tax IDs after this one what they are today.

    Those of tax IDs that the file no longer has go.
    """
    found = whereabouts.next_tax_ids(after, size=size)
    is_over = len(found) < size
    last = found[-1] if found else after
    gone = models.Listing.objects.filter(tax_id__gt=after).exclude(tax_id__in=found)
    (gone if is_over else gone.filter(tax_id__lte=last)).delete()
    count = renew(given, tax_ids=found)
    if is_over:
        models.Place.objects.filter(listings__isnull=True).delete()
    return Part(last, count, is_over)


def renew(given: Permit, *, tax_ids: Collection[str]) -> int:
    """Make the listings under these tax IDs what they are today; answers how many there are.

    For who settles changes, too: what is accepted is laid over, what is taken back or refused is not.
    """
    on = given.actor.today
    wanted = compiling.compiled(whereabouts.under(tax_ids), on)
    held = list(models.Listing.objects.filter(tax_id__in=tax_ids).order_by("pk"))
    kept = [held[place] if place is not None else None for place in _matched(wanted, held)]
    models.Listing.objects.filter(pk__in={row.pk for row in held} - {row.pk for row in kept if row}).delete()
    laid = shown.laid([row.pk for row in kept if row])
    says = [
        overlay.effective(one.sent, laid.get(row.pk, ()) if row else (), on)
        for one, row in zip(wanted, kept, strict=True)
    ]
    stands = matching.apart([one.whose for one in wanted], [one.sent for one in wanted], says)
    ids = _written(given, wanted, kept, stands)
    related.networks(dict(zip(ids, (one.networks for one in wanted), strict=True)))
    related.languages(dict(zip(ids, (fields["languages"] for fields in stands), strict=True)))
    models.Place.objects.filter(tax_id__in=tax_ids, listings__isnull=True).delete()
    return len(ids)


def _matched(wanted: Sequence[Compiled], held: Sequence[models.Listing]) -> list[int | None]:
    return matching.matched(
        [(one.whose, compiling.digest(one.sent[overlay.ADDRESS])) for one in wanted],
        [((row.tax_id, row.npi), compiling.digest(row.sent[overlay.ADDRESS])) for row in held],
    )


def _written(
    given: Permit,
    wanted: Sequence[Compiled],
    kept: Sequence[models.Listing | None],
    stands: Sequence[Fields],
) -> list[int]:
    """The ids of the rows of `wanted`, in its order, after they were given what they say now."""
    where = places.written([one.speaking.tax_id for one in wanted], stands)
    rows: list[models.Listing] = []
    changed: list[models.Listing] = []
    new: list[models.Listing] = []
    _make_way([(row, place.id) for row, place in zip(kept, where, strict=True) if row])
    for one, held, fields, place in zip(wanted, kept, stands, where, strict=True):
        values = _columns(one, fields, place)
        row = held or models.Listing(npi=one.speaking.npi, tax_id=one.speaking.tax_id)
        rows.append(row)
        if all(getattr(row, name) == value for name, value in values.items()):
            continue
        for name, value in {**values, "seen_at": given.actor.asked_at}.items():
            setattr(row, name, value)
        (changed if held else new).append(row)
    if changed:
        columns = ["seen_at", *_columns(wanted[0], stands[0], where[0])]
        models.Listing.objects.bulk_update(changed, columns, batch_size=_BATCH)
    models.Listing.objects.bulk_create(new, batch_size=_BATCH)
    return [row.pk for row in rows]


def _make_way(comes_to: Sequence[tuple[models.Listing, int]]) -> None:
    """Take rows off the places that others of the same provider come to; `comes_to`: the place of each.

    No two may stand at one place, not even while one statement writes all of them.
    """
    leaves = {(row.tax_id, row.npi, row.place_id): row for row, place in comes_to if row.place_id != place}
    taken = [leaves[key] for row, place in comes_to if (key := (row.tax_id, row.npi, place)) in leaves]
    for row in taken:
        way = models.Place.objects.create(tax_id=row.tax_id, digest=f"way-{row.pk}")
        models.Listing.objects.filter(pk=row.pk).update(place=way)


def _columns(one: Compiled, fields: Fields, place: places.Put) -> dict[str, Any]:
    who, period = one.speaking, one.period
    last_on = overlay.last_day(fields)
    return {
        "place_id": place.id,
        "is_organization": who.is_organization,
        "name": who.name[:200],
        "name_key": rules.name_key(who.last_name, who.first_name),
        "credential": who.credential,
        "specialty": who.specialty,
        "specialty_key": names.key(who.specialty)[:120],
        "group_name": who.group_name,
        "telephone": fields["telephone"],
        "accepts_new_patients": fields["accepts_new_patients"],
        "telehealth": fields["telehealth"],
        "is_accessible": bool(fields["accessibility"]),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "first_on": period.first,
        "last_on": max(last_on, period.first) if last_on else None,
        "sent": dict(one.sent),
    }
