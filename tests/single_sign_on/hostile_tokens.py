"""Tokens of OpenID Connect that must open nothing: what is doctored, and the code it is refused by."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.single_sign_on.making import Way
from tests.support import openid_provider
from tests.support.actors import NOW
from tests.support.openid_provider import Provider, ec_key, half_hash, public, rsa_key, unsigned

SECONDS = int(NOW.timestamp())
Doctor = Callable[[Provider, Way], None]


def claims(**changed: Any) -> Doctor:
    """Sign the token with these claims instead; None leaves one out."""

    def doctor(provider: Provider, way: Way) -> None:
        provider.says(way.asked["nonce"], at=NOW, amr=["mfa"])
        told = {**provider.claims, **changed}
        provider.claims = {name: value for name, value in told.items() if value is not None}
        provider.token = provider.signed()

    return doctor


def signed(**how: Any) -> Doctor:
    """Sign it in another way."""

    def doctor(provider: Provider, way: Way) -> None:
        del way
        provider.token = provider.signed(**{name: _made(value) for name, value in how.items()})

    return doctor


def token(made: Callable[[Provider], str]) -> Doctor:
    """Put another token in its place."""

    def doctor(provider: Provider, way: Way) -> None:
        del way
        provider.token = made(provider)

    return doctor


def _made(value: Any) -> Any:
    return value() if callable(value) else value


def _as_shared_secret(provider: Provider) -> str:
    """Signed with HS256, the provider's public key as the secret: what a careless verifier would take."""
    pem = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = openid_provider._text(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    body = openid_provider._text(json.dumps(provider.claims).encode())
    mac = hmac.digest(pem, f"{head}.{body}".encode(), hashlib.sha256)
    return f"{head}.{body}.{openid_provider._text(mac)}"


def _tampered(provider: Provider) -> str:
    head, _, signature = provider.token.split(".")
    body = openid_provider._text(json.dumps({**provider.claims, "sub": "outside-2"}).encode())
    return f"{head}.{body}.{signature}"


def _deep(provider: Provider) -> str:
    head, _, signature = provider.token.split(".")
    return f"{head}.{openid_provider._text(b'[' * 20_000)}.{signature}"


def _digits(provider: Provider) -> str:
    head, _, signature = provider.token.split(".")
    body = b'{"exp": ' + b"9" * 10_000 + b"}"
    return f"{head}.{openid_provider._text(body)}.{signature}"


def _head(**changed: Any) -> Callable[[Provider], str]:
    """Its header says something else."""

    def made(provider: Provider) -> str:
        _, body, signature = provider.token.split(".")
        head = json.dumps({"alg": "RS256", "typ": "JWT", "kid": "one", **changed}).encode()
        return f"{openid_provider._text(head)}.{body}.{signature}"

    return made


HOSTILE: list[Any] = [
    pytest.param(token(lambda there: unsigned(there.claims)), "wrong_algorithm", id="algorithm none"),
    pytest.param(token(_as_shared_secret), "wrong_algorithm", id="HS256 with the public key"),
    pytest.param(signed(algorithm="RS384"), "wrong_algorithm", id="an algorithm not listed"),
    pytest.param(token(_tampered), "bad_signature", id="claims changed after signing"),
    pytest.param(
        token(lambda there: there.token.rpartition(".")[0] + "."), "bad_signature", id="signature stripped"
    ),
    pytest.param(signed(key=lambda: rsa_key("attacker")), "bad_signature", id="an attacker's key"),
    pytest.param(signed(kid="two"), "unknown_key", id="a key nobody published"),
    pytest.param(signed(key=ec_key, algorithm="ES256"), "unknown_key", id="a key of another kind"),
    pytest.param(
        signed(key=lambda: rsa_key("attacker"), jwk=lambda: public(rsa_key("attacker"), "one")),
        "bad_signature",
        id="a key in the header",
    ),
    pytest.param(signed(crit=["exp"]), "malformed", id="a critical header"),
    pytest.param(signed(typ="at+jwt"), "malformed", id="a token of another type"),
    pytest.param(token(lambda there: "x"), "malformed", id="no token"),
    pytest.param(token(lambda there: ""), "malformed", id="nothing"),
    pytest.param(token(lambda there: f"{there.token}.{'x' * 40_000}"), "malformed", id="a very long one"),
    pytest.param(claims(nonce="another"), "wrong_nonce", id="another nonce"),
    pytest.param(claims(nonce=None), "wrong_nonce", id="no nonce"),
    pytest.param(claims(iss="https://evil.example.org"), "wrong_issuer", id="another issuer"),
    pytest.param(claims(iss=None), "wrong_issuer", id="no issuer"),
    pytest.param(claims(aud="somebody-else"), "wrong_audience", id="another audience"),
    pytest.param(claims(aud=["somebody-else"]), "wrong_audience", id="other audiences"),
    pytest.param(claims(aud=["portico", "other"]), "wrong_audience", id="more audiences, meant for none"),
    pytest.param(
        claims(aud=["portico", "other"], azp="other"),
        "wrong_audience",
        id="more audiences, meant for another",
    ),
    pytest.param(claims(azp="other"), "wrong_audience", id="meant for another"),
    pytest.param(claims(aud=None), "wrong_audience", id="no audience"),
    pytest.param(claims(exp=SECONDS - 61), "wrong_time", id="expired"),
    pytest.param(claims(exp=None), "wrong_time", id="never expires"),
    pytest.param(claims(exp=SECONDS + 90_000), "wrong_time", id="lives too long"),
    pytest.param(claims(exp="soon"), "wrong_time", id="an end that is no instant"),
    pytest.param(claims(exp=10**30), "wrong_time", id="an end beyond all time"),
    pytest.param(claims(exp=253_402_300_799), "wrong_time", id="an end in the year 9999"),
    pytest.param(claims(exp=float("nan")), "wrong_time", id="an end that is no number"),
    pytest.param(claims(exp=float("inf")), "wrong_time", id="an end that never comes"),
    pytest.param(claims(exp=-(10**12)), "wrong_time", id="an end before all time"),
    pytest.param(claims(nbf=253_402_300_799), "wrong_time", id="not valid before the year 9999"),
    pytest.param(claims(auth_time=-62_135_596_800), "wrong_time", id="signed in there in the year 1"),
    pytest.param(claims(nonce="\ud800"), "wrong_nonce", id="a nonce that is no text"),
    pytest.param(claims(at_hash="\ud800"), "wrong_hash", id="a digest that is no text"),
    pytest.param(claims(sub="\ud800"), "no_subject", id="a subject that is no text"),
    pytest.param(token(_deep), "malformed", id="claims of a thousand brackets"),
    pytest.param(token(_digits), "malformed", id="an end of ten thousand digits"),
    pytest.param(token(_head(alg=["RS256"])), "wrong_algorithm", id="a list of algorithms"),
    pytest.param(token(_head(alg={"RS256": 1})), "wrong_algorithm", id="an algorithm in braces"),
    pytest.param(token(_head(alg=None)), "wrong_algorithm", id="an algorithm that is null"),
    pytest.param(token(_head(kid=["one"])), "malformed", id="a list of key names"),
    pytest.param(claims(iat=SECONDS + 61), "wrong_time", id="made in the future"),
    pytest.param(claims(iat=SECONDS - 661), "wrong_time", id="made long ago"),
    pytest.param(claims(iat=None), "wrong_time", id="made nobody knows when"),
    pytest.param(claims(nbf=SECONDS + 61), "wrong_time", id="not valid yet"),
    pytest.param(claims(auth_time=SECONDS - 43_261), "wrong_time", id="signed in there a day ago"),
    pytest.param(claims(auth_time=SECONDS + 61), "wrong_time", id="signed in there tomorrow"),
    pytest.param(claims(at_hash=half_hash("another")), "wrong_hash", id="another access token"),
    pytest.param(claims(sub=None), "no_subject", id="about nobody"),
    pytest.param(claims(sub=""), "no_subject", id="an empty subject"),
    pytest.param(claims(sub="outside-1\n"), "no_subject", id="a subject of two lines"),
    pytest.param(claims(sub="x" * 256), "no_subject", id="a very long subject"),
]
