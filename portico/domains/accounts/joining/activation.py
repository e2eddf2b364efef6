"""The steps of the first sign-in, each in a permit of its own, in the order of `activation_rules`.

Every step looks anew at what is due, with the user's row held: one that is not due changes nothing and is
recorded as such. A factor always follows the new password, so twelve characters are enough for it.
"""

from dataclasses import dataclass

from portico.domains.accounts import models
from portico.domains.accounts.credentials import new_passwords, passwords, questions
from portico.domains.accounts.credentials.question_rules import Question
from portico.domains.accounts.joining import activation_rules as rules
from portico.domains.accounts.joining import invitations, terms
from portico.domains.accounts.joining.activation_rules import Progress, Step
from portico.domains.accounts.joining.terms import Agreement
from portico.domains.accounts.models import Invitation
from portico.domains.accounts.rules import PasswordFault
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import known_devices, sessions
from portico.domains.accounts.signing_in.known_devices import ELSEWHERE, Browser, Device
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.plan import policy

NOT_DUE = "step_not_due"


@dataclass(frozen=True, slots=True)
class Standing:
    """The step that is due, and all there are. `has_factor`: one is set up, be it passed or not.

    `is_over`: the invitation ended before a password of the person's own was set; no step can be done.
    """

    due: Step
    steps: tuple[Step, ...]
    has_factor: bool
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """The epoch that the full session must carry, and what the browser is known as from now on."""

    epoch: int
    device: Device


def standing(*, actor: Actor) -> Standing:
    """Where the actor stands in the steps of the first sign-in; DONE for who has been through them."""
    user = models.User.objects.get(pk=actor.user_id or 0)
    progress = _progress(user, actor)
    is_over = not _may_begin(user, actor)
    return Standing(rules.due(progress), rules.steps(progress), bool(factors.ways(user.pk)), is_over)


def accept_terms(*, actor: Actor, digest: str, address: str = "") -> bool:
    """Agree to the terms whose text has this digest. False when that is not due, or another text is in force.

    Raises NotPermitted, like every step.
    """
    with permit(actor, Function.ACTIVATION) as given:
        if begin(given, Step.TERMS) is None:
            return False
        return terms.agree(given, digest=digest, address=address) is Agreement.AGREED


def set_password(*, actor: Actor, password: str) -> int | None:
    """Keep the person's own password; the temporary one is over, and every session ends.

    Answers the epoch the session that goes on must carry; None when the step is not due. Raises WeakPassword.
    """
    encoded = _encoded(actor, password)
    with permit(actor, Function.ACTIVATION) as given:
        user = begin(given, Step.PASSWORD)
        if user is None:
            return None
        given.conclude("password_set")
        return new_passwords.keep(given, user, encoded)


def answer_question(
    *, actor: Actor, question: Question, answer: str, browser: Browser = ELSEWHERE
) -> Finished | None:
    """Keep the recovery question, and finish with it: the last step. Answers as `finish` does.

    Raises questions.WeakAnswer.
    """
    made = questions.made(username=actor.context["username"], question=question, answer=answer)
    with permit(actor, Function.ACTIVATION) as given:
        user = begin(given, Step.QUESTION)
        if user is None:
            return None
        questions.keep(given, made)
        return _finished(given, user, browser)


def finish(*, actor: Actor, browser: Browser = ELSEWHERE) -> Finished | None:
    """Open the account, when every step is done; each of its sessions ends, so that a full one can begin.

    The factor was passed in this browser: it is known from now on. None when a step is left, or it was
    finished before.
    """
    with permit(actor, Function.ACTIVATION) as given:
        user = begin(given, Step.FINISH)
        return None if user is None else _finished(given, user, browser)


def may_have_factors(user: models.User, actor: Actor) -> bool:
    """Has the person come as far as the second factor, or through all the steps?"""
    is_far = rules.due(_progress(user, actor)) not in (Step.TERMS, Step.PASSWORD)
    return is_far and _is_of_now(user, actor)


def begin(given: Permit, step: Step) -> models.User | None:
    """The actor's user, its row held, when this step is the one that is due; else None, and so concluded.

    Nor where the session was ended, or what it began with, while the step waited for its turn.
    """
    user = invitations.held(given.actor.user_id or 0)
    given.note_subject("user", str(user.pk))
    is_due = rules.due(_progress(user, given.actor)) is step
    if is_due and _is_of_now(user, given.actor) and _may_begin(user, given.actor):
        return user
    given.conclude(NOT_DUE)
    return None


def _is_of_now(user: models.User, actor: Actor) -> bool:
    """Does the actor's session still belong to the user as it is now?"""
    return user.session_epoch == actor.session_epoch


def _may_begin(user: models.User, actor: Actor) -> bool:
    """Is there a password of the person's own, or an invitation that is open and in time, to set one by?"""
    if user.activated_at is not None or user.password_set_at is not None:
        return True
    open_ = Invitation.objects.filter(user=user, ended_at__isnull=True)
    return open_.filter(expires_at__gt=actor.asked_at).exists()


def _progress(user: models.User, actor: Actor) -> Progress:
    asked = policy.current().terms_digest
    return Progress(
        is_activated=user.activated_at is not None,
        asks_terms=asked != "",
        has_agreed=asked == user.terms_digest,
        has_password=user.password_set_at is not None,
        has_passed_factor=actor.account.second_factor and bool(factors.ways(user.pk)),
        has_codes=user.recovery_codes.exists(),
        asks_question=questions.are_kept(),
        has_question=models.RecoveryQuestion.objects.filter(user=user).exists(),
    )


def _encoded(actor: Actor, password: str) -> str:
    """The new password, hashed before the permit is opened: the database is not held meanwhile."""
    index = invitations.index_of(password, purpose=invitations.TEMPORARY_PASSWORD)
    if Invitation.objects.filter(user_id=actor.user_id or 0, secret_index=index).exists():
        raise passwords.WeakPassword((PasswordFault.TEMPORARY,))
    return passwords.encoded(password, username=actor.context["username"], has_factor=True)


def _finished(given: Permit, user: models.User, browser: Browser) -> Finished:
    invitations.end(given, user.pk, Invitation.Ending.FINISHED)
    user.activated_at = given.actor.asked_at
    user.session_epoch += 1
    user.save(update_fields=["activated_at", "session_epoch"])
    sessions.end_all(given, user.pk)
    given.conclude("activated")
    return Finished(user.session_epoch, known_devices.begun(given, user, name=browser.name))
