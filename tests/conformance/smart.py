"""A machine's signed assertion and its public key, made with PyJWT: the product trusts another library."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

LIFE = timedelta(minutes=5)

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Key:
    """A machine's key: what it keeps, and what it registers."""

    algorithm: str
    number: str
    private: Private

    @property
    def public_jwk(self) -> dict[str, Any]:
        """The public half, as it stands in a key set."""
        if isinstance(self.private, rsa.RSAPrivateKey):
            written = RSAAlgorithm.to_jwk(self.private.public_key())
        else:
            written = ECAlgorithm.to_jwk(self.private.public_key())
        return {**json.loads(written), "kid": self.number, "alg": self.algorithm, "use": "sig"}

    @property
    def key_set(self) -> dict[str, Any]:
        """The key set that holds this key alone."""
        return {"keys": [self.public_jwk]}


def key(algorithm: str, number: str = "1") -> Key:
    """A key for RS384 or ES384; the same for the same number, for making one takes time."""
    return Key(algorithm, number, _private(algorithm, number))


@cache
def _private(algorithm: str, number: str) -> Private:
    if algorithm == "RS384":
        return rsa.generate_private_key(65_537, 2_048)
    return ec.generate_private_key(ec.SECP384R1())


def assertion(
    signer: Key, *, client_id: str, audience: str, jti: str, at: datetime, life: timedelta = LIFE
) -> str:
    """What a client sends to the token endpoint, issued at `at`."""
    claims = {"iss": client_id, "sub": client_id, "aud": audience, "jti": jti, "iat": at, "exp": at + life}
    return jwt.encode(claims, signer.private, signer.algorithm, headers={"kid": signer.number})
