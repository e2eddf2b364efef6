"""The prover "documents": files somebody hands in, which the plan looks at and then forgets.

A file is known by its content, kept sealed for its own row, and handed out as an attachment only. What a file
was called is shown beside it and used for nothing. One in which the scanner finds a virus is kept nowhere;
while the scanner is down it is kept and handed to nobody (`document_scans` looks again).
"""

import base64
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from portico.domains.accounts import models
from portico.domains.accounts.proving.proof_rows import State, concluded, held, is_blocked, open_one, ready
from portico.domains.accounts.proving.provers import DOCUMENTS, Choice, Hands, Verdict
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.files import checking, scanning
from portico.shared.files.checking import Checked
from portico.shared.files.faults import BadFile, Fault
from portico.shared.files.scanning import Scan

MOST_FILES: Final = 5
LONGEST_NAME: Final = 120
KINDS: Final = ("photo_id", "licence", "letter", "other")
ENDINGS: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


@dataclass(frozen=True, slots=True)
class Added:
    """How handing in one file ended: `fault` where the file itself is not taken.

    `is_waiting`: it was kept, and is still to be looked at by the scanner.
    """

    verdict: Verdict
    fault: Fault | None = None
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class _Taken:
    """A file that may be kept, and how far its scan is."""

    checked: Checked
    scan: Scan


@dataclass(frozen=True, slots=True)
class File:
    """A document as it is handed out; `name` is one of ours."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


class ByDocuments:
    """Proves it by documents that the plan looks at."""

    hands = Hands.FILES

    def choices(self, actor: Actor) -> tuple[Choice, ...]:
        """Nothing to choose; open to everybody."""
        del actor
        return ()

    def begin(self, given: Permit, proof: models.Proof, choice: str) -> Verdict:
        """Files may be added; what the plan looks at already stays with it."""
        del given, choice
        return Verdict.HANDED_IN if proof.state == State.SUBMITTED else Verdict.BEGUN

    def submit(self, given: Permit, proof: models.Proof, answer: str) -> Verdict:
        """The plan decides, once there is something to look at."""
        del given, answer
        if proof.state == State.SUBMITTED:
            return Verdict.HANDED_IN
        return Verdict.HANDED_IN if _whole(proof).exists() else Verdict.NOTHING


def add(*, actor: Actor, kind: str, name: str, content: bytes, asked_for: str = "") -> Added:
    """Keep one file more with the actor's task, which begins with it. Raises NotPermitted.

    BEGUN where it was kept; MISSED with the fault of a file that is not taken; HANDED_IN where the plan looks
    at the task already, TOO_MANY_SENT where it has five files, BLOCKED.
    """
    found = _taken(content)  # the scanner is asked before any transaction
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user = held(given, actor.user_id)
        if isinstance(found, Fault):
            given.conclude(f"document_{found}")
            return Added(Verdict.MISSED, found)
        proof = ready(given, user, DOCUMENTS, asked_for)
        verdict = _may_add(given, proof)
        if verdict is Verdict.BEGUN:
            proof.save()
            _keep(given, proof, kind, name, found)
            given.conclude("document_added")
            return Added(verdict, is_waiting=found.scan is Scan.WAITING)
        return Added(concluded(given, verdict))


def remove(*, actor: Actor, document_id: int) -> bool:
    """Take a file back that the plan does not look at yet; False for any other. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        proof = open_one(held(given, actor.user_id), DOCUMENTS)
        if proof is None or proof.state != State.ASKED:
            given.conclude("document_not_removed")
            return False
        count, _ = proof.documents.filter(pk=document_id).delete()
        given.note_subject("proof_document", str(document_id))
        given.conclude("document_removed" if count else "document_not_removed")
        return bool(count)


def opened(row: models.ProofDocument) -> File:
    """The file, for whoever may see it."""
    name = f"proof-{row.proof_id}-{row.pk}.{ENDINGS[row.content_type]}"
    return File(name, row.content_type, content_of(row))


def place(row: models.ProofDocument) -> str:
    """What a document is sealed for: its own row."""
    return f"accounts.proofdocument.sealed:{row.pk}"


def content_of(row: models.ProofDocument) -> bytes:
    """What the document holds."""
    return base64.b64decode(settings.PORTICO_VAULT.open(bytes(row.sealed), place=place(row)))


def _taken(content: bytes) -> _Taken | Fault:
    """The scanner is shown what was handed in, not what would be kept of it."""
    try:
        checked = checking.check(content)
    except BadFile as error:
        return error.fault
    scan = scanning.look(content)
    return Fault.INFECTED if scan is Scan.INFECTED else _Taken(checked, scan)


def _whole(proof: models.Proof) -> "QuerySet[models.ProofDocument]":
    """The documents that hold something: a virus was found in none of them."""
    return proof.documents.exclude(scan=Scan.INFECTED)


def _may_add(given: Permit, proof: models.Proof) -> Verdict:
    if is_blocked(given, proof):
        return Verdict.BLOCKED
    if proof.state == State.SUBMITTED:
        return Verdict.HANDED_IN
    return Verdict.TOO_MANY_SENT if proof.documents.count() >= MOST_FILES else Verdict.BEGUN


def _keep(given: Permit, proof: models.Proof, kind: str, name: str, found: _Taken) -> None:
    checked = found.checked
    row = models.ProofDocument.objects.create(
        proof=proof,
        kind=kind if kind in KINDS else "other",
        name=_shown(name),
        content_type=checked.content_type,
        size=len(checked.content),
        sealed=b"",
        sent_at=given.actor.asked_at,
        scan=found.scan,
    )
    text = base64.b64encode(checked.content).decode()
    row.sealed = settings.PORTICO_VAULT.seal(text, place=place(row))
    row.save(update_fields=["sealed"])
    given.note_subject("proof_document", str(row.pk))


def _shown(name: str) -> str:
    """What the file was called, without the folders it came from and without signs nobody sees."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in last if sign.isprintable())[:LONGEST_NAME].strip() or "file"
