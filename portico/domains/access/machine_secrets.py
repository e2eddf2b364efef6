"""The secrets trading partners sign in with: generated, shown once, kept as a keyed hash, replaced in time.

160 random bits need no slow hash: nobody guesses them, and a keyed index finds them at once (decision 0018).
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from portico.domains.access import machine_rules, models
from portico.shared import identifiers

SIGNS = 32  # of 5 bits each
PURPOSE = "machine secret"


def index(typed: str) -> bytes:
    """The keyed index of a secret as typed: small letters, dashes and look-alikes do not matter."""
    secret = identifiers.parse_reference(typed)
    made: bytes = settings.PORTICO_VAULT.index(secret if secret.isascii() else "", purpose=PURPOSE)
    return made


def make(machine: models.Machine, *, at: datetime) -> str:
    """Make the machine a new secret and answer it; it cannot be read again."""
    secret = identifiers.new_reference(SIGNS)
    models.MachineSecret.objects.create(machine=machine, secret_index=index(secret), created_at=at)
    return secret


def replace(machine: models.Machine, *, overlap: timedelta, at: datetime) -> str:
    """Make a new secret; the one in use goes on for `overlap`, an older one ends now: two hold at most.

    The caller holds the machine's row.
    """
    ends_at = at + machine_rules.check_overlap(overlap)
    old = models.MachineSecret.objects.filter(machine=machine)
    old.filter(ends_at__gt=at).update(ends_at=at)
    old.filter(ends_at__isnull=True).update(ends_at=ends_at)
    return make(machine, at=at)


def end(machine: models.Machine, *, at: datetime) -> None:
    """End every secret of the machine now."""
    running = Q(ends_at__isnull=True) | Q(ends_at__gt=at)
    models.MachineSecret.objects.filter(running, machine=machine).update(ends_at=at)
