"""Which administrators of an office are there, and the hold under which that is counted."""

from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from portico.domains.access import models
from portico.domains.permits.actors import PersonaKind
from portico.domains.permits.functions import Function

ACTIVE: Final = "active"


def present(on: date) -> "QuerySet[models.Persona]":
    """Every administrator who can act on that day, of whatever office.

    Not suspended, with an account that was activated and is open, and with a running grant of managing users.
    """
    return able(administrators()).filter(Exists(_managing(on)))


def able(personas: "QuerySet[models.Persona]") -> "QuerySet[models.Persona]":
    """Those of these who can act: not suspended, with an account that was activated and is open."""
    return personas.filter(suspended_at__isnull=True, user__state=ACTIVE, user__activated_at__isnull=False)


def of(office_id: int, *, on: date) -> tuple[int, ...]:
    """The numbers of the office's present administrators, the longest-serving first."""
    return tuple(present(on).filter(office_id=office_id).order_by("pk").values_list("pk", flat=True))


def administrators() -> "QuerySet[models.Persona]":
    """Every administrator persona, whatever became of it."""
    return models.Persona.objects.filter(kind=PersonaKind.ADMINISTRATOR, office__isnull=False)


def with_access(on: date) -> "QuerySet[models.Persona]":
    """Every persona, not taken away, that holds something which counts on that day, of whatever office."""
    return models.Persona.objects.filter(Exists(_counting(on)), suspended_at__isnull=True)


def had_one(office_id: int) -> bool:
    """Has anybody ever come who was to administer this office? One who was only invited has not."""
    return administrators().filter(office_id=office_id, user__activated_at__isnull=False).exists()


def hold(office_id: int) -> models.Officers:
    """The office's row of officers, held until the transaction ends.

    Whoever counts administrators holds it first, so two who go at the same moment do not count each other.
    Rows of people are held before it, never after.
    """
    models.Officers.objects.get_or_create(office_id=office_id)
    return models.Officers.objects.select_for_update().get(office_id=office_id)


def _managing(on: date) -> "QuerySet[models.Grant]":
    return _counting(on).filter(function=Function.MANAGE_USERS)


def _counting(on: date) -> "QuerySet[models.Grant]":
    return models.Grant.objects.filter(
        Q(last_on=None) | Q(last_on__gte=on),
        persona=OuterRef("pk"),
        state=models.Grant.State.ACTIVE,
        first_on__lte=on,
    )
