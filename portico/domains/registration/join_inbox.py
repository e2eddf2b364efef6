"""Wishes to join an office that is here already, as its administrators see them: let in, or not.

Whoever accepts makes an end user of the person, within their own ceiling, and the person is invited by mail
like anybody else: the username is handed over in person, so a stranger who knew an office's numbers gains
nothing by being accepted in a hurry. That they read a mail at an address on file of the office is said.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet

from portico.domains.access.asking import proposing
from portico.domains.access.asking.proposing import Offers
from portico.domains.access.delegating import acting, ceiling, creating
from portico.domains.access.delegating.creating import Created, NewPerson
from portico.domains.access.delegating.sets import AccessSet
from portico.domains.permits.actors import Actor, PersonaKind
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.registration import models
from portico.domains.registration.joining import ACCEPTED, REFUSED
from portico.shared import pages

SIZE: Final = 25


class UnknownJoin(LookupError):
    """There is no open wish of this number to join the actor's office."""

    code = "not_found"


@dataclass(frozen=True, slots=True)
class Join:
    """A wish to join; `proven_at`: when the person read a mail at an address on file of the office."""

    number: int
    name: str
    email: str
    telephone: str
    user_type: str
    made_at: datetime
    proven_at: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """One wish, and what whoever decides may give the person."""

    join: Join
    offers: Offers


def waiting(*, actor: Actor, key: str = "", size: int = SIZE) -> pages.Page[Join]:
    """The open wishes to join the actor's office, the newest first. Raises NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        rows = _reached(given)
        wanted = rows.filter(pk__lt=int(key)) if pages.is_row(key) else rows
        found = list(wanted.order_by("-pk")[: size + 1])
        cut = pages.cut(found, size=size, key_of=lambda row: str(row.pk))
        given.conclude("join_requests_listed")
        return pages.Page(tuple(map(_join, cut.rows)), cut.next_key)


def case(*, actor: Actor, number: int) -> Case:
    """One of them. Raises UnknownJoin, NotPermitted."""
    with permit(actor, Function.MANAGE_USERS) as given:
        row = _reached(given).filter(pk=number).first()
        given.conclude("join_request_shown" if row else "not_found")
        if row is not None:
            given.note_subject("join_request", str(row.pk))
            reach = ceiling.of(given, acting.office_for(given, ""))
            return Case(_join(row), proposing.offers(reach, PersonaKind.END_USER))
    raise UnknownJoin("nobody of this number waits")


def accept(*, actor: Actor, number: int, access: AccessSet) -> Created:
    """Let the person in as an end user with that access; the invitation is mailed to where they registered.

    Raises UnknownJoin, BadPerson, CannotInvite, CannotGive, BeyondCeiling, NotPermitted.
    """
    with acting.act(actor) as given:
        row = _held(given, number)
        if row is not None:
            created = creating.make(given, _person(row), access)
            _end(given, row, ACCEPTED)
            return created
    raise UnknownJoin("nobody of this number waits")


def refuse(*, actor: Actor, number: int) -> None:
    """Let the person not in. Raises UnknownJoin, NotPermitted."""
    with acting.act(actor) as given:
        row = _held(given, number)
        if row is not None:
            _end(given, row, REFUSED)
            return
    raise UnknownJoin("nobody of this number waits")


def _reached(given: Permit) -> "QuerySet[models.JoinRequest]":
    own = models.JoinRequest.objects.filter(office_id=given.actor.office_id or 0, ended_at=None)
    return own.select_related("application")


def _held(given: Permit, number: int) -> models.JoinRequest | None:
    """The wish, held until it is decided; of two who decide at once the second finds nobody."""
    row = _reached(given).select_for_update(of=("self",)).filter(pk=number).first()
    if row is None:
        given.conclude("not_found")
    return row


def _end(given: Permit, row: models.JoinRequest, ending: str) -> None:
    row.ended_at, row.ending, row.code_index = given.actor.asked_at, ending, None
    row.save(update_fields=["ended_at", "ending", "code_index"])
    given.note_subject("join_request", str(row.pk))
    given.conclude(f"join_request_{ending}")


def _person(row: models.JoinRequest) -> NewPerson:
    application = row.application
    return NewPerson(
        application.first_name, application.last_name, application.email, telephone=application.telephone
    )


def _join(row: models.JoinRequest) -> Join:
    application = row.application
    return Join(
        number=row.pk,
        name=f"{application.first_name} {application.last_name}".strip(),
        email=application.email,
        telephone=application.telephone,
        user_type=application.user_type,
        made_at=row.made_at,
        proven_at=row.proven_at,
    )
