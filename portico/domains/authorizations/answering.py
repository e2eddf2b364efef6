"""An office answers what the plan asked for: in words, with documents, or both.

pended, with open questions -> answer -> fewer open questions, still pended
                                      -> none open: in review again, and the plan is next
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from portico.domains.authorizations import (
    at_hand,
    awaiting,
    document_rows,
    documents,
    ledger,
    models,
    sealing,
)
from portico.domains.authorizations.at_hand import FUNCTIONS, Changed, NotNow, UnknownRequest
from portico.domains.authorizations.change_rules import Act
from portico.domains.authorizations.document_kinds import Full
from portico.domains.authorizations.facts.requested import Kind
from portico.domains.authorizations.facts.shown import State
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.permit import Permit, permit
from portico.shared.files.keeping import Looked

LONGEST: Final = 4_000
ANSWERED: Final = "authorization_answered"
Asked = models.InformationRequest.State


@dataclass(frozen=True, slots=True)
class Handed:
    """A document that answers, and what it is (document_kinds.DocumentKind)."""

    kind: str
    file: Looked


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered to one of the plan's questions: words, documents, at least one of either."""

    asked: UUID
    text: str = ""
    files: tuple[Handed, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Does it say nothing?"""
        return not self.text.strip() and not self.files


@dataclass(frozen=True, slots=True)
class Answered:
    """How the request stands now; `still_open` questions wait for an answer. `receipts` of the documents."""

    state: State
    still_open: int
    receipts: tuple[str, ...]
    reference: str


class NothingSaid(ValueError):
    """No question that is open was answered, or an answer is longer than is kept."""


class NoRoom(ValueError):
    """No document more is taken; `full` says why. Nothing of the answer was kept."""

    def __init__(self, full: Full) -> None:
        super().__init__(full)
        self.full = full


def answer(
    *, actor: Actor, authorization: UUID, of: Kind, answers: Sequence[Answer], version: int | None = None
) -> Answered:
    """Answer open questions of the plan, each once; `version` is that of the page that was seen.

    The clock does not run anew: what was paused for the answer goes on. Raises UnknownRequest, NotNow,
    Changed, NothingSaid, NoRoom, NotPermitted.
    """
    given_answers = [each for each in answers if not each.is_empty]
    with permit(actor, FUNCTIONS[of]) as given:
        row = at_hand.held(given, authorization)
        fault = _fault(given, row, given_answers, version)
        if fault is None and row is not None:
            return _answered(given, row, given_answers)
        given.conclude("not_found" if row is None else "not_answered")
    raise fault or UnknownRequest


def _fault(
    given: Permit, row: models.Authorization | None, answers: Sequence[Answer], version: int | None
) -> Exception | None:
    if row is None:
        return UnknownRequest()
    if not at_hand.may(given, row, Act.ANSWER):
        return NotNow()
    if version is not None and version != row.version:
        return Changed(row.version)
    waiting = set(row.asked_for.filter(state=Asked.OPEN).values_list("public_id", flat=True))
    asked = [each.asked for each in answers]
    if not asked or len(set(asked)) != len(asked) or not set(asked) <= waiting:
        return NothingSaid()
    if any(len(each.text) > LONGEST for each in answers):
        return NothingSaid()
    files = [handed.file for each in answers for handed in each.files]
    return no_room(given, row, files)


def no_room(given: Permit, row: models.Authorization, files: Sequence[Looked]) -> Exception | None:
    """Why not all of these find room, if not."""
    if not files:
        return None
    size = sum(file.size for file in files)
    full = document_rows.full(given, row.documents.all(), size, more=len(files))
    return NoRoom(full) if full is not None else None


def _answered(given: Permit, row: models.Authorization, answers: Sequence[Answer]) -> Answered:
    receipts = [receipt for each in answers for receipt in _settled(given, row, each)]
    state = awaiting.stand(given, row)
    still_open = awaiting.open_questions(row)
    _tell(given, row)
    given.conclude("authorization_answered")
    return Answered(state, len(still_open), tuple(receipts), given.reference)


def _settled(given: Permit, row: models.Authorization, answer: Answer) -> list[str]:
    asked = row.asked_for.select_related("service").get(public_id=answer.asked)
    asked.state, asked.settled_at = Asked.ANSWERED, given.actor.asked_at
    asked.settled_by = given.actor.persona_id
    if answer.text.strip():
        asked.answer_sealed = sealing.sealed(answer.text.strip(), place=sealing.place(asked, "answer"))
    asked.save(update_fields=["state", "settled_at", "settled_by", "answer_sealed"])
    kept = [
        document_rows.keep(
            given,
            handed.file,
            kind=handed.kind,
            authorization=row,
            service=asked.service,
            answers=asked,
        )
        for handed in answer.files
    ]
    for document in kept:
        documents.note(given, row, document)
    details: dict[str, str | int] = {"asked": str(asked.public_id), "documents": len(kept)}
    if asked.service is not None:
        details["service"] = asked.service.position
    ledger.note(given, row, ledger.Kind.ANSWERED, side=ledger.Side.OFFICE, code=asked.kind, details=details)
    return [document.reference for document in kept]


def _tell(given: Permit, row: models.Authorization) -> None:
    """Whoever of the plan reviews it hears of it."""
    if row.reviewer_id is not None:
        context = {"number": row.number, "authorization": str(row.public_id)}
        at = given.actor.asked_at
        notices.tell_user(user_id=row.reviewer_id, kind=ANSWERED, context=context, now=at)
