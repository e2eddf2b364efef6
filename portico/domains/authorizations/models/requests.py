"""Requests as they stand.

What was asked, for whom, by whom, what of it holds, and everything that happened.
"""

import uuid

from django.db import models
from django.db.models import F, Q


class Authorization(models.Model):
    """A request, and what became of it; `number` is the plan's own.

    Offices reach it through its parties alone. `state` is that of the whole and follows its services. `asked`
    is the day it came in; `due_at` when the decision is due as the ledger stands (None: no clock, or it
    stands still), `clock` what it was counted by. `answers_sealed` are those to the questionnaire,
    `urgency_sealed` why it cannot wait, both as JSON or text sealed for this row. `extends` is the one that
    it prolongs, or whose stay it goes on with; `follows` the denied one it asks anew about.
    """

    class Kind(models.TextChoices):
        AUTHORIZATION = "authorization"
        REFERRAL = "referral"
        ADMISSION = "admission"

    class Level(models.TextChoices):
        STANDARD = "standard"
        EXPEDITED = "expedited"

    class State(models.TextChoices):
        IN_REVIEW = "in_review"
        PENDED = "pended"
        APPROVED = "approved"
        PARTLY = "partly"
        DENIED = "denied"
        CANCELLED = "cancelled"
        NOT_NEEDED = "not_needed"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=13, choices=Kind.choices)
    level = models.CharField(max_length=9, choices=Level.choices, default=Level.STANDARD)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_REVIEW)
    line = models.ForeignKey(
        "plan.LineOfBusiness", to_field="code", db_column="line", on_delete=models.PROTECT, related_name="+"
    )
    plan_code = models.CharField(max_length=3, blank=True)
    member_id = models.CharField(max_length=80)
    subscriber_number = models.CharField(max_length=80)
    patient_last_name = models.CharField(max_length=80)
    patient_first_name = models.CharField(max_length=60, blank=True)
    patient_last_key = models.CharField(max_length=80)
    patient_birth_date = models.DateField(null=True)
    service_type = models.CharField(max_length=3, blank=True)
    place = models.CharField(max_length=2, blank=True)
    diagnoses = models.JSONField(default=list)
    first_on = models.DateField()
    last_on = models.DateField()
    admitted_at = models.DateTimeField(null=True)
    discharged_on = models.DateField(null=True)
    questionnaire = models.CharField(max_length=60, blank=True)
    answers_sealed = models.BinaryField(null=True)
    urgency_sealed = models.BinaryField(null=True)
    contact_name = models.CharField(max_length=120, blank=True)
    contact_telephone = models.CharField(max_length=20, blank=True)
    requirement = models.CharField(max_length=20, blank=True)
    partner_reference = models.CharField(max_length=50, blank=True)
    door = models.CharField(max_length=10)
    office_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    clock = models.ForeignKey(
        "authorizations.ClockRule", null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    reviewer_id = models.BigIntegerField(null=True)
    extends = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="extensions")
    follows = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="followers")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="authorization_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "partly", "denied"]) | Q(decided_at__isnull=False),
                name="decided_authorization_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(kind="admission") | Q(admitted_at__isnull=False),
                name="admission_says_when",
            ),
            models.UniqueConstraint(
                fields=["office_id", "partner_reference"],
                condition=~Q(partner_reference=""),
                name="one_request_a_partner_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["member_id", "first_on"]),
            models.Index(fields=["subscriber_number", "first_on"]),
            models.Index(fields=["patient_last_key", "patient_birth_date"]),
            models.Index(fields=["state", "due_at", "id"]),
            models.Index(fields=["received_at", "id"]),
            models.Index(fields=["decided_at", "id"]),
        ]


class Party(models.Model):
    """An office that may see a request, and as what: by its tax ID, its provider and the line of the member.

    The line stands here again, so that one grant has to hold tax ID, provider and line together.
    """

    class Role(models.TextChoices):
        REQUESTING = "requesting"
        SERVICING = "servicing"
        FACILITY = "facility"
        PCP = "pcp"

    authorization = models.ForeignKey(Authorization, on_delete=models.CASCADE, related_name="parties")
    role = models.CharField(max_length=10, choices=Role.choices)
    tax_id = models.CharField(max_length=9)
    npi = models.CharField(max_length=10, blank=True)
    name = models.CharField(max_length=160, blank=True)
    specialty = models.CharField(max_length=80, blank=True)
    line = models.CharField(max_length=40)
    in_network = models.BooleanField(null=True)

    class Meta:
        ordering = ("authorization", "pk")
        constraints = [models.UniqueConstraint(fields=["authorization", "role"], name="one_party_a_role")]
        indexes = [models.Index(fields=["tax_id", "line", "npi", "authorization"])]


class Service(models.Model):
    """A line of a request: what is asked for, and what was decided of it last.

    Units: UN units, VS visits, DY days, HS hours, MO months. What was approved may be fewer or on other days.
    A denied service has a coded and a specific written reason: no row without them is kept.
    """

    class State(models.TextChoices):
        IN_REVIEW = "in_review"
        PENDED = "pended"
        APPROVED = "approved"
        PARTLY = "partly"
        DENIED = "denied"
        CANCELLED = "cancelled"
        NOT_NEEDED = "not_needed"

    authorization = models.ForeignKey(Authorization, on_delete=models.CASCADE, related_name="services")
    position = models.PositiveSmallIntegerField()
    service_type = models.CharField(max_length=3, blank=True)
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=10, blank=True)
    modifiers = models.JSONField(default=list)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    unit = models.CharField(max_length=2)
    first_on = models.DateField()
    last_on = models.DateField()
    requirement = models.CharField(max_length=12, blank=True)
    rule_key = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.IN_REVIEW)
    approved_quantity = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    approved_first_on = models.DateField(null=True)
    approved_last_on = models.DateField(null=True)
    reason_code = models.CharField(max_length=40, blank=True)
    reason_text = models.TextField(blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["authorization", "position"], name="one_service_a_position"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="service_asks_for_something"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="service_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(state__in=["denied", "partly"])
                | (~Q(reason_code="") & Q(reason_text__regex=r"\S(.|\n){18,}\S")),
                name="adverse_service_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "partly"])
                | Q(
                    approved_quantity__isnull=False,
                    approved_first_on__isnull=False,
                    approved_last_on__isnull=False,
                ),
                name="approved_service_says_what",
            ),
        ]


class Usage(models.Model):
    """How many units of a service a claim used; recounted whenever the claim is decided again."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="usage")
    claim_number = models.CharField(max_length=50)
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["service", "claim_number"], name="one_usage_a_claim"),
        ]
        indexes = [models.Index(fields=["claim_number"])]


class Event(models.Model):
    """The ledger: something that happened to a request, at an instant, and what it did to the clock.

    Rows are written once and never changed. `code` is the reason of a pause or an extension, a decision's
    outcome or another stable code; `details` holds numbers, codes and instants, never words about a patient.
    `side` says who acted: the office, the plan, the system; `basis` whether it stood on a first request, an
    extension, a reconsideration, an appeal, or a peer-to-peer talk.
    """

    class Kind(models.TextChoices):
        RECEIVED = "received"
        DETERMINED = "determined"
        ASSIGNED = "assigned"
        ASKED = "asked"
        ANSWERED = "answered"
        WITHDRAWN = "withdrawn"
        LAPSED = "lapsed"
        PAUSED = "paused"
        RESUMED = "resumed"
        EXTENDED = "extended"
        LEVELLED = "levelled"
        DECIDED = "decided"
        REOPENED = "reopened"
        CHANGED = "changed"
        CONTINUED = "continued"
        CANCELLED = "cancelled"
        DOCUMENT = "document"
        LETTER = "letter"
        NOTICE = "notice"
        TALK_BOOKED = "talk_booked"
        TALK_MOVED = "talk_moved"
        TALK_CANCELLED = "talk_cancelled"
        TALK_HELD = "talk_held"
        WARNED = "warned"
        BREACHED = "breached"
        ADMITTED = "admitted"
        DISCHARGED = "discharged"

    class Side(models.TextChoices):
        OFFICE = "office"
        PLAN = "plan"
        SYSTEM = "system"

    class Basis(models.TextChoices):
        FIRST = "first"
        EXTENSION = "extension"
        CHANGE = "change"
        RECONSIDERATION = "reconsideration"
        APPEAL = "appeal"
        TALK = "talk"

    authorization = models.ForeignKey(Authorization, on_delete=models.CASCADE, related_name="events")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=Kind.choices)
    side = models.CharField(max_length=6, choices=Side.choices)
    basis = models.CharField(max_length=15, choices=Basis.choices, default=Basis.FIRST)
    code = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    door = models.CharField(max_length=10)
    office_id = models.BigIntegerField(null=True)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ("authorization", "sequence")
        constraints = [
            models.UniqueConstraint(fields=["authorization", "sequence"], name="one_event_a_sequence"),
            models.CheckConstraint(
                condition=~Q(kind__in=["paused", "extended"]) | ~Q(code=""),
                name="no_silent_pause_or_extension",
            ),
        ]
        indexes = [models.Index(fields=["kind", "at"])]
