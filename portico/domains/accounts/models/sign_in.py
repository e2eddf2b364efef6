"""Tables of signing in: open sessions, misses that lock, invitations, links and questions that bring back."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q

from portico.domains.accounts.models.people import User


class Session(AbstractBaseSession):
    """An open session of the web, with what its owner is shown of it. Without a user: a visitor's.

    `device_id` is the number of the known device it was begun in, none for a stranger's browser. The row is
    the session: where it is gone, the browser is signed out at its next request.
    """

    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=80, blank=True)
    device_id = models.BigIntegerField(null=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The engine whose rows these are."""
        from portico.domains.accounts.signing_in.session_store import SessionStore

        return SessionStore


class Misses(models.Model):
    """Failed sign-ins in a row for a name, known or not; the name is kept as a blind index."""

    name_index = models.BinaryField(max_length=16, unique=True)
    count = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    last_at = models.DateTimeField(db_index=True)


class Invitation(models.Model):
    """The way in for somebody who has not signed in yet: a temporary password, or an activation link.

    `secret_index` is the keyed hash of either. `taken_at`, `taken_index`: when a browser first used it, and
    the keyed hash of that browser's own mark: from then on it works there alone.
    """

    class Kind(models.TextChoices):
        TEMPORARY_PASSWORD = "temporary_password"  # noqa: S105 - a kind, no secret
        LINK = "link"

    class Ending(models.TextChoices):
        FINISHED = "finished"
        REPLACED = "replaced"
        CANCELLED = "cancelled"
        MISSES = "misses"
        NOT_MINE = "not_mine"

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    secret_index = models.BinaryField(max_length=16, unique=True)
    office_id = models.BigIntegerField(null=True, db_index=True)
    invited_by = models.BigIntegerField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    misses = models.PositiveSmallIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    taken_index = models.BinaryField(max_length=16, null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=20, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at__isnull=True), name="one_open_invitation_a_user"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="ended_invitation_says_how",
            ),
        ]


class ResetLink(models.Model):
    """A mailed link to set a new password, as the keyed hash of its secret; works once."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reset_links")
    secret_index = models.BinaryField(max_length=16, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    misses = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)


class RecoveryQuestion(models.Model):
    """The question a person chose, and the answer as a password is kept. Never enough by itself."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="recovery_question")
    question = models.CharField(max_length=120)
    answer = models.CharField(max_length=128)
    set_at = models.DateTimeField()
