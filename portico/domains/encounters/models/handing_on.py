"""Files of accepted encounters on their way to the core system."""

import uuid

from django.db import models


class Handover(models.Model):
    """An outbound 837: `control_number` its ISA13, `digest` that of its bytes (SHA-256).

    `received_at` is when the core said that it has it, and `receipt` what it said.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    control_number = models.CharField(max_length=9, unique=True)
    form = models.CharField(max_length=13)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    record_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["received_at", "id"])]
