"""The plan asks the office for more before it decides, takes a question back, and lets old ones lapse.

    ask -> a question for a service or the whole, each with its day -> the office is next (pended)
    answered (answering), withdrawn or lapsed -> nothing open any more -> the plan is next (in review)

Asking does not stop the clock of the decision: only a rule of the line that names this reason does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from portico.domains.authorizations import (
    awaiting,
    clocks,
    deciding,
    ledger,
    letters,
    models,
    question_kinds,
    sealing,
    telling,
)
from portico.domains.authorizations.facts.shown import OPEN, Standing
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

SHORTEST_TEXT: Final = 10
LONGEST_TEXT: Final = 2000
MOST_AT_ONCE: Final = 10
LONGEST_WAIT: Final = timedelta(days=90)
"""So long an answer is waited for at most, also where the clock of the decision stands still."""
CHUNK: Final = 100
_State = models.InformationRequest.State


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask for: its kind (question_kinds), the words, until when; `service` None: the whole."""

    kind: str
    text: str
    due_at: datetime
    service: int | None = None


class Refusal(StrEnum):
    """Why nothing was asked."""

    CHANGED = "changed"
    NOT_OPEN = "not_open"
    NOTHING_ASKED = "nothing_asked"
    TOO_MANY = "too_many"
    SERVICE_UNKNOWN = "service_unknown"
    KIND_UNKNOWN = "kind_unknown"
    TEXT_TOO_SHORT = "text_too_short"
    TEXT_TOO_LONG = "text_too_long"
    DUE_PAST = "due_past"
    DUE_TOO_LATE = "due_too_late"


@dataclass(frozen=True, slots=True)
class Stop:
    """One reason why: of which question, from 0 (None: of the whole), in which field."""

    code: Refusal
    question: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, by the ids of the questions, and its letter."""

    questions: tuple[UUID, ...]
    letter: UUID
    state: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class NotAsked:
    """Nothing was kept, and why; at least one stop."""

    stops: tuple[Stop, ...]
    reference: str = ""


def ask(
    *, actor: Actor, authorization: UUID, version: int, questions: Sequence[Question]
) -> Asked | NotAsked | None:
    """Ask the office of a request for these; None where there is no such request. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = deciding.found(given, authorization)
        if row is None:
            given.conclude("not_found")
            return None
        wrong = _stops(actor, row, version, questions)
        if wrong:
            given.conclude("authorization_not_asked")
            return NotAsked(wrong, given.reference)
        kept = [_keep(given, row, question) for question in questions]
        letter = letters.of_questions(given, row, kept)
        state = awaiting.stand(given, row)
        _pause(given, row)
        telling.offices(given, row, telling.ASKED)
        given.conclude("authorization_asked_more")
        return Asked(tuple(each.public_id for each in kept), letter.public_id, state, given.reference)


def withdraw(*, actor: Actor, authorization: UUID, question: UUID) -> bool:
    """Take a question back; False where it is not open any more, or there is none. Raises NotPermitted."""
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = deciding.found(given, authorization)
        held = row.asked_for.filter(public_id=question, state=_State.OPEN).first() if row else None
        if row is None or held is None:
            given.conclude("not_found")
            return False
        settle(given, row, held, _State.WITHDRAWN, side=ledger.Side.PLAN)
        awaiting.stand(given, row)
        telling.offices(given, row, telling.WITHDRAWN)
        given.conclude("authorization_question_withdrawn")
        return True


def settle(
    given: Permit,
    row: models.Authorization,
    question: models.InformationRequest,
    state: models.InformationRequest.State,
    *,
    side: ledger.Side,
) -> None:
    """Close an open question of a locked request, in the ledger too; `awaiting.stand` comes after."""
    question.state = state
    question.settled_at, question.settled_by = given.actor.asked_at, given.actor.persona_id
    question.save(update_fields=["state", "settled_at", "settled_by", "answer_sealed"])
    details = {"question": str(question.public_id)}
    ledger.note(given, row, ledger.Kind(state.value), side=side, code=question.kind, details=details)


def is_due(*, at: datetime) -> bool:
    """Is the time over of a question nobody answered? One query, no permit: a count of nobody's data."""
    return models.InformationRequest.objects.filter(state=_State.OPEN, due_at__lt=at).exists()


def lapse(*, actor: Actor) -> bool:
    """Close questions whose time is over, a chunk of them; True while more may be left.

    The plan is next again, and may decide by what it has. Raises NotPermitted.
    """
    with permit(actor, Function.HOUSEKEEPING) as given:
        over = models.InformationRequest.objects.filter(state=_State.OPEN, due_at__lt=actor.asked_at)
        due = list(over.order_by("due_at", "pk").values_list("pk", "authorization_id")[:CHUNK])
        for number in sorted({authorization for _, authorization in due}):
            _lapse(given, ledger.locked(number), [pk for pk, of in due if of == number])
        given.conclude("authorization_questions_lapsed" if due else "no_authorization_question_to_lapse")
        return len(due) == CHUNK


def _lapse(given: Permit, row: models.Authorization, numbers: Sequence[int]) -> None:
    held = list(row.asked_for.filter(pk__in=numbers, state=_State.OPEN).order_by("pk"))
    for question in held:
        settle(given, row, question, _State.LAPSED, side=ledger.Side.SYSTEM)
    if not held or row.state not in OPEN:
        return
    awaiting.stand(given, row)
    telling.offices(given, row, telling.LAPSED)
    given.note_subject(deciding.SUBJECT, row.number)


def _stops(
    actor: Actor, row: models.Authorization, version: int, questions: Sequence[Question]
) -> tuple[Stop, ...]:
    if row.version != version:
        return (Stop(Refusal.CHANGED),)
    if row.state not in OPEN:
        return (Stop(Refusal.NOT_OPEN),)
    if not 0 < len(questions) <= MOST_AT_ONCE:
        return (Stop(Refusal.TOO_MANY if questions else Refusal.NOTHING_ASKED),)
    open_ones = {service.position for service in row.services.all() if service.state in OPEN}
    found = []
    for number, question in enumerate(questions):
        for field, refusal in _of_one(actor, row, question, open_ones):
            found.append(Stop(refusal, number, field))
    return tuple(found)


def _of_one(
    actor: Actor, row: models.Authorization, question: Question, open_ones: set[int]
) -> list[tuple[str, Refusal]]:
    text = question.text.strip()
    tested = (
        ("service", Refusal.SERVICE_UNKNOWN, question.service not in {None, *open_ones}),
        ("kind", Refusal.KIND_UNKNOWN, question.kind not in question_kinds.BY_CODE),
        ("text", Refusal.TEXT_TOO_SHORT, len(text) < SHORTEST_TEXT),
        ("text", Refusal.TEXT_TOO_LONG, len(text) > LONGEST_TEXT),
        ("due_at", Refusal.DUE_PAST, question.due_at <= actor.asked_at),
        ("due_at", Refusal.DUE_TOO_LATE, question.due_at > (row.due_at or actor.asked_at + LONGEST_WAIT)),
    )
    return [(field, refusal) for field, refusal, is_so in tested if is_so]


def _pause(given: Permit, row: models.Authorization) -> None:
    """Let the clock of the decision stand still where the rule of the line says so, and only there."""
    code = clocks.Pause.INFORMATION_ASKED
    running = clocks.now(row, given.actor.asked_at).standing is Standing.RUNNING
    if running and clocks.may_pause(row, code):
        clocks.pause(given, row, code=code)


def _keep(given: Permit, row: models.Authorization, question: Question) -> models.InformationRequest:
    service = row.services.filter(position=question.service).first() if question.service else None
    held = models.InformationRequest(
        authorization=row,
        service=service,
        kind=question.kind,
        asked_at=given.actor.asked_at,
        asked_by=given.actor.persona_id,
        due_at=question.due_at,
    )
    held.text_sealed = sealing.sealed(question.text.strip(), place=sealing.place(held, "text"))
    held.save()
    ledger.note(
        given,
        row,
        ledger.Kind.ASKED,
        side=ledger.Side.PLAN,
        code=question.kind,
        details={"question": str(held.public_id), "service": question.service or 0},
        due_at=question.due_at,
    )
    return held
