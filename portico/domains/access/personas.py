"""The personas of the one who asks, and the administrators an office's people turn to."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, Q

from portico.domains.access import models
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import DESK_FUNCTIONS, Desk, Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class OwnPersona:
    """One of the actor's own personas; `is_current` marks the one it acts as now.

    `functions` it may use today, by grants or by its desk; `tax_ids` they reach, 0 for the plan's staff.
    """

    id: int
    kind: str
    office_name: str
    desk: str
    is_current: bool
    functions: int = 0
    tax_ids: int = 0


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of the office who can change what its people may do."""

    name: str
    email: str


def own(*, actor: Actor) -> tuple[OwnPersona, ...]:
    """Every persona the actor's user may switch to, the current one among them."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        rows = models.Persona.objects.of(actor.user_id).select_related("office").order_by("pk")
        counts = _counts(actor)
        given.conclude("personas_listed")
        return tuple(_own(row, actor, *counts.get(row.pk, (0, 0))) for row in rows)


def switch(*, actor: Actor, persona_id: int) -> bool:
    """May the actor act as this persona from now on? Audited either way; False for anybody else's."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        given.note_subject("persona", str(persona_id))
        is_own = models.Persona.objects.of(actor.user_id).filter(pk=persona_id).exists()
        given.conclude("persona_switched" if is_own else "persona_not_own")
        return is_own


def has_several(actor: Actor) -> bool:
    """Has the actor's user more than one persona? A switch is offered only then. No query."""
    return int(actor.context.get("persona_count", "1")) > 1


def belongs(user_id: int, office_id: int | None) -> bool:
    """Do all open personas of the user act for that office, or for the plan where it is None?

    A provider of identity speaks for its own people: one that could sign in somebody who also acts elsewhere
    would hold a key to that place too. False for a user without any.
    """
    offices = set(models.Persona.objects.of(user_id).values_list("office_id", flat=True))
    return offices == {office_id}


def administrators(actor: Actor) -> tuple[Contact, ...]:
    """The administrators of the actor's own office by name, but for the actor: nobody gives oneself anything.

    Empty for somebody without an office.
    """
    return () if actor.office_id is None else administrators_of(actor.office_id, but_for={actor.user_id})


def own_in_office(actor: Actor, kind: PersonaKind) -> int | None:
    """The number of the actor's own persona of that kind in the office they act for; None without one.

    No query for whoever has one persona alone.
    """
    if actor.office_id is None or actor.persona_kind is kind or not has_several(actor):
        return None
    own = models.Persona.objects.of(actor.user_id).filter(office_id=actor.office_id, kind=kind)
    return own.values_list("pk", flat=True).first()


def client_of(actor: Actor, tax_id: str) -> str:
    """The name of the office that lets the actor's work under that tax ID, or did; "" for none.

    Without a tax ID, that of a client of this side who is late with its review.
    """
    told = actor.standing
    known = told.former_clients.union(each.tax_id for each in told.lent)
    named = known & {tax_id} if tax_id else told.late_clients
    if not named:
        return ""
    given = models.ClientGrant.objects.filter(biller_id=actor.office_id or 0, tax_id__in=named)
    return given.order_by("-pk").values_list("client__name", flat=True).first() or ""


def administrators_of(office_id: int, *, but_for: Collection[int | None] = ()) -> tuple[Contact, ...]:
    """The administrators of an office, by name; for whoever has made sure that the asker may know them.

    `but_for` are users who are left out.
    """
    rows = models.Persona.objects.filter(
        office_id=office_id,
        kind=models.Persona.Kind.ADMINISTRATOR,
        suspended_at__isnull=True,
        user__state="active",
    ).exclude(user_id__in=[number for number in but_for if number])
    rows = rows.order_by("user__last_name", "user__first_name", "pk")
    names = rows.values_list("user__first_name", "user__last_name", "user__email")
    return tuple(Contact(f"{first} {last}".strip(), email) for first, last, email in names)


def _counts(actor: Actor) -> dict[int, tuple[int, int]]:
    """Functions and tax IDs of the grants that run today, by persona. One query."""
    held = models.Persona.objects.of(actor.user_id).filter(
        Q(grants__last_on=None) | Q(grants__last_on__gte=actor.today),
        grants__state=models.Grant.State.ACTIVE,
        grants__first_on__lte=actor.today,
    )
    of_tax_ids = Q(grants__limits__dimension=models.GrantLimit.Dimension.TAX_ID)
    functions = Count("grants__function", distinct=True)
    tax_ids = Count("grants__limits__value", filter=of_tax_ids, distinct=True)
    counted = held.annotate(functions=functions, tax_ids=tax_ids).values_list("pk", "functions", "tax_ids")
    return {number: (functions, tax_ids) for number, functions, tax_ids in counted}


def _own(row: models.Persona, actor: Actor, functions: int, tax_ids: int) -> OwnPersona:
    office_name = row.office.name if row.office else ""
    of_desk = len(DESK_FUNCTIONS[Desk(row.desk)]) if row.desk else 0
    is_current = row.pk == actor.persona_id
    return OwnPersona(row.pk, row.kind, office_name, row.desk, is_current, functions + of_desk, tax_ids)
