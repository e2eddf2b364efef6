"""Talks at the plan's desk: who is to be called and when, and what came of it.

    booked ── settle ──► held, with an outcome and words      booked ── settle ──► missed
           └ cancel ───► cancelled, and the office books another time

A talk that was held lets whoever may deny decide anew, for the better, on the basis of the talk.
"""

from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from portico.domains.authorizations import ledger, models, page_views, sealing, talk_telling
from portico.domains.authorizations.facts.shown import State
from portico.domains.authorizations.facts.talks import (
    CalendarEntry,
    CannotTalk,
    DeskTalk,
    Outcome,
    Refusal,
)
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

LONGEST: Final = 4_000
MOST_SHOWN: Final = 200
_State = models.Conversation.State


class UnknownTalk(LookupError):
    """There is no such talk."""


def upcoming(*, actor: Actor) -> tuple[DeskTalk, ...]:
    """Every booked talk, those whose outcome is still to be told first. One query. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        rows = _rows().filter(state=_State.BOOKED).order_by("slot__starts_at", "pk")[:MOST_SHOWN]
        found = tuple(_shown(given, row) for row in rows)
        given.conclude("talks_shown")
        return found


def one(*, actor: Actor, talk: UUID) -> DeskTalk:
    """A talk, whatever became of it. Raises UnknownTalk, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = _rows().filter(public_id=talk).first()
        given.conclude("talk_shown" if row else "not_found")
        if row is not None:
            given.note_subject("member", row.authorization.member_id)
            return _shown(given, row)
    raise UnknownTalk


def settle(*, actor: Actor, talk: UUID, outcome: str, words: str = "") -> None:
    """Say what came of a talk that has begun; an empty outcome: nobody was reached.

    Raises UnknownTalk, CannotTalk, NotPermitted.
    """
    said = words.strip()
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = _locked(given, talk)
        refusal = _refusal(given, row, outcome, said) if row else None
        if row is not None and refusal is None:
            _settle(given, row, outcome, said)
        given.conclude("not_found" if row is None else refusal or row.state)
    if row is None:
        raise UnknownTalk
    if refusal is not None:
        raise CannotTalk(refusal)


def cancel(*, actor: Actor, talk: UUID) -> None:
    """Give a booked talk up; the office is told. Raises UnknownTalk, CannotTalk, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = _locked(given, talk)
        is_booked = row is not None and row.state == _State.BOOKED
        if row is not None and is_booked:
            talk_telling.cancelled(given, row, side=ledger.Side.PLAN)
        given.conclude("not_found" if row is None else "talk_cancelled" if is_booked else "not_booked")
    if row is None:
        raise UnknownTalk
    if not is_booked:
        raise CannotTalk(Refusal.NOT_BOOKED)


def calendar(*, actor: Actor, talk: UUID) -> CalendarEntry:
    """A talk for a reviewer's calendar. Raises UnknownTalk, NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = _rows().filter(public_id=talk).first()
        given.conclude("calendar_file_shown" if row else "not_found")
    if row is None:
        raise UnknownTalk
    return talk_telling.entry(row)


def _rows() -> "QuerySet[models.Conversation]":
    return models.Conversation.objects.select_related("slot", "authorization")


def _locked(given: Permit, talk: UUID) -> models.Conversation | None:
    """The talk, its request locked."""
    number = models.Conversation.objects.filter(public_id=talk).values_list("authorization_id", flat=True)
    held = number.first()
    if held is None:
        return None
    ledger.locked(held)
    row = _rows().get(public_id=talk)
    given.note_subject("member", row.authorization.member_id)
    given.note_subject("authorization", row.authorization.number)
    return row


def _refusal(given: Permit, row: models.Conversation, outcome: str, words: str) -> Refusal | None:
    stops = (
        (Refusal.NOT_BOOKED, row.state != _State.BOOKED),
        (Refusal.NOT_YET, row.slot.starts_at > given.actor.asked_at),
        (Refusal.OUTCOME_UNKNOWN, outcome not in ("", *Outcome)),
        (Refusal.WORDS_MISSING, bool(outcome) and not 0 < len(words) <= LONGEST),
    )
    return next((refusal for refusal, stands in stops if stands), None)


def _settle(given: Permit, row: models.Conversation, outcome: str, words: str) -> None:
    row.state = _State.HELD if outcome else _State.MISSED
    row.outcome, row.settled_at = outcome, given.actor.asked_at
    row.outcome_sealed = sealing.sealed(words, place=sealing.place(row, "outcome")) if words else None
    row.save(update_fields=["state", "outcome", "settled_at", "outcome_sealed"])
    kind = ledger.Kind.TALK_HELD if outcome else ledger.Kind.TALK_CANCELLED
    talk_telling.note(given, row, kind, side=ledger.Side.PLAN, code=outcome or "missed")


def _shown(given: Permit, row: models.Conversation) -> DeskTalk:
    """Its patient is no part of it; who reads the words of it is noted with the request."""
    return DeskTalk(
        talk=page_views.talk(row),
        authorization=row.authorization.public_id,
        number=row.authorization.number,
        state=State(row.authorization.state),
        is_mine=row.slot.persona_id == given.actor.persona_id,
        words=sealing.opened(row.outcome_sealed, place=sealing.place(row, "outcome")),
    )
