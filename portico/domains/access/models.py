"""Tables of access: personas, machines, grants, how far each reaches, and what machines sign in with."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q


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


class Machine(models.Model):
    """Software that asks for an office and holds grants like a person: a trading partner or a FHIR client.

    `tax_id` is the one it asks for where a message names none. A trading partner signs in as `username`
    and is known by `sender_id`; a FHIR client is `client_id`, its public keys are `key_set` (a JSON Web
    Key Set), or stand at `key_set_url`; `scopes` are those it may ask for. A revoked one keeps its row.
    """

    class Kind(models.TextChoices):
        TRADING_PARTNER = "trading_partner"
        FHIR_CLIENT = "fhir_client"

    public_id = models.UUIDField(unique=True, default=uuid.uuid4)
    office = models.ForeignKey("offices.Office", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120)
    tax_id = models.CharField(max_length=9)
    contact_email = models.EmailField(blank=True)
    username = models.CharField(max_length=60, null=True, unique=True)
    sender_id = models.CharField(max_length=50, null=True, unique=True)
    client_id = models.CharField(max_length=60, null=True, unique=True)
    key_set = models.JSONField(default=dict)
    key_set_url = models.URLField(max_length=300, blank=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind="trading_partner",
                    username__isnull=False,
                    sender_id__isnull=False,
                    client_id__isnull=True,
                )
                | Q(
                    kind="fhir_client",
                    username__isnull=True,
                    sender_id__isnull=True,
                    client_id__isnull=False,
                ),
                name="machine_has_what_its_kind_signs_in_with",
            ),
        ]


class MachineSecret(models.Model):
    """A trading partner's password, as its keyed hash. Two may hold at once while one replaces the other."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="secrets")
    secret_index = models.BinaryField(max_length=16, unique=True)
    created_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)


class Assertion(models.Model):
    """A signed assertion that a FHIR client has used up; kept until it would have expired by itself."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="+")
    assertion_index = models.BinaryField(max_length=16)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["machine", "assertion_index"], name="an_assertion_works_once")
        ]


class AccessToken(models.Model):
    """A FHIR client's access token, as its keyed hash, and the scopes it holds."""

    machine = models.ForeignKey(Machine, on_delete=models.CASCADE, related_name="+")
    token_index = models.BinaryField(max_length=16, unique=True)
    scopes = models.JSONField(default=list)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)


class Grant(models.Model):
    """Persona or machine × function × lines × regions × tax IDs × providers × period.

    An ended grant keeps its row.
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
    """One value a grant is limited to; without a row a dimension is open, save tax IDs: those are named."""

    class Dimension(models.TextChoices):
        TAX_ID = "tax_id"
        LINE = "line"
        REGION = "region"
        PROVIDER = "provider"

    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="limits")
    dimension = models.CharField(max_length=10, choices=Dimension.choices)
    value = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["grant", "dimension", "value"], name="one_limit_a_value")
        ]
        indexes = [models.Index(fields=["dimension", "value"])]
