"""Builds actors: who stands behind a session, a job or a machine's sign-in, with what they hold now.

Two queries each: the holder, then its grants with its office's standing. Nothing is kept between requests,
so a changed grant is in force at the next one.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from portico.domains.access import holdings, models, rules, sides
from portico.domains.permits import actors
from portico.domains.permits.functions import Desk
from portico.domains.permits.verification import PLAN, REACTIVATED, Rule, Verification, speaking
from portico.domains.plan import policy
from portico.shared import prepared
from portico.shared.prepared import Given


@dataclass(frozen=True, slots=True)
class Session:
    """What a signed-in session knows of itself; `proven_at`: when it was last shown that it is they.

    `side`: the office it works for, its own or a client's (holdings.of); None: the first there is work of.
    """

    user_id: int
    persona_id: int | None
    second_factor: bool
    epoch: int
    proven_at: datetime | None = None
    side: int | None = None


def for_session(
    session: Session, *, asked_at: datetime, today: date, door: actors.Door = actors.Door.WEB
) -> actors.Actor | None:
    """The actor of this session, now; None when the user or persona is gone or may no longer sign in.

    Without a persona in the session, the user's first: plan staff, then end user, then administrator.
    """
    persona = _persona(session)
    if persona is None or not _is_believed(persona, session):
        return None
    return of_persona(persona, session, asked_at=asked_at, today=today, door=door)


def of_persona(
    persona: models.Persona, session: Session, *, asked_at: datetime, today: date, door: actors.Door
) -> actors.Actor:
    """The same for a persona that was read a moment ago, as `for_session` reads it. One query."""
    holds = holdings.of(
        holdings.PERSONA,
        persona.pk,
        office_id=persona.office_id,
        today=today,
        side=_own_side(persona) if session.side is None else session.side,
        review_overdue=_is_overdue(persona.office),
    )
    return actors.Actor(
        kind=actors.ActorKind.PERSONA,
        door=door,
        asked_at=asked_at,
        today=today,
        name=f"{persona.user.first_name} {persona.user.last_name}".strip(),
        user_id=persona.user_id,
        persona_id=persona.pk,
        persona_kind=actors.PersonaKind(persona.kind),
        desk=Desk(persona.desk) if persona.desk else None,
        office_id=persona.office_id,
        session_epoch=session.epoch,
        account=_account(persona, session, asked_at),
        standing=holds.standing,
        held=holds.held,
        context=_context(persona, holds.clients),
    )


def for_job(
    *, persona_id: int | None, machine_id: int | None, asked_at: datetime, today: date, door: actors.Door
) -> actors.Actor | None:
    """Who asked for a job, with what it holds now; None when the persona or its user may no longer act.

    A job does not end with the session it was asked for in. A second factor was passed then, or what needs
    one would not have been open.
    """
    if machine_id is not None:
        return for_machine(machine_id, asked_at=asked_at, today=today, door=door)
    persona = _PERSONA.first(persona=persona_id) if persona_id is not None else None
    if persona is None:
        return None
    epoch = persona.user.session_epoch
    session = Session(
        persona.user_id,
        persona.pk,
        second_factor=True,
        epoch=epoch,
        proven_at=asked_at,
        side=sides.EVERY,
    )
    return for_session(session, asked_at=asked_at, today=today, door=door)


def for_machine(
    machine_id: int, *, asked_at: datetime, today: date, door: actors.Door, scopes_hold: bool = True
) -> actors.Actor | None:
    """The trading partner or FHIR client of that number; None when there is none.

    A revoked one is an actor whose account is disabled, so that a refusal says so. `scopes_hold`: what is
    asked lies within its token's scopes.
    """
    machine = _MACHINE.first(machine=machine_id)
    if machine is None:
        return None
    return of_machine(machine, asked_at=asked_at, today=today, door=door, scopes_hold=scopes_hold)


def of_machine(
    machine: models.Machine, *, asked_at: datetime, today: date, door: actors.Door, scopes_hold: bool = True
) -> actors.Actor:
    """The same for a machine that was read a moment ago, with its office. One query."""
    overdue = _is_overdue(machine.office)
    holds = holdings.of(
        holdings.MACHINE, machine.pk, office_id=machine.office_id, today=today, review_overdue=overdue
    )
    state = actors.AccountState.DISABLED if machine.revoked_at else actors.AccountState.ACTIVE
    return actors.Actor(
        kind=actors.ActorKind.MACHINE,
        door=door,
        asked_at=asked_at,
        today=today,
        name=machine.name,
        machine_id=machine.pk,
        office_id=machine.office_id,
        account=actors.Account(state=state, in_scope=scopes_hold),
        standing=holds.standing,
        held=holds.held,
        context={
            "office_name": machine.office.name,
            "tax_id": machine.tax_id,
            "sender_id": machine.sender_id or "",
        },
    )


def _is_believed(persona: models.Persona, session: Session) -> bool:
    return persona.user.is_active and persona.user.session_epoch == session.epoch


def _persona(session: Session) -> models.Persona | None:
    if session.persona_id is None:
        return _FIRST_PERSONA.first(user=session.user_id)
    return _ONE_PERSONA.first(user=session.user_id, persona=session.persona_id)


def _personas() -> "QuerySet[models.Persona]":
    open_ones = Count("user__personas", filter=Q(user__personas__suspended_at__isnull=True))
    held = models.Persona.objects.filter(user_id=Given("user"), suspended_at__isnull=True)
    return held.select_related("user", "office").annotate(persona_count=open_ones)


def _own_side(persona: models.Persona) -> int | None:
    """Whoever manages users begins with the own office: its people are what that is about."""
    is_administrator = persona.kind == models.Persona.Kind.ADMINISTRATOR
    return persona.office_id if is_administrator else None


def _is_overdue(office: Any) -> bool:
    return office is not None and office.review_overdue_since is not None


def _context(persona: models.Persona, clients: sides.Clients) -> dict[str, str]:
    """What pages say of the one who asks; `clients`: the offices it works for beside its own, by number."""
    return {
        "username": persona.user.username,
        "office_name": persona.office.name if persona.office else "",
        "persona_count": str(persona.persona_count),  # type: ignore[attr-defined]
        "time_zone": persona.user.time_zone,
        "line": persona.user.line,
        "region": persona.user.region,
        "clients": " ".join(map(str, clients.offices())),
        "side": str(clients.at or ""),
    }


def _account(persona: models.Persona, session: Session, asked_at: datetime) -> actors.Account:
    user, asked = persona.user, policy.current()
    return actors.Account(
        state=_state(persona),
        audience=user.audience,
        terms_accepted=asked.terms_digest in ("", user.terms_digest),
        verification=verification_of(persona, asked.rules),
        second_factor=session.second_factor,
        proven_lately=rules.is_lately(
            session.proven_at, asked_at=asked_at, minutes=settings.CONFIRMATION_MINUTES
        ),
    )


def _state(persona: models.Persona) -> actors.AccountState:
    if persona.user.activated_at is None:
        return actors.AccountState.INVITED
    return actors.AccountState(persona.user.state)


def verification_of(persona: models.Persona, table: tuple[Rule, ...]) -> Verification:
    """The rows that speak of this persona; after a suspension the account is called reactivated."""
    user = persona.user
    state = REACTIVATED if user.reactivated_at else user.state
    account_type = persona.office.kind if persona.office else PLAN
    found = speaking(table, account_type=account_type, persona=persona.kind, state=state)
    passed = {prover: datetime.fromisoformat(at) for prover, at in user.proofs.items()}
    return Verification(found.rules, passed, user.reactivated_at, found.as_active)


_FIRST_PERSONA = prepared.Query(lambda: _personas().order_by(F("kind").desc(), "pk")[:1])
_PERSONA = prepared.Query(lambda: models.Persona.objects.filter(pk=Given("persona")).select_related("user"))
_ONE_PERSONA = prepared.Query(lambda: _personas().filter(pk=Given("persona")))
_MACHINE = prepared.Query(lambda: models.Machine.objects.filter(pk=Given("machine")).select_related("office"))
