"""Tables of software that asks for an office, and of what it signs in with."""

import uuid

from django.db import models
from django.db.models import Q


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
