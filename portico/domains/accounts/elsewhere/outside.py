"""What comes of a provider's word: somebody whom the plan linked to a user signs in, or proves who they are.

Signing in elsewhere makes no user, persona or grant. Whom nobody linked yet waits, under a reference to name
to the plan's desk. Each word of a provider counts once, and only while the provider is open.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import IntegrityError, transaction

from portico.domains.accounts import models
from portico.domains.accounts.proving import proofs
from portico.domains.accounts.proving.provers import Verdict
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.signing_in import known_devices
from portico.domains.accounts.signing_in.known_devices import ELSEWHERE, Browser
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit
from portico.shared.identifiers import CROCKFORD

MOST_WAITING: Final = 200
LONGEST_SUBJECT: Final = 255
REFERENCE_SIGNS: Final = 12
SWEPT_AT_ONCE: Final = 20
_LONGEST_TOLD: Final = {"name": 120, "email": 254, "username": 60}

Belongs = Callable[[int, int | None], bool]
"""Do a user's open personas all stand where a provider's people do: that office, or without one the plan?"""


class Why(StrEnum):
    """Why a provider's word opened nothing; stable codes, in the audit as `elsewhere_…`."""

    NOTHING = ""
    CLOSED = "closed"
    REPLAYED = "replayed"
    WAITING = "waiting"
    NOT_ACTIVE = "not_active"
    NOT_ACTIVATED = "not_activated"
    NOT_THEIRS = "not_theirs"
    NOT_OWN = "not_own"
    PROVES_NOTHING = "proves_nothing"


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider said of somebody; the edge that speaks its protocol has verified it.

    `token_id` names this word among all of the provider's; at `ends_at` it has ended by itself. `at`: when
    somebody last showed the provider that it is they, where it says so.
    """

    subject: str = field(repr=False)
    token_id: str = field(repr=False)
    ends_at: datetime
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    factor_passed: bool = False
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: an attempt as after a password, or why not, and the reference to name to the plan."""

    attempt: Attempt
    reference: str
    why: Why = Why.NOTHING


def sign_in(
    *, actor: Actor, provider_id: int, told: Told, belongs: Belongs, browser: Browser = ELSEWHERE
) -> Answer:
    """Sign in whoever the provider speaks of, if the plan linked them to a user who may be so."""
    with permit(actor, Function.SIGN_IN) as given:
        identity = _known(given, provider_id, told)
        if isinstance(identity, Why):
            return _refused(given, identity)
        user, provider = identity.user, identity.provider
        if user is None:
            return _refused(given, Why.WAITING, waiting_reference(identity.pk))
        given.note_subject("user", str(user.pk))
        why = _why_not(user, provider, belongs)
        if why:
            return _refused(given, why)
        vouched = provider.vouches_for_factor and told.factor_passed
        return _entered(given, user, told, browser, vouched=vouched)


def prove(*, actor: Actor, provider_id: int, told: Told) -> Answer:
    """Take the provider's word for who the signed-in actor is, if the plan linked the two.

    Raises NotPermitted.
    """
    with permit(actor, Function.OWN_ACCOUNT) as given:
        identity = _known(given, provider_id, told, username=actor.context.get("username", ""))
        if isinstance(identity, Why):
            return _refused(given, identity)
        if not identity.provider.proves_identity:
            return _refused(given, Why.PROVES_NOTHING)
        user = identity.user
        if user is None:
            return _refused(given, Why.WAITING, waiting_reference(identity.pk))
        if user.pk != actor.user_id:
            proofs.failed_elsewhere(given)
            return _refused(given, Why.NOT_OWN)
        if proofs.passed_elsewhere(given, identity.provider.slug) is not Verdict.PASSED:
            return _refused(given, Why.PROVES_NOTHING)
        given.conclude("identity_proven")
        return Answer(Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch), given.reference)


def refuse(*, actor: Actor, provider_id: int, code: str) -> str:
    """Record that what came from a provider was no word of it; answers the reference to look it up by."""
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("identity_provider", str(provider_id))
        given.conclude(f"elsewhere_{code}")
        return given.reference


def waiting_reference(identity_id: int) -> str:
    """What somebody who waits names to the plan's desk: 12 signs, always the same for one identity."""
    index = settings.PORTICO_VAULT.index(str(identity_id), purpose="outside identity")
    return "".join(CROCKFORD[byte % len(CROCKFORD)] for byte in index[:REFERENCE_SIGNS])


def _known(
    given: Permit, provider_id: int, told: Told, *, username: str = ""
) -> models.OutsideIdentity | Why:
    """Whom the provider speaks of, written down where it is new; its word is used up."""
    given.note_subject("identity_provider", str(provider_id))
    at = given.actor.asked_at
    if not _spend(provider_id, told, at):
        return Why.REPLAYED
    identity = _identity(provider_id, told, at, username)
    given.note_subject("outside_identity", str(identity.pk))
    # Read after the user: a provider that is closed meanwhile has ended the epoch that was read.
    identity.provider = models.IdentityProvider.objects.get(pk=provider_id)
    return identity if identity.provider.closed_at is None else Why.CLOSED


def _identity(provider_id: int, told: Told, at: datetime, username: str) -> models.OutsideIdentity:
    shown = {"name": told.name, "email": told.email, "username": username}
    kept = {name: value[: _LONGEST_TOLD[name]] for name, value in shown.items() if value}
    identity, is_new = models.OutsideIdentity.objects.select_related("user").get_or_create(
        provider_id=provider_id,
        subject=told.subject,
        defaults={"told": kept, "first_at": at, "last_at": at},
    )
    if is_new:
        _drop_oldest(provider_id)
    else:
        seen = {"told": {**identity.told, **kept}, "last_at": at}
        models.OutsideIdentity.objects.filter(pk=identity.pk).update(**seen)
    return identity


def _drop_oldest(provider_id: int) -> None:
    """No more than so many wait: whoever is turned away by this comes again and waits anew."""
    waiting = models.OutsideIdentity.objects.filter(provider_id=provider_id, user=None).order_by(
        "-last_at", "-pk"
    )
    too_many = list(waiting.values_list("pk", flat=True)[MOST_WAITING:])
    if too_many:
        models.OutsideIdentity.objects.filter(pk__in=too_many, user=None).delete()


def _spend(provider_id: int, told: Told, at: datetime) -> bool:
    """Use the word up; False when it was used before. A few that have ended are forgotten."""
    ended = models.SpentToken.objects.filter(expires_at__lt=at)
    few = list(ended.select_for_update(skip_locked=True).values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    if few:
        models.SpentToken.objects.filter(pk__in=few).delete()
    index = settings.PORTICO_VAULT.index(f"{provider_id}:{told.token_id}", purpose="outside token")
    try:
        with transaction.atomic():
            models.SpentToken.objects.create(token_index=index, expires_at=told.ends_at)
    except IntegrityError:
        return False
    return True


def _why_not(user: models.User, provider: models.IdentityProvider, belongs: Belongs) -> Why:
    if not user.is_active:
        return Why.NOT_ACTIVE
    if not provider.details.get("for_sign_in", True) or not belongs(user.pk, provider.office_id):
        return Why.NOT_THEIRS
    return Why.NOTHING if user.activated_at else Why.NOT_ACTIVATED


def _entered(given: Permit, user: models.User, told: Told, browser: Browser, *, vouched: bool) -> Answer:
    """In by its word for the factor too, or as after a password: whoever has a factor here passes it."""
    known = known_devices.find(browser, user, at=given.actor.asked_at)
    ways = factors.ways(user.pk)
    is_remembered = known is not None and known.is_trusted
    attempt = Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch, is_proven=told.at is not None)
    if vouched or (ways and is_remembered):
        device = known_devices.passed(given, user, known, name=browser.name)
        is_proven = vouched and attempt.is_proven
        attempt = replace(attempt, second_factor=True, is_proven=is_proven, device=device)
    elif ways:
        attempt = replace(attempt, outcome=Outcome.FACTOR_NEEDED, ways=ways)
    elif known is None:
        known_devices.tell_of_new(given, user, browser.name)
    if attempt.outcome is Outcome.SIGNED_IN:
        models.User.objects.filter(pk=user.pk).update(last_login=given.actor.asked_at)
    given.conclude(f"elsewhere_{attempt.outcome}")
    return Answer(attempt, given.reference)


def _refused(given: Permit, why: Why, reference: str = "") -> Answer:
    given.conclude(f"elsewhere_{why}")
    return Answer(Attempt(Outcome.REFUSED), reference or given.reference, why)
