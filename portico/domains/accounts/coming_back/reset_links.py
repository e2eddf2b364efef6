"""Behind a mailed reset link: the recovery question where the plan asks it, then a new password.

    open -> answered -> used
      `----> ended by five wrong answers, a newer link, another change of the password, or its hour

Opening a link changes nothing: mail scanners do. A new password ends every session; it signs nobody in, and
the second factor stays as it is. A hash is made before the permit is opened, as at the sign-in.
"""

import hmac
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from portico.domains.accounts import models
from portico.domains.accounts import rules as sign_in_rules
from portico.domains.accounts.coming_back import coming_back_rules as rules
from portico.domains.accounts.coming_back import resets
from portico.domains.accounts.credentials import new_passwords, passwords, questions
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import misses
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


class Stage(StrEnum):
    """How far somebody is behind a link."""

    QUESTION = "reset_question"
    PASSWORD = "reset_password"  # noqa: S105 - a stage, no secret
    DONE = "password_reset"
    OVER = "reset_link_over"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class Opened:
    """Where it stands: the question to be answered, with the tries left; or that the password may be set.

    `proof` says for this link alone that the question was answered; it goes back with the new password.
    `is_closed`: no answer is looked at, until `closed_until` or, without that, until somebody unlocks it.
    """

    stage: Stage
    question: Question | None = None
    tries_left: int = 0
    missed: bool = False
    proof: str = field(default="", repr=False)
    is_closed: bool = False
    closed_until: datetime | None = None


OVER = Opened(Stage.OVER)


def opened(*, actor: Actor, secret: str) -> Opened:
    """What stands behind a link. One that is used, ended, over or unknown is OVER."""
    with permit(actor, Function.SIGN_IN) as given:
        link = _link(actor, secret)
        return _noted(given, link, OVER if link is None else _first(link))


def answered(*, actor: Actor, secret: str, answer: str) -> Opened:
    """Try the answer to the question; a fifth wrong one ends the link. No sign-in's tries are spent.

    Wrong ones also count for the person, with the locks of the sign-in, so that another link brings no new
    tries; a full sign-in forgets them. Busy, when this process hashes as many as it may: nothing was tried,
    counted or recorded.
    """
    link = _link(actor, secret)
    try:
        is_right = link is not None and _is_right(link, answer)
    except passwords.Busy:
        return Opened(Stage.BUSY)
    with permit(actor, Function.SIGN_IN) as given:
        return _noted(given, link, OVER if link is None else _tried(actor, link, secret, is_right=is_right))


def used(*, actor: Actor, secret: str, password: str, proof: str = "") -> Opened:
    """Set the new password, and spend the link; of many at once one does. Raises WeakPassword.

    Without the proof of an answer, where one is asked, the question is asked again.
    """
    link = _link(actor, secret)
    encoded = _encoded(link, password) if link is not None and _is_proven(link, proof) else ""
    with permit(actor, Function.SIGN_IN) as given:
        if link is not None:
            misses.hold(misses.index(Step.PASSWORD, link.user.username), at=actor.asked_at)
        user = models.User.objects.select_for_update().filter(pk=link.user_id).first() if link else None
        held = _link(actor, secret, held=True)
        if user is None or held is None:
            return _noted(given, link, OVER)
        if not encoded:
            return _noted(given, held, _first(held))
        models.ResetLink.objects.filter(pk=held.pk).update(used_at=actor.asked_at)
        new_passwords.keep(given, user, encoded)
        new_passwords.undo_guessing(given, user)
        return _noted(given, held, Opened(Stage.DONE))


def _link(actor: Actor, secret: str, *, held: bool = False) -> models.ResetLink | None:
    """The link when it works still for a user who may have it; `held` until the transaction ends."""
    links = models.ResetLink.objects.select_related("user")
    links = links.select_for_update(of=("self",)) if held else links
    link = links.filter(secret_index=resets.link_index(secret)).first()
    if link is None or not resets.may_reset(link.user):
        return None
    is_open = rules.is_open(
        expires_at=link.expires_at, used_at=link.used_at, ended_at=link.ended_at, now=actor.asked_at
    )
    return link if is_open else None


def _first(link: models.ResetLink) -> Opened:
    question = questions.asks(link.user_id)
    if question is None:
        return Opened(Stage.PASSWORD)
    return Opened(Stage.QUESTION, question, rules.MOST_WRONG_ANSWERS - link.misses)


def _tried(actor: Actor, link: models.ResetLink, secret: str, *, is_right: bool) -> Opened:
    """What comes of an answer, with the person's tally and the link held. Where nothing is asked, nothing."""
    at, counted = actor.asked_at, misses.index(Step.RESET_ANSWER, link.user.username)
    tally = misses.hold(counted, at=at)
    held = _link(actor, secret, held=True)
    if held is None:
        return OVER
    asked = _first(held)
    if asked.stage is not Stage.QUESTION:
        return asked
    if sign_in_rules.is_locked(tally, at):
        return replace(asked, is_closed=True, closed_until=tally.locked_until)
    if is_right:
        return Opened(Stage.PASSWORD, proof=_proof(held))
    misses.add(counted, tally, at=at)
    return _missed(actor, held, asked)


def _missed(actor: Actor, link: models.ResetLink, asked: Opened) -> Opened:
    """One wrong answer more, on a link that is held."""
    link.misses += 1
    if link.misses >= rules.MOST_WRONG_ANSWERS:
        link.ended_at = actor.asked_at
    link.save(update_fields=["misses", "ended_at"])
    return replace(asked, tries_left=asked.tries_left - 1, missed=True) if link.ended_at is None else OVER


def _encoded(link: models.ResetLink, password: str) -> str:
    has_factor = bool(factors.ways(link.user_id))
    return passwords.encoded(password, username=link.user.username, has_factor=has_factor)


def _is_right(link: models.ResetLink, answer: str) -> bool:
    return questions.asks(link.user_id) is not None and questions.is_right(link.user_id, answer)


def _is_proven(link: models.ResetLink, proof: str) -> bool:
    return questions.asks(link.user_id) is None or hmac.compare_digest(proof.encode(), _proof(link).encode())


def _proof(link: models.ResetLink) -> str:
    """Holds for this link, and for the answer as it is kept now."""
    return questions.mark(link.user_id, purpose=f"reset_answered:{link.pk}").hex()


def _noted(given: Permit, link: models.ResetLink | None, found: Opened) -> Opened:
    if link is not None:
        given.note_subject("user", str(link.user_id))
    wrong = "reset_answer_locked" if found.is_closed else "reset_answer_wrong" if found.missed else ""
    given.conclude(wrong or found.stage)
    return found
