"""The table of what changed in who may do what."""

from django.db import models


class AccessChange(models.Model):
    """One change of what a persona may do: when, by whom, and how it stood before and after. Never changed.

    `before` and `after` are what access.delegating.held writes: functions with their reach. `by` is the user
    who did it, None for the system; `by_plan`: the plan's desk did. `reference` is that of the audit row.
    """

    persona = models.ForeignKey("access.Persona", on_delete=models.CASCADE, related_name="changes")
    office = models.ForeignKey("offices.Office", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    by_plan = models.BooleanField(default=False)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    reference = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["persona", "-id"], name="access_change_by_persona"),
            models.Index(fields=["office", "-id"], name="access_change_by_office"),
        ]
