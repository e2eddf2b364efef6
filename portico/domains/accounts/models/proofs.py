"""Tables of identity: what was asked to be proven, by which prover, and the documents a plan looks at."""

from django.db import models
from django.db.models import Q

from portico.domains.accounts.models.people import User


class Proof(models.Model):
    """One task of proving who one is. `code_index`: the keyed hash of a code that was sent, where one was."""

    class State(models.TextChoices):
        ASKED = "asked"
        SUBMITTED = "submitted"
        PASSED = "passed"
        REFUSED = "refused"
        CANCELLED = "cancelled"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    prover = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_for = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True)
    code_index = models.BinaryField(max_length=16, null=True)
    expires_at = models.DateTimeField(null=True)
    told = models.JSONField(default=dict)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "prover"],
                condition=Q(state__in=["asked", "submitted"]),
                name="one_open_proof_a_prover",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "submitted"], decided_at__isnull=True)
                | Q(state__in=["passed", "refused", "cancelled"], decided_at__isnull=False),
                name="decided_proof_says_when",
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="accounts_proof_state")]


class ProofDocument(models.Model):
    """A document handed in with a proof, sealed; taken away some days after the decision.

    Where a scanner is configured, nobody is handed a document that it has not found clean.
    """

    class Scan(models.TextChoices):
        CLEAN = "clean"
        WAITING = "waiting"
        INFECTED = "infected"

    proof = models.ForeignKey(Proof, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()
    sent_at = models.DateTimeField()
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.CLEAN)
