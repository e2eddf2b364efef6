"""The people of offices, as those see them who want to know whether each has read something."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from portico.domains.access import models
from portico.domains.access.officers import presence
from portico.domains.permits.permit import Permit


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody of an office who can sign in."""

    user_id: int
    name: str


def of_office(given: Permit) -> tuple[Reader, ...]:
    """Everybody of the actor's own office, each once, by name. One query."""
    rows = _present().filter(office_id=given.actor.office_id or 0)
    found = rows.order_by("user__last_name", "user__first_name", "user_id").values_list(
        "user_id", "user__first_name", "user__last_name"
    )
    return tuple(Reader(number, f"{first} {last}".strip()) for number, first, last in dict.fromkeys(found))


def counted(given: Permit) -> Mapping[int, int]:
    """How many people each office has, by its number; one without any is absent. For the plan's desks."""
    del given
    rows = _present().values_list("office_id").annotate(many=Count("user", distinct=True))
    return {number: many for number, many in rows.order_by("office_id") if number is not None}


def _present() -> "QuerySet[models.Persona]":
    return presence.able(models.Persona.objects.filter(office__isnull=False))
