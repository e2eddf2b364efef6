"""An office books a talk between its clinician and a peer at the plan, moves it, or cancels it.

    open, denied or approved in part ── book ──► booked ── move ──► booked, at another time
                                                    └ cancel ──► cancelled      (held, missed: talks_desk)

One talk is booked for a request at a time, and one in a slot: the database holds both, whoever is quicker. A
talk decides nothing by itself. The request keeps its version: what an open page shows of it is still so.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db import IntegrityError, transaction

from portico.domains.authorizations import (
    allowed,
    at_hand,
    ledger,
    models,
    next_steps,
    page_views,
    slots,
    talk_telling,
)
from portico.domains.authorizations.at_hand import FUNCTIONS, UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import Kind, Role
from portico.domains.authorizations.facts.shown import OPEN, State
from portico.domains.authorizations.facts.talks import CalendarEntry, CannotTalk, Refusal, TalkPage
from portico.domains.authorizations.opening import AuthorizationNotFound as AuthorizationNotFound
from portico.domains.authorizations.opening import opened
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit

LONGEST_NAME: Final = 160
LEAST_DIGITS, LONGEST_NUMBER = 10, 20
_BOOKED: Final = models.Conversation.State.BOOKED


def page(*, actor: Actor, authorization: UUID) -> TalkPage:
    """The request with its talks and the times that can be booked. A constant number of queries.

    Raises AuthorizationNotFound, NotPermitted.
    """
    with opened(actor, authorization) as (given, row):
        held = list(row.conversations.select_related("slot").order_by("-pk"))
        booked = next((each for each in held if each.state == _BOOKED), None)
        may = Act.BOOK_TALK in allowed.acts(given, row) and _refusal(given, row) is None
        given.conclude("talks_shown")
        return TalkPage(
            authorization=row.public_id,
            number=row.number,
            kind=Kind(row.kind),
            state=State(row.state),
            may_book=may,
            until=_until(row),
            booked=page_views.talk(booked) if booked else None,
            past=tuple(page_views.talk(each) for each in held if each is not booked),
            slots=slots.free(actor.asked_at) if may else (),
        )


def book(
    *, actor: Actor, authorization: UUID, of: Kind, slot: UUID, clinician: str, telephone: str, zone: str
) -> None:
    """Book a time for a request; `zone` is the one its times were shown in.

    Raises CannotTalk, UnknownRequest, NotPermitted.
    """
    name, number = " ".join(clinician.split()), telephone.strip()
    _check(name, number, zone)

    def act(given: Permit, row: models.Authorization) -> None:
        _stop(given, row)
        if row.conversations.filter(state=_BOOKED).exists():
            raise CannotTalk(Refusal.BOOKED_BEFORE)
        made = models.Conversation(
            authorization=row,
            slot=_slot(given, slot),
            clinician=name,
            telephone=number,
            zone=zone,
            office_id=actor.office_id,
            booked_by=actor.persona_id,
            booked_at=actor.asked_at,
        )
        _kept(made)
        talk_telling.booked(given, made)

    _do(actor, authorization, of, act, "talk_booked")


def move(*, actor: Actor, authorization: UUID, of: Kind, slot: UUID, zone: str) -> None:
    """Put the booked talk to another time. Raises CannotTalk, UnknownRequest, NotPermitted."""
    _known(zone)

    def act(given: Permit, row: models.Authorization) -> None:
        _stop(given, row)
        talk = _booked(given, row)
        before = talk.slot
        talk.slot, talk.zone, talk.sequence = _slot(given, slot), zone, talk.sequence + 1
        _kept(talk)
        talk_telling.moved(given, talk, before)

    _do(actor, authorization, of, act, "talk_moved")


def cancel(*, actor: Actor, authorization: UUID, of: Kind) -> None:
    """Give the booked talk up. Raises CannotTalk, UnknownRequest, NotPermitted."""

    def act(given: Permit, row: models.Authorization) -> None:
        if Role.REQUESTING not in at_hand.roles(given, row):
            raise CannotTalk(Refusal.NOT_NOW)
        talk_telling.cancelled(given, _booked(given, row), side=ledger.Side.OFFICE)

    _do(actor, authorization, of, act, "talk_cancelled")


def calendar(*, actor: Actor, authorization: UUID, talk: UUID) -> CalendarEntry:
    """A talk for somebody's calendar. Raises AuthorizationNotFound, NotPermitted."""
    with opened(actor, authorization) as (given, row):
        held = row.conversations.select_related("slot", "authorization").filter(public_id=talk).first()
        given.conclude("calendar_file_shown" if held else "not_found")
    if held is None:
        raise AuthorizationNotFound
    return talk_telling.entry(held)


def _do(
    actor: Actor,
    authorization: UUID,
    of: Kind,
    act: Callable[[Permit, models.Authorization], None],
    conclusion: str,
) -> None:
    """Act on the request, locked; what is refused is no crash, and changes nothing."""
    fault: CannotTalk | UnknownRequest | None = None
    with permit(actor, FUNCTIONS[of]) as given:
        row = at_hand.held(given, authorization)
        given.conclude(conclusion if row else "not_found")
        try:
            with transaction.atomic():
                if row is None:
                    raise UnknownRequest
                act(given, row)
        except CannotTalk as error:
            fault = error
            given.conclude(error.refusal)
        except UnknownRequest as error:
            fault = error
    if fault is not None:
        raise fault


def _stop(given: Permit, row: models.Authorization) -> None:
    """Raises CannotTalk where no talk may be booked for the request now."""
    if not at_hand.may(given, row, Act.BOOK_TALK):
        raise CannotTalk(Refusal.NOT_NOW)
    refusal = _refusal(given, row)
    if refusal is not None:
        raise CannotTalk(refusal)


def _refusal(given: Permit, row: models.Authorization) -> Refusal | None:
    until = _until(row)
    return Refusal.TOO_LATE if until is not None and given.actor.asked_at > until else None


def _until(row: models.Authorization) -> datetime | None:
    """Until when a talk about the last decision may be booked; while it is open, nothing ends that."""
    if row.state in OPEN or row.decided_at is None:
        return None
    return next_steps.talk_until(row.decided_at)


def _booked(given: Permit, row: models.Authorization) -> models.Conversation:
    """The talk that is booked and has not begun."""
    talk = row.conversations.select_related("slot").filter(state=_BOOKED).first()
    if talk is None or talk.slot.starts_at <= given.actor.asked_at:
        raise CannotTalk(Refusal.NOT_BOOKED)
    return talk


def _slot(given: Permit, slot: UUID) -> models.Slot:
    """The time, locked, while it can be booked."""
    row = slots.open_rows(given.actor.asked_at).select_for_update().filter(public_id=slot).first()
    if row is None:
        raise CannotTalk(Refusal.SLOT_GONE)
    return row


def _kept(talk: models.Conversation) -> None:
    """Keep it; raises CannotTalk where somebody else has the time."""
    try:
        with transaction.atomic():
            talk.save()
    except IntegrityError as error:
        raise CannotTalk(Refusal.SLOT_GONE) from error


def _check(clinician: str, telephone: str, zone: str) -> None:
    if not 0 < len(clinician) <= LONGEST_NAME:
        raise CannotTalk(Refusal.CLINICIAN_MISSING)
    digits = sum(sign.isdigit() for sign in telephone)
    if digits < LEAST_DIGITS or len(telephone) > LONGEST_NUMBER:
        raise CannotTalk(Refusal.TELEPHONE_WRONG)
    _known(zone)


def _known(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CannotTalk(Refusal.ZONE_UNKNOWN) from error
