"""Tables of sign-in: the user, the second factors, and the misses that lock."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from portico.domains.accounts import rules


class Users(BaseUserManager["User"]):
    """Finds users by name, whatever the case."""

    def named(self, typed: str) -> "User | None":
        """The user of that name; None where there is none. Uses the index that keeps names apart."""
        key = rules.username_key(typed)
        return None if key is None else self.alias(key=Lower("username")).filter(key=key).first()


class User(AbstractBaseUser):
    """A person's sign-in: username, credentials, factors. What it may do hangs on its personas.

    `session_epoch` counts up when every open session must end; a session of an older epoch is not believed.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        ACTIVE = "active"
        DISABLED = "disabled"

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    audience = models.CharField(max_length=20, default="provider")
    verified_at = models.DateTimeField(null=True)
    session_epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()

    objects = Users()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("username"), name="one_user_a_name"),
            models.CheckConstraint(
                condition=Q(username__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]+$"), name="username_is_plain"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["pending", "active", "disabled"]), name="user_state_is_known"
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """May the user sign in at all?"""
        return self.state in (self.State.ACTIVE, self.State.PENDING)


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


class Misses(models.Model):
    """Failed sign-ins in a row for a name, known or not; the name is kept as a blind index."""

    name_index = models.BinaryField(max_length=16, unique=True)
    count = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)
