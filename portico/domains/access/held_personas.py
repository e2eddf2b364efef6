"""What people act as, summed up for those who look after their accounts."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from portico.domains.access import models
from portico.domains.access.actors import verification_of
from portico.domains.permits.functions import DESK_FUNCTIONS, Desk, Function
from portico.domains.permits.permit import Permit
from portico.domains.permits.verification import Rule
from portico.domains.plan import policy


@dataclass(frozen=True, slots=True)
class PersonaHeld:
    """What somebody acts as, and how many functions that opens today; `opened`: which an office gave.

    `asks_identity`: the plan asks for a proof of who it is before one of them. `suspended_at`: it was taken
    away, the account was not.
    """

    id: int
    kind: str
    office_key: str
    office_name: str
    desk: str
    functions: int
    asks_identity: bool
    suspended_at: datetime | None
    opened: tuple[Function, ...] = ()


def of(given: Permit, user_ids: Collection[int]) -> Mapping[int, tuple[PersonaHeld, ...]]:
    """What they act as, by user; to an administrator in the own office alone. Two queries."""
    rows = models.Persona.objects.filter(user__in=user_ids).select_related("user", "office").order_by("pk")
    if given.question.function is not Function.PROVISIONING:
        rows = rows.filter(office_id=given.actor.office_id or 0)
    opened, table = _opened(given, [row.pk for row in rows]), policy.current().rules
    held: dict[int, tuple[PersonaHeld, ...]] = defaultdict(tuple)
    for row in rows:
        held[row.user_id] += (_held(given, row, opened[row.pk], table),)
    return held


def _opened(given: Permit, persona_ids: Collection[int]) -> Mapping[int, frozenset[Function]]:
    """The functions some grant opens today, by persona."""
    today = given.actor.today
    grants = models.Grant.objects.filter(
        Q(last_on=None) | Q(last_on__gte=today),
        persona__in=persona_ids,
        state=models.Grant.State.ACTIVE,
        first_on__lte=today,
    )
    opened: dict[int, frozenset[Function]] = defaultdict(frozenset)
    for persona_id, function in grants.values_list("persona_id", "function").distinct():
        opened[persona_id or 0] |= {Function(function)}
    return opened


def _held(
    given: Permit, row: models.Persona, opened: frozenset[Function], table: tuple[Rule, ...]
) -> PersonaHeld:
    office = row.office
    functions = DESK_FUNCTIONS[Desk(row.desk)] if row.desk else opened
    asked = verification_of(row, table)
    asks = any(asked.asked(function, given.actor.asked_at) for function in functions)
    return PersonaHeld(
        id=row.pk,
        kind=row.kind,
        office_key=office.key if office else "",
        office_name=office.name if office else "",
        desk=row.desk,
        functions=len(functions),
        asks_identity=asks and row.suspended_at is None,
        suspended_at=row.suspended_at,
        opened=tuple(each for each in Function if each in opened),
    )
