"""Offices that register themselves: opened or joined for tax IDs, within the permit of a registration."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from django.db import IntegrityError, transaction

from portico.domains.offices import models, offices, rules
from portico.domains.offices.offices import NewOffice, Office, TaxIdTaken, UnknownOffice
from portico.domains.permits.permit import Permit
from portico.shared import identifiers

__all__ = ["TaxIdTaken", "UnknownOffice", "hold", "join", "named", "register"]

hold = offices.hold
_LAST_NUMBERED: Final = 9
_SIGNS: Final = 6


def register(given: Permit, new: NewOffice) -> Office:
    """Open the office under a key made from its name; `new.key` is not looked at. Raises TaxIdTaken."""
    row = next(filter(None, (_made(given, new, key) for key in _keys(new.name))))
    offices.take(row, new.tax_ids)
    return offices.of_row(row)


def join(office_id: int, numbers: Collection[str]) -> Office:
    """The office, with these tax IDs put under it. Raises TaxIdTaken, UnknownOffice."""
    row = models.Office.objects.filter(pk=office_id).first()
    if row is None:
        raise UnknownOffice(f"there is no office {office_id}")
    offices.take(row, numbers)
    return offices.of_row(row)


def named(numbers: Collection[str]) -> dict[str, str]:
    """What the provider file calls these tax IDs, by number; those that have no name there are left out."""
    found = models.TaxId.objects.filter(number__in=numbers).exclude(name="")
    return dict(found.values_list("number", "name"))


def _keys(name: str) -> Iterator[str]:
    """Keys to try: the name's own, then numbered, then one that nobody else has."""
    base = rules.key_of(name)
    yield from chain([base], (f"{base}-{number}" for number in range(2, _LAST_NUMBERED + 1)))
    while True:
        yield f"{base}-{identifiers.new_reference(_SIGNS).lower()}"


def _made(given: Permit, new: NewOffice, key: str) -> models.Office | None:
    """The office under this key; None where there is one already, perhaps since this very moment."""
    if models.Office.objects.filter(key=key).exists():
        return None
    row = models.Office(
        key=key,
        name=new.name,
        kind=new.kind,
        contact_email=new.contact_email,
        telephone=new.telephone,
        created_at=given.actor.asked_at,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if models.Office.objects.filter(key=key).exists():
            return None
        raise
    return row
