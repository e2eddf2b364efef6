"""Claims as the core system has them: what was submitted, where it stands, and what happened to it."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q


def dollars(**options: Any) -> "models.DecimalField[Any, Any]":
    """An amount of money in dollars and cents."""
    return models.DecimalField(max_digits=14, decimal_places=2, **options)


class Claim(models.Model):
    """A claim; `claim_number` is the plan's own, `patient_control_number` the office's.

    `provider_npi` is who rendered it (the billing provider where nobody else is named): by it and by `tax_id`
    offices reach it. `member_id` is the person's own; `member_share` what the member owes of it. Amounts are
    None until the claim is decided, and those of the last decision afterwards. `payment` is the last one it
    was in; `replaces` the number of the claim it corrects. `stated_on` says since when `status` is true.
    """

    class Status(models.TextChoices):
        RECEIVED = "received"
        PENDED = "pended"
        APPROVED = "approved"
        PAID = "paid"
        DENIED = "denied"
        REVERSED = "reversed"

    class Form(models.TextChoices):
        PROFESSIONAL = "professional"
        INSTITUTIONAL = "institutional"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    claim_number = models.CharField(max_length=50, unique=True)
    patient_control_number = models.CharField(max_length=38, blank=True)
    tracking_number = models.CharField(max_length=50, blank=True)
    form = models.CharField(max_length=13, choices=Form.choices)
    line = models.ForeignKey(
        "plan.LineOfBusiness",
        to_field="code",
        db_column="line",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    tax_id = models.CharField(max_length=9)
    provider_npi = models.CharField(max_length=10, blank=True)
    provider_name = models.CharField(max_length=160, blank=True)
    billing_npi = models.CharField(max_length=10, blank=True)
    billing_name = models.CharField(max_length=160, blank=True)
    member_id = models.CharField(max_length=80)
    subscriber_number = models.CharField(max_length=80)
    patient_last_name = models.CharField(max_length=80)
    patient_first_name = models.CharField(max_length=60, blank=True)
    patient_birth_date = models.DateField(null=True)
    first_on = models.DateField()
    last_on = models.DateField()
    received_on = models.DateField()
    rank = models.CharField(max_length=1, default="P")
    frequency = models.CharField(max_length=1, default="1")
    facility = models.CharField(max_length=4, blank=True)
    drg = models.CharField(max_length=4, blank=True)
    diagnoses = models.JSONField(default=list)
    authorization_number = models.CharField(max_length=50, blank=True)
    replaces = models.CharField(max_length=50, blank=True, db_index=True)
    status = models.CharField(max_length=8, choices=Status.choices)
    stated_on = models.DateField()
    pend_reason = models.CharField(max_length=40, blank=True)
    awaited_on = models.DateField(null=True)
    decided_on = models.DateField(null=True)
    billed = dollars()
    allowed = dollars(null=True)
    paid = dollars(null=True)
    member_share = dollars(null=True)
    adjustments = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    decision_count = models.PositiveSmallIntegerField(default=0)
    payment = models.ForeignKey("claims.Payment", null=True, on_delete=models.SET_NULL, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="pended") | ~Q(pend_reason=""), name="pended_claim_says_for_what"
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="claim_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["subscriber_number", "tax_id", "first_on"]),
            models.Index(fields=["member_id", "first_on"]),
            models.Index(fields=["tax_id", "first_on", "id"]),
            models.Index(fields=["tax_id", "received_on", "id"]),
            models.Index(fields=["tax_id", "status", "first_on", "id"]),
            models.Index(fields=["tax_id", "patient_control_number"]),
        ]


class ClaimLine(models.Model):
    """A service line as submitted, and as it was last decided; `adjustments` are [group, reason, dollars]."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveSmallIntegerField()
    code_kind = models.CharField(max_length=2, blank=True)
    code = models.CharField(max_length=48, blank=True)
    modifiers = models.JSONField(default=list)
    revenue_code = models.CharField(max_length=4, blank=True)
    place_of_service = models.CharField(max_length=2, blank=True)
    units = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    unit = models.CharField(max_length=2, blank=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    billed = dollars()
    allowed = dollars(null=True)
    paid = dollars(null=True)
    member_share = dollars(null=True)
    adjustments = models.JSONField(default=list)
    remarks = models.JSONField(default=list)

    class Meta:
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["claim", "number"], name="one_line_a_number")]


class ClaimEvent(models.Model):
    """Something that happened to a claim on a day; `code` a pend reason, a claim number or a trace number."""

    class Kind(models.TextChoices):
        RECEIVED = "received"
        PENDED = "pended"
        RESUMED = "resumed"
        APPROVED = "approved"
        PAID = "paid"
        DENIED = "denied"
        REVERSED = "reversed"
        ADJUSTED = "adjusted"
        REPLACED = "replaced"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=9, choices=Kind.choices)
    on = models.DateField()
    code = models.CharField(max_length=50, blank=True)
    amount = dollars(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("on", "id")
        constraints = [
            models.UniqueConstraint(fields=["claim", "kind", "on", "code"], name="one_event_a_day_and_kind"),
            models.CheckConstraint(
                condition=~Q(kind="pended") | ~Q(code=""), name="pend_event_says_for_what"
            ),
        ]
