"""The personas of the one who asks, and the administrators an office's people turn to."""

from dataclasses import dataclass

from portico.domains.access import models
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit


@dataclass(frozen=True, slots=True)
class OwnPersona:
    """One of the actor's own personas; `is_current` marks the one it acts as now."""

    id: int
    kind: str
    office_name: str
    desk: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody of the office who can change what its people may do."""

    name: str
    email: str


def own(*, actor: Actor) -> tuple[OwnPersona, ...]:
    """Every persona the actor's user may switch to, the current one among them."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        rows = models.Persona.objects.of(actor.user_id).select_related("office").order_by("pk")
        given.conclude("personas_listed")
        return tuple(_own(row, actor) for row in rows)


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


def administrators(actor: Actor) -> tuple[Contact, ...]:
    """The administrators of the actor's own office, by name; empty for somebody without an office."""
    if actor.office_id is None:
        return ()
    rows = models.Persona.objects.filter(
        office_id=actor.office_id,
        kind=models.Persona.Kind.ADMINISTRATOR,
        suspended_at__isnull=True,
        user__state="active",
    ).order_by("user__last_name", "user__first_name", "pk")
    names = rows.values_list("user__first_name", "user__last_name", "user__email")
    return tuple(Contact(f"{first} {last}".strip(), email) for first, last, email in names)


def _own(row: models.Persona, actor: Actor) -> OwnPersona:
    office_name = row.office.name if row.office else ""
    return OwnPersona(row.pk, row.kind, office_name, row.desk, row.pk == actor.persona_id)
