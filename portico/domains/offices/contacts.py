"""How the plan reaches an office."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portico.domains.offices import models


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
