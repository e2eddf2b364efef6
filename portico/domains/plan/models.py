"""Tables of the plan: data a plan edits, not code."""

from django.db import models


class LineOfBusiness(models.Model):
    """A line of business; `code` is stable and stands in URLs, grants and coverage rows."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")


class Region(models.Model):
    """A part of the plan's service area."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")


class Profile(models.Model):
    """Who the plan is: one row, shown on every page and document."""

    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    telephone = models.CharField(max_length=20)
    support_email = models.EmailField()
    payer_id = models.CharField(max_length=20, blank=True)
    card_details = models.JSONField(default=dict)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="plan_profile_is_one_row")]


class Freshness(models.Model):
    """Until when a feed from the core system is true, and when it was loaded."""

    feed = models.CharField(max_length=40, unique=True)
    as_of = models.DateTimeField()
    loaded_at = models.DateTimeField()


class Terms(models.Model):
    """A version of the terms of use; never changed once published. `digest` is that of its text (SHA-256)."""

    version = models.CharField(max_length=40, unique=True)
    text = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    published_at = models.DateTimeField(db_index=True)
    published_by = models.BigIntegerField(null=True)


class VerificationRule(models.Model):
    """A row of the plan's table of when identity is verified (permits.verification.Rule); "" means any."""

    position = models.PositiveSmallIntegerField(unique=True)
    account_type = models.CharField(max_length=20, blank=True)
    persona = models.CharField(max_length=20, blank=True)
    functions = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=20, blank=True)
    provers = models.JSONField(default=list)
    days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)


class OpeningHours(models.Model):
    """When the plan works on a weekday (0 is Monday), in its own time zone; without a row it is closed."""

    weekday = models.PositiveSmallIntegerField(unique=True)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ("weekday",)
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="weekday_is_one_of_seven"),
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")), name="plan_closes_after_it_opens"
            ),
        ]


class Holiday(models.Model):
    """A day on which the plan does not work."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ("day",)


class Entrance(models.Model):
    """A stable address to sign in at: for providers of one line of business or of all, ours; for members,
    employers and brokers the plan's own site at `url`.
    """

    class Audience(models.TextChoices):
        PROVIDER = "provider"
        MEMBER = "member"
        EMPLOYER = "employer"
        BROKER = "broker"

    slug = models.SlugField(max_length=40, unique=True)
    audience = models.CharField(max_length=10, choices=Audience.choices)
    line = models.ForeignKey(
        LineOfBusiness,
        null=True,
        to_field="code",
        db_column="line",
        on_delete=models.PROTECT,
        related_name="+",
    )
    name = models.CharField(max_length=80)
    says = models.CharField(max_length=200, blank=True)
    url = models.URLField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "slug")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(audience="provider", url="")
                | (~models.Q(audience="provider") & ~models.Q(url="") & models.Q(line__isnull=True)),
                name="other_audiences_have_sites_of_their_own",
            ),
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(audience="provider"), name="one_entrance_a_line"
            ),
        ]


class AccessPolicy(models.Model):
    """How offices hand out access here: one row; without it the defaults hold (plan.policy.AccessRules).

    `confirmed_by`: who confirms a proposed grant before it counts, "" nobody. `personas`: an administrator
    who works with patients too has linked personas under one sign-in, or a second account. Days and hours are
    those of access.reviews, access.officers and access.asking; `review_months` 0: nobody is asked to review.
    """

    class ConfirmedBy(models.TextChoices):
        NOBODY = ""
        ADMINISTRATOR = "administrator"
        PLAN = "plan"

    class Personas(models.TextChoices):
        LINKED = "linked"
        SEPARATE = "separate"

    confirmed_by = models.CharField(max_length=15, choices=ConfirmedBy.choices, blank=True)
    personas = models.CharField(max_length=10, choices=Personas.choices, default=Personas.LINKED)
    review_months = models.PositiveSmallIntegerField(default=3)
    review_days = models.PositiveSmallIntegerField(default=30)
    request_hours = models.PositiveSmallIntegerField(default=8)
    request_days = models.PositiveSmallIntegerField(default=30)
    recovery_days = models.PositiveSmallIntegerField(default=7)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="access_policy_is_one_row")]
