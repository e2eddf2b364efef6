"""The rows of tasks of proving who one is: opened, counted on, passed.

Whoever acts on a user's tasks holds the user's row, so that parallel tries are counted one after the other.
"""

from portico.domains.accounts import models, telling
from portico.domains.accounts.proving import proof_rules as rules
from portico.domains.accounts.proving.proof_rules import Tries
from portico.domains.accounts.proving.provers import Verdict
from portico.domains.permits.permit import Permit

State = models.Proof.State
OPEN = (State.ASKED, State.SUBMITTED)


def held(given: Permit, user_id: int | None) -> models.User:
    """The user, held until the transaction ends, and noted as what this is about."""
    user = models.User.objects.select_for_update().get(pk=user_id or 0)
    given.note_subject("user", str(user.pk))
    return user


def open_one(user: models.User, prover: str) -> models.Proof | None:
    """The task that is open."""
    return models.Proof.objects.filter(user=user, prover=prover, state__in=OPEN).first()


def ready(given: Permit, user: models.User, prover: str, asked_for: str) -> models.Proof:
    """The open task, or a new one. Tries and sends go on counting: beginning anew wins nobody another."""
    last = models.Proof.objects.filter(user=user, prover=prover).order_by("pk").last()
    if last is not None and last.state in OPEN:
        last.asked_for = asked_for or last.asked_for
        return last
    goes_on = last is not None and last.state == State.REFUSED
    return models.Proof.objects.create(
        user=user,
        prover=prover,
        asked_for=asked_for,
        asked_at=given.actor.asked_at,
        attempts=last.attempts if last and goes_on else 0,
        blocked_until=last.blocked_until if last and goes_on else None,
        told={"sent": last.told.get("sent", [])} if last else {},
    )


def is_blocked(given: Permit, proof: models.Proof) -> bool:
    """Is no try looked at now? Where a block has ended, its misses are forgotten."""
    tries = rules.anew(Tries(proof.attempts, proof.blocked_until), given.actor.asked_at)
    proof.attempts, proof.blocked_until = tries.count, tries.blocked_until
    return rules.is_blocked(tries, given.actor.asked_at)


def count_miss(given: Permit, proof: models.Proof) -> None:
    """Count one try that failed; the fifth blocks the task, and no code opens it then."""
    tries = rules.after_miss(Tries(proof.attempts, proof.blocked_until), given.actor.asked_at)
    proof.attempts, proof.blocked_until = tries.count, tries.blocked_until
    if tries.blocked_until is not None:
        proof.code_index = proof.expires_at = None


def passed(given: Permit, user: models.User, proof: models.Proof) -> None:
    """The proof counts from now on, and its person is told."""
    proof.state, proof.decided_at = State.PASSED, given.actor.asked_at
    proof.decided_by = None if proof.user_id == given.actor.user_id else given.actor.persona_id
    proof.save()
    user.proofs = {**user.proofs, proof.prover: given.actor.asked_at.isoformat()}
    user.save(update_fields=["proofs"])
    given.note_subject("proof", str(proof.pk))
    tell(given, user, State.PASSED)


def tell(given: Permit, user: models.User, decided: str) -> None:
    """Tell the person what was decided: by mail, which says no more, and by a notice."""
    telling.by_mail(given, user, "identity_decided", kind=str(decided))
    telling.by_notice(given, user, f"identity_{decided}")


def concluded(given: Permit, verdict: Verdict) -> Verdict:
    """The verdict, noted as how it ended."""
    given.conclude(f"identity_{verdict}")
    return verdict
