"""What a provider of OpenID Connect says of itself: its addresses, and the keys it signs with.

Each process remembers what it read for ten minutes, and asks a provider that did not answer again after half
a minute. A key that is not known yet makes it look again, once a minute at most.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey
from joserfc.util import base64_to_int

from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.shared import outgoing

ALGORITHMS: Final[Mapping[str, str]] = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}
KEPT_FOR, AGAIN_AFTER = timedelta(minutes=10), timedelta(seconds=30)
KEYS_AGAIN_AFTER: Final = timedelta(minutes=1)
MOST_KEYS: Final = 20
RSA_BITS: Final = range(2048, 8192 + 1)
_PATH: Final = "/.well-known/openid-configuration"
_JSON = frozenset({"application/json", "application/jwk-set+json"})
_MOST_BYTES, _SECONDS = 131_072, 4.0
_PARTS = {"RSA": ("n", "e"), "EC": ("crv", "x", "y")}
_PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Configuration:
    """A provider's addresses. `names_itself`: it says who it is when it sends somebody back (RFC 9207)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    names_itself: bool = False


class Unusable(Exception):
    """What the provider says of itself cannot be read or used; the text says why."""


def configuration(issuer: str, *, at: datetime) -> Configuration:
    """What the provider said of itself at most ten minutes ago. Raises Failed."""
    return _KNOWN[issuer].configuration(issuer, at)


def key(issuer: str, kid: str | None, algorithm: str, *, at: datetime) -> RSAKey | ECKey:
    """The provider's key of that name for the algorithm; without a name, the only one. Raises Failed."""
    return _KNOWN[issuer].key(issuer, kid, algorithm, at)


def read(issuer: str) -> Configuration:
    """What the provider says of itself at this moment. Raises Unusable."""
    said = _json(issuer.rstrip("/") + _PATH)
    try:
        found = Configuration(
            issuer=said["issuer"],
            names_itself=said.get("authorization_response_iss_parameter_supported") is True,
            **{
                name: _address(said[name])
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
            },
        )
    except KeyError as error:
        raise Unusable(f"the provider does not say its {error.args[0]}") from error
    if found.issuer != issuer:
        raise Unusable("the provider says it is another issuer")
    return found


def read_keys(configuration: Configuration) -> Sequence[Mapping[str, Any]]:
    """The keys it signs with at this moment, of those we can use. Raises Unusable."""
    keys = _json(configuration.jwks_uri).get("keys")
    if not isinstance(keys, list) or len(keys) > MOST_KEYS:
        raise Unusable(f"the provider's keys cannot be read, or are more than {MOST_KEYS}")
    usable = [key for key in keys if isinstance(key, dict) and _is_usable(key)]
    if not usable:
        raise Unusable("the provider has no key that can be used: RSA of 2048 bits or the curve P-256")
    return usable


def imported(key: Mapping[str, Any]) -> RSAKey | ECKey:
    """The key as the library verifies with it; only its public parts. Raises JoseError, ValueError."""
    kept: dict[str, str | list[str]] = {name: str(key[name]) for name in ("kty", *_PARTS[key["kty"]])}
    made: RSAKey | ECKey = (RSAKey if kept["kty"] == "RSA" else ECKey).import_key(kept)
    made.raw_value  # noqa: B018 - here a point off the curve is noticed
    return made


def _is_usable(key: Mapping[str, Any]) -> bool:
    kind = key.get("kty")
    if (
        not isinstance(kind, str)
        or kind not in _PARTS
        or key.get("use", "sig") != "sig"
        or not isinstance(key.get("kid", ""), str)
    ):
        return False
    try:
        if kind == "RSA" and base64_to_int(str(key.get("n", ""))).bit_length() not in RSA_BITS:
            return False
        imported(key)
    except (JoseError, ValueError, TypeError, KeyError):
        return False
    return kind == "RSA" or key.get("crv") == "P-256"


def _address(url: Any) -> str:
    try:
        return outgoing.check(
            str(url), allowed_hosts=settings.IDENTITY_HOSTS, local=settings.IDENTITY_LOCAL
        ).url
    except outgoing.NotAllowed as error:
        raise Unusable(str(error)) from error


def _json(url: str) -> Mapping[str, Any]:
    try:
        body = outgoing.fetch(
            url,
            allowed_hosts=settings.IDENTITY_HOSTS,
            local=settings.IDENTITY_LOCAL,
            content_types=_JSON,
            most_bytes=_MOST_BYTES,
            seconds=_SECONDS,
        )
    except (outgoing.NotAllowed, outgoing.Unreachable) as error:
        raise Unusable(str(error)) from error
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unusable("no JSON was answered") from error
    if not isinstance(read, dict):
        raise Unusable("no JSON object was answered")
    return read


@dataclass(slots=True)
class _Known:
    """What this process knows of one provider."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    said: Configuration | None = None
    said_at: datetime | None = None
    tried_at: datetime | None = None
    keys: Sequence[Mapping[str, Any]] = ()
    keys_at: datetime | None = None
    keys_tried_at: datetime | None = None

    def configuration(self, issuer: str, at: datetime) -> Configuration:
        if not self.lock.acquire(timeout=_PATIENCE):
            raise Failed(Code.UNREACHABLE)
        try:
            return self._configuration(issuer, at)
        finally:
            self.lock.release()

    def _configuration(self, issuer: str, at: datetime) -> Configuration:
        if self.said is not None and _is_within(self.said_at, at, KEPT_FOR):
            return self.said
        if _is_within(self.tried_at, at, AGAIN_AFTER):
            raise Failed(Code.UNREACHABLE)
        self.said, self.tried_at = None, at
        try:
            self.said = read(issuer)
        except Unusable as error:
            raise Failed(Code.UNREACHABLE) from error
        self.said_at, self.tried_at = at, None
        return self.said

    def key(self, issuer: str, kid: str | None, algorithm: str, at: datetime) -> RSAKey | ECKey:
        if not self.lock.acquire(timeout=_PATIENCE):
            raise Failed(Code.UNREACHABLE)
        try:
            return self._key(issuer, kid, algorithm, at)
        finally:
            self.lock.release()

    def _key(self, issuer: str, kid: str | None, algorithm: str, at: datetime) -> RSAKey | ECKey:
        if not _is_within(self.keys_at, at, KEPT_FOR):
            self.keys = ()
        found = _named(self.keys, kid, algorithm)
        if found is None and not _is_within(self.keys_tried_at, at, KEYS_AGAIN_AFTER):
            self.keys_tried_at = at
            try:
                self.keys = read_keys(self._configuration(issuer, at))
            except Unusable as error:
                raise Failed(Code.UNREACHABLE) from error
            self.keys_at = at
            found = _named(self.keys, kid, algorithm)
        if found is None:
            raise Failed(Code.UNKNOWN_KEY)
        return imported(found)


def _named(keys: Sequence[Mapping[str, Any]], kid: str | None, algorithm: str) -> Mapping[str, Any] | None:
    fitting = [
        key for key in keys if key["kty"] == ALGORITHMS[algorithm] and key.get("alg", algorithm) == algorithm
    ]
    if kid is None:
        return fitting[0] if len(fitting) == 1 else None
    return next((key for key in fitting if key.get("kid") == kid), None)


def _is_within(before: datetime | None, at: datetime, life: timedelta) -> bool:
    return before is not None and at - before < life


_KNOWN: "defaultdict[str, _Known]" = defaultdict(_Known)
