"""An office asks the plan to look again at what was denied, wholly or in part.

    reconsideration   the plan's own desk looks again, with what the office adds
    appeal            somebody who did not decide before looks at it, once

Both within the days that next_steps says.

What was approved stays approved; what was denied is in review again, on a clock of its own. The reason for
asking is kept as a document would be: sealed, with the request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from portico.domains.authorizations import (
    answering,
    at_hand,
    clocks,
    document_rows,
    documents,
    ledger,
    models,
    next_steps,
    sealing,
    state_rules,
)
from portico.domains.authorizations.answering import Handed
from portico.domains.authorizations.at_hand import FUNCTIONS, Changed, NotNow, UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import State
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import days

LEAST, LONGEST = 20, 4_000


class Again(StrEnum):
    """As what it is to be looked at again."""

    RECONSIDERATION = "reconsideration"
    APPEAL = "appeal"


ACTS: Final = {Again.RECONSIDERATION: Act.ASK_RECONSIDERATION, Again.APPEAL: Act.ASK_APPEAL}
"""What one needs to be allowed for each."""


class TooLate(ValueError):
    """The time for it is over; `until` was its last day."""

    def __init__(self, until: date) -> None:
        super().__init__("the time for another look is over")
        self.until = until


class AskedBefore(ValueError):
    """This decision was appealed before: there is one appeal."""


class WhyMissing(ValueError):
    """The plan is to hear why it should look again, in twenty letters or more."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """It is looked at again, until `due_at`."""

    state: State
    due_at: datetime | None
    receipts: tuple[str, ...]
    reference: str


def ask(
    *,
    actor: Actor,
    authorization: UUID,
    of: Kind,
    again: Again,
    why: str,
    files: Sequence[Handed] = (),
    version: int | None = None,
) -> Reopened:
    """Have the plan look again at what it denied, for the reason `why`.

    Raises UnknownRequest, NotNow, Changed, TooLate, AskedBefore, WhyMissing, NoRoom, NotPermitted.
    """
    with permit(actor, FUNCTIONS[of]) as given:
        row = at_hand.held(given, authorization)
        fault = _fault(given, row, again, why, files, version)
        if fault is None and row is not None:
            return _reopened(given, row, again, why.strip(), files)
        given.conclude("not_found" if row is None else "not_reopened")
    raise fault or UnknownRequest


def _fault(
    given: Permit,
    row: models.Authorization | None,
    again: Again,
    why: str,
    files: Sequence[Handed],
    version: int | None,
) -> Exception | None:
    if row is None:
        return UnknownRequest()
    if not at_hand.may(given, row, ACTS[again]):
        return NotNow()
    if version is not None and version != row.version:
        return Changed(row.version)
    if not LEAST <= len(why.strip()) <= LONGEST:
        return WhyMissing()
    if (late := _too_late(given, row, again)) is not None:
        return late
    return answering.no_room(given, row, [each.file for each in files])


def _too_late(given: Permit, row: models.Authorization, again: Again) -> Exception | None:
    appeals = row.events.filter(kind=ledger.Kind.REOPENED, basis=ledger.Basis.APPEAL)
    if again is Again.APPEAL and appeals.exists():
        return AskedBefore()
    decided_on = days.of(row.decided_at) if row.decided_at else given.actor.today
    is_law = row.clock is not None and row.clock.is_law
    until = next_steps.appeal_until(decided_on, is_law=is_law)
    return TooLate(until) if given.actor.today > until else None


def _reopened(
    given: Permit, row: models.Authorization, again: Again, why: str, files: Sequence[Handed]
) -> Reopened:
    row.services.filter(state__in=[State.DENIED, State.PARTLY]).update(state=State.IN_REVIEW)
    row.state = state_rules.whole(list(row.services.values_list("state", flat=True)))
    clock = clocks.reopen(given, row, basis=ledger.Basis(again))
    kept = [document_rows.keep(given, each.file, kind=each.kind, authorization=row) for each in files]
    for document in kept:
        documents.note(given, row, document)
    _keep_why(given, row, again, why)
    at_hand.touch(given, row, "state")
    given.conclude("authorization_reopened")
    return Reopened(State(row.state), clock.due_at, tuple(each.reference for each in kept), given.reference)


def _keep_why(given: Permit, row: models.Authorization, again: Again, why: str) -> None:
    """The words stand as an answer to a question the office put to itself: read by both sides, sealed."""
    at = given.actor.asked_at
    asked = models.InformationRequest(
        authorization=row,
        kind=again,
        state=models.InformationRequest.State.ANSWERED,
        asked_at=at,
        due_at=at,
        settled_at=at,
        settled_by=given.actor.persona_id,
    )
    asked.text_sealed = sealing.sealed("", place=sealing.place(asked, "text"))
    asked.answer_sealed = sealing.sealed(why, place=sealing.place(asked, "answer"))
    asked.save(force_insert=True)
