"""How requests are decided: clocks, rules that approve, decisions, letters, and talks between peers."""

import uuid

from django.db import models
from django.db.models import F, Q


class ClockRule(models.Model):
    """How long a decision or a notice may take, for a line and a kind of request, from … to …

    An empty `line` means every one; the narrowest rule in force when the request comes in counts, for good.
    `extension_days` is how much longer it may be made, once; `pauses` lists the coded reasons for which the
    clock may stand still, none where the law allows none. `is_law`: counted in the published metrics.
    `warn_hours` before the end both sides are told.
    """

    class Kind(models.TextChoices):
        STANDARD = "standard"
        EXPEDITED = "expedited"
        CONCURRENT = "concurrent"
        REFERRAL = "referral"
        ADMISSION_NOTICE = "admission_notice"
        RECONSIDERATION = "reconsideration"
        APPEAL = "appeal"
        INFORMATION = "information"

    class Unit(models.TextChoices):
        HOURS = "hours"
        CALENDAR = "calendar"
        BUSINESS = "business"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    line = models.CharField(max_length=40, blank=True)
    amount = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=Unit.choices)
    extension_days = models.PositiveSmallIntegerField(default=0)
    pauses = models.JSONField(default=list)
    warn_hours = models.PositiveSmallIntegerField(default=24)
    is_law = models.BooleanField(default=False)
    citation = models.CharField(max_length=200)
    first_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        ordering = ("kind", "line", "first_on")
        constraints = [
            models.UniqueConstraint(fields=["kind", "line", "first_on"], name="one_clock_rule_a_start"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="clock_rule_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="clock_runs_for_something"),
        ]


class ApprovalRule(models.Model):
    """A version of a rule that approves or pends by itself; there is no outcome that denies.

    `conditions` is what authorizations.approval_rules reads: all of them must hold.
    """

    class Outcome(models.TextChoices):
        APPROVE = "approve"
        PEND = "pend"

    key = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    conditions = models.JSONField(default=list)
    text = models.CharField(max_length=300)
    citation = models.CharField(max_length=200)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    published_at = models.DateTimeField()
    published_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ("position", "key", "version")
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="one_approval_rule_a_version"),
            models.CheckConstraint(
                condition=Q(outcome__in=["approve", "pend"]), name="no_rule_denies_by_itself"
            ),
        ]


class Trace(models.Model):
    """What the rules made of a request: their inputs, each step, the outcome; enough to run it again."""

    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="traces"
    )
    at = models.DateTimeField()
    rules_digest = models.CharField(max_length=64)
    rules = models.JSONField()
    inputs_sealed = models.BinaryField()
    outcome = models.CharField(max_length=10)
    steps = models.JSONField()

    class Meta:
        ordering = ("pk",)


class Decision(models.Model):
    """A decision, by whom, on what basis; its services stand below it. Written once."""

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="decisions"
    )
    outcome = models.CharField(max_length=10)
    basis = models.CharField(max_length=15)
    side = models.CharField(max_length=6)
    persona_id = models.BigIntegerField(null=True)
    decider = models.CharField(max_length=160, blank=True)
    decided_at = models.DateTimeField()
    reference = models.CharField(max_length=16)

    class Meta:
        ordering = ("pk",)


class ServiceDecision(models.Model):
    """What a decision said of one service. A denial, also in part, has a code.

    Words of its own and criteria.
    """

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        PARTLY = "partly"
        DENIED = "denied"
        NOT_NEEDED = "not_needed"

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="services")
    service = models.ForeignKey("authorizations.Service", on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_text = models.TextField(blank=True)
    criteria = models.CharField(max_length=200, blank=True)
    document = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["decision", "service"], name="one_decision_a_service"),
            models.CheckConstraint(
                condition=~Q(outcome__in=["denied", "partly"])
                | (~Q(reason_code="") & Q(reason_text__regex=r"\S(.|\n){18,}\S") & ~Q(criteria="")),
                name="adverse_decision_says_why",
            ),
        ]


class Letter(models.Model):
    """A letter about a decision or about what is asked for, as it was written.

    Printed from `content_sealed`.
    """

    class Kind(models.TextChoices):
        APPROVAL = "approval"
        PARTIAL = "partial"
        DENIAL = "denial"
        INFORMATION = "information"
        EXTENSION = "extension"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="letters"
    )
    decision = models.ForeignKey(Decision, null=True, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField(max_length=11, choices=Kind.choices)
    content_sealed = models.BinaryField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)


class Slot(models.Model):
    """A time at which somebody of the plan can talk with a peer.

    Instants in UTC, shown in each side's zone.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField()
    reviewer = models.CharField(max_length=160)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("starts_at",)
        constraints = [
            models.UniqueConstraint(fields=["persona_id", "starts_at"], name="one_slot_a_time"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_ends_after_start"),
        ]


class Conversation(models.Model):
    """A peer-to-peer talk about a request: booked into a slot, moved, cancelled, or held with an outcome."""

    class State(models.TextChoices):
        BOOKED = "booked"
        CANCELLED = "cancelled"
        HELD = "held"
        MISSED = "missed"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    authorization = models.ForeignKey(
        "authorizations.Authorization", on_delete=models.CASCADE, related_name="conversations"
    )
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="conversations")
    state = models.CharField(max_length=9, choices=State.choices, default=State.BOOKED)
    clinician = models.CharField(max_length=160)
    telephone = models.CharField(max_length=20)
    zone = models.CharField(max_length=40)
    office_id = models.BigIntegerField(null=True)
    booked_by = models.BigIntegerField(null=True)
    booked_at = models.DateTimeField()
    outcome = models.CharField(max_length=20, blank=True)
    outcome_sealed = models.BinaryField(null=True)
    settled_at = models.DateTimeField(null=True)
    sequence = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["slot"], condition=Q(state="booked"), name="one_talk_a_slot"),
            models.UniqueConstraint(
                fields=["authorization"], condition=Q(state="booked"), name="one_booked_talk_a_request"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | ~Q(outcome=""), name="held_talk_has_an_outcome"
            ),
        ]
