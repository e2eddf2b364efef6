"""What was asked about claims: searches, filters people keep, and exports."""

import uuid

from django.db import models


class Inquiry(models.Model):
    """One search for claims or payments; its opaque id stands in the URL. `asked_sealed` is JSON, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=10)
    asked_sealed = models.BinaryField()
    created_at = models.DateTimeField(db_index=True)


class SavedFilter(models.Model):
    """A filter of a persona, under its name; `asked_sealed` is JSON, sealed."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField()
    about = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    asked_sealed = models.BinaryField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["persona_id", "about", "name"], name="one_filter_a_name")
        ]


class Export(models.Model):
    """A list of claims on its way to a file: asked by a persona, written by a job, kept until `keep_until`.

    `was_cut` says that there were more rows than an export holds.
    """

    class Format(models.TextChoices):
        CSV = "csv"
        XLSX = "xlsx"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField()
    user_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    about = models.CharField(max_length=10)
    format = models.CharField(max_length=4, choices=Format.choices)
    asked_sealed = models.BinaryField()
    job = models.UUIDField(null=True)
    row_count = models.PositiveIntegerField(default=0)
    was_cut = models.BooleanField(default=False)
    file = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["persona_id", "created_at"])]
