"""A new passkey: what a browser is asked for, and what its answer shows. `own_passkeys` keeps it."""

import json
from dataclasses import dataclass, field
from typing import Any

from fido2.webauthn import (
    AuthenticatorData,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
)

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import passkey_challenges, relying_party
from portico.domains.accounts.second_factors.passkey_challenges import Purpose
from portico.domains.accounts.second_factors.passkeys import Asked
from portico.domains.permits.permit import Permit

GREATEST_ID = 1_023
TRANSPORTS = frozenset({"usb", "nfc", "ble", "hybrid", "internal"})


@dataclass(frozen=True, slots=True)
class Attested:
    """A new passkey that was shown: its credential as it is kept, and what its device said of itself."""

    credential: bytes = field(repr=False)
    credential_id: bytes
    sign_count: int
    is_backed_up: bool
    transports: tuple[str, ...]


def ask(given: Permit, user: models.User) -> Asked:
    """Ask for a new passkey of the user, who has a handle; its device keeps it, and it is not theirs yet."""
    challenge, at = passkey_challenges.new(), given.actor.asked_at
    whose = PublicKeyCredentialUserEntity(
        id=bytes(user.handle or b""),
        name=user.username,
        display_name=f"{user.first_name} {user.last_name}".strip(),
    )
    options, _ = relying_party.server().register_begin(
        whose,
        relying_party.descriptors(user.pk),
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=relying_party.VERIFIED,
        challenge=challenge,
    )
    kept = passkey_challenges.sealed(challenge, Purpose.REGISTRATION, user_id=user.pk, at=at)
    return Asked(dict(options), kept)


def attested(given: Permit, user: models.User, *, challenge: str, reply: str) -> Attested | None:
    """The new passkey this answer shows; None where anything about it is not as it was asked for."""
    at = given.actor.asked_at
    asked = passkey_challenges.spend(challenge, Purpose.REGISTRATION, user_id=user.pk, at=at)
    answer = relying_party.parsed(RegistrationResponse, reply)
    if asked is None or answer is None:
        return None
    try:
        data = relying_party.server().register_complete(relying_party.state(asked), answer)
        return _shown(data, answer, json.loads(reply)["response"].get("transports", ()))
    except Exception:
        return None  # whatever hostile bytes make the library raise is a refusal


def _shown(data: AuthenticatorData, answer: RegistrationResponse, said: Any) -> Attested | None:
    kept = data.credential_data
    if kept is None or kept.credential_id != answer.raw_id or not 0 < len(kept.credential_id) <= GREATEST_ID:
        return None
    is_usable = kept.public_key.ALGORITHM in relying_party.ALGORITHMS
    if not is_usable or not relying_party.is_plain(answer.response.client_data, data):
        return None
    told = tuple(each for each in said if each in TRANSPORTS)
    return Attested(bytes(kept), kept.credential_id, data.counter, data.is_backed_up(), told)
