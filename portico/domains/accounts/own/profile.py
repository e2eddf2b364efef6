"""One's own account as one page shows it, and what a person changes of it alone: never the username.

The audit says that something was changed and which fields, not what stood there before or stands there now.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.db.models import Count, Max, Q

from portico.domains.accounts import models, users
from portico.domains.accounts.joining import terms
from portico.domains.accounts.joining.terms import Acceptance
from portico.domains.accounts.own import addresses
from portico.domains.accounts.own import profile_rules as rules
from portico.domains.accounts.own.addresses import Pending
from portico.domains.accounts.signing_in import known_devices, sessions
from portico.domains.notifications.rules import OPTIONAL
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit


@dataclass(frozen=True, slots=True)
class Details:
    """What a person changes at will; an empty language or time zone is the portal's own."""

    first_name: str
    last_name: str
    telephone: str = ""
    language: str = ""
    time_zone: str = ""


@dataclass(frozen=True, slots=True)
class SigningIn:
    """What somebody signs in with, in counts and instants; None where there is none."""

    password_set_at: datetime | None
    authenticator_since: datetime | None
    passkeys: int
    codes_left: int
    codes_made_at: datetime | None
    question_set_at: datetime | None
    elsewhere: tuple[str, ...]
    sessions: int
    devices: int


@dataclass(frozen=True, slots=True)
class Profile:
    """The whole of it; `proofs` says which provers of identity were passed, and when."""

    username: str
    details: Details
    email: str
    pending: Pending | None
    mails_off: frozenset[str]
    created_at: datetime
    last_sign_in_at: datetime | None
    proofs: Mapping[str, datetime]
    signing_in: SigningIn
    acceptances: tuple[Acceptance, ...]


class BadDetails(ValueError):
    """Some fields hold what they cannot; `faults` names them."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(", ".join(faults))
        self.faults = faults


def read(*, actor: Actor) -> Profile:
    """The actor's own profile. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        user = models.User.objects.get(pk=actor.user_id or 0)
        given.conclude("profile_shown")
        return Profile(
            username=user.username,
            details=_details(user),
            email=user.email,
            pending=addresses.pending(user.pk, at=actor.asked_at),
            mails_off=frozenset(user.mails_off) & OPTIONAL,
            created_at=user.created_at,
            last_sign_in_at=user.last_login,
            proofs={prover: datetime.fromisoformat(at) for prover, at in user.proofs.items()},
            signing_in=_signing_in(given, user),
            acceptances=terms.accepted(user.pk),
        )


def change(*, actor: Actor, details: Details) -> frozenset[str]:
    """Change what is different, and answer which fields were. Raises BadDetails and NotPermitted."""
    kept = checked(details)
    with permit(actor, Function.OWN_ACCOUNT) as given:
        users.take_turn(given)
        user = models.User.objects.get(pk=actor.user_id or 0)
        changed = frozenset(
            each.name for each in fields(Details) if getattr(user, each.name) != getattr(kept, each.name)
        )
        for name in sorted(changed):
            setattr(user, name, getattr(kept, name))
            given.note_subject("profile", name)
        if changed:
            user.save(update_fields=sorted(changed))
        given.conclude("profile_changed" if changed else "nothing_changed")
        return changed


def checked(details: Details) -> Details:
    """The details as they are kept. Raises BadDetails for a field that cannot be so."""
    found: dict[str, str | None] = {
        "first_name": rules.name(details.first_name),
        "last_name": rules.name(details.last_name),
        "telephone": rules.telephone(details.telephone),
        "language": details.language if details.language in ("", *languages()) else None,
        "time_zone": details.time_zone if details.time_zone in ("", *available_timezones()) else None,
    }
    faults = tuple(name for name, value in found.items() if value is None)
    if faults:
        raise BadDetails(faults)
    return Details(**{name: value or "" for name, value in found.items()})


def choose_mails(*, actor: Actor, off: Collection[str]) -> None:
    """Switch off these mails, of those that may be, and on all others. Raises NotPermitted."""
    with permit(actor, Function.OWN_ACCOUNT) as given:
        chosen = sorted(OPTIONAL.intersection(off))
        models.User.objects.filter(pk=actor.user_id or 0).update(mails_off=chosen)
        given.conclude("mails_chosen")


def languages() -> Mapping[str, str]:
    """The languages the portal is installed with: code and name."""
    return {code: str(name) for code, name in settings.LANGUAGES}


def _details(user: models.User) -> Details:
    return Details(**{each.name: getattr(user, each.name) for each in fields(Details)})


def _signing_in(given: Permit, user: models.User) -> SigningIn:
    unused = Count("pk", filter=Q(used_at=None))
    codes: Any = user.recovery_codes.aggregate(left=unused, made_at=Max("made_at"))
    question = models.RecoveryQuestion.objects.filter(user=user)
    elsewhere = user.outside_identities.filter(provider__closed_at=None)
    return SigningIn(
        password_set_at=user.password_set_at,
        authenticator_since=user.factors.values_list("created_at", flat=True).first(),
        passkeys=user.passkeys.count(),
        codes_left=codes["left"],
        codes_made_at=codes["made_at"],
        question_set_at=question.values_list("set_at", flat=True).first(),
        elsewhere=tuple(elsewhere.order_by("provider__name").values_list("provider__name", flat=True)),
        sessions=sessions.count(given),
        devices=len(known_devices.own(given)),
    )
