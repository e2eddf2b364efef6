"""Looking for viruses in documents that arrived while the scanner was down.

What was clean is handed out from then on. What was not loses its content at once, and its person is told to
send another: a task that lies with the plan goes back to them.
"""

from typing import Final

from portico.domains.accounts import models, telling
from portico.domains.accounts.proving import document_proofs
from portico.domains.accounts.proving.proof_rows import OPEN, State, held
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.files import scanning
from portico.shared.files.scanning import Scan

TOLD: Final = "upload_infected"
EVERY_SECONDS: Final = 60


def scan_waiting(*, actor: Actor) -> int:
    """Look at what waits, if there is a scanner; answers how many were looked at. Raises NotPermitted.

    Nothing is written while the scanner is still down, or nothing waits.
    """
    if scanning.configured() is None:
        return 0
    turn = int(actor.asked_at.timestamp()) // EVERY_SECONDS
    found = scanning.look_again(_waiting(), _read, turn=turn)
    return sum(_record(actor, number, scan) for number, scan in found)


def _waiting() -> list[int]:
    waiting = models.ProofDocument.objects.filter(scan=Scan.WAITING).order_by("pk")
    return list(waiting.values_list("pk", flat=True))


def _read(number: int) -> bytes | None:
    """What a document holds that waits; no transaction is open while the scanner looks at it."""
    row = models.ProofDocument.objects.filter(pk=number, scan=Scan.WAITING).first()
    return None if row is None else document_proofs.content_of(row)


def _record(actor: Actor, number: int, scan: Scan) -> bool:
    """What was found is kept; False where somebody has taken the document back meanwhile."""
    with permit(actor, Function.HOUSEKEEPING) as given:
        whose = models.ProofDocument.objects.filter(pk=number).values_list("proof__user_id", flat=True)
        user = held(given, whose[0]) if whose else None
        row = models.ProofDocument.objects.filter(pk=number, scan=Scan.WAITING).first()
        if user is None or row is None:
            given.conclude("document_gone")
            return False
        given.note_subject("proof_document", str(number))
        row.scan = scan
        if scan is Scan.INFECTED:
            row.sealed = b""
            _give_back(given, user, row.proof)
        row.save(update_fields=["scan", "sealed"])
        given.conclude(f"document_{scan}")
        return True


def _give_back(given: Permit, user: models.User, proof: models.Proof) -> None:
    """The person sends another, if the task is not decided yet."""
    if proof.state not in OPEN:
        return
    proof.state = State.ASKED
    proof.save(update_fields=["state"])
    telling.by_mail(given, user, TOLD)
    telling.by_notice(given, user, TOLD)
