"""Members, their coverage, PCPs and other payers: a read copy of the core system's."""

from django.db import models

from portico.domains.members.models.spans import ENDS_AFTER_START, line


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
    line = line()
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
        indexes = [models.Index(fields=["tax_id", "first_on"])]


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
