"""Accounts that people open themselves: active at once, with the proof their registration has brought.

Only within the permit of a registration, whose domain says when (an application that matched the provider
file, or that the plan's desk has approved). Everybody else makes users by `users.make`.

A mail address that nobody has opened a mail at is not the account's yet: it waits to be confirmed, and the
account has none. So nothing that lets somebody in is mailed to it (decision record 0045).
"""

from dataclasses import dataclass, field
from typing import Final

from portico.domains.accounts import models, users
from portico.domains.accounts.joining.terms import Acceptance
from portico.domains.accounts.own import addresses
from portico.domains.accounts.proving.provers import DESK, PROVIDER_FILE
from portico.domains.accounts.users import MayNotVerify, UsernameTaken
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit

__all__ = ["MayNotVerify", "Registered", "Registrant", "UsernameTaken", "is_taken", "register"]

PROVES: Final = (PROVIDER_FILE, DESK)
"""What a registration may have shown: that the provider file knows them, or that the plan's desk does."""


@dataclass(frozen=True, slots=True)
class Registrant:
    """Who opens an account; `encoded` is the password as it is kept (passwords.encoded).

    `is_mail_read`: they have opened a mail that went to `email`. `proven_by`: the prover the registration
    stands for. `agreements`: to which terms, the latest last.
    """

    username: str
    encoded: str = field(repr=False)
    first_name: str
    last_name: str
    email: str
    is_mail_read: bool
    telephone: str
    proven_by: str
    agreements: tuple[Acceptance, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """The new user, and the epoch that its first session carries."""

    user_id: int
    epoch: int


def is_taken(username: str) -> bool:
    """Has somebody this username, in whatever case?"""
    return models.User.objects.named(username) is not None


def register(given: Permit, new: Registrant) -> Registered:
    """Open the account. Raises BadUsername, UsernameTaken; MayNotVerify outside a registration."""
    if given.question.function is not Function.REGISTRATION or new.proven_by not in PROVES:
        raise MayNotVerify("only a registration opens an account of somebody who counts as proven")
    users.check_name(new.username)
    user = users.keep(_row(given, new))
    for agreement in new.agreements:
        _agree(user, agreement)
    if not new.is_mail_read:
        addresses.begin(given, user, new.email)
    return Registered(user.pk, user.session_epoch)


def _row(given: Permit, new: Registrant) -> models.User:
    at = given.actor.asked_at
    return models.User(
        username=new.username,
        password=new.encoded,
        email=new.email if new.is_mail_read else "",
        first_name=new.first_name,
        last_name=new.last_name,
        telephone=new.telephone,
        proofs={new.proven_by: at.isoformat()},
        terms_digest=new.agreements[-1].digest if new.agreements else "",
        created_at=at,
        activated_at=at,
        password_set_at=at,
    )


def _agree(user: models.User, agreement: Acceptance) -> None:
    models.TermsAcceptance.objects.create(
        user=user,
        version=agreement.version,
        digest=agreement.digest,
        at=agreement.at,
        address=agreement.address or None,
    )
