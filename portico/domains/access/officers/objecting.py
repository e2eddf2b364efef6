"""Objecting to a takeover: by the link of a mail, or by anybody who works at the office.

One objection stops the claim for good. It is taken until the plan has approved, not only while the waiting
time runs, and nobody asks who is right: the plan's desk finds out by other ways, and the claimant does not
ask again. A link says nothing of the office or of who asked, and changes nothing until its form is sent.
"""

import secrets
from datetime import datetime
from typing import Final

from django.conf import settings

from portico.domains.access import models, office_mails
from portico.domains.access.officers import recovery_rows, telling
from portico.domains.access.officers.rules import Refusal
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days

State = models.Recovery.State
MAIL: Final = "recovery_asked"
LINK_PATH: Final = "/recovery/objection/?t="
OFFICER, CONTACT, COLLEAGUE = "officer", "contact", "colleague"
STOPPED: Final = "recovery_objected"
_SECRET_BYTES: Final = 32


def by_link(*, actor: Actor, secret: str) -> bool:
    """Stop the claim this link was sent about; False for a link that stops nothing, or is none."""
    with permit(actor, Function.OFFICE_RECOVERY) as given:
        told = models.Objection.objects.filter(secret_index=index(secret)).first()
        row = None if told is None else _held(told.recovery_id)
        stops = told is not None and row is not None and row.claimant == told.claimant
        given.conclude(STOPPED if stops else "no_such_link")
        if told is not None and row is not None and stops:
            _stop(given, row, told)
        return stops


def by_colleague(*, actor: Actor) -> bool:
    """Stop the claim that somebody else of the actor's office made; False where there is none.

    Raises NotPermitted, also where it is a while since they showed that it is they.
    """
    with permit(actor, Function.ACCESS_REQUEST, lately=True) as given:
        row = recovery_rows.hold(actor.office_id or 0)
        stops = row is not None and row.state != State.OPEN and row.claimant != actor.user_id
        given.conclude(STOPPED if stops else "nothing_to_object_to")
        if row is not None and stops:
            told = models.Objection(
                recovery=row,
                claimant=row.claimant or 0,
                told=COLLEAGUE,
                user_id=actor.user_id,
                told_at=row.claimed_at or actor.asked_at,
            )
            _stop(given, row, told)
        return stops


def tell(given: Permit, row: models.Recovery, until: datetime) -> int:
    """Mail a link of their own to all who may know better; answers how many addresses that were.

    Everybody who administers the office or did, and every address the plan's own records hold of it, but for
    the claimant's.
    """
    officers = telling.officers_of(row.office_id, but_for=[row.claimant or 0])
    own = _addresses_of(row.claimant)
    told: dict[str, tuple[str, int | None]] = {
        email: (OFFICER, user_id) for user_id, email in officers.items() if email not in own
    }
    for email in telling.addresses_on_file(given, row.office_id) - own:
        told.setdefault(email, (CONTACT, None))
    told.pop("", None)
    for email, (how, user_id) in sorted(told.items()):
        _send(given, row, email, how=how, user_id=user_id, until=until)
    return len(told)


def index(secret: str) -> bytes:
    """What the secret of a link is kept as."""
    made: bytes = settings.PORTICO_VAULT.index(secret, purpose="access.recovery.objection")
    return made


def _send(
    given: Permit, row: models.Recovery, email: str, *, how: str, user_id: int | None, until: datetime
) -> None:
    secret, day = secrets.token_urlsafe(_SECRET_BYTES), days.of(until)
    models.Objection.objects.create(
        recovery=row,
        claimant=row.claimant or 0,
        told=how,
        user_id=user_id,
        secret_index=index(secret),
        told_at=given.actor.asked_at,
    )
    deadline = f"{day:%B} {day.day}, {day.year}"
    link = settings.SITE + LINK_PATH + secret
    office_mails.send(given, [email], MAIL, link=link, deadline_on=deadline)


def _held(number: int) -> models.Recovery | None:
    """The recovery, held, while a claim can still be stopped."""
    waiting = models.Recovery.objects.select_for_update().filter(pk=number)
    return waiting.filter(state__in=(State.CLAIMED, State.WAITING)).first()


def _stop(given: Permit, row: models.Recovery, told: models.Objection) -> None:
    told.objected_at = given.actor.asked_at
    told.save()
    given.note_subject("recovery", str(row.pk))
    telling.tell_user(given, told.claimant, STOPPED)
    recovery_rows.reopen(row, Refusal.OBJECTED)


def _addresses_of(user_id: int | None) -> frozenset[str]:
    held = models.Persona.objects.filter(user_id=user_id or 0).values_list("user__email", flat=True)
    return frozenset(email.strip().lower() for email in held)
