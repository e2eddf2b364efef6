"""How the plan reaches an office."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q

from portico.domains.offices import models

KINDS: Final = ("email", "telephone", "fax")
MOST_OF_A_KIND: Final = 12


@dataclass(frozen=True, slots=True)
class Contact:
    """An office's name and the address its mail goes to; empty when it gave none."""

    office_id: int
    name: str
    email: str


def of(office_ids: Collection[int]) -> Mapping[int, Contact]:
    """The contacts of these offices, by office; an unknown office is absent. One query."""
    rows = models.Office.objects.filter(pk__in=office_ids).values_list("pk", "name", "contact_email")
    return {number: Contact(number, name, email) for number, name, email in rows}


def on_file(office_ids: Collection[int], *, on: date) -> tuple[tuple[str, str], ...]:
    """How the plan's own records reach these offices and their practices on a day: (kind, value), each once.

    Kinds are email, telephone and fax. The offices' own stand first, then what most practices share, twelve
    of a kind at most. Nobody who works there typed any of it: the provider file and the plan's desk say it.
    """
    offices = models.Office.objects.filter(pk__in=office_ids).order_by("pk")
    of_offices = [
        *(("email", email) for email in offices.values_list("contact_email", flat=True)),
        *(("telephone", number) for number in offices.values_list("telephone", flat=True)),
    ]
    found = [*of_offices, *(pair for kind in KINDS for pair in _of_practices(kind, office_ids, on))]
    return tuple(_each_once(found))


def of_practice(npi: str, tax_ids: Collection[str], *, on: date) -> tuple[tuple[str, str], ...]:
    """How the provider file reaches a provider under these tax IDs on a day: (kind, value), each once.

    Nobody who registers typed any of it.
    """
    rows = models.Affiliation.objects.filter(_running(on), provider__npi=npi, tax_id__number__in=tax_ids)
    found = list(rows.order_by("tax_id__number", "pk").values_list(*KINDS))
    return tuple(_each_once((kind, row[place]) for place, kind in enumerate(KINDS) for row in found))


def _running(on: date) -> Q:
    return Q(first_on__lte=on) & (Q(last_on=None) | Q(last_on__gte=on))


def _of_practices(kind: str, office_ids: Collection[int], on: date) -> Iterator[tuple[str, str]]:
    rows = models.Affiliation.objects.filter(_running(on), tax_id__office__in=office_ids).exclude(
        **{kind: ""}
    )
    common = rows.values(kind).annotate(times=Count("pk")).order_by("-times", kind)[:MOST_OF_A_KIND]
    yield from ((kind, row[kind]) for row in common)


def _each_once(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Without those left empty, and without those written in two ways."""
    seen = set()
    for kind, value in pairs:
        same = (kind, value.strip().casefold() if kind == "email" else re.sub(r"[^0-9]", "", value))
        if same[1] and same not in seen:
            seen.add(same)
            yield kind, value
