"""Inviting somebody to a first sign-in, doing it again, and ending what is open.

An invitation is a temporary password or an activation link, as the plan chose (settings.FIRST_SIGN_IN). Its
secret goes out by mail and is kept as a keyed hash; the mail names nobody. The username goes the other way:
whoever invites hands it over (SECURITY.md, Temporary password). How one is used is `temporary_passwords`' and
`activation_links`' business; who may invite whom is `access`' (looking_after).
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F

from portico.domains.accounts import models
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.joining import invitation_rules as rules
from portico.domains.accounts.models import Invitation
from portico.domains.accounts.signing_in import sessions
from portico.domains.notifications import outbox
from portico.domains.permits.permit import Permit

TEMPORARY_PASSWORD: Final = "temporary password"  # noqa: S105 - the purpose of an index, no secret
LINK: Final = "activation link"
LINK_PATH: Final = "/activate/?t="
_OF_A_BEGINNING = (
    models.Factor,
    models.Passkey,
    models.RecoveryCode,
    models.RecoveryQuestion,
    models.KnownDevice,
    models.TermsAcceptance,
)


class Hindrance(StrEnum):
    """Why somebody cannot be invited; stable codes."""

    ACTIVATED = "activated"
    DISABLED = "disabled"
    NO_MAIL_ADDRESS = "no_mail_address"
    TOO_MANY_TODAY = "too_many_today"


class CannotInvite(ValueError):
    """The user cannot be invited; `hindrance` says why."""

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(hindrance)
        self.hindrance = hindrance


def invite(given: Permit, *, user_id: int, office_id: int | None = None) -> None:
    """Mail the user a new invitation, valid for 24 hours; one before it works no more.

    What an earlier one began, such as a password half-way, is undone: it may not have been the person's.
    Raises CannotInvite.
    """
    user = held(user_id)
    hindrance = _hindrance(user, given.actor.asked_at)
    if hindrance is not None:
        raise CannotInvite(hindrance)
    given.note_subject("user", str(user_id))
    end(given, user_id, Invitation.Ending.REPLACED)
    _mail(user, _made(given, user, office_id))


def end(given: Permit, user_id: int, ending: Invitation.Ending) -> bool:
    """End the user's open invitation, with whatever was begun by it: sessions, password, factors.

    False where none was open. Within a permit.
    """
    open_ = Invitation.objects.filter(user_id=user_id, ended_at__isnull=True)
    count = open_.update(ended_at=given.actor.asked_at, ending=ending)
    if ending is not Invitation.Ending.FINISHED:
        _undo(given, user_id)
    return bool(count)


def held(user_id: int) -> models.User:
    """The user, held until the transaction ends; the open invitation first, as first uses take the two."""
    open_ = Invitation.objects.select_for_update().filter(user_id=user_id, ended_at__isnull=True)
    open_.order_by().values_list("pk").first()
    return models.User.objects.select_for_update().get(pk=user_id)


def index_of(secret: str, *, purpose: str) -> bytes:
    """The keyed index of a temporary password or of the secret of a link, 16 bytes."""
    normal = rules.normal_temporary_password(secret) if purpose == TEMPORARY_PASSWORD else secret
    made: bytes = settings.PORTICO_VAULT.index(normal, purpose=purpose)
    return made


def mark_index(mark: str) -> bytes:
    """The keyed index of a browser's mark, 16 bytes."""
    made: bytes = settings.PORTICO_VAULT.index(mark, purpose="invitation mark")
    return made


def _hindrance(user: models.User, at: datetime) -> Hindrance | None:
    lately = Invitation.objects.filter(user=user, made_at__gt=at - rules.DAY).count()
    found = (
        (user.activated_at is not None, Hindrance.ACTIVATED),
        (not user.is_active, Hindrance.DISABLED),
        (not user.email, Hindrance.NO_MAIL_ADDRESS),
        (lately >= rules.MOST_A_DAY, Hindrance.TOO_MANY_TODAY),
    )
    return next((hindrance for is_so, hindrance in found if is_so), None)


def _made(given: Permit, user: models.User, office_id: int | None) -> tuple[Invitation.Kind, str]:
    by_link = settings.FIRST_SIGN_IN == Invitation.Kind.LINK
    kind = Invitation.Kind.LINK if by_link else Invitation.Kind.TEMPORARY_PASSWORD
    secret = rules.new_link_secret() if by_link else rules.new_temporary_password()
    at = given.actor.asked_at
    Invitation.objects.create(
        user=user,
        kind=kind,
        secret_index=index_of(secret, purpose=LINK if by_link else TEMPORARY_PASSWORD),
        office_id=office_id,
        invited_by=given.actor.user_id,
        made_at=at,
        expires_at=at + rules.LASTS,
    )
    return kind, secret


def _mail(user: models.User, made: tuple[Invitation.Kind, str]) -> None:
    kind, secret = made
    try:
        _enqueue(user, kind, secret)
    except ValidationError as error:
        raise CannotInvite(Hindrance.NO_MAIL_ADDRESS) from error


def _enqueue(user: models.User, kind: Invitation.Kind, secret: str) -> None:
    if kind is Invitation.Kind.LINK:
        link = settings.SITE + LINK_PATH + secret
        outbox.enqueue(to=user.email, template="activation_link", context={"link": link})
    else:
        outbox.enqueue(to=user.email, template="temporary_password", context={"secret": secret})


def _undo(given: Permit, user_id: int) -> None:
    """As if nobody had begun: no password, no factor, no agreement, and every session ends.

    An account that is open is its owner's: nothing of it is touched.
    """
    begun = models.User.objects.filter(pk=user_id, activated_at__isnull=True).update(
        password=passwords.unusable(),
        password_set_at=None,
        terms_digest="",
        session_epoch=F("session_epoch") + 1,
    )
    if not begun:
        return
    sessions.end_all(given, user_id)
    for table in _OF_A_BEGINNING:
        table.objects.filter(user_id=user_id).delete()
