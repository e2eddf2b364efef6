"""The recovery question: chosen by its owner, its answer kept as a password is, and never enough by itself.

The setting RECOVERY_QUESTION says who asks it: `extra`, the page behind a mailed reset link; `helpdesk`, the
plan's desk of a caller; `off`, nobody, and what was kept before is not looked at.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings

from portico.domains.accounts import models
from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.credentials.question_rules import (
    AnswerFault,
    Question,
    answer_faults,
    normal_answer,
)
from portico.domains.accounts.signing_in import misses
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

EXTRA, HELPDESK, OFF = "extra", "helpdesk", "off"


class WeakAnswer(ValueError):
    """The answer cannot be used; `faults` say why."""

    def __init__(self, faults: tuple[AnswerFault, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


class NotAsked(Exception):
    """The plan asks no question here: the setting RECOVERY_QUESTION says so."""


class Match(StrEnum):
    """What the desk learns of a caller's answer."""

    MATCH = "match"
    NO_MATCH = "no_match"
    BLOCKED = "blocked"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Made:
    """A question with its answer, hashed: ready to be kept."""

    question: Question
    answer: str = field(repr=False)


def are_kept() -> bool:
    """Does the plan use recovery questions at all?"""
    return settings.RECOVERY_QUESTION != OFF


def are_asked_of_callers() -> bool:
    """Is it the plan's desk that asks, on the telephone?"""
    return settings.RECOVERY_QUESTION == HELPDESK


def made(*, username: str, question: Question, answer: str) -> Made:
    """The answer, looked at and hashed; waits for its turn, so outside a permit. Raises WeakAnswer."""
    faults = answer_faults(answer, question=question, username=username)
    if faults:
        raise WeakAnswer(faults)
    return Made(question, passwords.hashed(normal_answer(answer)))


def keep(given: Permit, ready: Made) -> None:
    """Keep it as the question of the actor's user, instead of any earlier one."""
    user_id = given.actor.user_id or 0
    given.note_subject("user", str(user_id))
    models.RecoveryQuestion.objects.update_or_create(
        user_id=user_id,
        defaults={"question": ready.question, "answer": ready.answer, "set_at": given.actor.asked_at},
    )


def set_own(
    *, actor: Actor, question: Question, answer: str, function: Function = Function.OWN_CREDENTIALS
) -> None:
    """Keep the actor's own question; `function` is ACTIVATION in the steps of the first sign-in.

    Raises NotAsked where the plan has none, WeakAnswer, NotPermitted.
    """
    if not are_kept():
        raise NotAsked
    ready = made(username=actor.context.get("username", ""), question=question, answer=answer)
    with permit(actor, function) as given:
        keep(given, ready)
        given.conclude("question_set")


def own(*, actor: Actor) -> Question | None:
    """The question the actor chose, to be changed. Raises NotAsked, NotPermitted."""
    if not are_kept():
        raise NotAsked
    with permit(actor, Function.OWN_CREDENTIALS) as given:
        given.conclude("question_shown")
        row = _of(given.actor.user_id)
        return None if row is None else Question(row.question)


def asks(user_id: int) -> Question | None:
    """What the page behind a reset link asks this user; None where nothing was chosen, or none is asked."""
    row = _of(user_id) if settings.RECOVERY_QUESTION == EXTRA else None
    return None if row is None else Question(row.question)


def is_right(user_id: int, answer: str) -> bool:
    """Is this the user's answer? Costs as much where there is none. Raises passwords.Busy.

    Whoever calls it counts what is wrong.
    """
    row = _of(user_id)
    return passwords.is_right(normal_answer(answer), None if row is None else row.answer)


def mark(user_id: int, *, purpose: str) -> bytes:
    """The keyed index of the user's answer as it is kept, 16 bytes: that it was given, for one purpose."""
    row = _of(user_id)
    return allowances.index("" if row is None else row.answer, purpose=purpose)


def check_for_caller(*, actor: Actor, username: str, answer: str) -> Match:
    """Does a caller's answer match? The desk learns no more; after five wrong ones, nothing for an hour.

    A user who chose no question, and a name that nobody has, never match. Raises NotAsked unless the plan's
    desk asks callers, NotPermitted.
    """
    if not are_asked_of_callers():
        raise NotAsked
    with permit(actor, Function.PROVISIONING, lately=True) as given:
        match = _matched(given, username, answer)
        given.conclude(f"caller_{match}")
        return match


def _matched(given: Permit, username: str, answer: str) -> Match:
    user, at = models.User.objects.named(username), given.actor.asked_at
    if user is not None:
        given.note_subject("user", str(user.pk))
    counted = allowances.index(misses.name_key(username), purpose="caller")
    tally = misses.hold(counted, at=at)
    if rules.is_used_up(tally, rules.WRONG_FOR_A_CALLER, at):
        return Match.BLOCKED
    try:
        if is_right(user.pk if user else 0, answer):
            misses.forget_one(counted)
            return Match.MATCH
    except passwords.Busy:
        return Match.BUSY
    allowances.count(counted, tally, rules.WRONG_FOR_A_CALLER, at=at)
    return Match.NO_MATCH


def _of(user_id: int | None) -> models.RecoveryQuestion | None:
    return models.RecoveryQuestion.objects.filter(user_id=user_id or 0).first()
