"""Taking over an office that has no administrator: somebody who works there asks, and may take it back.

    open -> claimed (claim) -> waiting (recovery_review.confirm) -> approved (recovery_review.approve)

Whoever asks proves nothing here: the plan makes sure, by what it has on file of the office. Then everybody
who ever administered it, and every address on file, is told and may object (objecting) while it waits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from portico.domains.access import models
from portico.domains.access.asking import words
from portico.domains.access.asking.words import HoldsPatients
from portico.domains.access.officers import presence, promoting, recovery_rows, telling
from portico.domains.access.officers.rules import Refusal
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

__all__ = ["CannotClaim", "HoldsPatients", "Own", "claim", "own", "withdraw"]

State = models.Recovery.State
CLAIMED: Final = "recovery_asked"


class CannotClaim(PermissionError):
    """Nobody can ask for this office now, or not this person; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Own:
    """How it stands with the actor's own office, for somebody who works there.

    `state`: "" while it has an administrator. `by_me`: the actor asked; `hindrance`: why the actor cannot
    ask, "" when it can; `refused`: why the claim before came to nothing, told to whoever works there.
    """

    office_name: str
    state: str = ""
    by_me: bool = False
    claimed_at: datetime | None = None
    waits_until: datetime | None = None
    hindrance: str = ""
    refused: str = ""
    may_object: bool = False


def own(*, actor: Actor) -> Own:
    """How it stands with the office the actor works for.

    Raises CannotClaim for somebody without one, NotPermitted.
    """
    with permit(actor, Function.ACCESS_REQUEST) as given:
        given.conclude("recovery_shown")
        row = models.Recovery.objects.filter(office_id=actor.office_id or 0, ended_at=None).first()
        name = actor.context.get("office_name", "")
        if actor.office_id is not None:
            return Own(name) if row is None else _own(actor, row, name)
    raise CannotClaim("no_office")


def claim(*, actor: Actor, text: str) -> None:
    """Ask to become the administrator of the actor's own office; `text` says how the plan can make sure.

    Raises CannotClaim, HoldsPatients, NotPermitted, also where it is a while since they showed that it is
    they.
    """
    words.check(text=text)
    with permit(actor, Function.ACCESS_REQUEST, lately=True) as given:
        row = recovery_rows.hold(actor.office_id or 0)
        hindrance = _hindrance(actor, row)
        if row is not None and not hindrance:
            return _claim(given, row, text.strip())
        given.conclude(hindrance)
    raise CannotClaim(hindrance)


def withdraw(*, actor: Actor) -> bool:
    """Take the actor's own claim back; False where none is open. Raises NotPermitted."""
    with permit(actor, Function.ACCESS_REQUEST, lately=True) as given:
        row = recovery_rows.hold(actor.office_id or 0)
        is_own = row is not None and row.claimant == actor.user_id and row.claimant is not None
        given.conclude("recovery_withdrawn" if is_own else "nothing_to_withdraw")
        if row is not None and is_own:
            given.note_subject("recovery", str(row.pk))
            recovery_rows.reopen(row, Refusal.WITHDRAWN)
        return is_own


def words_of(row: models.Recovery) -> str:
    """What the claimant wrote; "" for nothing."""
    if not row.words:
        return ""
    text: str = settings.PORTICO_VAULT.open(bytes(row.words), place=_place(row.pk))
    return text


def _claim(given: Permit, row: models.Recovery, text: str) -> None:
    row.state, row.claimant, row.claimed_at = State.CLAIMED, given.actor.user_id, given.actor.asked_at
    row.words = settings.PORTICO_VAULT.seal(text, place=_place(row.pk)) if text else None
    row.save(update_fields=["state", "claimant", "claimed_at", "words"])
    telling.tell_office(given, row.office_id, CLAIMED)
    given.note_subject("recovery", str(row.pk))
    given.conclude("recovery_claimed")


def _hindrance(actor: Actor, row: models.Recovery | None) -> str:
    """Why the actor cannot ask now; "" when it can."""
    if actor.office_id is None or actor.user_id is None:
        return "no_office"
    if row is None or presence.of(actor.office_id, on=actor.today):
        return "administered"
    if row.state != State.OPEN:
        return "asked_before"
    if not promoting.works_there(actor.office_id, actor.user_id):
        return "not_of_office"
    return "objected_before" if _was_stopped(row, actor.user_id) else ""


def _was_stopped(row: models.Recovery, user_id: int) -> bool:
    """An objection counts for as long as the office has nobody: the same person does not ask again."""
    return row.objections.filter(claimant=user_id, objected_at__isnull=False).exists()


def _own(actor: Actor, row: models.Recovery, name: str) -> Own:
    by_me = row.claimant is not None and row.claimant == actor.user_id
    return Own(
        office_name=name,
        state=row.state,
        by_me=by_me,
        claimed_at=row.claimed_at,
        waits_until=row.waits_until,
        hindrance=_hindrance(actor, row),
        refused=row.last_refusal,
        may_object=row.state in (State.CLAIMED, State.WAITING) and not by_me,
    )


def _place(number: int) -> str:
    return f"access.recovery.words:{number}"
