"""Drafts go from hand to hand: handed to a colleague, taken over, thrown away, or forgotten in the end."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from portico.domains.access import coworkers
from portico.domains.access.coworkers import Coworker
from portico.domains.authorizations import draft_faults, draft_rows, models
from portico.domains.authorizations.draft_faults import UnknownColleague, UnknownDraft
from portico.domains.authorizations.draft_rows import SUBJECT, State
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

KEPT_FOR: Final = timedelta(days=30)
HANDED: Final = "authorization_draft_handed"


def hand_over(*, actor: Actor, draft: UUID, to: int) -> Coworker:
    """Give it to a colleague (a persona's number), who is told. Answers who that is.

    Raises UnknownDraft, NotYours, UnknownColleague, NotPermitted.
    """
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.open_one(given, draft)
        fault = draft_rows.hindrance(given, row)
        colleague = _colleague(given, row, to) if row and not fault else None
        if row is not None and colleague is not None:
            _given(given, row, colleague)
        given.conclude(
            draft_faults.code(fault) if fault else "draft_handed_over" if colleague else "nobody_to_hand_to"
        )
    if fault is not None:
        raise fault
    if colleague is None:
        raise UnknownColleague
    return colleague


def take(*, actor: Actor, draft: UUID) -> None:
    """Take it over from a colleague, such as one who left. Raises UnknownDraft, NotPermitted."""
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.open_one(given, draft)
        if row is not None and actor.persona_id is not None:
            row.owner_id, row.handed_by, row.handed_at = actor.persona_id, None, None
            draft_rows.touch(given, row, "owner_id", "handed_by", "handed_at")
        given.conclude("not_found" if row is None else "draft_taken")
    if row is None:
        raise UnknownDraft


def drop(*, actor: Actor, draft: UUID) -> None:
    """Throw it away with its documents. Raises UnknownDraft, NotYours, NotPermitted."""
    with permit(actor, draft_rows.function_of(actor, draft)) as given:
        row = draft_rows.open_one(given, draft)
        fault = draft_rows.hindrance(given, row)
        if row is not None and fault is None:
            given.note_subject(SUBJECT, str(row.public_id))
            row.documents.all().delete()
            row.state, row.content_sealed = State.DROPPED, b""
            draft_rows.touch(given, row, "state", "content_sealed")
        given.conclude(draft_faults.code(fault) if fault else "draft_dropped")
    if fault is not None:
        raise fault


def forget(*, actor: Actor) -> int:
    """Throw away drafts that nobody changed for thirty days, with their documents; answers how many."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        old = models.Draft.objects.filter(changed_at__lte=actor.asked_at - KEPT_FOR).exclude(state=State.SENT)
        count = old.count()
        old.delete()
        given.conclude("drafts_forgotten" if count else "nothing_old")
        return count


def _colleague(given: Permit, row: models.Draft, persona: int) -> Coworker | None:
    able = coworkers.holding(given, given.question.function, tax_id=row.tax_id, line=row.line)
    return next((each for each in able if each.persona_id == persona), None)


def _given(given: Permit, row: models.Draft, to: Coworker) -> None:
    row.owner_id, row.handed_by, row.handed_at = to.persona_id, given.actor.persona_id, given.actor.asked_at
    draft_rows.touch(given, row, "owner_id", "handed_by", "handed_at")
    given.note_subject(SUBJECT, str(row.public_id))
    context = {"draft": str(row.public_id)}
    notices.tell_user(user_id=to.user_id, kind=HANDED, context=context, now=given.actor.asked_at)
