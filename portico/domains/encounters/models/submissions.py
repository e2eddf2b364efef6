"""Files of encounters as they were sent, and how many the plan expects."""

import uuid

from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """A file (one interchange) of encounters; `tax_id` is who submits, and reads its reports.

    `interchange` is its ISA13, `sender` its ISA05 to ISA06; `digest` that of its bytes (SHA-256). What was
    answered is kept sealed: the same bytes get the same answer again. Counts are those of the reading; what
    is mended later is a submission of its own, of one record. `is_mixed`: records of other tax IDs are in it.
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
    digest = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    job = models.UUIDField(null=True)
    answers_sealed = models.BinaryField(null=True)
    received_count = models.PositiveIntegerField(default=0)
    accepted_count = models.PositiveIntegerField(default=0)
    rejected_count = models.PositiveIntegerField(default=0)
    is_mixed = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(persona_id__isnull=False) | Q(machine_id__isnull=False),
                name="submission_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(received_count=models.F("accepted_count") + models.F("rejected_count")),
                name="received_is_accepted_and_rejected",
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


class FilePart(models.Model):
    """A stretch of a file, packed and sealed: of a submission as it came, or of one handed on."""

    submission = models.ForeignKey(Submission, null=True, on_delete=models.CASCADE, related_name="parts")
    handover = models.ForeignKey(
        "encounters.Handover", null=True, on_delete=models.CASCADE, related_name="parts"
    )
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "number"], name="one_part_a_submission_and_number"),
            models.UniqueConstraint(fields=["handover", "number"], name="one_part_a_handover_and_number"),
            models.CheckConstraint(
                condition=Q(submission__isnull=True) ^ Q(handover__isnull=True), name="part_is_of_one_file"
            ),
        ]


class Expectation(models.Model):
    """How many encounters a thousand assigned member months should bring, for a line and a tax ID or all."""

    line = models.CharField(max_length=40, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    per_thousand_months = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "tax_id"], name="one_expectation_a_line"),
            models.CheckConstraint(condition=Q(per_thousand_months__gt=0), name="something_is_expected"),
        ]
