"""Proving who one is: a task for each way there is, that waits until its person comes back to it.

A proof that is passed stands in `User.proofs` with its instant, and counts from the next request on. Tries
are counted on the task alone, and spend none of a password, a code or a factor.
"""

from dataclasses import dataclass
from typing import Final

from portico.domains.accounts import models
from portico.domains.accounts.elsewhere.providers import opened
from portico.domains.accounts.proving import deciders, proof_views, provers
from portico.domains.accounts.proving import proof_rules as rules
from portico.domains.accounts.proving.deciders import Hindrance
from portico.domains.accounts.proving.proof_rows import (
    concluded,
    count_miss,
    held,
    is_blocked,
    open_one,
    passed,
    ready,
)
from portico.domains.accounts.proving.proof_views import Task
from portico.domains.accounts.proving.provers import DESK, OPENID_CONNECT, Choice, Hands, Prover, Verdict
from portico.domains.audit import refusals
from portico.domains.audit.refusals import Refusal
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.domains.permits.reasons import Reason

State = models.Proof.State


@dataclass(frozen=True, slots=True)
class Way:
    """A prover this person may use: what is handed in, what to choose among, and how far the task is."""

    code: str
    hands: Hands
    choices: tuple[Choice, ...]
    task: Task


@dataclass(frozen=True, slots=True)
class Own:
    """One's own tasks, and the codes of the ways that are open to oneself."""

    tasks: tuple[Task, ...]
    open: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands: the last time a missing proof was in the way, and every task."""

    prompted: Refusal | None
    tasks: tuple[Task, ...]


class CannotVouch(ValueError):
    """Nobody can be vouched for so; the text says why."""


_NOT_BY: Final = {
    Hindrance.OWN_CASE: "nobody vouches for himself; ask a colleague",
    Hindrance.INVITED_ONESELF: "whoever invited somebody does not vouch for them; ask a colleague",
}


def own(*, actor: Actor) -> Own:
    """The actor's own tasks, one for each way there is. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        given.conclude("identity_shown")
        user = models.User.objects.get(pk=actor.user_id or 0)
        ways = provers.configured().items()
        open_ways = frozenset(code for code, each in ways if each.choices(actor) is not None)
        return Own(proof_views.of_user(user, actor.asked_at), open_ways)


def way(*, actor: Actor, prover: str) -> Way | None:
    """One way as the actor may use it; None where it is off or not open to them. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        found = provers.configured().get(prover)
        choices = found.choices(actor) if found else None
        given.conclude("identity_not_offered" if choices is None else "identity_way_shown")
        if found is None or choices is None:
            return None
        user = models.User.objects.get(pk=actor.user_id or 0)
        [task] = [each for each in proof_views.of_user(user, actor.asked_at) if each.prover == prover]
        return Way(prover, found.hands, choices, task)


def begin(*, actor: Actor, prover: str, choice: str = "", asked_for: str = "") -> Verdict:
    """Begin the task, or begin it again: send another code, choose another way. Raises NotPermitted.

    `asked_for` is the function it is needed for. BEGUN, HANDED_IN where the plan does the next step, BLOCKED,
    TOO_MANY_SENT, or NOT_OFFERED.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user, found = held(given, actor.user_id), _open_to(actor, prover)
        if found is None:
            return concluded(given, Verdict.NOT_OFFERED)
        proof = ready(given, user, prover, asked_for)
        if is_blocked(given, proof):
            return concluded(given, Verdict.BLOCKED)
        verdict = found.begin(given, proof, choice)
        return concluded(given, _kept(given, proof, verdict))


def submit(*, actor: Actor, prover: str, answer: str = "") -> Verdict:
    """Look at what is handed in. Raises NotPermitted.

    PASSED; HANDED_IN where the plan decides; MISSED, and BLOCKED with the fifth; TOO_LATE for a code that
    works no more; NOTHING, NOT_BEGUN, NOT_OFFERED. While it is blocked nothing is looked at, nor prolonged.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user, found = held(given, actor.user_id), _open_to(actor, prover)
        if found is None:
            return concluded(given, Verdict.NOT_OFFERED)
        proof = open_one(user, prover)
        if proof is None:
            return concluded(given, Verdict.NOT_BEGUN)
        if is_blocked(given, proof):
            return concluded(given, Verdict.BLOCKED)
        return _ended(given, user, proof, found.submit(given, proof, answer))


def passed_elsewhere(given: Permit, provider: str) -> Verdict:
    """A provider (its key) has said who the actor is, as whoever holds this permit has verified.

    PASSED; NOT_OFFERED where the provider is closed or proves no identity, or where that way is off; BLOCKED.
    """
    user, known = held(given, given.actor.user_id), opened(provider)
    if OPENID_CONNECT not in provers.codes() or known is None or not known.proves_identity:
        return concluded(given, Verdict.NOT_OFFERED)
    proof = ready(given, user, OPENID_CONNECT, "")
    if is_blocked(given, proof):
        return concluded(given, Verdict.BLOCKED)
    proof.told |= {"way": rules.Way.PROVIDER, "shown": known.name, "provider": known.slug}
    return _ended(given, user, proof, Verdict.PASSED)


def failed_elsewhere(given: Permit) -> Verdict:
    """What a provider said was not who the actor is: a try that failed, counted. MISSED, or BLOCKED."""
    user = held(given, given.actor.user_id)
    proof = ready(given, user, OPENID_CONNECT, "")
    blocked = is_blocked(given, proof)
    return _ended(given, user, proof, Verdict.BLOCKED if blocked else Verdict.MISSED)


def vouch_for(given: Permit, user_id: int, why: str) -> None:
    """The plan's desk has made sure itself who this is; `why` says how, in words for the plan alone.

    Within a permit to look after that user (access.looking_after). Raises CannotVouch: without a reason, for
    oneself, also by another account, and for whom one has invited.
    """
    if not why.strip() or len(why) > rules.LONGEST_WHY:
        raise CannotVouch(f"say in at most {rules.LONGEST_WHY} characters how you made sure who it is")
    hindrance = deciders.hindrance(given.actor, user_id)
    if hindrance is not None:
        raise CannotVouch(_NOT_BY[hindrance])
    user = held(given, user_id)
    proof = ready(given, user, DESK, "")
    proof.told |= {"why": why.strip()}
    passed(given, user, proof)
    given.conclude("identity_vouched")


def state_of(given: Permit, user_id: int) -> Standing:
    """Where that user stands, for whoever looks after the account: was a proof asked for, how far is it?"""
    user = models.User.objects.get(pk=user_id)
    prompted = refusals.last_of_user(user_id, reason=Reason.VERIFICATION_REQUIRED)
    return Standing(prompted, proof_views.of_user(user, given.actor.asked_at))


def _open_to(actor: Actor, code: str) -> Prover | None:
    found = provers.configured().get(code)
    return None if found is None or found.choices(actor) is None else found


def _kept(given: Permit, proof: models.Proof, verdict: Verdict) -> Verdict:
    """Save the task as a prover left it; what the plan does next stands in its queue from now on."""
    if verdict is Verdict.HANDED_IN:
        proof.state = State.SUBMITTED
        proof.told |= {"handed_in_at": given.actor.asked_at.isoformat()}
    elif verdict is Verdict.BEGUN:
        proof.state = State.ASKED
    proof.save()
    given.note_subject("proof", str(proof.pk))
    return verdict


def _ended(given: Permit, user: models.User, proof: models.Proof, verdict: Verdict) -> Verdict:
    if verdict is Verdict.PASSED:
        passed(given, user, proof)
        return concluded(given, verdict)
    if verdict is Verdict.MISSED:
        count_miss(given, proof)
        verdict = Verdict.BLOCKED if proof.blocked_until else verdict
    return concluded(given, _kept(given, proof, verdict))
