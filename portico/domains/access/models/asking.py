"""The table of what people ask to be given."""

import uuid

from django.db import models
from django.db.models import Q


class AccessRequest(models.Model):
    """A wish for what is missing, tied to the line and tax ID in which it was missed.

        open -> approved | adjusted | denied | expired | withdrawn

    `functions` are those wanted; `wants_end_user`: an administrator wants an end-user persona. `reasons` are
    the codes the questions were refused for. While it is open it lies with `step`: the first administrator
    (`first`, a user), every administrator, the plan; `due_at` is when that step ends, in business hours.
    `digest` tells one open request from another of the same wish. `note` and `answer` are sealed words.
    """

    class State(models.TextChoices):
        OPEN = "open"
        APPROVED = "approved"
        ADJUSTED = "adjusted"
        DENIED = "denied"
        EXPIRED = "expired"
        WITHDRAWN = "withdrawn"

    class Step(models.TextChoices):
        FIRST = "first"
        ALL = "all"
        PLAN = "plan"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    persona = models.ForeignKey("access.Persona", on_delete=models.CASCADE, related_name="requests")
    office = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    functions = models.JSONField(default=list)
    wants_end_user = models.BooleanField(default=False)
    line = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    provider = models.CharField(max_length=10, blank=True)
    reasons = models.JSONField(default=list)
    note = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    step = models.CharField(max_length=5, choices=Step.choices)
    first = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    decision = models.CharField(max_length=40, blank=True)
    answer = models.BinaryField(null=True)
    granted = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False)),
                name="ended_access_request_says_when",
            ),
            models.UniqueConstraint(
                fields=["persona", "digest"], condition=Q(state="open"), name="one_open_request_a_wish"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-id"], name="access_request_by_office"),
            models.Index(fields=["due_at", "id"], condition=Q(state="open"), name="access_request_due"),
        ]
