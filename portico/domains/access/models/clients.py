"""The table of what billing companies may do for the offices they work for."""

import uuid

from django.db import models
from django.db.models import F, Q


class ClientGrant(models.Model):
    """An office (`client`) lets a billing company (`biller`) work under one of its tax IDs, for a period.

    `functions` and `lines` are codes with blanks between them; no line named is every line. The billing
    company hands that out to its own people; an ended one reaches nothing at the next request.
    """

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    client = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    biller = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    tax_id = models.CharField(max_length=9)
    functions = models.CharField(max_length=400)
    lines = models.CharField(max_length=400, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ending = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(client=F("biller")), name="nobody_is_their_own_client"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="client_grant_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="ended_client_grant_says_how",
            ),
            models.UniqueConstraint(
                fields=["biller", "tax_id"],
                condition=Q(ended_at__isnull=True),
                name="one_running_client_grant_a_tax_id",
            ),
        ]
        indexes = [models.Index(fields=["client", "-id"], name="access_client_grants_given")]
