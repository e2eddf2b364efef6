"""What the plan says about claims: its deadlines with their sources, and the policies behind codes."""

from django.db import models
from django.db.models import F, Q


class DeadlineRule(models.Model):
    """How long something may take: days from an event, for a line and a contract, from … to …

    Empty `line` and `tax_id` mean every one; the narrowest rule in force counts. `document` is the key of the
    library document that says so.
    """

    class Kind(models.TextChoices):
        TIMELY_FILING = "timely_filing"
        DISPUTE = "dispute"
        PROMPT_PAY = "prompt_pay"

    class Unit(models.TextChoices):
        CALENDAR = "calendar"
        BUSINESS = "business"

    kind = models.CharField(max_length=13, choices=Kind.choices)
    line = models.CharField(max_length=40, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=8, choices=Unit.choices)
    citation = models.CharField(max_length=200)
    document = models.CharField(max_length=60, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        ordering = ("kind", "line", "tax_id", "first_on")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "line", "tax_id", "first_on"], name="one_deadline_rule_a_start"
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="deadline_rule_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(days__gt=0), name="deadline_is_at_least_a_day"),
        ]


class CodePolicy(models.Model):
    """The library document that stands behind an adjustment code, for a line or for every one."""

    class Kind(models.TextChoices):
        CARC = "carc"
        RARC = "rarc"
        PEND = "pend"

    kind = models.CharField(max_length=4, choices=Kind.choices)
    code = models.CharField(max_length=40)
    line = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=60)

    class Meta:
        ordering = ("kind", "code", "line")
        constraints = [models.UniqueConstraint(fields=["kind", "code", "line"], name="one_policy_a_code")]
