"""The rows of places: one for each address under a tax ID, with what the listings there say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from portico.domains.directory import models, positions, rules
from portico.domains.directory.compiling import digest
from portico.domains.directory.overlay import ADDRESS, Fields

_BATCH: Final = 200
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Put:
    """The row of a place and where it lies, in degrees; None where its ZIP code is unknown."""

    id: int
    latitude: float | None
    longitude: float | None


def written(tax_ids: Sequence[str], says: Sequence[Fields]) -> list[Put]:
    """The places of these listings, in their order, after their rows were given what the listings say."""
    keys = [(number, digest(fields[ADDRESS])) for number, fields in zip(tax_ids, says, strict=True)]
    at_place: dict[_Key, list[Fields]] = {}
    for key, fields in zip(keys, says, strict=True):
        at_place.setdefault(key, []).append(fields)
    zips = {rules.zip_code(fields[ADDRESS]["postal_code"]) for fields in says}
    where = positions.of(zips - {""})
    rows = _upserted({key: _columns(group, where) for key, group in at_place.items()})
    return [Put(rows[key].pk, rows[key].latitude, rows[key].longitude) for key in keys]


def _upserted(wanted: Mapping[_Key, Mapping[str, Any]]) -> Mapping[_Key, models.Place]:
    held = models.Place.objects.filter(tax_id__in={number for number, _ in wanted})
    found = {(row.tax_id, row.digest): row for row in held}
    new, changed = [], []
    for key, values in wanted.items():
        row = found.get(key)
        if row is None:
            found[key] = models.Place(tax_id=key[0], digest=key[1], **values)
            new.append(found[key])
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    if changed:
        models.Place.objects.bulk_update(changed, list(next(iter(wanted.values()))), batch_size=_BATCH)
    models.Place.objects.bulk_create(new, batch_size=_BATCH)
    return found


def _columns(group: Sequence[Fields], where: Mapping[str, positions.Position]) -> dict[str, Any]:
    address = group[0][ADDRESS]
    latitude, longitude = where.get(rules.zip_code(address["postal_code"]), (None, None))
    has = {code for fields in group for code in fields["accessibility"]}
    return {
        **address,
        "telephone": next((fields["telephone"] for fields in group if fields["telephone"]), ""),
        "fax": next((fields["fax"] for fields in group if fields["fax"]), ""),
        "latitude": latitude,
        "longitude": longitude,
        "accessibility": [code for code in rules.ACCESSIBILITY if code in has],
    }
