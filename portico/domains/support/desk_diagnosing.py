"""The same diagnosis for any user, asked by the plan's desk: account, personas, functions, and no patient.

The desk sees what decide() says of the person as they would stand after signing in now. It acts as nobody.
"""

from dataclasses import dataclass

from portico.domains.access import pictures
from portico.domains.access.looking_after import UnknownPerson
from portico.domains.accounts.joining.provisioning import Account
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.domains.support import diagnosing
from portico.domains.support.diagnosing import Asked, Diagnosis

__all__ = ["OfPersona", "OfUser", "UnknownPerson", "of_user"]


@dataclass(frozen=True, slots=True)
class OfPersona:
    """One persona: who it would be, which it is, and what decide() says of each function there."""

    persona_id: int
    office_name: str
    actor: Actor
    diagnosis: Diagnosis
    functions: tuple[tuple[Function, Decision], ...]


@dataclass(frozen=True, slots=True)
class OfUser:
    """The account step by step, and a diagnosis for each persona; without one nothing opens."""

    account: Account
    personas: tuple[OfPersona, ...]


def of_user(*, actor: Actor, user_id: int, asked: Asked) -> OfUser:
    """Which it is for that user. Raises UnknownPerson, NotPermitted."""
    with permit(actor, Function.PROVISIONING) as given:
        found = pictures.of_user(given, user_id)
        given.conclude("not_found" if found is None else "diagnosed")
        if found is not None:
            given.note_subject("user", str(user_id))
            personas = tuple(_of_persona(each, asked, user_id) for each in found.personas)
            return OfUser(found.account, personas)
    raise UnknownPerson("there is nobody of this number")


def _of_persona(picture: pictures.Picture, asked: Asked, user_id: int) -> OfPersona:
    found = diagnosing.of(picture.actor, asked, user_id=user_id)
    where = found.asked
    every = tuple(
        (
            function,
            decide(picture.actor, Question(function, line=where.line or None, region=where.region or None)),
        )
        for function in diagnosing.choices(picture.actor)
    )
    return OfPersona(picture.persona_id, picture.office_name, picture.actor, found, every)
