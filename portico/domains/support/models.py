"""Tables of support: what somebody without an account asks the plan."""

from django.db import models
from django.db.models import Q


class Enquiry(models.Model):
    """A question, or a wish to be called back, of somebody who has not signed in. `sealed` is its text.

    `reference_index`: the keyed hash of the reference its sender was given. `due_at`: when the plan means to
    have answered, in its business hours.
    """

    class Kind(models.TextChoices):
        CALL_BACK = "call_back"
        QUESTION = "question"

    class Ending(models.TextChoices):
        ANSWERED = "answered"
        NOT_REACHED = "not_reached"
        NOT_OURS = "not_ours"

    reference_index = models.BinaryField(max_length=16, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    topic = models.CharField(max_length=30)
    name = models.CharField(max_length=120)
    office_name = models.CharField(max_length=160, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    best_time = models.CharField(max_length=20, blank=True)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="ended_enquiry_says_how",
            ),
            models.CheckConstraint(condition=~Q(telephone="") | ~Q(email=""), name="enquiry_can_be_answered"),
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(ended_at=None), name="support_open_enquiry")
        ]
