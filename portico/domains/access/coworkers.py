"""Colleagues of one's own office to whom work can be handed: those who may do the same there."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.access import models
from portico.domains.access.officers import presence
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

_TAX_ID = models.GrantLimit.Dimension.TAX_ID
_LINE = models.GrantLimit.Dimension.LINE
_PROVIDER = models.GrantLimit.Dimension.PROVIDER


@dataclass(frozen=True, slots=True)
class Coworker:
    """Somebody of the office, as what they do their work."""

    persona_id: int
    user_id: int
    name: str


def holding(
    given: Permit, function: Function, *, tax_id: str, line: str, providers: Collection[str] = ()
) -> tuple[Coworker, ...]:
    """Who of the actor's office may use the function for this tax ID and line today, by name. One query.

    With `providers` for one of these. The actor is among them, where it may.
    """
    grants = _grants(given, function, tax_id, line)
    if providers:
        grants = grants.filter(_reaching(_PROVIDER, providers))
    rows = presence.able(_own(given)).filter(Exists(grants))
    names = rows.order_by("user__last_name", "user__first_name", "pk").values_list(
        "pk", "user_id", "user__first_name", "user__last_name"
    )
    return tuple(Coworker(number, user, f"{first} {last}".strip()) for number, user, first, last in names)


def using(given: Permit, function: Function) -> tuple[Coworker, ...]:
    """Who of the actor's office may use the function today for some tax ID, by name. One query.

    Who left the office, or lost the function, is none of them.
    """
    running = _running(given, function)
    rows = presence.able(_own(given)).filter(Exists(running))
    told = rows.order_by("user__last_name", "user__first_name", "pk").values_list(
        "pk", "user_id", "user__first_name", "user__last_name"
    )
    return tuple(Coworker(number, user, f"{first} {last}".strip()) for number, user, first, last in told)


def names(given: Permit, personas: "frozenset[int] | set[int]") -> dict[int, str]:
    """The names of these people of the actor's own office, also of those who left; others are absent."""
    rows = _own(given).filter(pk__in=personas)
    found = rows.values_list("pk", "user__first_name", "user__last_name")
    return {number: f"{first} {last}".strip() for number, first, last in found}


def _own(given: Permit) -> "QuerySet[models.Persona]":
    office = given.actor.office_id or 0
    return models.Persona.objects.filter(office_id=office, kind=PersonaKind.END_USER)


def _grants(given: Permit, function: Function, tax_id: str, line: str) -> "QuerySet[models.Grant]":
    """Running grants of the outer persona that reach this tax ID, and this line by name or by all."""
    limits = models.GrantLimit.objects.filter(grant=OuterRef("pk"))
    named = Exists(limits.filter(dimension=_TAX_ID, value=tax_id))
    return _running(given, function).filter(named, _reaching(_LINE, [line]))


def _reaching(dimension: models.GrantLimit.Dimension, values: Collection[str]) -> Q:
    """Outer grants that are open in a dimension, or limited to one of these values."""
    limits = models.GrantLimit.objects.filter(grant=OuterRef("pk"), dimension=dimension)
    return Q(~Exists(limits)) | Q(Exists(limits.filter(value__in=list(values))))


def _running(given: Permit, function: Function) -> "QuerySet[models.Grant]":
    """Grants of the function to the outer persona that count today."""
    today = given.actor.today
    return models.Grant.objects.filter(
        Q(last_on=None) | Q(last_on__gte=today),
        persona=OuterRef("pk"),
        function=function,
        state=models.Grant.State.ACTIVE,
        first_on__lte=today,
    )
