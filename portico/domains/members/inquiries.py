"""One question, one answer: how programs and batches ask about eligibility, benefits and what is used.

What a page asks panel by panel is answered here at once, through one permit, with one audit row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from django.db.models import Q

from portico.domains.members import (
    accumulators,
    benefits,
    eligibility,
    keys,
    other_coverage,
    people,
    search,
    visibility,
)
from portico.domains.members.answers import Answered, CoverageSpan, EligibilityAnswer, KeyedSpan, Told
from portico.domains.members.asked import Inquiry, NoAnswer, NotAnswered
from portico.domains.permits.actors import Actor
from portico.domains.permits.decisions import Decision
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.questions import Question
from portico.domains.permits.rules import decide
from portico.shared import prepared
from portico.shared.identifiers import BadIdentifier

_UNREADABLE = {
    "member_id_format": NoAnswer.MEMBER_ID_NOT_FOUND,
    "last_name_format": NoAnswer.NAME_NOT_FOUND,
    "ssn_format": NoAnswer.SSN_NOT_FOUND,
    "ssn_never_issued": NoAnswer.SSN_NOT_FOUND,
}
EVERYONE = slice(None)


class Keeper(Protocol):
    """Keeps what came of a question in the transaction that audits it: both are there, or none."""

    def answered(self, answer: Answered | NotAnswered) -> None:
        """Keep an answer, or why there is none; what it raises undoes both."""

    def refused(self, decision: Decision, reference: str) -> None:
        """Keep a refusal, and the reference of its audit row."""


def ask(
    *,
    actor: Actor,
    inquiry: Inquiry,
    with_benefits: bool = False,
    most: int = 1,
    part: slice = EVERYONE,
    keeper: Keeper | None = None,
) -> Answered | NotAnswered:
    """Everything about whoever is meant; or why there is no answer, in one reason or several at once.

    More people than `most` is no answer (SEVERAL_FOUND) and shows none of them. Of those found, `part` is
    told, and noted as shown: a page of them. What cannot be a member ID, an SSN or a name is not found.
    Raises NotPermitted.
    """
    wanted, refused = _wanted(inquiry), keeper.refused if keeper else None
    with permit(
        actor, Function.ELIGIBILITY, tax_id=inquiry.tax_id, line=inquiry.line, refused=refused
    ) as given:
        with prepared.remembering():
            answer = _answer(given, inquiry, wanted, with_benefits, most, part)
        if keeper is not None:
            keeper.answered(answer)
        return answer


def _answer(
    given: Permit, inquiry: Inquiry, wanted: Q | NotAnswered, with_benefits: bool, most: int, part: slice
) -> Answered | NotAnswered:
    found = search.people_for(given, inquiry, wanted) if isinstance(wanted, Q) else wanted
    if not isinstance(found, NotAnswered) and len(found) > most:
        found = NotAnswered(NoAnswer.SEVERAL_FOUND)
    if isinstance(found, NotAnswered):
        given.conclude(found.reason)
        return replace(found, reference=given.reference)
    return _answered(given, found, part, with_benefits)


def _wanted(inquiry: Inquiry) -> Q | NotAnswered:
    try:
        return search.wanted_by(inquiry.by)
    except BadIdentifier as error:
        return NotAnswered(_UNREADABLE.get(error.code, NoAnswer.NOT_ENOUGH))


def _answered(given: Permit, found: Sequence[visibility.Seen], part: slice, with_benefits: bool) -> Answered:
    shown = found[part]
    for seen in shown:
        given.note_subject("member", seen.member.member_id)
    given.conclude(found[0].verdict if len(found) == 1 else "several")
    told = tuple(_told(given, seen, with_benefits) for seen in shown)
    return Answered(told, given.reference, total=len(found))


def _told(given: Permit, seen: visibility.Seen, with_benefits: bool) -> Told:
    answer = eligibility.answer(given, seen)
    told = Told(
        key=keys.member_key(seen.member.pk),
        eligibility=answer,
        spans=_spans(seen, answer),
        changed_at=seen.member.changed_at,
        other_coverage=other_coverage.answer(seen),
        particulars=people.particulars(seen.member),
    )
    return _with_benefits(given, seen, told) if with_benefits and seen.deciding else told


def _with_benefits(given: Permit, seen: visibility.Seen, told: Told) -> Told:
    """The amounts too, where the same actor may see benefits in the line that decides."""
    asked = Question(Function.BENEFITS, given.question.tax_id, seen.line or None)
    decision = decide(given.actor, asked)
    if not decision.allowed:
        return replace(told, benefits_refused=decision)
    given.note_subject("benefits", seen.plan_code)
    return replace(told, benefits=benefits.answer(seen), accumulators=accumulators.answer(seen))


def _spans(seen: visibility.Seen, answer: EligibilityAnswer) -> tuple[KeyedSpan, ...]:
    others: Iterator[CoverageSpan] = iter(answer.others)
    return tuple(
        KeyedSpan(
            keys.coverage_key(row.pk),
            answer.coverage if answer.coverage and row is seen.deciding else next(others),
            row.changed_at,
        )
        for row in seen.spans
    )
