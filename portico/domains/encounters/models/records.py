"""Encounters one by one, and what is wrong with those that were rejected."""

import uuid

from django.db import models
from django.db.models import Q


class Encounter(models.Model):
    """One encounter (CLM) of a submission; `identity` is what makes two the same one (0060).

    Of those of one identity at most one is in force. An accepted one has a `number`, which stays with it; a
    rejected one never gets one. Rejected ones become MENDED on screen or REPLACED when sent again, accepted
    ones REPLACED or VOIDED. `content_sealed` is facts.submitted.SentClaim as JSON, `raw_sealed` its segments
    as sent. `mended_from` is the rejected one it was mended from, `replaces` the accepted one it takes the
    place of. `lag_days` are those from its last day to its receipt.
    """

    class State(models.TextChoices):
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        MENDED = "mended"
        REPLACED = "replaced"
        VOIDED = "voided"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    submission = models.ForeignKey("encounters.Submission", on_delete=models.CASCADE, related_name="records")
    position = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    identity = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    form = models.CharField(max_length=13, blank=True)
    frequency = models.CharField(max_length=1, blank=True)
    tax_id = models.CharField(max_length=9)
    provider_npi = models.CharField(max_length=10, blank=True)
    line = models.CharField(max_length=40, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    patient_control_number = models.CharField(max_length=38, blank=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    received_on = models.DateField()
    lag_days = models.PositiveIntegerField(null=True)
    billed = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    content_sealed = models.BinaryField(null=True)
    raw_sealed = models.BinaryField(null=True)
    mended_from = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="+")
    replaces = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")
    handover = models.ForeignKey(
        "encounters.Handover", null=True, on_delete=models.SET_NULL, related_name="records"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "position"], name="one_encounter_a_position"),
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(state="accepted") & ~Q(identity=""),
                name="one_encounter_in_force_an_identity",
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="one_encounter_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(number=""), name="accepted_encounter_has_a_number"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["rejected", "mended"]) | Q(number=""),
                name="rejected_encounter_has_no_number",
            ),
        ]
        indexes = [
            models.Index(fields=["submission", "state", "position"]),
            models.Index(fields=["tax_id", "state", "first_on"]),
            models.Index(fields=["tax_id", "patient_control_number"]),
            models.Index(fields=["state", "handover", "id"]),
            # The partial ones above are of no use to a look-up of several at once.
            models.Index(fields=["identity"]),
            models.Index(fields=["number"]),
        ]


class Edit(models.Model):
    """What is wrong with an encounter, or with its file where `encounter` is None.

    `code` is one of claims.edits; `place` the number of the segment in the interchange (0: of none),
    `element` its place in it; `value_at` names the field of the claim it is about. `segment_sealed` is the
    segment as sent, of a file's own: those of a record are found in what is kept of it.
    """

    submission = models.ForeignKey("encounters.Submission", on_delete=models.CASCADE, related_name="edits")
    encounter = models.ForeignKey(Encounter, null=True, on_delete=models.CASCADE, related_name="edits")
    code = models.CharField(max_length=40)
    place = models.PositiveIntegerField(default=0)
    segment = models.CharField(max_length=3, blank=True)
    element = models.PositiveSmallIntegerField(null=True)
    loop = models.CharField(max_length=8, blank=True)
    value_at = models.CharField(max_length=60, blank=True)
    about = models.CharField(max_length=40, blank=True)
    segment_sealed = models.BinaryField(null=True)

    class Meta:
        ordering = ("place", "id")
        indexes = [models.Index(fields=["submission", "code"])]
