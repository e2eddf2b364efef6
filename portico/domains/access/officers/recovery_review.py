"""The plan's side of a takeover: which offices have no administrator, the proof, the approval, the refusal.

Approving takes what the clock alone gives: the waiting time that began with the proof is over, nobody has
objected, and the claimant still works there. Nobody of the plan can shorten it, and whoever is the claimant,
or works at that office too, decides nothing of it.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from portico.domains.access import models
from portico.domains.access.officers import (
    objecting,
    presence,
    promoting,
    recovering,
    recovery_rows,
    rules,
    standing,
    telling,
)
from portico.domains.access.officers.rules import BY_DESK, Proof, Refusal
from portico.domains.offices import contacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import policy
from portico.shared import pages

__all__ = ["CannotDecide", "Case", "Row", "UnknownRecovery", "approve", "confirm", "one", "queue", "refuse"]

State = models.Recovery.State
SIZE: Final = 25
PROVEN, APPROVED, REFUSED = "recovery_waits", "recovery_approved", "recovery_refused"


class UnknownRecovery(LookupError):
    """There is none of this number."""


class CannotDecide(ValueError):
    """It does not stand so that this could be done; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Row:
    """An office without an administrator in the list; `may_approve`: the waiting time is over."""

    number: int
    office_key: str
    office_name: str
    state: str
    cause: str
    opened_at: datetime
    claimed_at: datetime | None
    waits_until: datetime | None
    may_approve: bool


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who asks; `was_administrator`: administered the office before; `proofs`: provers of identity passed.

    `has_access`: something they were given there counts today.
    """

    user_id: int
    name: str
    username: str
    works_there: bool
    has_access: bool
    was_administrator: bool
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One of them as the plan decides it.

    `on_file`: how the plan's records reach the office, (kind, value), to make sure by. `told`: how many were
    told of the claim; `hindrance`: why it cannot be approved yet, "" when it can.
    """

    row: Row
    claimant: Claimant | None
    text: str = field(repr=False)
    on_file: tuple[tuple[str, str], ...] = field(repr=False)
    told: int
    proof: str
    last_refusal: str
    hindrance: str


def queue(*, actor: Actor, after: str = "", size: int = SIZE) -> pages.Page[Row]:
    """The offices open to recovery, the longest first; `after` is the key of the page before.

    Raises NotPermitted.
    """
    with permit(actor, Function.RECOVERY_REVIEW) as given:
        rows = models.Recovery.objects.filter(ended_at=None).select_related("office").order_by("pk")
        rows = rows.filter(pk__gt=int(after)) if pages.is_row(after) else rows
        cut = pages.cut(list(rows[: size + 1]), size=size, key_of=lambda row: str(row.pk))
        given.conclude("recoveries_listed")
        return pages.Page(tuple(_row(row, actor.asked_at) for row in cut.rows), cut.next_key)


def one(*, actor: Actor, number: int) -> Case:
    """One of them, open or ended. Raises UnknownRecovery, NotPermitted."""
    with permit(actor, Function.RECOVERY_REVIEW) as given:
        row = models.Recovery.objects.filter(pk=number).select_related("office").first()
        given.conclude("recovery_shown" if row else "not_found")
        if row is not None:
            given.note_subject("recovery", str(row.pk))
            return _case(given, row)
    raise UnknownRecovery


def confirm(*, actor: Actor, number: int, proof: Proof) -> datetime:
    """The office was asked by what is on file of it, and wants this person: the waiting time begins.

    Everybody who may know better is told. Answers until when it waits. Raises CannotDecide, UnknownRecovery,
    NotPermitted.
    """
    with permit(actor, Function.RECOVERY_REVIEW, lately=True) as given:
        row = _held(given, number)
        hindrance = _hindrance(given, row, State.CLAIMED)
        if row is not None and not hindrance:
            return _wait(given, row, proof)
        given.conclude(hindrance or "not_found")
    raise _error(hindrance)


def approve(*, actor: Actor, number: int) -> None:
    """Make the claimant administrator. Raises CannotDecide, UnknownRecovery, NotPermitted."""
    with permit(actor, Function.RECOVERY_REVIEW, lately=True) as given:
        row = _held(given, number)
        hindrance = _hindrance(given, row, State.WAITING)
        if row is not None and not hindrance:
            return _approve(given, row)
        given.conclude(hindrance or "not_found")
    raise _error(hindrance)


def refuse(*, actor: Actor, number: int, refusal: Refusal) -> None:
    """Say no to who asks; somebody else may ask. Raises CannotDecide, UnknownRecovery, NotPermitted."""
    with permit(actor, Function.RECOVERY_REVIEW, lately=True) as given:
        row = _held(given, number)
        hindrance = _refusing(given, row, refusal)
        if row is not None and not hindrance:
            telling.tell_user(given, row.claimant or 0, REFUSED)
            recovery_rows.reopen(row, refusal)
            return given.conclude("recovery_refused")
        given.conclude(hindrance or "not_found")
    raise _error(hindrance)


def _held(given: Permit, number: int) -> models.Recovery | None:
    """The recovery of that number, held; closed at once where the office has an administrator again.

    The office's officers are held before it, as everywhere.
    """
    office_id = models.Recovery.objects.filter(pk=number).values_list("office_id", flat=True).first()
    if office_id is None:
        return None
    presence.hold(office_id)
    standing.welcome(given, office_id)
    given.note_subject("recovery", str(number))
    return models.Recovery.objects.select_for_update().get(pk=number)


def _wait(given: Permit, row: models.Recovery, proof: Proof) -> datetime:
    until = rules.waits_until(given.actor.asked_at, days=policy.current().access.recovery_days)
    row.state, row.proof, row.waits_until = State.WAITING, proof, until
    row.save(update_fields=["state", "proof", "waits_until"])
    objecting.tell(given, row, until)
    telling.tell_office(given, row.office_id, PROVEN)
    given.note_subject("user", str(row.claimant))
    given.conclude("recovery_waits")
    return until


def _approve(given: Permit, row: models.Recovery) -> None:
    promoting.promote(given, row.office_id, row.claimant or 0)
    recovery_rows.end(given, row, State.APPROVED)
    telling.tell_user(given, row.claimant or 0, APPROVED)
    telling.tell_office(given, row.office_id, APPROVED)
    telling.mail_contacts(given, row.office_id, APPROVED)
    given.conclude("recovery_approved")


def _hindrance(given: Permit, row: models.Recovery | None, wanted: str) -> str:
    """Why this step cannot be taken; "" when it can, or there is nothing of that number."""
    if row is None:
        return ""
    if row.state != wanted or row.claimant is None:
        return "not_in_this_state"
    if not _is_apart(given.actor, row):
        return "not_yours_to_decide"
    if not promoting.works_there(row.office_id, row.claimant):
        return "claimant_gone"
    if wanted == State.WAITING and not rules.is_over(row.waits_until, at=given.actor.asked_at):
        return "still_waiting"
    return ""


def _refusing(given: Permit, row: models.Recovery | None, refusal: Refusal) -> str:
    if row is None:
        return ""
    if row.state not in (State.CLAIMED, State.WAITING) or refusal not in BY_DESK:
        return "not_in_this_state"
    return "" if _is_apart(given.actor, row) else "not_yours_to_decide"


def _is_apart(actor: Actor, row: models.Recovery) -> bool:
    """Whoever decides is not the claimant and has nothing to do with that office."""
    works_there = models.Persona.objects.filter(user_id=actor.user_id or 0, office_id=row.office_id)
    return row.claimant != actor.user_id and not works_there.exists()


def _error(hindrance: str) -> Exception:
    return CannotDecide(hindrance) if hindrance else UnknownRecovery()


def _case(given: Permit, row: models.Recovery) -> Case:
    wanted = State.WAITING if row.state == State.WAITING else State.CLAIMED
    is_open = row.ended_at is None
    return Case(
        row=_row(row, given.actor.asked_at),
        claimant=None if row.claimant is None else _claimant(given, row, row.claimant),
        text=recovering.words_of(row),
        on_file=contacts.on_file([row.office_id], on=given.actor.today) if is_open else (),
        told=_told(row),
        proof=row.proof,
        last_refusal=row.last_refusal,
        hindrance=_hindrance(given, row, wanted) if is_open else "",
    )


def _told(row: models.Recovery) -> int:
    """How many were mailed a link about this claim; what the same person asked before is not counted."""
    links = row.objections.filter(claimant=row.claimant or 0, secret_index__isnull=False)
    return links.filter(told_at__gte=row.claimed_at).count() if row.claimed_at else 0


def _claimant(given: Permit, row: models.Recovery, user_id: int) -> Claimant | None:
    held = models.Persona.objects.filter(user_id=user_id, office_id=row.office_id).select_related("user")
    persona = held.order_by("pk").first()
    if persona is None:
        return None
    user = persona.user
    given.note_subject("user", str(user_id))
    return Claimant(
        user_id=user_id,
        name=f"{user.first_name} {user.last_name}".strip(),
        username=user.username,
        works_there=promoting.works_there(row.office_id, user_id),
        has_access=promoting.holds_something(row.office_id, user_id, on=given.actor.today),
        was_administrator=held.filter(kind=models.Persona.Kind.ADMINISTRATOR).exists(),
        proofs=tuple(sorted(user.proofs)),
    )


def _row(row: models.Recovery, at: datetime) -> Row:
    return Row(
        number=row.pk,
        office_key=row.office.key,
        office_name=row.office.name,
        state=row.state,
        cause=row.cause,
        opened_at=row.opened_at,
        claimed_at=row.claimed_at,
        waits_until=row.waits_until,
        may_approve=row.state == State.WAITING and rules.is_over(row.waits_until, at=at),
    )
