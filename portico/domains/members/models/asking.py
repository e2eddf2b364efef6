"""What was asked about members: lookups, misses, and the receipts given."""

import uuid

from django.db import models
from django.db.models import Q

from portico.domains.members.models.enrolment import Member


class Lookup(models.Model):
    """One search and whom it found; its opaque id stands in the URL instead of the person.

    It belongs to the persona or the machine that searched. `line` is the one asked for (empty: every line
    granted), `decided_line` that of the coverage that decided the answer. `found` lists the members by
    their row numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    tax_id = models.CharField(max_length=9)
    line = models.CharField(max_length=40, blank=True)
    decided_line = models.CharField(max_length=40, blank=True)
    as_of = models.DateField()
    found = models.JSONField(default=list)
    chosen = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(persona_id__isnull=False) | Q(machine_id__isnull=False),
                name="lookup_has_an_owner",
            )
        ]


class Miss(models.Model):
    """A search that found nobody; many in an hour slow the searcher down."""

    user_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    by = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["user_id", "at"]),
            models.Index(fields=["machine_id", "at"]),
        ]


class Receipt(models.Model):
    """What the plan answered an office about a member on a day, kept so that the plan can verify it later.

    `line` is that of the coverage that decided, empty where there was none; `changed_to` the verdict as it
    is known since `changed_at`. A lookup gives one receipt, however often it is asked for.
    """

    reference = models.CharField(max_length=20, unique=True)
    lookup_id = models.UUIDField(null=True, unique=True)
    office_id = models.BigIntegerField()
    persona_id = models.BigIntegerField(null=True)
    tax_id = models.CharField(max_length=9)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40, blank=True)
    plan_code = models.CharField(max_length=3, blank=True)
    as_of = models.DateField()
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=30)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField(null=True)
    changed_to = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office_id", "id"])]
