"""Tables of who acts as what, and holds what, how far: personas, grants, limits."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portico.domains.access.models.systems import Machine


class Personas(models.QuerySet["Persona"]):
    """Finds the personas somebody may act as."""

    def of(self, user_id: int | None) -> "Personas":
        """The user's personas that are not suspended; none for nobody."""
        return self.filter(user_id=user_id or 0, suspended_at__isnull=True)


class Persona(models.Model):
    """What a user acts as: administrator or end user of an office, or plan staff of a desk."""

    class Kind(models.TextChoices):
        ADMINISTRATOR = "administrator"
        END_USER = "end_user"
        PLAN_STAFF = "plan_staff"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personas")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    office = models.ForeignKey("offices.Office", null=True, on_delete=models.CASCADE, related_name="+")
    desk = models.CharField(max_length=20, blank=True)
    suspended_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    objects = Personas.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind", "office"], name="one_persona_a_kind_and_office"),
            models.CheckConstraint(
                condition=(Q(kind="plan_staff", office__isnull=True) & ~Q(desk=""))
                | (~Q(kind="plan_staff") & Q(office__isnull=False, desk="")),
                name="staff_have_a_desk_and_others_an_office",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["administrator", "end_user", "plan_staff"]),
                name="persona_kind_is_known",
            ),
            models.UniqueConstraint(
                fields=["user", "desk"], condition=Q(kind="plan_staff"), name="one_persona_a_desk"
            ),
        ]


class Grant(models.Model):
    """Persona or machine × function × lines × regions × tax IDs × providers × period.

    An ended grant keeps its row. A proposed one is confirmed by somebody else (`confirmed_by`, a user, as
    `proposed_by` is) before it counts, where the plan wants that.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        ACTIVE = "active"
        ENDED = "ended"

    persona = models.ForeignKey(Persona, null=True, on_delete=models.CASCADE, related_name="grants")
    machine = models.ForeignKey(Machine, null=True, on_delete=models.CASCADE, related_name="grants")
    function = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    first_on = models.DateField()
    last_on = models.DateField(null=True)
    granted_by = models.BigIntegerField(null=True)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.BigIntegerField(null=True)
    proposed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_on")),
                name="grant_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False)
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="ended_grant_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "active", "ended"]), name="grant_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(persona__isnull=False, machine__isnull=True)
                | Q(persona__isnull=True, machine__isnull=False),
                name="grant_has_one_holder",
            ),
        ]


class GrantLimit(models.Model):
    """One value a grant is limited to; without a row a dimension is open, save tax IDs: those are named.

    Functions limit a grant of managing users: what may be handed out by it.
    """

    class Dimension(models.TextChoices):
        TAX_ID = "tax_id"
        LINE = "line"
        REGION = "region"
        PROVIDER = "provider"
        FUNCTION = "function"

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="limits")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "dimension", "value"], name="one_limit_a_value")
        ]
        indexes = [models.Index(fields=["dimension", "value"])]
