"""This site as passkeys know it (WebAuthn's relying party): what all questions and answers have in common."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationConveyancePreference,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialParameters,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    UserVerificationRequirement,
)

from portico.domains.accounts import models
from portico.domains.plan import catalogue

GREATEST_REPLY = 65_536
# ES256, EdDSA and RS256, as COSE numbers them: what authenticators of today make.
ALGORITHMS = (-7, -8, -257)
VERIFIED = UserVerificationRequirement.REQUIRED
_PUBLIC_KEY = PublicKeyCredentialType.PUBLIC_KEY
_DEFAULT_PORTS = {"https": 443, "http": 80}


def server() -> Fido2Server:
    """The library's checks: for the host of this site, answers from its own pages alone, any make of key."""
    host = urlsplit(settings.SITE).hostname or ""
    whose = PublicKeyCredentialRpEntity(name=catalogue.identity().name or host, id=host)
    made = Fido2Server(whose, AttestationConveyancePreference.NONE, verify_origin=_is_here)
    made.allowed_algorithms = [
        PublicKeyCredentialParameters(type=_PUBLIC_KEY, alg=number) for number in ALGORITHMS
    ]
    return made


def descriptors(user_id: int) -> list[PublicKeyCredentialDescriptor]:
    """The user's passkeys as browsers are told of them."""
    held = models.Passkey.objects.filter(user_id=user_id).order_by("pk")
    return [
        PublicKeyCredentialDescriptor(
            type=_PUBLIC_KEY, id=bytes(passkey.credential_id), transports=passkey.transports or None
        )
        for passkey in held
    ]


def state(challenge: bytes) -> dict[str, Any]:
    """The challenge as the library would keep it."""
    return {"challenge": websafe_encode(challenge), "user_verification": VERIFIED}


def parsed(kind: Any, reply: str) -> Any:
    """The answer of a script (JSON) as that kind of the library's; None for what is none."""
    if len(reply) > GREATEST_REPLY:
        return None
    try:
        return kind.from_dict(json.loads(reply))
    except Exception:
        return None  # it is whatever a caller sent


def is_plain(client: CollectedClientData, device: AuthenticatorData) -> bool:
    """Not from a page within another's; and no copy of a key whose device says it cannot be copied."""
    return not client.cross_origin and (device.is_backup_eligible() or not device.is_backed_up())


def _is_here(origin: str) -> bool:
    """Is it this site? As a browser writes it: a port that goes without saying is not said."""
    site = urlsplit(settings.SITE)
    port = "" if site.port in (None, _DEFAULT_PORTS.get(site.scheme)) else f":{site.port}"
    return origin == f"{site.scheme}://{site.hostname}{port}"
