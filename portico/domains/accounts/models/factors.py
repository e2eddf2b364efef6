"""Tables of factors: authenticators, passkeys, recovery codes, known devices, and resets by two people."""

from django.db import models
from django.db.models import F, Q

from portico.domains.accounts.models.people import User


class Factor(models.Model):
    """A second factor of a user. A TOTP secret is sealed; `last_step` bars a code from being used twice."""

    class Kind(models.TextChoices):
        TOTP = "totp"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factors")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    secret_sealed = models.BinaryField()
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(kind="totp"), name="one_authenticator_a_user"
            )
        ]


class Passkey(models.Model):
    """A passkey (WebAuthn credential) of a user: its id, its public key as attested, and its counter."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    transports = models.JSONField(default=list)
    is_backed_up = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)


class RecoveryCode(models.Model):
    """A code for the day the other factors are lost, as its keyed hash; works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_index = models.BinaryField(max_length=16)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "code_index"], name="one_recovery_code_a_user")
        ]


class KnownDevice(models.Model):
    """A browser in which a user passed a second factor. Until `trusted_until` it stands for the factor.

    `device_index` is the keyed hash of the id in the browser's cookie; `epoch` the user's when it was
    last seen: counting that up makes every device unknown.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    device_index = models.BinaryField(max_length=16)
    epoch = models.PositiveIntegerField()
    name = models.CharField(max_length=80, blank=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    trusted_until = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "device_index"], name="one_known_device_a_user")
        ]


class FactorReset(models.Model):
    """Taking away a user's factors who lost them all: one person asks, another approves."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    why = models.CharField(max_length=300)
    asked_by = models.BigIntegerField()
    asked_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    is_approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(is_approved=True) | Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by")),
                name="factor_reset_needs_two_people",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(decided_at__isnull=True), name="one_factor_reset_at_a_time"
            ),
        ]
