"""People of the plan: whose desk holds a function, and their names by number. For the plan's own lists."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import F

from portico.domains.access import models
from portico.domains.permits.functions import DESK_FUNCTIONS, Function
from portico.domains.permits.permit import Permit


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of the plan."""

    user_id: int
    name: str


def holding(given: Permit, function: Function) -> tuple[Colleague, ...]:
    """Whose desk holds that function, and whose account is open, by name. One query."""
    del given
    desks = [desk for desk, functions in DESK_FUNCTIONS.items() if function in functions]
    rows = models.Persona.objects.filter(
        desk__in=desks, suspended_at__isnull=True, user__state="active", user__activated_at__isnull=False
    )
    names = rows.order_by("user__last_name", "user__first_name", "user_id").values_list(
        "user_id", "user__first_name", "user__last_name"
    )
    return tuple(Colleague(number, f"{first} {last}".strip()) for number, first, last in dict.fromkeys(names))


def names(given: Permit, user_ids: Collection[int]) -> Mapping[int, str]:
    """The names of the plan's people with these numbers; one who is none of them is absent. One query."""
    del given
    rows = models.Persona.objects.filter(user_id__in=user_ids, kind=models.Persona.Kind.PLAN_STAFF)
    found = rows.annotate(first=F("user__first_name"), last=F("user__last_name"))
    return {
        number: f"{first} {last}".strip()
        for number, first, last in found.values_list("user_id", "first", "last")
    }


def user_of(given: Permit, persona_id: int) -> int | None:
    """The number of the user behind a persona of the plan; None where there is none. One query."""
    del given
    rows = models.Persona.objects.filter(pk=persona_id, kind=models.Persona.Kind.PLAN_STAFF)
    return rows.values_list("user_id", flat=True).first()
