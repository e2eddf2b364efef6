"""Files of accepted encounters on their way to the core system."""

import uuid

from django.db import models


class Handover(models.Model):
    """An outbound 837: `control_number` its ISA13, `file` the file itself, `digest` that of its bytes.

    `received_at` is when the core said that it has it, and `receipt` what it said.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    control_number = models.CharField(max_length=9, unique=True)
    form = models.CharField(max_length=13)
    file = models.CharField(max_length=100)
    digest = models.CharField(max_length=64)
    record_count = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    receipt = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["received_at", "id"])]
