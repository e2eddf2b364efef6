"""The plan's desk and the tasks that wait for it: documents to look at, people to call back.

Nobody decides on himself, on somebody they invited, or on an account they do not look after (`deciders`).
What was looked at is forgotten thirty days after the decision.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.proving import contact_proofs, deciders, document_proofs, proof_views
from portico.domains.accounts.proving.deciders import Hindrance, LooksAfter
from portico.domains.accounts.proving.document_proofs import File
from portico.domains.accounts.proving.proof_rows import State, count_miss, held, passed, tell
from portico.domains.accounts.proving.proof_rules import KEEP_DOCUMENTS, Refusal
from portico.domains.accounts.proving.proof_views import Paper, Task
from portico.domains.accounts.proving.provers import CONTACT, Contact
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.files.scanning import Scan

MOST_SHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Case:
    """A task that waits for the plan: whose it is, what is handed in, and since when.

    `stops`: why it is for a colleague to decide; in the queue only that it is the reader's own. `contact`:
    whom to call, as it stands on file now; None where nobody is called, or where it stands there no more.
    """

    id: int
    user_id: int
    username: str
    person: str
    handed_in_at: datetime
    task: Task
    stops: Hindrance | None
    contact: Contact | None = None


@dataclass(frozen=True, slots=True)
class Queue:
    """The cases that wait longest, and how many there are in all."""

    cases: tuple[Case, ...]
    count: int


def queue(*, actor: Actor) -> Queue:
    """What waits for the plan's desk, the longest waiting first, 50 at most. Raises NotPermitted."""
    with permit(actor, Function.IDENTITY_REVIEW) as given:
        waiting = sorted(_waiting().select_related("user"), key=_handed_in)
        shown = waiting[:MOST_SHOWN]
        papers = proof_views.papers_of(row.pk for row in shown)
        given.conclude("identity_queue_shown")
        return Queue(tuple(_case(row, actor, papers) for row in shown), len(waiting))


def case(*, actor: Actor, number: int, looks_after: LooksAfter) -> Case | None:
    """One that waits, with whom to call; None where none of that number does. Raises NotPermitted."""
    with permit(actor, Function.IDENTITY_REVIEW) as given:
        row = _waiting().select_related("user").filter(pk=number).first()
        given.conclude("identity_case_shown" if row else "not_found")
        if row is None:
            return None
        _note(given, row)
        shown = _case(row, actor, proof_views.papers_of([row.pk]), _contact(row, actor))
        return replace(shown, stops=deciders.stops(actor, row.user_id, looks_after))


def document(*, actor: Actor, number: int, document_id: int) -> File | None:
    """One file of a case that waits; None where there is none such, or it is still to be scanned.

    Raises NotPermitted.
    """
    with permit(actor, Function.IDENTITY_REVIEW) as given:
        row = models.ProofDocument.objects.filter(
            pk=document_id, proof__in=_waiting().filter(pk=number), scan=Scan.CLEAN
        ).first()
        given.conclude("document_shown" if row else "not_found")
        if row is None:
            return None
        given.note_subject("proof_document", str(row.pk))
        given.note_subject("user", str(row.proof.user_id))
        return document_proofs.opened(row)


def accept(*, actor: Actor, number: int, looks_after: LooksAfter) -> bool:
    """The plan is sure who it is; False where no such case waits, or a colleague decides it.

    Raises NotPermitted.
    """
    with permit(actor, Function.IDENTITY_REVIEW, lately=True) as given:
        found = _to_decide(given, number, looks_after)
        if found is None:
            return False
        user, proof = found
        passed(given, user, proof)
        given.conclude("identity_accepted")
        return True


def refuse(*, actor: Actor, number: int, reason: Refusal, looks_after: LooksAfter) -> bool:
    """The plan is not sure; its person is told why and may try again, five times. False as with accept."""
    with permit(actor, Function.IDENTITY_REVIEW, lately=True) as given:
        found = _to_decide(given, number, looks_after)
        if found is None:
            return False
        user, proof = found
        count_miss(given, proof)
        proof.state, proof.reason = State.REFUSED, reason
        proof.decided_at, proof.decided_by = given.actor.asked_at, given.actor.persona_id
        proof.save()
        tell(given, user, State.REFUSED)
        given.conclude("identity_refused")
        return True


def read_out(*, actor: Actor, number: int, looks_after: LooksAfter) -> str | None:
    """A code to be read out to whoever answers at the number on file; shown this once, it lasts 15 minutes.

    The person types it in; the case comes back when a call is asked for again. None as with accept, and where
    nobody is to be called. Raises NotPermitted.
    """
    with permit(actor, Function.IDENTITY_REVIEW, lately=True) as given:
        found = _to_decide(given, number, looks_after)
        if found is None:
            return None
        _, proof = found
        if _contact(proof, actor) is None:
            given.conclude("identity_nobody_to_call")
            return None
        code = contact_proofs.new_code(given, proof)
        proof.state = State.ASKED
        proof.save()
        given.conclude("identity_code_made")
        return code


def forget(*, actor: Actor) -> int:
    """Erase documents thirty days after the decision, or after they were sent and never handed in."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        before = actor.asked_at - KEEP_DOCUMENTS
        decided = Q(proof__decided_at__lt=before)
        left = Q(proof__state=State.ASKED, sent_at__lt=before)
        count, _ = models.ProofDocument.objects.filter(decided | left).delete()
        given.conclude("documents_erased" if count else "nothing_old")
        return count


def _waiting() -> QuerySet[models.Proof]:
    return models.Proof.objects.filter(state=State.SUBMITTED)


def _to_decide(
    given: Permit, number: int, looks_after: LooksAfter
) -> tuple[models.User, models.Proof] | None:
    """The case with its user, both held; None, and concluded so, where it is not this actor's to decide."""
    whose = _waiting().filter(pk=number).values_list("user_id", flat=True).first()
    if whose is None:
        given.conclude("not_found")
        return None
    stops = deciders.stops(given.actor, whose, looks_after)
    if stops is not None:
        given.note_subject("user", str(whose))
        given.conclude(f"identity_{stops}")
        return None
    user = held(given, whose)
    proof = _waiting().filter(pk=number).first()  # perhaps a colleague has decided meanwhile
    if proof is None:
        given.conclude("not_found")
        return None
    given.note_subject("proof", str(proof.pk))
    return user, proof


def _note(given: Permit, row: models.Proof) -> None:
    given.note_subject("user", str(row.user_id))
    given.note_subject("proof", str(row.pk))


def _handed_in(row: models.Proof) -> datetime:
    return datetime.fromisoformat(row.told["handed_in_at"])


def _contact(row: models.Proof, actor: Actor) -> Contact | None:
    """Whom to call."""
    if row.prover != CONTACT:
        return None
    return contact_proofs.on_file(actor, row.user_id, row.told.get("contact", ""))


def _case(
    row: models.Proof,
    actor: Actor,
    papers: Mapping[int, Sequence[Paper]],
    contact: Contact | None = None,
) -> Case:
    user = row.user
    return Case(
        id=row.pk,
        user_id=user.pk,
        username=user.username,
        person=f"{user.first_name} {user.last_name}".strip(),
        handed_in_at=_handed_in(row),
        task=proof_views.task_of(row, user, actor.asked_at, papers),
        stops=Hindrance.OWN_CASE if user.pk == actor.user_id else None,
        contact=contact,
    )
