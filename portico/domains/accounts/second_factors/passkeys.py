"""Passkeys (WebAuthn, level 2) that are set up: what a browser is asked, and checking what it answers.

    ask -> options for the browser + a sealed challenge that waits with the asker's session
    browser: the person's finger, face or PIN, then a signature over that challenge
    verify -> whose it is, or what is wrong

A challenge is answered within five minutes, once, by a page of `settings.SITE`, with the person verified by
the device. Because of that a passkey counts as both factors. The checks are those of section 7.2 of the
specification; `fido2` does the signature and the formats. What is called here runs within somebody's permit.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from fido2.webauthn import AttestedCredentialData, AuthenticationResponse, AuthenticatorData

from portico.domains.accounts import models, telling
from portico.domains.accounts.second_factors import passkey_challenges, relying_party
from portico.domains.accounts.second_factors.passkey_challenges import Purpose
from portico.domains.permits.permit import Permit


class Fault(StrEnum):
    """What is wrong with an answer; for the audit alone, a person is told the same of each."""

    CHALLENGE = "passkey_challenge"
    UNKNOWN = "passkey_unknown"
    WRONG = "passkey_wrong"
    COUNTER = "passkey_counter_back"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a browser: `options` for its script, as JSON, and `challenge`, sealed, to be kept."""

    options: Mapping[str, Any]
    challenge: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whose passkey answered, or the fault; never both."""

    user_id: int | None = None
    fault: Fault | None = None


def ask(given: Permit, purpose: Purpose, *, user_id: int | None = None) -> Asked:
    """Ask for an answer by one of the user's passkeys; without a user, by any that the browser offers."""
    challenge, at = passkey_challenges.new(), given.actor.asked_at
    options, _ = relying_party.server().authenticate_begin(
        None if user_id is None else relying_party.descriptors(user_id),
        user_verification=relying_party.VERIFIED,
        challenge=challenge,
    )
    return Asked(dict(options), passkey_challenges.sealed(challenge, purpose, user_id=user_id, at=at))


def verify(
    given: Permit, purpose: Purpose, *, challenge: str, reply: str, user_id: int | None = None
) -> Verdict:
    """Whose passkey this answer (JSON of a script) to a challenge for that purpose is; every try spends it.

    With a user, it must be theirs. An answer whose counter runs backwards is refused, and its owner told:
    somebody may hold a copy.
    """
    asked = passkey_challenges.spend(challenge, purpose, user_id=user_id, at=given.actor.asked_at)
    answer = relying_party.parsed(AuthenticationResponse, reply)
    if asked is None or answer is None:
        return Verdict(fault=Fault.CHALLENGE if asked is None else Fault.WRONG)
    passkey = _found(answer.raw_id, user_id)
    if passkey is None:
        return Verdict(fault=Fault.UNKNOWN)
    if not _is_signed(passkey, asked, answer, is_named=user_id is not None):
        return Verdict(fault=Fault.WRONG)
    if _runs_back(passkey, answer.response.authenticator_data):
        telling.by_mail(given, passkey.user, "factors_changed", kind="passkey_copied")
        telling.by_notice(given, passkey.user, "passkey_copied")
        return Verdict(fault=Fault.COUNTER)
    _keep_use(passkey, answer.response.authenticator_data, given.actor.asked_at)
    return Verdict(passkey.user_id)


def _found(credential_id: bytes, user_id: int | None) -> models.Passkey | None:
    """The passkey of that id, its row held, so that of two answers at once the later sees the counter.

    Its owner's row is held first, as whoever changes factors does.
    """
    owner = models.User.objects.select_for_update(of=("self",)).filter(passkeys__credential_id=credential_id)
    owner.order_by().values_list("pk").first()
    held = models.Passkey.objects.select_for_update(of=("self",)).select_related("user")
    mine = held if user_id is None else held.filter(user_id=user_id)
    return mine.filter(credential_id=credential_id).first()


def _is_signed(
    passkey: models.Passkey, challenge: bytes, answer: AuthenticationResponse, *, is_named: bool
) -> bool:
    said = answer.response
    if not relying_party.is_plain(said.client_data, said.authenticator_data):
        return False
    if not _is_theirs(passkey, said.user_handle, is_named=is_named):
        return False
    try:
        kept = AttestedCredentialData(bytes(passkey.credential))
        relying_party.server().authenticate_complete(relying_party.state(challenge), [kept], answer)
    except Exception:
        return False  # a wrong signature, origin, site or challenge, or bytes that are none of these
    return True


def _is_theirs(passkey: models.Passkey, handle: bytes | None, *, is_named: bool) -> bool:
    """Does the device name the same owner? It may leave that out only where the owner was named before."""
    if not handle:
        return is_named
    return secrets.compare_digest(handle, bytes(passkey.user.handle or b""))


def _runs_back(passkey: models.Passkey, device: AuthenticatorData) -> bool:
    """Both zero: a passkey that counts nothing, as those kept in several devices do."""
    counts = bool(device.counter or passkey.sign_count)
    return counts and device.counter <= passkey.sign_count


def _keep_use(passkey: models.Passkey, device: AuthenticatorData, at: datetime) -> None:
    models.Passkey.objects.filter(pk=passkey.pk).update(
        sign_count=device.counter, is_backed_up=device.is_backed_up(), last_used_at=at
    )
