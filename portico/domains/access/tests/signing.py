"""Keys and signed assertions, made by a library other than the one that is to believe them."""

import base64
import hashlib
import hmac
import json
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from tests.support.actors import NOW

AUDIENCE = "https://portal.example.org/fhir/token"
RSA_KID, EC_KID = "rsa-1", "ec-1"
_numbers = count(1)


@cache
def rsa_key(bits: int = 2048, number: int = 1) -> rsa.RSAPrivateKey:
    """One of our RSA keys; another number, another key."""
    del number
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(curve: str = "secp384r1", number: int = 1) -> ec.EllipticCurvePrivateKey:
    """One of our keys on a curve."""
    del number
    return ec.generate_private_key({"secp384r1": ec.SECP384R1(), "secp256r1": ec.SECP256R1()}[curve])


def public(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    """The public part of a key, as a key set holds it."""
    algorithm = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    found: dict[str, Any] = algorithm.to_jwk(key.public_key(), as_dict=True)
    return {name: found[name] for name in ("kty", "n", "e", "crv", "x", "y") if name in found} | {
        "kid": kid,
        **more,
    }


KEY_SET = {"keys": [public(rsa_key(), RSA_KID, alg="RS384", use="sig"), public(ec_key(), EC_KID)]}


def claims(client_id: str, *, at: datetime = NOW, **changes: Any) -> dict[str, Any]:
    """What an assertion says that is right; None leaves a claim out."""
    said = {
        "iss": client_id,
        "sub": client_id,
        "aud": AUDIENCE,
        "jti": f"number-{next(_numbers)}",
        "exp": int((at + timedelta(minutes=4)).timestamp()),
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def signed(
    said: dict[str, Any], *, algorithm: str = "ES384", key: Any = None, kid: str | None = None, **header: Any
) -> str:
    """An assertion with these claims, under our own key for the algorithm unless another is given."""
    own, own_kid = (rsa_key(), RSA_KID) if algorithm.startswith(("RS", "PS")) else (ec_key(), EC_KID)
    return jwt.encode(said, key or own, algorithm=algorithm, headers={"kid": kid or own_kid, **header})


def by_hand(said: Any, header: Any, secret: bytes = b"") -> str:
    """An assertion no library would make: any header, signed by HMAC-SHA-384 with `secret`, or not at all."""
    content = f"{_part(header)}.{_part(said)}"
    signature = hmac.digest(secret, content.encode(), hashlib.sha384) if secret else b""
    return f"{content}.{_text(signature)}"


def _part(content: Any) -> str:
    return _text(content if isinstance(content, bytes) else json.dumps(content).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
