"""Offices: opening one for tax IDs of the provider file, and finding it again."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from portico.domains.offices import models, rules
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.shared import identifiers

KINDS = tuple(models.Office.Kind.values)
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Office:
    """An office and the tax IDs it bills under."""

    id: int
    key: str
    name: str
    kind: str
    contact_email: str
    tax_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewOffice:
    """An office to be opened; `key` is stable and made of small letters, digits and dashes."""

    key: str
    name: str
    kind: str
    tax_ids: tuple[str, ...]
    contact_email: str = ""
    telephone: str = ""


class CannotOpen(ValueError):
    """The office cannot be opened; the text says why."""


class TaxIdTaken(CannotOpen):
    """A tax ID already belongs to another office."""


class UnknownOffice(LookupError):
    """No office has this key."""


def open_office(*, actor: Actor, new: NewOffice) -> Office:
    """Open the office and put its tax IDs under it, all or nothing.

    A tax ID the provider file does not know yet is made with the office's name. Raises CannotOpen,
    TaxIdTaken, BadIdentifier, NotPermitted.
    """
    with permit(actor, Function.PROVISIONING) as given:
        _check(new)
        numbers = {identifiers.parse_tax_id(typed) for typed in new.tax_ids}
        hold(numbers, name=new.name)
        row = models.Office.objects.create(
            key=new.key,
            name=new.name,
            kind=new.kind,
            contact_email=new.contact_email,
            telephone=new.telephone,
            created_at=actor.asked_at,
        )
        take(row, numbers)
        given.note_subject("office", str(row.pk))
        given.conclude("office_opened")
        return of_row(row)


def search(*, actor: Actor, text: str, function: Function) -> tuple[Office, ...]:
    """The offices whose key or name holds `text`, or that bill under it as a tax ID; by name, 20 at most.

    `function` is what the plan's desk wants an office for. Nothing for an empty text. Raises NotPermitted.
    """
    wanted = text.strip()
    with permit(actor, function) as given:
        bills = models.TaxId.objects.filter(number=wanted.replace("-", "")).values("office")
        found = Q(key__icontains=wanted) | Q(name__icontains=wanted) | Q(pk__in=bills)
        rows = models.Office.objects.filter(found) if wanted else models.Office.objects.none()
        shown = tuple(map(of_row, rows.prefetch_related("tax_ids").order_by("name", "pk")[:MOST_FOUND]))
        given.conclude("offices_found" if shown else "no_office_found")
        return shown


def read(*, actor: Actor, key: str, function: Function, lately: bool = False) -> Office:
    """The office of that key, for what the plan's desk wants it for; `lately`: a sensitive act comes next.

    Raises UnknownOffice, NotPermitted.
    """
    with permit(actor, function, lately=lately) as given:
        row = models.Office.objects.filter(key=key).prefetch_related("tax_ids").first()
        given.conclude("office_read" if row else "not_found")
        if row:
            given.note_subject("office", str(row.pk))
    if row is None:
        raise UnknownOffice(f"there is no office {key}")
    return of_row(row)


def names(numbers: Collection[int]) -> dict[int, str]:
    """What the offices of these numbers are called, by number."""
    if not numbers:
        return {}
    return dict(models.Office.objects.filter(pk__in=numbers).values_list("pk", "name"))


def tax_ids_of(office_id: int) -> tuple[str, ...]:
    """The tax IDs the office bills under, by number."""
    held = models.TaxId.objects.filter(office_id=office_id).order_by("number")
    return tuple(held.values_list("number", flat=True))


def find(key: str) -> Office:
    """The office of that key. Raises UnknownOffice."""
    row = models.Office.objects.filter(key=key).first()
    if row is None:
        raise UnknownOffice(f"there is no office {key}")
    return of_row(row)


def billing_company(tax_id: str) -> Office | None:
    """The billing company that bills under exactly this tax ID; None for any other tax ID."""
    held = models.Office.objects.filter(kind=models.Office.Kind.BILLING_COMPANY, tax_ids__number=tax_id)
    row = held.prefetch_related("tax_ids").first()
    return None if row is None else of_row(row)


def _check(new: NewOffice) -> None:
    if not rules.is_key(new.key):
        raise CannotOpen(f"{new.key!r} can be no key: small letters and digits can, with dashes between them")
    if new.kind not in KINDS:
        raise CannotOpen(f"{new.kind!r} is no kind of office; {', '.join(KINDS)} are")
    if not new.tax_ids:
        raise CannotOpen("an office needs a tax ID it bills under")
    if models.Office.objects.filter(key=new.key).exists():
        raise CannotOpen(f"there is an office {new.key} already")


def hold(numbers: Iterable[str], *, name: str) -> frozenset[int]:
    """The offices that bill under any of these tax IDs, whose rows are held until the transaction ends.

    A tax ID that the provider file does not know is made, called `name`. Whoever opens an office holds its
    tax IDs before anything else, in one order: nobody waits for somebody who waits for them.
    """
    for number in sorted(set(numbers)):
        models.TaxId.objects.get_or_create(number=number, defaults={"name": name})
    rows = models.TaxId.objects.select_for_update().filter(number__in=set(numbers)).order_by("number")
    return frozenset(office_id for office_id in rows.values_list("office_id", flat=True) if office_id)


def take(office: models.Office, numbers: Iterable[str]) -> None:
    """Put these tax IDs under the office, unless another has one, even one who takes it at this moment.

    Raises TaxIdTaken.
    """
    for number in sorted(set(numbers)):
        free = Q(office__isnull=True) | Q(office=office)
        if not models.TaxId.objects.filter(free, number=number).update(office=office):
            raise TaxIdTaken(f"the tax ID ending in {number[-4:]} belongs to another office")


def of_row(row: models.Office) -> Office:
    """The office of a row."""
    numbers = tuple(sorted(tax_id.number for tax_id in row.tax_ids.all()))
    return Office(row.pk, row.key, row.name, row.kind, row.contact_email, numbers)
