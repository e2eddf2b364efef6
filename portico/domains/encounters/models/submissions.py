"""Files of encounters as they were sent, and how many the plan expects."""

import uuid

from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """A file (one interchange) of encounters of one tax ID; `tax_id` is who submits, and reads its reports.

    `interchange` is its ISA13, `sender` its ISA05 to ISA06; `digest` that of its bytes (SHA-256). What was
    answered is kept sealed: the same bytes get the same answer again. `file` is the file itself, sealed.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting"
        READING = "reading"
        REFUSED = "refused"
        READ = "read"

    class Source(models.TextChoices):
        WEB = "web"
        CORE = "core"
        MENDED = "mended"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    tax_id = models.CharField(max_length=9)
    persona_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=6, choices=Source.choices)
    name = models.CharField(max_length=120, blank=True)
    stage = models.CharField(max_length=7, choices=Stage.choices, default=Stage.WAITING)
    refusal = models.CharField(max_length=64, blank=True)
    sender = models.CharField(max_length=20, blank=True)
    interchange = models.CharField(max_length=9, blank=True)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    file = models.CharField(max_length=100, blank=True)
    job = models.UUIDField(null=True)
    answers_sealed = models.BinaryField(null=True)
    received_count = models.PositiveIntegerField(default=0)
    accepted_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(persona_id__isnull=False) | Q(machine_id__isnull=False),
                name="submission_has_an_owner",
            ),
            models.UniqueConstraint(
                fields=["tax_id", "sender", "interchange"],
                condition=~Q(interchange="") & ~Q(stage="refused"),
                name="one_submission_an_interchange",
            ),
        ]
        indexes = [
            models.Index(fields=["tax_id", "created_at"]),
            models.Index(fields=["tax_id", "digest"]),
        ]


class Expectation(models.Model):
    """How many encounters a thousand assigned member months should bring, for a line and a tax ID or all."""

    line = models.CharField(max_length=40, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    per_thousand_months = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "tax_id"], name="one_expectation_a_line")]
