"""A passkey in software: answers what a browser is asked, as a telephone or a security key would.

Everything it says can be changed, so that tests can lie: the page it claims to be on, the site it signs for,
whether it verified the person, the counter. ES256, no attestation, the formats of WebAuthn.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

FLAG = AuthenticatorData.FLAG
HERE = "http://localhost:8000"


@dataclass(slots=True)
class SoftPasskey:
    """One key. `counter` is what it says next where it counts; None: it counts nothing, as synced keys do."""

    origin: str = HERE
    site: str = ""
    is_verified: bool = True
    is_backed_up: bool = False
    counter: int | None = None
    cross_origin: bool = False
    handle: bytes = b""
    id: bytes = field(default_factory=lambda: secrets.token_bytes(20))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: Mapping[str, Any], **changes: Any) -> str:
        """The reply to a question for a new passkey; it remembers whose it is."""
        asked = options["publicKey"]
        self.handle = websafe_decode(asked["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        shown = AttestedCredentialData.create(bytes(16), self.id, public)
        data = self._data(asked["rp"]["id"], FLAG.AT, bytes(shown))
        statement = cbor.encode({"fmt": "none", "authData": bytes(data), "attStmt": {}})
        response = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(statement),
            "transports": ["internal", "hybrid"],
        }
        return self._reply(response | changes)

    def get(self, options: Mapping[str, Any], **changes: Any) -> str:
        """The reply to a question for a sign-in."""
        asked = options["publicKey"]
        data = bytes(self._data(asked["rpId"], FLAG(0), b""))
        client = self._client("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": websafe_encode(self.handle),
        }
        return self._reply(response | changes)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": self.cross_origin}
        return json.dumps(said).encode()

    def _data(self, site: str, flags: FLAG, credential: bytes) -> AuthenticatorData:
        flags |= FLAG.UP | (FLAG.UV if self.is_verified else FLAG(0))
        flags |= FLAG.BE | FLAG.BS if self.is_backed_up else FLAG(0)
        counter = self.counter or 0
        if self.counter is not None:
            self.counter += 1
        digest = hashlib.sha256((self.site or site).encode()).digest()
        return AuthenticatorData(AuthenticatorData.create(digest, flags, counter, credential))

    def _reply(self, response: Mapping[str, Any]) -> str:
        told = websafe_encode(self.id)
        kept = {key: value for key, value in response.items() if value is not None}
        return json.dumps(
            {"id": told, "rawId": told, "type": "public-key", "response": kept, "clientExtensionResults": {}}
        )


def as_browser(options: Mapping[str, Any]) -> Any:
    """The options as they arrive in a browser: through JSON."""
    return json.loads(json.dumps(options))
