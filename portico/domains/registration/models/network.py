"""Tables of offices outside the network that would like to take part in it."""

from django.db import models
from django.db.models import Q


class NetworkRequest(models.Model):
    """A wish to take part in the network, followed by a tracking number (kept as its keyed hash)."""

    class State(models.TextChoices):
        RECEIVED = "received"
        IN_REVIEW = "in_review"
        INVITED = "invited"
        DECLINED = "declined"
        WITHDRAWN = "withdrawn"

    tracking_index = models.BinaryField(max_length=16, unique=True)
    office_name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    npi = models.CharField(max_length=10)
    tax_id = models.CharField(max_length=9)
    specialty = models.CharField(max_length=120, blank=True)
    regions = models.JSONField(default=list)
    lines = models.JSONField(default=list)
    contact_name = models.CharField(max_length=120)
    email = models.EmailField()
    telephone = models.CharField(max_length=20)
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    assigned_to = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["received", "in_review"], decided_at__isnull=True)
                | Q(state__in=["invited", "declined", "withdrawn"], decided_at__isnull=False),
                name="decided_network_request_says_when",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=["received", "in_review"]),
                name="registration_open_network",
            )
        ]


class NetworkEvent(models.Model):
    """What happened to a wish to take part: when, by whom, and a note for the plan alone, sealed."""

    request = models.ForeignKey(NetworkRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    sealed = models.BinaryField(null=True)
