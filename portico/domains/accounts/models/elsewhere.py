"""Tables of single sign-on: who else may say who somebody is, and whom they know."""

from django.db import models
from django.db.models import Q

from portico.domains.accounts.models.people import User


class IdentityProvider(models.Model):
    """A provider of identity the plan trusts: OpenID Connect or SAML, for the plan's staff or one office.

    `details` holds what is public of it (issuer, client id, endpoints, certificates); a client secret is
    sealed. `vouches_for_factor`: its word that a second factor was passed is taken. `proves_identity`: a
    sign-in there also verifies who somebody is.
    """

    class Kind(models.TextChoices):
        OPENID_CONNECT = "openid_connect"
        SAML = "saml"

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    office_id = models.BigIntegerField(null=True)
    details = models.JSONField(default=dict)
    secret_sealed = models.BinaryField(null=True)
    vouches_for_factor = models.BooleanField(default=False)
    proves_identity = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True)


class OutsideIdentity(models.Model):
    """Somebody as a provider knows them; the plan maps that to a user. Without one: waiting to be mapped."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)
    told = models.JSONField(default=dict)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="outside_identities")
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    mapped_at = models.DateTimeField(null=True)
    mapped_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_identity_a_subject"),
            models.UniqueConstraint(
                fields=["provider", "user"],
                condition=Q(user__isnull=False),
                name="one_identity_a_user_and_provider",
            ),
        ]


class SpentToken(models.Model):
    """An assertion or code of a provider that was used up; kept until it would have expired by itself."""

    token_index = models.BinaryField(max_length=16, unique=True)
    expires_at = models.DateTimeField(db_index=True)
