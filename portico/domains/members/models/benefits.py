"""Benefit plans, what they pay, and how much of it is used: a read copy of the core system's."""

from django.db import models
from django.db.models import Q

from portico.domains.members.models.enrolment import Member
from portico.domains.members.models.spans import ENDS_AFTER_START, line


class BenefitPlan(models.Model):
    """A benefit plan; `code` is the three-character plan code."""

    code = models.CharField(max_length=3, unique=True)
    line = line()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z0-9]{3}$"), name="plan_code_has_three_signs"
            )
        ]


class PlanVersion(models.Model):
    """A benefit plan as it is in force from … to …."""

    plan = models.ForeignKey(BenefitPlan, on_delete=models.CASCADE, related_name="versions")
    name = models.CharField(max_length=120)
    product = models.CharField(max_length=20)
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "first_on"], name="one_version_a_start"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="version_ends_after_start"),
        ]


class PlanAmounts(models.Model):
    """The plan-wide amounts of a version for one network; None where there is none."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="amounts")
    network = models.CharField(max_length=3)
    individual_deductible = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    family_deductible = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    individual_oop = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    family_oop = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "network"], name="one_amounts_row_a_network")
        ]


class Benefit(models.Model):
    """What a version pays for one service type in one network."""

    version = models.ForeignKey(PlanVersion, on_delete=models.CASCADE, related_name="benefits")
    service_type = models.CharField(max_length=3)
    service_name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)
    network = models.CharField(max_length=3)
    is_covered = models.BooleanField(default=True)
    copay = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    coinsurance = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    deductible_applies = models.BooleanField(default=False)
    limit_quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=10, blank=True)
    limit_period = models.CharField(max_length=10, blank=True)
    authorization = models.CharField(max_length=12, default="no")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("position", "service_type", "network")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "service_type", "network"], name="one_benefit_a_service"
            )
        ]


class Accumulator(models.Model):
    """How much of a deductible, an out-of-pocket maximum or a limit a member has used in a period."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="accumulators")
    plan_code = models.CharField(max_length=3)
    kind = models.CharField(max_length=10)
    scope = models.CharField(max_length=10)
    network = models.CharField(max_length=3)
    service_type = models.CharField(max_length=3, blank=True)
    first_on = models.DateField()
    last_on = models.DateField()
    used = models.DecimalField(max_digits=12, decimal_places=2)
    as_of = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "plan_code", "kind", "scope", "network", "service_type", "first_on"],
                name="one_accumulator_a_kind",
            )
        ]
