"""What follows when a talk is booked, moved or cancelled: the ledger, and a notice to the other side."""

from typing import Final

from portico.domains.access import colleagues
from portico.domains.authorizations import ledger, models, telling
from portico.domains.authorizations.facts.talks import CalendarEntry
from portico.domains.notifications import notices
from portico.domains.permits.permit import Permit

BOOKED: Final = "authorization_talk_booked"
MOVED: Final = "authorization_talk_moved"
CANCELLED: Final = "authorization_talk_cancelled"
_REQUESTING: Final = (models.Party.Role.REQUESTING,)
_State = models.Conversation.State


def booked(given: Permit, talk: models.Conversation) -> None:
    """The office booked it: its reviewer hears of it."""
    note(given, talk, ledger.Kind.TALK_BOOKED, side=ledger.Side.OFFICE)
    _tell_reviewer(given, talk, BOOKED)


def moved(given: Permit, talk: models.Conversation, before: models.Slot) -> None:
    """The office moved it: the reviewer of its new time hears of it, and so does another one who had it."""
    note(given, talk, ledger.Kind.TALK_MOVED, side=ledger.Side.OFFICE)
    for persona_id in dict.fromkeys((talk.slot.persona_id, before.persona_id)):
        _tell_reviewer(given, talk, MOVED, persona_id)


def cancelled(given: Permit, talk: models.Conversation, *, side: ledger.Side, code: str = "") -> None:
    """It does not take place: kept so, and the other side hears of it."""
    talk.state, talk.settled_at = _State.CANCELLED, given.actor.asked_at
    talk.sequence += 1
    talk.save(update_fields=["state", "settled_at", "sequence"])
    note(given, talk, ledger.Kind.TALK_CANCELLED, side=side, code=code)
    if side == ledger.Side.OFFICE:
        _tell_reviewer(given, talk, CANCELLED)
    else:
        telling.offices(given, talk.authorization, CANCELLED, roles=_REQUESTING)


def note(
    given: Permit, talk: models.Conversation, kind: ledger.Kind, *, side: ledger.Side, code: str = ""
) -> None:
    """Write it down; the ledger names the talk and its time, and nobody."""
    details = {"talk": str(talk.public_id), "starts_at": talk.slot.starts_at.isoformat()}
    ledger.note(given, talk.authorization, kind, side=side, code=code, details=details)


def entry(talk: models.Conversation) -> CalendarEntry:
    """The talk as a calendar keeps it; its slot and its request are fetched with it."""
    return CalendarEntry(
        id=talk.public_id,
        authorization=talk.authorization.public_id,
        starts_at=talk.slot.starts_at,
        ends_at=talk.slot.ends_at,
        sequence=talk.sequence,
        is_cancelled=talk.state == _State.CANCELLED,
        changed_at=talk.settled_at or talk.booked_at,
    )


def _tell_reviewer(
    given: Permit, talk: models.Conversation, kind: str, persona_id: int | None = None
) -> None:
    user_id = colleagues.user_of(given, persona_id or talk.slot.persona_id)
    row = talk.authorization
    if user_id is not None:
        context = {"authorization": str(row.public_id), "number": row.number}
        notices.tell_user(user_id=user_id, kind=kind, context=context, now=given.actor.asked_at)
