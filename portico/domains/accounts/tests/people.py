"""Users for the tests of sign-in, and the instants they ask at."""

from datetime import datetime, timedelta

from portico.domains.accounts import models, users
from portico.domains.permits import actors
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors as people

NAME = "Fay.Desk"
PASSWORD = "morning coffee by the lake"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = people.NOW


def make(username: str = NAME, *, secret: str | None = None, state: str = "active") -> models.User:
    """A user with `PASSWORD`."""
    new = users.NewUser(username, PASSWORD, "Fay", "Desk", totp_secret=secret, state=state, is_verified=True)
    with permit(people.system(), Function.PROVISIONING) as given:
        user_id = users.make(given, new)
    return models.User.objects.get(pk=user_id)


def visitor(after: timedelta = timedelta()) -> Actor:
    """Somebody at the sign-in page, some time after `NOW`."""
    at = NOW + after
    return actors.visitor(asked_at=at, today=at.date())


def at(minutes: float) -> Actor:
    """Somebody at the sign-in page, minutes after `NOW`."""
    return visitor(timedelta(minutes=minutes))


def instant(minutes: float) -> datetime:
    """Minutes after `NOW`."""
    return NOW + timedelta(minutes=minutes)
