"""Batches: files of questions, asked row by row, each row with its own answer."""

import uuid

from django.db import models
from django.db.models import Q


class Batch(models.Model):
    """A file of questions of one persona or machine.

    `source` says what it came as; `frame_sealed` keeps what its edge needs to write the answers back in the
    same form. `tax_id` is the one asked for where a row names none. Counts follow the rows. A batch and all
    its rows are forgotten after `keep_until`, unless it is saved.
    """

    class Source(models.TextChoices):
        CSV = "csv"
        XLSX = "xlsx"
        X12 = "x12"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    name = models.CharField(max_length=120, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    with_benefits = models.BooleanField(default=True)
    is_saved = models.BooleanField(default=False)
    frame_sealed = models.BinaryField(null=True)
    job = models.UUIDField(null=True)
    row_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(persona_id__isnull=False) | Q(machine_id__isnull=False),
                name="batch_has_an_owner",
            )
        ]
        indexes = [models.Index(fields=["persona_id", "created_at"])]


class BatchRow(models.Model):
    """One question of a batch, and what became of it.

    `asked_sealed` and `answer_sealed` are JSON, sealed; `problem` says why a row cannot be asked at all,
    `reason` why it has no answer; `reference` is the audit row's.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting"
        UNREADABLE = "unreadable"
        ANSWERED = "answered"
        NOT_ANSWERED = "not_answered"
        REFUSED = "refused"
        FAILED = "failed"

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    locator = models.CharField(max_length=64)
    asked_sealed = models.BinaryField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    problem = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=30, blank=True)
    reference = models.CharField(max_length=20, blank=True)
    answer_sealed = models.BinaryField(null=True)
    asked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "position"], name="one_row_a_place")]
        indexes = [models.Index(fields=["batch", "outcome", "position"])]
