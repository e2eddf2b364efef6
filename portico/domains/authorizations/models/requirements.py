"""What needs an authorization: the plan's lists, their rules, and the answers offices hold."""

import builtins

from django.db import models
from django.db.models import F, Q


class RequirementList(models.Model):
    """A version of the plan's whole list. Published once, it never changes; `digest` is that of its rules.

    It counts from `effective_on` until the next published one does. `held_back` is how many rows of its file
    could not be taken (None: the file is still being read); only a whole list is published.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        DROPPED = "dropped"

    version = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    effective_on = models.DateField()
    digest = models.CharField(max_length=64)
    source = models.CharField(max_length=120, blank=True)
    loaded_at = models.DateTimeField()
    loaded_by = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.BigIntegerField(null=True)
    held_back = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("-effective_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["effective_on"], condition=Q(state="published"), name="one_published_list_a_start"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="published_list_says_when",
            ),
        ]


class Requirement(models.Model):
    """A rule of a list: what it is about, and whether that needs an authorization, by whom.

    `key` names the rule through all versions. An empty line, plan code, place, network or tax ID means every
    one; `places` is a list of place-of-service codes. Codes run from `first_code` to `last_code`, both
    counted; a service type stands in `first_code` alone. `npi` and `tax_id` name an office excused (or bound)
    by name. `decided_by`: the plan, the medical group of the member's PCP, or whoever `decider` names.
    """

    class System(models.TextChoices):
        SERVICE_TYPE = "service_type"
        PROCEDURE = "procedure"
        REVENUE = "revenue"

    class Answer(models.TextChoices):
        REQUIRED = "required"
        NOT_REQUIRED = "not_required"
        AFTER_LIMIT = "after_limit"
        NOTIFY = "notify"

    class DecidedBy(models.TextChoices):
        PLAN = "plan"
        GROUP = "group"
        VENDOR = "vendor"

    list = models.ForeignKey(RequirementList, on_delete=models.CASCADE, related_name="rules")
    key = models.CharField(max_length=40)
    system = models.CharField(max_length=12, choices=System.choices)
    first_code = models.CharField(max_length=10)
    last_code = models.CharField(max_length=10, blank=True)
    line = models.CharField(max_length=40, blank=True)
    plan_code = models.CharField(max_length=3, blank=True)
    places = models.JSONField(default=builtins.list)  # `list` is a field here
    network = models.CharField(max_length=3, blank=True)
    tax_id = models.CharField(max_length=9, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    answer = models.CharField(max_length=12, choices=Answer.choices)
    decided_by = models.CharField(max_length=6, choices=DecidedBy.choices, default=DecidedBy.PLAN)
    decider = models.CharField(max_length=120, blank=True)
    decider_contact = models.CharField(max_length=120, blank=True)
    text = models.CharField(max_length=400)
    citation = models.CharField(max_length=200)
    document = models.CharField(max_length=60, blank=True)
    questionnaire = models.CharField(max_length=40, blank=True)
    service_type = models.CharField(max_length=3, blank=True)
    first_on = models.DateField()
    last_on = models.DateField(null=True)

    class Meta:
        ordering = ("first_code", "key")
        constraints = [
            models.UniqueConstraint(fields=["list", "key"], name="one_requirement_a_key"),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="requirement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by="vendor") | ~Q(decider=""), name="vendor_that_decides_is_named"
            ),
        ]
        indexes = [models.Index(fields=["list", "system", "first_code"])]


class RequirementAnswer(models.Model):
    """An answer given to an office, kept as it was given: the plan honours it for that day of service.

    `content` is the whole answer (JSON) with its hash; `changed_at` and `changed_to` say that a later list
    answers otherwise for later days or offices that ask anew.
    """

    reference = models.CharField(max_length=20, unique=True)
    office_id = models.BigIntegerField()
    persona_id = models.BigIntegerField(null=True)
    machine_id = models.BigIntegerField(null=True)
    user_id = models.BigIntegerField(null=True)
    tax_id = models.CharField(max_length=9)
    line = models.CharField(max_length=40)
    member_id = models.CharField(max_length=80, blank=True)
    system = models.CharField(max_length=12)
    code = models.CharField(max_length=10)
    serviced_on = models.DateField()
    answer = models.CharField(max_length=12)
    list = models.ForeignKey(RequirementList, on_delete=models.PROTECT, related_name="+")
    rule_key = models.CharField(max_length=40, blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    changed_to = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["office_id", "id"]),
            models.Index(fields=["serviced_on", "id"]),
        ]
