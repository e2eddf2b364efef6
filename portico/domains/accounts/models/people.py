"""Tables of people: the user, what was agreed to, and a changed mail address that waits."""

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
    Until `activated_at` the steps of the first sign-in are not all done. `proofs` says when each prover of
    identity was passed (prover: instant in ISO form); `terms_digest` which terms were accepted last;
    `mails_off` which mails the person does not want; `handle` is what passkeys know the user by. `line` and
    `region` are the part of the plan the person worked in last, "" for all of it.
    """

    class State(models.TextChoices):
        PENDING = "pending"
        ACTIVE = "active"
        SUSPENDED = "suspended"
        DISABLED = "disabled"

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    first_name = models.CharField(max_length=60)
    last_name = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    audience = models.CharField(max_length=20, default="provider")
    telephone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=10, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)
    line = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=40, blank=True)
    mails_off = models.JSONField(default=list)
    proofs = models.JSONField(default=dict)
    terms_digest = models.CharField(max_length=64, blank=True)
    handle = models.BinaryField(max_length=32, null=True, unique=True)
    session_epoch = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    activated_at = models.DateTimeField(null=True)
    password_set_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    reactivated_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)

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
                condition=Q(state__in=["pending", "active", "suspended", "disabled"]),
                name="user_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended", suspended_at__isnull=False) | ~Q(state="suspended"),
                name="suspended_user_says_since_when",
            ),
        ]

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """May the user sign in at all? A suspended one may, to be told who can reactivate the account."""
        return self.state != self.State.DISABLED


class TermsAcceptance(models.Model):
    """One user agreed to one version of the terms: its digest, when, and from which network address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="acceptances")
    version = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    address = models.GenericIPAddressField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "digest"], name="terms_accepted_once")]


class AddressChange(models.Model):
    """A new mail address that waits to be confirmed by a link sent to it; the old one can cancel it.

    `email` is the new address while it waits, and the one it replaced once it is confirmed.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    email = models.EmailField()
    confirm_index = models.BinaryField(max_length=16, unique=True)
    cancel_index = models.BinaryField(max_length=16, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(confirmed_at__isnull=True, cancelled_at__isnull=True),
                name="one_address_change_at_a_time",
            )
        ]


class Draft(models.Model):
    """What a person had typed into a long form, sealed; for that person as that persona alone."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    persona = models.BigIntegerField()
    form = models.CharField(max_length=80)
    sealed = models.BinaryField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "persona", "form"], name="one_draft_a_form_and_persona")
        ]
