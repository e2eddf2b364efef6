"""Permits for the sender and for people of an office."""

from datetime import UTC, datetime

from portico.domains.permits.actors import Actor, ActorKind, Door, system_actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit
from portico.domains.permits.questions import Question, Scope

NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)


def sender(at: datetime = NOW) -> Permit:
    """The system, sending mails."""
    return _permit(system_actor("mail-sender", asked_at=at, today=at.date()), Function.SENDING)


def person(*, office_id: int | None = 13, user_id: int | None = 11) -> Permit:
    """Somebody who looks at notices."""
    actor = Actor(ActorKind.PERSONA, Door.WEB, NOW, NOW.date(), user_id=user_id, office_id=office_id)
    return _permit(actor, Function.OWN_NOTICES)


def _permit(actor: Actor, function: Function) -> Permit:
    return Permit(actor, Decision(Question(function), True, Scope(everything=True)), "REFERENCE001")
