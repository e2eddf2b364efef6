"""The audit's tables: entries, their subjects, and the chain that seals them. All four are append-only.

Entries name actors and offices by plain numbers, not foreign keys: an audit row outlives what it names.
Triggers in the database refuse UPDATE and DELETE (guards.py).
"""

from django.db import models


class Entry(models.Model):
    """One use: who asked what, through which door, and what came of it. Identifiers only, never other PHI."""

    at = models.DateTimeField()
    reference = models.CharField(max_length=32, unique=True)
    door = models.CharField(max_length=16)
    actor_kind = models.CharField(max_length=16)
    actor_name = models.CharField(max_length=64, blank=True, default="")
    user_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    office_id = models.BigIntegerField(null=True)
    function = models.CharField(max_length=64)
    tax_id = models.CharField(max_length=9, blank=True, default="")
    line = models.CharField(max_length=64, blank=True, default="")
    region = models.CharField(max_length=64, blank=True, default="")
    provider = models.CharField(max_length=10, blank=True, default="")
    outcome = models.CharField(max_length=8)
    conclusion = models.CharField(max_length=64, blank=True, default="")
    reasons = models.JSONField(default=list)
    detail = models.CharField(max_length=64, blank=True, default="")
    key_id = models.CharField(max_length=8)
    mark = models.CharField(max_length=64)

    class Meta:
        indexes = (
            models.Index(fields=("office_id", "at"), name="audit_entry_by_office"),
            models.Index(fields=("user_id", "at"), name="audit_entry_by_user"),
            models.Index(
                fields=("tax_id", "at"), condition=~models.Q(tax_id=""), name="audit_entry_by_tax_id"
            ),
        )


class Subject(models.Model):
    """Whom or what a use was about: a kind, such as `member`, and an identifier."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="subjects")
    kind = models.CharField(max_length=32)
    identifier = models.CharField(max_length=80)

    class Meta:
        indexes = (models.Index(fields=("kind", "identifier", "entry"), name="audit_subject_by_who"),)


class Link(models.Model):
    """One entry's place in the chain. The place is the key, so two sealers cannot both write it."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)
    hash = models.BinaryField(max_length=32)


class Head(models.Model):
    """The end of the chain after one batch, signed."""

    position = models.BigIntegerField(primary_key=True)
    previous = models.BigIntegerField()
    hash = models.BinaryField(max_length=32)
    top_entry = models.BigIntegerField()
    sealed_at = models.DateTimeField(db_index=True)
    key_id = models.CharField(max_length=8)
    signature = models.CharField(max_length=64)
