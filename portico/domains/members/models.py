"""Tables of members: a read copy of the core system's, and what offices asked about it."""

import uuid

from django.db import models
from django.db.models import F, Q

ENDS_AFTER_START = Q(last_on__isnull=True) | Q(last_on__gte=F("first_on"))


def _line() -> "models.ForeignKey[object, object]":
    """A line of business, without an index: over few values one slows loads and misleads planners."""
    return models.ForeignKey(
        "plan.LineOfBusiness",
        to_field="code",
        db_column="line",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )


class Member(models.Model):
    """A person the plan covers or covered; `member_id` is the person's own.

    `last_key` and `first_key` are the names as they are compared (shared.names). The SSN is sealed, and
    found by its blind index.
    """

    member_id = models.CharField(max_length=80, unique=True)
    subscriber_number = models.CharField(max_length=80)
    relationship = models.CharField(max_length=2, default="18")
    last_name = models.CharField(max_length=80)
    first_name = models.CharField(max_length=60, blank=True)
    middle_name = models.CharField(max_length=60, blank=True)
    suffix = models.CharField(max_length=20, blank=True)
    last_key = models.CharField(max_length=80)
    first_key = models.CharField(max_length=60, blank=True)
    birth_date = models.DateField(null=True)
    death_date = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    ssn_sealed = models.BinaryField(null=True)
    ssn_index = models.BinaryField(max_length=16, null=True, db_index=True)
    address = models.CharField(max_length=120, blank=True)
    address_more = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=15, blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    group_number = models.CharField(max_length=50, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["subscriber_number"]),
            models.Index(fields=["last_key", "birth_date"]),
        ]


class Coverage(models.Model):
    """A span in which a member is covered; `plan_code` is empty where the feed named no plan."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="coverages")
    line = _line()
    plan_code = models.CharField(max_length=3, blank=True)
    product = models.CharField(max_length=3)
    level = models.CharField(max_length=3, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    premium_paid_to = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "product", "plan_code", "first_on"], name="one_coverage_a_start"
            ),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="coverage_ends_after_start"),
        ]
        indexes = [models.Index(fields=["plan_code"])]


class PcpAssignment(models.Model):
    """The PCP a member is assigned to; the name as the feed gave it where the NPI is unknown."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="pcp_assignments")
    npi = models.CharField(max_length=10, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    name = models.CharField(max_length=160, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "first_on"], name="one_pcp_a_start"),
            models.CheckConstraint(condition=ENDS_AFTER_START, name="pcp_ends_after_start"),
        ]


class OtherCoverage(models.Model):
    """Another payer's coverage of the member, for coordination of benefits; `order` as in COB01."""

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="other_coverages")
    order = models.CharField(max_length=1)
    payer_name = models.CharField(max_length=80)
    policy_number = models.CharField(max_length=50, blank=True)
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "order", "payer_name"], name="one_other_payer_an_order")
        ]


class BenefitPlan(models.Model):
    """A benefit plan; `code` is the three-character plan code."""

    code = models.CharField(max_length=3, unique=True)
    line = _line()

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


class Lookup(models.Model):
    """One search and whom it found; its opaque id stands in the URL instead of the person.

    It belongs to the persona or the machine that searched. `line` is the one asked for (empty: every line
    granted), `decided_line` that of the coverage that decided the answer. `found` lists the members by
    their row numbers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    tax_id = models.CharField(max_length=9)
    line = models.CharField(max_length=40, blank=True)
    decided_line = models.CharField(max_length=40, blank=True)
    as_of = models.DateField()
    found = models.JSONField(default=list)
    chosen = models.ForeignKey(Member, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(persona_id__isnull=False) | Q(machine_id__isnull=False),
                name="lookup_has_an_owner",
            )
        ]


class Miss(models.Model):
    """A search that found nobody; many in an hour slow the searcher down."""

    user_id = models.BigIntegerField()
    by = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user_id", "at"])]


class Receipt(models.Model):
    """What the plan answered an office about a member on a day, kept so that the plan can verify it later.

    `line` is that of the coverage that decided, empty where there was none; `changed_to` the verdict as it
    is known since `changed_at`. A lookup gives one receipt, however often it is asked for.
    """

    reference = models.CharField(max_length=20, unique=True)
    lookup_id = models.UUIDField(null=True, unique=True)
    office_id = models.BigIntegerField()
    persona_id = models.BigIntegerField(null=True)
    tax_id = models.CharField(max_length=9)
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    line = models.CharField(max_length=40, blank=True)
    plan_code = models.CharField(max_length=3, blank=True)
    as_of = models.DateField()
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=30)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField(null=True)
    changed_to = models.CharField(max_length=30, blank=True)

    class Meta:
        indexes = [models.Index(fields=["office_id", "id"])]
