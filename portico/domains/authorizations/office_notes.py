"""Notes within an office about a request: colleagues read them, no other office and not the plan.

The plan's people have notes of their own in the same way, which no office reads.
"""

from uuid import UUID

from portico.domains.access import coworkers
from portico.domains.authorizations import models, opening, sealing
from portico.domains.authorizations.facts.shown import NoteFacts
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit

LONGEST = 2_000


class NoteWrong(ValueError):
    """A note that says nothing, or more than it may; `code` is empty or too_long."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def add(*, actor: Actor, authorization: UUID, text: str) -> None:
    """Write a note for the colleagues of the actor's own office.

    Raises NoteWrong, opening.AuthorizationNotFound, NotPermitted.
    """
    words = text.strip()
    if not words or len(words) > LONGEST:
        raise NoteWrong("too_long" if words else "empty")
    with opening.opened(actor, authorization) as (given, row):
        write(given, row, words)
        given.conclude("noted")


def write(given: Permit, row: models.Authorization, text: str, *, author: str = "") -> None:
    """Keep a note of whoever `given` was opened for, and of their own side alone."""
    actor = given.actor
    names = coworkers.names(given, {actor.persona_id or 0})
    held = models.Note.objects.create(
        authorization=row,
        office_id=actor.office_id,
        persona_id=actor.persona_id,
        author=author or names.get(actor.persona_id or 0, actor.name),
        text_sealed=b"",
        at=actor.asked_at,
    )
    held.text_sealed = sealing.sealed(text, place=sealing.place(held, "text"))
    held.save(update_fields=["text_sealed"])


def of(given: Permit, row: models.Authorization) -> tuple[NoteFacts, ...]:
    """The notes of the reader's own side, the latest first."""
    office_id = given.actor.office_id
    mine = {"office_id": office_id} if office_id is not None else {"office_id__isnull": True}
    return tuple(
        _facts(each) for each in models.Note.objects.filter(authorization=row, **mine).order_by("-pk")
    )


def _facts(row: models.Note) -> NoteFacts:
    text = sealing.opened(row.text_sealed, place=sealing.place(row, "text"))
    return NoteFacts(row.author, text, row.at)
