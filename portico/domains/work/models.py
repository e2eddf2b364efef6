"""Tables of work: what somebody owes somebody."""

from django.db import models
from django.db.models import Q


class Item(models.Model):
    """One open obligation; the same one asked for again counts up instead of standing twice."""

    class State(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    office_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    times_asked = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    last_asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"], condition=Q(state="open"), name="one_open_item_a_subject"
            )
        ]
        indexes = [models.Index(fields=["state", "id"])]
