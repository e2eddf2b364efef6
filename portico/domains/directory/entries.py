"""What the directory says of an office, as the office itself sees it: every entry within reach, and one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet

from portico.domains.directory import models, shown, upkeep_rules
from portico.domains.permits import scoping
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared import pages

SIZE: Final = 25
SUBJECT: Final = "directory_entry"
State = models.Change.State


class UnknownEntry(LookupError):
    """Whoever asks keeps no entry of this number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A provider at a place under a tax ID.

    `says`: the fields an office keeps (upkeep_rules.FIELDS), as everybody reads them that day. `waiting`:
    those of them with a change that the plan has not decided. `attest_by` None: not asked to confirm yet.
    """

    number: int
    npi: str
    tax_id: str
    name: str
    specialty: str
    address: str
    city: str
    state: str
    postal_code: str
    last_on: date | None
    says: Mapping[str, Any]
    waiting: frozenset[str]
    attested_on: date | None
    attest_by: date | None
    is_unconfirmed: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A page of entries, how many there are in all, how many are to be confirmed, and until when."""

    page: pages.Page[Entry]
    count: int
    due: int
    overdue: int
    due_on: date | None


def page(*, actor: Actor, text: str = "", key: str = "", size: int = SIZE) -> Kept:
    """The entries within reach by name; `text`: part of a name or place, or an NPI. Raises NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        reached = within_reach(given)
        rows = _after(reached.filter(_like(text)), key).select_related("place")
        cut = pages.cut(list(rows.order_by("name_key", "pk")[: size + 1]), size=size, key_of=_key)
        counts = _counts(reached, actor.today)
        given.conclude("directory_entries_shown")
        return Kept(pages.Page(of_rows(cut.rows, on=actor.today), cut.next_key), **counts)


def one(*, actor: Actor, number: int) -> Entry:
    """One entry. Raises UnknownEntry, NotPermitted."""
    with permit(actor, Function.DIRECTORY_MAINTENANCE) as given:
        row = reached(given, number)
        given.conclude("directory_entry_shown" if row else "not_found")
        if row is not None:
            given.note_subject(SUBJECT, str(row.pk))
            return of_rows([row], on=actor.today)[0]
    raise UnknownEntry


def listed(today: date) -> "QuerySet[models.Listing]":
    """Every entry that is in the directory, or will be."""
    return models.Listing.objects.filter(Q(last_on=None) | Q(last_on__gte=today))


def is_due(today: date) -> Q:
    """Is an entry to be confirmed within the first reminder's days, or was it to be?"""
    return Q(attest_by__lte=upkeep_rules.due_until(today))


def within_reach(given: Permit) -> "QuerySet[models.Listing]":
    """The entries whoever asks keeps, as long as they are in the directory or will be."""
    return listed(given.actor.today).filter(scoping.q(given, tax_id="tax_id", provider="npi"))


def reached(given: Permit, number: int) -> models.Listing | None:
    """One of them; None for any other."""
    return within_reach(given).select_related("place").filter(pk=number).first()


def of_rows(rows: Sequence[models.Listing], *, on: date) -> tuple[Entry, ...]:
    """The entries of rows whose places are read, as they are on a day. One query for changes."""
    says = shown.of(rows, on=on)
    waiting: dict[int, set[str]] = {}
    open_ones = models.Change.objects.filter(listing__in=[row.pk for row in rows], state=State.SENT)
    for listing, field in open_ones.values_list("listing_id", "field"):
        waiting.setdefault(listing or 0, set()).add(field)
    return tuple(_entry(row, says[row.pk], frozenset(waiting.get(row.pk, ())), on) for row in rows)


def _entry(row: models.Listing, says: Mapping[str, Any], waiting: frozenset[str], on: date) -> Entry:
    return Entry(
        number=row.pk,
        npi=row.npi,
        tax_id=row.tax_id,
        name=row.name,
        specialty=row.specialty,
        address=row.place.address,
        city=row.place.city,
        state=row.place.state,
        postal_code=row.place.postal_code,
        last_on=row.last_on,
        says=says,
        waiting=waiting,
        attested_on=row.attested_on,
        attest_by=row.attest_by,
        is_unconfirmed=upkeep_rules.is_unconfirmed(row.attest_by, today=on),
    )


def _counts(reached: "QuerySet[models.Listing]", today: date) -> dict[str, Any]:
    """How many there are, and what is to be confirmed within the first reminder's days."""
    found = reached.aggregate(
        count=Count("pk"),
        due=Count("pk", filter=is_due(today)),
        overdue=Count("pk", filter=Q(attest_by__lt=today)),
        due_on=Min("attest_by"),
    )
    return dict(found)


def _like(text: str) -> Q:
    """An NPI as a whole, or each word part of a name or a place."""
    if pages.is_row(text.strip()):
        return Q(npi=text.strip())
    wanted = Q()
    for word in text.split():
        wanted &= Q(name__icontains=word) | Q(place__address__icontains=word) | Q(place__city__icontains=word)
    return wanted


def _after(found: "QuerySet[models.Listing]", key: str) -> "QuerySet[models.Listing]":
    rows = found.filter(pk=key) if pages.is_row(key) else models.Listing.objects.none()
    last = rows.values_list("name_key", flat=True).first()
    if last is None:
        return found
    return found.filter(Q(name_key__gt=last) | Q(name_key=last, pk__gt=int(key)))


def _key(row: models.Listing) -> str:
    return str(row.pk)
