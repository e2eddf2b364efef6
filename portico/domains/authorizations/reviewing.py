"""One request at the plan's desk: everything a reviewer needs to decide, and whose it is.

Whoever takes a request is named in the work list; that binds nobody: a colleague may decide it all the same,
and the version of the page tells who came second.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Q

from portico.domains.access import colleagues
from portico.domains.access.colleagues import Colleague
from portico.domains.authorizations import (
    awaiting,
    clocks,
    deciding,
    deciding_rules,
    determining,
    ledger,
    models,
    office_notes,
    page_views,
    views,
)
from portico.domains.authorizations.facts.decided import Basis
from portico.domains.authorizations.facts.shown import AuthorizationPage, Clock, Listed, Standing
from portico.domains.notifications import notices
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide

EARLIER: Final = 10
HANDED_OVER: Final = "authorization_handed_over"


@dataclass(frozen=True, slots=True)
class SaidOfService:
    """What a decision said of one service."""

    position: int
    outcome: str
    quantity: Decimal | None
    first_on: date | None
    last_on: date | None
    reason_code: str
    reason_text: str
    criteria: str
    document: str


@dataclass(frozen=True, slots=True)
class Said:
    """A decision as it was made: by whom, on what basis."""

    outcome: str
    basis: str
    decider: str
    decided_at: datetime
    services: tuple[SaidOfService, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """What the rules made of the request when it came in: each rule's step, and the outcome."""

    number: int
    at: datetime
    outcome: str
    digest: str
    steps: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A request as its reviewer reads it.

    `to_decide` are the positions that wait for a decision, `basis` on what it would stand; `awaited` those
    about which the office may still answer. `earlier` are other requests for the same member, the latest
    first. `reviewer` has it, empty: nobody. `answer_due_at` is until when the office would answer a question
    asked now, never later than the decision is due; `may_extend`: the clock can be made longer, once.
    """

    page: AuthorizationPage
    to_decide: tuple[int, ...]
    awaited: tuple[int, ...]
    basis: Basis
    may_deny: bool
    reviewer: str
    is_mine: bool
    colleagues: tuple[Colleague, ...]
    decisions: tuple[Said, ...]
    traces: tuple[Traced, ...]
    earlier: tuple[Listed, ...]
    answer_due_at: datetime
    may_extend: bool


class Handing(StrEnum):
    """What came of giving a request to somebody."""

    DONE = "done"
    NOT_FOUND = "not_found"
    NOBODY = "nobody"


def case(*, actor: Actor, authorization: UUID) -> Case | None:
    """One request, whatever its state; None where there is none. A constant number of queries.

    Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = models.Authorization.objects.filter(public_id=authorization).select_related("clock").first()
        given.conclude("authorization_case_shown" if row else "not_found")
        if row is None:
            return None
        given.note_subject("member", row.member_id)
        given.note_subject(deciding.SUBJECT, row.number)
        return _case(given, row)


def take(*, actor: Actor, authorization: UUID) -> Handing:
    """Take a request, also from a colleague. Raises NotPermitted."""
    return _give(actor, authorization, actor.user_id)


def let_go(*, actor: Actor, authorization: UUID) -> Handing:
    """Give a request back to everybody. Raises NotPermitted."""
    return _give(actor, authorization, None)


def hand_over(*, actor: Actor, authorization: UUID, user_id: int) -> Handing:
    """Give a request to a colleague, who is told; NOBODY where nobody like that reviews.

    Raises NotPermitted.
    """
    return _give(actor, authorization, user_id)


def note(*, actor: Actor, authorization: UUID, text: str) -> bool:
    """Write a note for the plan's own people; False where there is no such request.

    Raises office_notes.NoteWrong, NotPermitted.
    """
    words = text.strip()
    if not words or len(words) > office_notes.LONGEST:
        raise office_notes.NoteWrong("too_long" if words else "empty")
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = deciding.found(given, authorization)
        if row is not None:
            office_notes.write(given, row, words, author=actor.name)
        given.conclude("noted" if row else "not_found")
        return row is not None


def replay(*, actor: Actor, authorization: UUID, trace: int) -> bool | None:
    """Run a trace of a request again: does the same come of it? None where there is none.

    Raises NotPermitted.
    """
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        rows = models.Trace.objects.filter(authorization__public_id=authorization, pk=trace)
        row = rows.select_related("authorization").first()
        if row is not None:
            given.note_subject(deciding.SUBJECT, row.authorization.number)
        given.conclude("authorization_trace_run_again" if row else "not_found")
        return determining.replay(row).is_same if row else None


def _give(actor: Actor, authorization: UUID, user_id: int | None) -> Handing:
    with permit(actor, Function.AUTHORIZATION_REVIEW) as given:
        row = deciding.found(given, authorization)
        ended = _given_to(given, row, user_id) if row else Handing.NOT_FOUND
        given.conclude("authorization_assigned" if ended is Handing.DONE else "not_found")
        return ended


def _given_to(given: Permit, row: models.Authorization, user_id: int | None) -> Handing:
    """The version stays: what an open page shows is still so."""
    able = {each.user_id for each in colleagues.holding(given, Function.AUTHORIZATION_REVIEW)}
    if user_id is not None and user_id not in able | {given.actor.user_id}:
        return Handing.NOBODY
    if row.reviewer_id == user_id:
        return Handing.DONE
    row.reviewer_id = user_id
    row.save(update_fields=["reviewer_id"])
    code = "given" if user_id is not None else "let_go"
    ledger.note(
        given, row, ledger.Kind.ASSIGNED, side=ledger.Side.PLAN, code=code, details={"user": user_id or 0}
    )
    if user_id is not None and user_id != given.actor.user_id:
        context = {"authorization": str(row.public_id), "number": row.number}
        notices.tell_user(user_id=user_id, kind=HANDED_OVER, context=context, now=given.actor.asked_at)
    return Handing.DONE


def _case(given: Permit, row: models.Authorization) -> Case:
    asked, happened = deciding.asked_of(row), deciding.happened(row)
    questions = awaiting.open_questions(row)
    people = colleagues.holding(given, Function.AUTHORIZATION_REVIEW)
    page = page_views.page(given, row)
    answer_due_at = clocks.answer_due(row.line_id, given.actor.asked_at)
    clock = page.listed.clock
    return Case(
        page=page,
        to_decide=deciding_rules.to_decide(asked, happened),
        awaited=tuple(each.position for each in asked if questions and each.is_awaited),
        basis=deciding_rules.basis(asked, happened),
        may_deny=decide(given.actor, Question(Function.ADVERSE_DETERMINATION)).allowed,
        reviewer=colleagues.names(given, {row.reviewer_id or 0}).get(row.reviewer_id or 0, ""),
        is_mine=row.reviewer_id is not None and row.reviewer_id == given.actor.user_id,
        colleagues=tuple(each for each in people if each.user_id != row.reviewer_id),
        decisions=_decisions(row),
        traces=tuple(
            Traced(each.pk, each.at, each.outcome, each.rules_digest, tuple(each.steps))
            for each in models.Trace.objects.filter(authorization=row)
        ),
        earlier=_earlier(given, row),
        answer_due_at=min(answer_due_at, row.due_at) if row.due_at else answer_due_at,
        may_extend=_may_extend(row, clock),
    )


def _may_extend(row: models.Authorization, clock: Clock) -> bool:
    allows = row.clock is not None and row.clock.extension_days > 0
    return allows and clock.standing in {Standing.RUNNING, Standing.PAUSED} and not clock.extended_by


def _decisions(row: models.Authorization) -> tuple[Said, ...]:
    """Every decision, the latest first."""
    rows = models.Decision.objects.filter(authorization=row).prefetch_related("services__service")
    return tuple(
        Said(
            outcome=decision.outcome,
            basis=decision.basis,
            decider=decision.decider,
            decided_at=decision.decided_at,
            services=tuple(_said(each) for each in decision.services.all()),
        )
        for decision in rows.order_by("-pk")
    )


def _said(row: models.ServiceDecision) -> SaidOfService:
    return SaidOfService(
        position=row.service.position,
        outcome=row.outcome,
        quantity=row.quantity,
        first_on=row.first_on,
        last_on=row.last_on,
        reason_code=row.reason_code,
        reason_text=row.reason_text,
        criteria=row.criteria,
        document=row.document,
    )


def _earlier(given: Permit, row: models.Authorization) -> tuple[Listed, ...]:
    same = Q(member_id=row.member_id) | Q(
        subscriber_number=row.subscriber_number,
        patient_last_key=row.patient_last_key,
        patient_birth_date=row.patient_birth_date,
    )
    rows = models.Authorization.objects.filter(same).exclude(pk=row.pk).order_by("-received_at", "-pk")
    return views.listed(given, list(rows[:EARLIER]))
