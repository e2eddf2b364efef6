"""Tables of looking through who may do what, each quarter."""

from django.db import models
from django.db.models import Q


class Review(models.Model):
    """An office looks through what its people may do, from `opened_on` until `due_on`; both days count.

    One that is not finished in time lapses: patients' data is closed to the office's people until it is.
    `noticed`: the days before the end at which its administrators were told.
    """

    office = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    opened_on = models.DateField()
    due_on = models.DateField()
    noticed = models.JSONField(default=list)
    lapsed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office"], condition=Q(finished_at__isnull=True), name="one_open_review_an_office"
            )
        ]
        indexes = [models.Index(fields=["office", "-id"], name="access_review_by_office")]


class Verdict(models.Model):
    """What was said of one persona in a review: kept as it is, changed, or taken away."""

    class Said(models.TextChoices):
        KEPT = "kept"
        CHANGED = "changed"
        REMOVED = "removed"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="verdicts")
    persona = models.ForeignKey("access.Persona", on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=Said.choices)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "persona"], name="one_verdict_a_persona_and_review")
        ]
