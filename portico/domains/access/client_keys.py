"""The public keys a FHIR client signs with: which may be kept, and which one an assertion names.

A key set (RFC 7517) holds what verifies and nothing else: RSA of 2048 bits or more for RS384, the curve P-384
for ES384. A set with a private or a shared key in it has been given away already, and is refused whole; keys
for other purposes are left out.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import base64_to_int

from portico.domains.access import models
from portico.shared import outgoing

RSA, EC = "RS384", "ES384"
MOST_KEYS: Final = 10
RSA_BITS: Final = range(2048, 8192 + 1)
_PRIVATE = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
_KEPT = {RSA: ("kty", "kid", "n", "e"), EC: ("kty", "kid", "crv", "x", "y")}
_LONGEST_KID = 200
_EXPONENTS = range(3, 2**32)
_JSON = frozenset({"application/json", "application/jwk-set+json"})
_MOST_BYTES, _SECONDS = 65_536, 4.0
KEPT_FOR, AGAIN_AFTER = timedelta(minutes=10), timedelta(minutes=1)


class BadKeys(ValueError):
    """The key set, or its address, cannot be used; the text says why."""


def check_url(url: str) -> str:
    """An address that keys may be fetched from: https, at a host the plan listed. Raises BadKeys."""
    try:
        return outgoing.check(url, allowed_hosts=settings.KEY_SET_HOSTS).url
    except outgoing.NotAllowed as error:
        raise BadKeys(str(error)) from error


def check(key_set: Mapping[str, Any]) -> dict[str, Any]:
    """The set with what is needed to verify and no more. Raises BadKeys."""
    keys = key_set.get("keys")
    if not isinstance(keys, list) or not keys or not all(isinstance(key, dict) for key in keys):
        raise BadKeys('a key set reads {"keys": [...]} with a key in it')
    if len(keys) > MOST_KEYS:
        raise BadKeys(f"a key set holds {MOST_KEYS} keys at most")
    for key in keys:
        _check_public(key)
    usable = [_usable(key) for key in keys if _algorithm(key)]
    if not usable:
        raise BadKeys("no key of the set can be used: RS384 needs RSA of 2048 bits, ES384 the curve P-384")
    kids = [key["kid"] for key in usable]
    if len(set(kids)) < len(kids):
        raise BadKeys("two keys of the set have the same kid")
    return {"keys": usable}


def _check_public(key: Mapping[str, Any]) -> None:
    if key.get("kty") == "oct":
        raise BadKeys("the set holds a shared secret; hand in public keys, and use that secret no more")
    if not _PRIVATE.isdisjoint(key):
        raise BadKeys("the set holds a private key; hand in its public part, of a new pair")


def _algorithm(key: Mapping[str, Any]) -> str | None:
    """What the key verifies for us; None for a key of another kind or purpose."""
    algorithm = RSA if key.get("kty") == "RSA" else None
    if key.get("kty") == "EC" and key.get("crv") == "P-384":
        algorithm = EC
    operations = key.get("key_ops", ["verify"])
    verifies = isinstance(operations, list) and "verify" in operations and key.get("use", "sig") == "sig"
    return algorithm if verifies and key.get("alg", algorithm) == algorithm else None


def _usable(key: Mapping[str, Any]) -> dict[str, str]:
    kid, algorithm = key.get("kid"), _algorithm(key) or ""
    if not isinstance(kid, str) or not 0 < len(kid) <= _LONGEST_KID or not kid.isprintable():
        raise BadKeys("every key has a kid, by which assertions name it")
    kept = {name: value for name in _KEPT[algorithm] if isinstance(value := key.get(name), str)}
    if len(kept) < len(_KEPT[algorithm]):
        raise BadKeys(f"the key {kid} lacks a part")
    if algorithm == RSA:
        _check_size(kept)
    imported(kept)
    return kept


def _check_size(key: Mapping[str, Any]) -> None:
    try:
        bits, exponent = base64_to_int(key["n"]).bit_length(), base64_to_int(key["e"])
    except ValueError as error:
        raise BadKeys(f"the key {key['kid']} is no RSA key") from error
    if bits not in RSA_BITS or exponent not in _EXPONENTS:
        raise BadKeys(f"the key {key['kid']} is not as strong or is larger than RSA of 2048 to 8192 bits is")


def imported(key: Mapping[str, Any]) -> RSAKey | ECKey:
    """The key as the library verifies with it. Raises BadKeys."""
    try:
        made = (RSAKey if key["kty"] == "RSA" else ECKey).import_key(dict(key))
        made.raw_value  # noqa: B018 - here a point off the curve is noticed
    except (JoseError, ValueError, TypeError) as error:
        raise BadKeys(f"the key {key['kid']} is no {key['kty']} key") from error
    return made


def key(machine: models.Machine, kid: str, *, algorithm: str, at: datetime) -> RSAKey | ECKey | None:
    """The client's public key of that name for that algorithm, now; None when it has none.

    Keys at an address are fetched at most once a minute, and kept for ten. Raises BadKeys when they cannot be
    fetched or used.
    """
    if not machine.key_set_url:
        found = _named(machine.key_set, kid, algorithm)
    else:
        found = _FETCHED[machine.key_set_url].named(machine.key_set_url, kid, algorithm, at)
    return imported(found) if found else None


def _named(key_set: Mapping[str, Any], kid: str, algorithm: str) -> Mapping[str, Any] | None:
    keys = key_set.get("keys", ())
    return next((key for key in keys if key["kid"] == kid and _algorithm(key) == algorithm), None)


@dataclass(slots=True)
class _Fetched:
    """What this process knows of the keys at one address."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    keys: Mapping[str, Any] = field(default_factory=dict)
    fetched_at: datetime | None = None
    tried_at: datetime | None = None

    def named(self, url: str, kid: str, algorithm: str, at: datetime) -> Mapping[str, Any] | None:
        """The key of that name; an unknown name, or ten minutes, make us look again."""
        with self.lock:
            if self.fetched_at is None or at - self.fetched_at >= KEPT_FOR:
                self.keys = {}
            found = _named(self.keys, kid, algorithm)
            if found is None and (self.tried_at is None or at - self.tried_at >= AGAIN_AFTER):
                self.tried_at = at
                self.keys = _fetch(url)
                self.fetched_at = at
            return found or _named(self.keys, kid, algorithm)


def _fetch(url: str) -> dict[str, Any]:
    try:
        body = outgoing.fetch(
            url,
            allowed_hosts=settings.KEY_SET_HOSTS,
            content_types=_JSON,
            most_bytes=_MOST_BYTES,
            seconds=_SECONDS,
        )
        read = json.loads(body)
    except (outgoing.NotAllowed, outgoing.Unreachable, ValueError, RecursionError) as error:
        raise BadKeys(f"the key set cannot be fetched: {error}") from error
    if not isinstance(read, dict):
        raise BadKeys('a key set reads {"keys": [...]}')
    return check(read)


_FETCHED: "defaultdict[str, _Fetched]" = defaultdict(_Fetched)
