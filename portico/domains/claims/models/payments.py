"""Payments to offices: what was paid, for which claims, and what offices found in their bank."""

import uuid

from django.db import models
from django.db.models import Q

from portico.domains.claims.models.claims import Claim, dollars


class WholePayments(models.Manager["Payment"]):
    """Payments whose claims are all there: a long one is loaded in several chunks and shows with the last."""

    def get_queryset(self) -> "models.QuerySet[Payment]":
        """Those alone."""
        return super().get_queryset().filter(is_whole=True)


class Payment(models.Model):
    """A payment of the plan to one payee; `trace_number` is TRN02: the check's or the transfer's number.

    `payer_number` is TRN03, `handling` BPR01, `method` BPR04. `load` is the job that took it in, `file` the
    SHA-256 of that job's file, kept as it came, and `place` says where in it its 835 stands. `digest` is that
    of the 835's own segments. Counts and sums follow its claims; `payee_address` and `payer` are facts.
    `number_key` is payment_numbers.key of the trace number: the same for every way of writing it.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    tax_id = models.CharField(max_length=9)
    payee_npi = models.CharField(max_length=10, blank=True)
    payee_name = models.CharField(max_length=160, blank=True)
    payee_address = models.JSONField(default=dict)
    payer_name = models.CharField(max_length=160, blank=True)
    payer_number = models.CharField(max_length=30, blank=True)
    payer = models.JSONField(default=dict)
    trace_number = models.CharField(max_length=50)
    number_key = models.CharField(max_length=50, blank=True, default="")
    method = models.CharField(max_length=3)
    handling = models.CharField(max_length=1)
    amount = dollars()
    paid_on = models.DateField()
    produced_on = models.DateField(null=True)
    claim_count = models.PositiveIntegerField(default=0)
    denied_count = models.PositiveIntegerField(default=0)
    billed = dollars(default=0)
    load = models.UUIDField(null=True, db_index=True)
    file = models.CharField(max_length=64, blank=True)
    place = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    is_whole = models.BooleanField(default=True)
    loaded_at = models.DateTimeField()

    objects = WholePayments()
    every = models.Manager["Payment"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["payer_number", "trace_number", "tax_id", "paid_on"],
                name="one_payment_a_trace_number",
            )
        ]
        indexes = [
            models.Index(fields=["tax_id", "paid_on", "id"]),
            models.Index(fields=["trace_number"]),
            models.Index(fields=["tax_id", "number_key"]),
        ]


class ClaimPayment(models.Model):
    """A claim as a payment decided it (CLP): it may be unknown here as a claim, and is found by its number.

    `status` is CLP02; amounts of a reversal are negative. `content` holds lines, adjustments and persons as
    facts.paid has them, so that the 835 can be made again to the cent.
    """

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="claims")
    position = models.PositiveIntegerField()
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="decisions")
    claim_number = models.CharField(max_length=50, blank=True)
    patient_control_number = models.CharField(max_length=38, blank=True)
    member_id = models.CharField(max_length=80, blank=True)
    patient_last_name = models.CharField(max_length=80, blank=True)
    patient_first_name = models.CharField(max_length=60, blank=True)
    line = models.CharField(max_length=40, blank=True)
    provider_npi = models.CharField(max_length=10, blank=True)
    status = models.CharField(max_length=2)
    first_on = models.DateField(null=True)
    billed = dollars()
    allowed = dollars(null=True)
    paid = dollars()
    member_share = dollars(null=True)
    received_on = models.DateField(null=True)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["payment", "position"], name="one_claim_a_position")]
        indexes = [
            models.Index(fields=["claim_number"]),
            models.Index(fields=["member_id"]),
            models.Index(fields=["claim", "id"]),
        ]


class PaymentAdjustment(models.Model):
    """A change of a payment that belongs to none of its claims (PLB): lowers it where positive."""

    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="adjustments")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=2)
    identifier = models.CharField(max_length=50, blank=True)
    amount = dollars()
    npi = models.CharField(max_length=10, blank=True)
    fiscal_on = models.DateField(null=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["payment", "position"], name="one_adjustment_a_position")
        ]


class Deposit(models.Model):
    """What an office found in its bank; it is matched with a payment by tax ID, `number_key` and amount.

    The match is never kept: it follows the payments as they come in and are taken back.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    tax_id = models.CharField(max_length=9)
    trace_number = models.CharField(max_length=50)
    number_key = models.CharField(max_length=50)
    amount = dollars()
    deposited_on = models.DateField()
    persona_id = models.BigIntegerField()
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tax_id", "number_key"], name="one_deposit_a_number"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deposit_is_positive"),
        ]
        indexes = [models.Index(fields=["tax_id", "deposited_on", "id"])]


class PaymentDelivery(models.Model):
    """A payment that the software of an office fetched, under the name it asked by: each once."""

    machine_id = models.BigIntegerField()
    name = models.CharField(max_length=80)
    payment = models.ForeignKey(Payment, on_delete=models.CASCADE, related_name="deliveries")
    delivered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine_id", "payment"], name="one_delivery_a_payment")
        ]
        indexes = [models.Index(fields=["machine_id", "name"])]
