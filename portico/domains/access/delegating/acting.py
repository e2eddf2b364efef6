"""The permit under which somebody's access is looked at or changed, and whose it may be.

An administrator reaches the personas of the own office, whoever else they work for; the plan's desk those of
every office. Nobody changes what they hold themselves. A refusal leaves its row, with its code, and nothing
else.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from portico.domains.access import models
from portico.domains.access.delegating import ceiling
from portico.domains.access.delegating.refusals import REFUSALS, code_of
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.offices import offices
from portico.domains.offices.offices import Office, UnknownOffice
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


@dataclass(frozen=True, slots=True)
class Whose:
    """A persona of an office, held until the transaction ends, and its office."""

    persona: models.Persona
    office: Office

    @property
    def kind(self) -> PersonaKind:
        """What it acts as."""
        return PersonaKind(self.persona.kind)


def function_of(actor: Actor) -> Function:
    """What the actor looks after people's access by: the plan's desk provisions, an administrator manages."""
    return Function.PROVISIONING if ceiling.is_plan(actor) else Function.MANAGE_USERS


@contextmanager
def act(actor: Actor, *, lately: bool = True, function: Function | None = None) -> Iterator[Permit]:
    """The permit to change somebody's access; not `lately`, to look at it.

    `function` where it is not whichever the actor looks after people's access by.
    A refusal undoes what was begun and leaves a row that says so. Raises whatever refusal the block raised,
    NotPermitted.
    """
    refusal: Exception | None = None
    with permit(actor, function or function_of(actor), lately=lately) as given:
        try:
            with transaction.atomic() if lately else nullcontext():
                yield given
        except REFUSALS as error:
            given.conclude(code_of(error))
            refusal = error
    if refusal is not None:
        raise refusal


def office_for(given: Permit, key: str) -> Office:
    """The office that is acted in: an administrator's own, whatever is named; for the plan that of the key.

    Raises UnknownOffice.
    """
    if ceiling.is_plan(given.actor):
        return offices.find(key)
    found = models.Persona.objects.filter(pk=given.actor.persona_id or 0, office=given.actor.office_id)
    own = found.values_list("office__key", flat=True).first()
    if own is None:
        raise UnknownOffice("whoever asks has no office")
    return offices.find(own)


def whose(given: Permit, persona_id: int, *, hold: bool = True) -> Whose:
    """The persona of that number as far as the permit finds it; noted. Raises UnknownPerson."""
    rows = reached(given).filter(pk=persona_id).select_related("user", "office")
    persona = (rows.select_for_update(of=("self",)) if hold else rows).first()
    if persona is None or persona.office is None:
        raise UnknownPerson("nobody of an office acts as this")
    given.note_subject("user", str(persona.user_id))
    given.note_subject("persona", str(persona.pk))
    return Whose(persona, offices.find(persona.office.key))


def reached(given: Permit) -> "QuerySet[models.Persona]":
    """The personas the permit finds, taken away or not: of the own office; to the plan of every office."""
    held = models.Persona.objects.filter(office__isnull=False)
    if given.question.function is Function.MANAGE_USERS:
        return held.filter(office=given.actor.office_id or 0)
    return held if ceiling.is_plan(given.actor) else held.none()
