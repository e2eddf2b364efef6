"""Somebody who was invited, and what the mail brought."""

from datetime import datetime, timedelta

from portico.domains.accounts import models, users
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.joining import invitations
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import sign_in
from portico.domains.accounts.signing_in.sign_in import Attempt
from portico.domains.accounts.tests import people
from portico.domains.notifications import outbox
from portico.domains.permits.actors import Account, AccountState, Actor, system_actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

EMAIL = "fay@example.org"
OFFICE = 31
OWN_PASSWORD = "a walk around the lake"


def invited(
    username: str = people.NAME, *, email: str = EMAIL, office_id: int | None = OFFICE
) -> models.User:
    """A user made without a password and invited; the mail waits in the outbox."""
    new = users.NewUser(username, None, "Fay", "Desk", email=email, is_verified=True)
    with permit(actors.system(), Function.PROVISIONING) as given:
        user_id = users.make(given, new)
        invitations.invite(given, user_id=user_id, office_id=office_id)
    return models.User.objects.get(pk=user_id)


def invite_again(user: models.User, *, after: timedelta = timedelta()) -> None:
    """Another invitation, some time after `people.NOW`."""
    at = people.NOW + after
    operator = system_actor("test", asked_at=at, today=at.date())
    with permit(operator, Function.PROVISIONING) as given:
        invitations.invite(given, user_id=user.pk, office_id=OFFICE)


def end(user: models.User, ending: models.Invitation.Ending) -> bool:
    """End what is open."""
    with permit(actors.system(), Function.PROVISIONING) as given:
        return invitations.end(given, user.pk, ending)


def mailed(at: datetime = people.NOW) -> str:
    """The secret, or the link, in the last mail that waits."""
    with permit(actors.system(), Function.SENDING) as given:
        mail = outbox.claim(given=given, size=100)[-1]
    (fact,) = outbox.opened(mail).values()
    return str(fact)


def token(link: str) -> str:
    """The secret of a link."""
    return link.partition("?t=")[2]


def tried(password: str, *, minutes: float = 0, username: str = people.NAME, mark: str = "") -> Attempt:
    """A try at the sign-in page."""
    return sign_in.with_password(actor=people.at(minutes), username=username, password=password, mark=mark)


def actor_of(user: models.User, *, minutes: float = 0, second_factor: bool = False) -> Actor:
    """The invited person, signed in by what is in force now."""
    return actors.front_desk(
        user_id=user.pk,
        session_epoch=models.User.objects.values_list("session_epoch", flat=True).get(pk=user.pk),
        asked_at=people.instant(minutes),
        account=Account(state=AccountState.INVITED, second_factor=second_factor),
        context={"username": user.username},
    )


def invitation() -> models.Invitation:
    """The last one made."""
    return models.Invitation.objects.latest("pk")


def half_way(user: models.User) -> None:
    """Somebody took the invitation, and has a password, a factor and codes."""
    at = people.NOW
    models.Invitation.objects.filter(user=user).update(taken_at=at, taken_index=b"m" * 16)
    models.User.objects.filter(pk=user.pk).update(
        password=passwords.hashed(OWN_PASSWORD), password_set_at=at, terms_digest="d"
    )
    factors.keep(user.pk, people.SECRET, at=at)
    models.RecoveryCode.objects.create(user=user, code_index=b"c" * 16, made_at=at)
    models.TermsAcceptance.objects.create(user=user, version="1", digest="d", at=at)
    models.Session.objects.create(session_key="s", session_data="", expire_date=at, user=user)
