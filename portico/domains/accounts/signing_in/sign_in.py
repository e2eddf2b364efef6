"""Signing in: a password, then a second factor. Known and unknown names are answered alike.

    with_password -> factor needed -> with_code | with_recovery_code | a passkey -> signed in
                  `-> signed in: no factor is set up, or this browser is remembered for this user
    a passkey alone -> signed in (passkey_sign_in)

The password is hashed before the permit is opened, so that the database is not held while it is, and for
unknown and locked names too, so that timing tells nothing (SECURITY.md, Signing in). Codes are counted apart
from passwords.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from portico.domains.accounts import models, rules
from portico.domains.accounts.coming_back import allowances
from portico.domains.accounts.credentials import passwords, temporary_passwords
from portico.domains.accounts.joining import invitation_rules
from portico.domains.accounts.second_factors import factors, recovery_codes
from portico.domains.accounts.second_factors.factors import Way
from portico.domains.accounts.signing_in import audiences, known_devices, misses, rehashing
from portico.domains.accounts.signing_in.known_devices import ELSEWHERE, Browser, Device, Known
from portico.domains.accounts.signing_in.misses import Step
from portico.domains.permits.actors import Actor
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import Permit, permit

BUSY_SECONDS = 1


class Outcome(StrEnum):
    """How an attempt ended."""

    REFUSED = "refused"
    LOCKED = "locked"
    NETWORK_CLOSED = "network_closed"
    BUSY = "busy"
    WRONG_AUDIENCE = "wrong_audience"
    FACTOR_NEEDED = "factor_needed"
    SIGNED_IN = "signed_in"


@dataclass(frozen=True, slots=True)
class Attempt:
    """How it ended; `user_id` only after the right password, `locked_until` only while a lock ends by itself.

    `epoch` is what the new session must carry to be believed (accounts.User); `ways` by what the second
    factor can be passed, where it is needed; `device` what the browser's cookie is to say from now on.
    `is_proven` is false where a remembered browser stood for the factor: enough to sign in, not for a
    sensitive act. `mark` is what a browser that took a temporary password or an activation link is to keep.
    `audience`: whose account it is, where it is none of a provider's.
    """

    outcome: Outcome
    user_id: int | None = None
    locked_until: datetime | None = None
    epoch: int = 0
    ways: tuple[Way, ...] = ()
    second_factor: bool = False
    is_proven: bool = True
    device: Device | None = None
    mark: str = field(default="", repr=False)
    audience: str = ""


REFUSED = Attempt(Outcome.REFUSED)


def with_password(
    *,
    actor: Actor,
    username: str,
    password: str,
    browser: Browser = ELSEWHERE,
    mark: str = "",
    address: str = "",
) -> Attempt:
    """Try a name and password. Locked, unknown and disabled names spend the same time and say the same.

    A browser that is known for this name counts its misses by itself; all others share the name's, and those
    of their network: `address` is where the try comes from. `mark` is the browser's own for a
    temporary password, which works in one browser alone (temporary_passwords). Busy, when this process hashes
    as many passwords as it may: nothing was tried, counted or recorded. The right password of an account of
    another audience, here or at the plan's other sign-ins, spends no try and says whose it is (`audiences`).
    """
    user, mark = models.User.objects.named(username), mark or invitation_rules.new_mark()
    try:
        is_right = passwords.is_right(password, user.password if user else None)
    except passwords.Busy:
        return Attempt(Outcome.BUSY)
    elsewhere = None
    if not is_right:
        elsewhere = audiences.elsewhere(
            actor=actor,
            user=user,
            username=username,
            password=password,
            browser=browser,
            address=address,
        )
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("sign_in_name", misses.index(Step.PASSWORD, username).hex())
        known = known_devices.find(browser, user, at=actor.asked_at)
        device = known_devices.id_of(known)
        held = misses.counted(Step.PASSWORD, username, device=device)
        network = "" if device else address
        closed = allowances.closed_until(network, at=actor.asked_at)
        if closed is not None:
            return _refused(given, Attempt(Outcome.NETWORK_CLOSED, locked_until=closed))
        attempt = _try(
            given, held, lambda: _anew(given, user, password, is_right=is_right, mark=mark), elsewhere
        )
        if attempt.outcome is Outcome.WRONG_AUDIENCE:
            audiences.forget(username)
            return _refused(given, attempt)
        if attempt.user_id is None:
            allowances.count_wrong(network, at=actor.asked_at)
            return _refused(given, attempt)
        attempt = _after_password(given, replace(attempt, mark=mark), known, browser)
    if user is not None and is_right and attempt.user_id is not None:
        rehashing.keep_anew(actor, user, password)
    return attempt


def with_code(
    *,
    actor: Actor,
    user_id: int,
    epoch: int,
    code: str,
    browser: Browser = ELSEWHERE,
    remember: bool = False,
) -> Attempt:
    """Try an authenticator's code after the right password, which answered `user_id` and `epoch`.

    Wrong codes are counted by themselves. A user who was disabled, or whose sessions were ended, since the
    password was given is refused. `remember`: from now on this browser stands for the factor.
    """

    def is_spent(given: Permit) -> bool:
        return factors.spend(user_id, code, at=given.actor.asked_at)

    return _second(actor, user_id, epoch, browser, Step.CODE, is_spent, remember=remember)


def with_recovery_code(
    *, actor: Actor, user_id: int, epoch: int, code: str, browser: Browser = ELSEWHERE
) -> Attempt:
    """Try a recovery code after the right password; counted by itself, too. It works once."""

    def is_spent(given: Permit) -> bool:
        return recovery_codes.spend(given, user_id, code)

    return _second(actor, user_id, epoch, browser, Step.RECOVERY_CODE, is_spent)


def _after_password(given: Permit, attempt: Attempt, known: Known | None, browser: Browser) -> Attempt:
    """In, where there is no factor or the browser is remembered; else on to the second step.

    Refused, where the user was disabled or every session was ended since the password was looked at.
    """
    user = half_way(attempt.user_id or 0, attempt.epoch, is_held=True)
    if user is None:
        return _refused(given, REFUSED)
    given.note_subject("user", str(user.pk))
    ways = factors.ways(user.pk)
    if not ways:
        took_invitation = user.password_set_at is None
        whole = _entered_without(given, user, known, browser)
        return replace(whole, mark=attempt.mark) if took_invitation else whole
    if known and known.is_trusted:
        return _remembered(given, user, known, browser)
    given.conclude(Outcome.FACTOR_NEEDED)
    return replace(attempt, outcome=Outcome.FACTOR_NEEDED, ways=ways, mark="")


def _second(
    actor: Actor,
    user_id: int,
    epoch: int,
    browser: Browser,
    step: Step,
    is_spent: Callable[[Permit], bool],
    *,
    remember: bool = False,
) -> Attempt:
    with permit(actor, Function.SIGN_IN) as given:
        given.note_subject("user", str(user_id))
        user = half_way(user_id, epoch)
        if user is None:
            return _refused(given, REFUSED, of=f"{step}_")
        known = known_devices.find(browser, user, at=actor.asked_at)
        held = misses.counted(step, user.username, device=known_devices.id_of(known))
        attempt = _try(given, held, lambda: _spent(given, user_id, epoch, is_spent))
        if attempt.user_id is None:
            return _refused(given, attempt, of=f"{step}_")
        return entered(given, user, known, browser, of=f"{step}_", remember=remember)


def _spent(given: Permit, user_id: int, epoch: int, is_spent: Callable[[Permit], bool]) -> models.User | None:
    """The user, where the factor is spent; its row is held first, as whoever changes factors does."""
    user = half_way(user_id, epoch, is_held=True)
    return user if user and is_spent(given) else None


def half_way(user_id: int, epoch: int, *, is_held: bool = False) -> models.User | None:
    """Who gave the right password under this epoch, and may still go on; held until the transaction ends."""
    users = models.User.objects.select_for_update() if is_held else models.User.objects
    user = users.filter(pk=user_id, session_epoch=epoch).order_by().first()
    return user if user and user.is_active else None


def _anew(
    given: Permit, user: models.User | None, typed: str, *, is_right: bool, mark: str
) -> models.User | None:
    """The user as it is now, in the transaction: disabled, or given another password, it is not believed.

    Neither where every session was ended meanwhile. What is not the password may be a temporary one.
    """
    if user is None or not is_right:
        return temporary_passwords.take(given, user, typed, mark=mark)
    same = models.User.objects.filter(pk=user.pk, password=user.password, session_epoch=user.session_epoch)
    now = same.first()
    return now if now and now.is_active else None


def _try(
    given: Permit,
    held: bytes,
    proven: Callable[[], models.User | None],
    elsewhere: str | None = None,
) -> Attempt:
    """Looks at the proof unless the tally is locked; a failed one counts as a miss, but where it opens an
    account of another audience.
    """
    at = given.actor.asked_at
    tally = misses.hold(held, at=at)
    if not rules.is_locked(tally, at):
        user = proven()
        if user is not None and user.audience != audiences.OURS:
            return Attempt(Outcome.WRONG_AUDIENCE, audience=user.audience)
        if user is not None:
            return Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch)
        if elsewhere is not None:
            return Attempt(Outcome.WRONG_AUDIENCE, audience=elsewhere)
        tally = misses.add(held, tally, at=at)
    is_locked = rules.is_locked(tally, at)
    return Attempt(Outcome.LOCKED if is_locked else Outcome.REFUSED, locked_until=tally.locked_until)


def _refused(given: Permit, attempt: Attempt, *, of: str = "") -> Attempt:
    given.conclude(of + attempt.outcome)
    return attempt


def entered(
    given: Permit,
    user: models.User,
    known: Known | None,
    browser: Browser,
    *,
    of: str,
    remember: bool = False,
) -> Attempt:
    """A whole sign-in with a second factor: the browser is known from now on."""
    device = known_devices.passed(given, user, known, name=browser.name, remember=remember)
    attempt = Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch, second_factor=True, device=device)
    return _recorded(given, user, known, attempt, of=of)


def _remembered(given: Permit, user: models.User, known: Known, browser: Browser) -> Attempt:
    """A whole sign-in where a remembered browser stands for the factor: it has proven nothing lately."""
    device = known_devices.passed(given, user, known, name=browser.name)
    attempt = Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch, second_factor=True, device=device)
    return _recorded(given, user, known, replace(attempt, is_proven=False), of="remembered_")


def _entered_without(given: Permit, user: models.User, known: Known | None, browser: Browser) -> Attempt:
    """A whole sign-in of somebody who has no factor: it makes no browser known, so each new one is told."""
    if known is None:
        known_devices.tell_of_new(given, user, browser.name)
    device = known_devices.of(known)
    attempt = Attempt(Outcome.SIGNED_IN, user.pk, epoch=user.session_epoch, device=device)
    return _recorded(given, user, known, attempt)


def _recorded(
    given: Permit, user: models.User, known: Known | None, attempt: Attempt, *, of: str = ""
) -> Attempt:
    """Record how it ended; a full sign-in forgets the misses of its device, or those of strangers.

    Where all was shown that can be, also what is counted for the person beside the sign-in: a session that
    somebody else holds keeps nobody from changing the password.
    """
    given.conclude(of + attempt.outcome)
    given.note_subject("user", str(user.pk))
    misses.forget(user.username, device=known_devices.id_of(known), steps=misses.SIGNING_IN)
    if attempt.is_proven:
        misses.forget(user.username, steps=misses.BESIDE)
    user.last_login = given.actor.asked_at
    user.save(update_fields=["last_login"])
    return attempt
