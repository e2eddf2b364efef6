"""Reading an ID token (OpenID Connect Core 1.0, 3.1.3.7): believed only if all of it is as it should be.

The algorithm is RS256, PS256 or ES256, whatever the header would like; the key is one the provider publishes.
It is from this provider, for this portal, for this very request (`nonce`), of now, and of somebody (`sub`).
A mail address is told on only where the provider says that it has verified it.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hmac import compare_digest
from typing import Any, Final

from joserfc import jws
from joserfc.errors import JoseError

from portico.domains.accounts.elsewhere.outside import LONGEST_SUBJECT, Told
from portico.domains.accounts.elsewhere.provider_details import Details
from portico.edges.web.accounts.elsewhere import known
from portico.edges.web.accounts.elsewhere.failing import Code, Failed

LONGEST: Final = 32_768
SKEW: Final = timedelta(seconds=60)
FRESH: Final = timedelta(minutes=10)
LONGEST_LIFE: Final = timedelta(days=1)
SHOWN_WITHIN: Final = timedelta(hours=12)
_HEADER_BYTES: Final = 8_192
_LAST_SECOND: Final = 253_370_764_800  # of the year 9998: there is room for a skew


def read(token: str, details: Details, *, nonce: str, access_token: str, at: datetime) -> Told:
    """Who the provider says it is. Keys may be fetched, so no transaction may be open. Raises Failed."""
    header, claims = _parts(token)
    _check_signature(token, header, details, at)
    _check_parties(claims, details)
    ends_at = _check_times(claims, at)
    if not _is_text(claims.get("nonce"), nonce):
        raise Failed(Code.WRONG_NONCE)
    _check_hash(claims, access_token)
    return Told(
        subject=_subject(claims),
        token_id=nonce,
        ends_at=ends_at + SKEW,
        name=_said(claims, "name"),
        email=_said(claims, "email") if claims.get("email_verified") is True else "",
        factor_passed=not _factor_words(claims).isdisjoint(details.factor_words),
        at=_instant(claims, "auth_time"),
    )


def _parts(token: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims, not yet believed."""
    parts = token.split(".")
    if len(token) > LONGEST or not token.isascii() or len(parts) != 3:
        raise Failed(Code.MALFORMED)
    header, claims = _opened(parts[0]), _opened(parts[1])
    if not isinstance(header.get("alg"), str) or header["alg"] not in known.ALGORITHMS:
        raise Failed(Code.WRONG_ALGORITHM)
    if not {"crit", "b64"}.isdisjoint(header) or str(header.get("typ", "JWT")).upper() != "JWT":
        raise Failed(Code.MALFORMED)
    return header, claims


def _opened(part: str) -> Mapping[str, Any]:
    try:
        read = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError) as error:
        raise Failed(Code.MALFORMED) from error
    if not isinstance(read, dict):
        raise Failed(Code.MALFORMED)
    return read


def _check_signature(token: str, header: Mapping[str, Any], details: Details, at: datetime) -> None:
    algorithm, kid = str(header["alg"]), header.get("kid")
    if kid is not None and not isinstance(kid, str):
        raise Failed(Code.MALFORMED)
    key = known.key(details.issuer, kid, algorithm, at=at)
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length, registry.max_payload_length = _HEADER_BYTES, LONGEST
    try:
        jws.deserialize_compact(token, key, registry=registry)
    except (JoseError, ValueError, TypeError, RecursionError) as error:
        raise Failed(Code.BAD_SIGNATURE) from error


def _check_parties(claims: Mapping[str, Any], details: Details) -> None:
    """From this issuer; for this client and, where others are named too, meant for it (`azp`)."""
    if claims.get("iss") != details.issuer:
        raise Failed(Code.WRONG_ISSUER)
    told = claims.get("aud")
    audiences = told if isinstance(told, list) else [told]
    if details.client_id not in audiences or (len(audiences) > 1 and "azp" not in claims):
        raise Failed(Code.WRONG_AUDIENCE)
    if claims.get("azp", details.client_id) != details.client_id:
        raise Failed(Code.WRONG_AUDIENCE)


def _check_times(claims: Mapping[str, Any], at: datetime) -> datetime:
    """Until when the token holds; it was made some minutes ago at most. Clocks may differ by a minute."""
    ends_at, made_at = _instant(claims, "exp"), _instant(claims, "iat")
    if ends_at is None or made_at is None:
        raise Failed(Code.WRONG_TIME)
    begins_at, shown_at = _instant(claims, "nbf") or made_at, _instant(claims, "auth_time") or made_at
    is_now = at < ends_at + SKEW and ends_at - at < LONGEST_LIFE and begins_at <= at + SKEW
    is_fresh = at - FRESH <= made_at <= at + SKEW and at - SHOWN_WITHIN - SKEW <= shown_at <= at + SKEW
    if not (is_now and is_fresh):
        raise Failed(Code.WRONG_TIME)
    return ends_at


def _check_hash(claims: Mapping[str, Any], access_token: str) -> None:
    """Where the token speaks of the access token beside it, it is that one."""
    if "at_hash" in claims:
        half = hashlib.sha256(access_token.encode(errors="replace")).digest()[:16]
        if not _is_text(claims["at_hash"], base64.urlsafe_b64encode(half).decode().rstrip("=")):
            raise Failed(Code.WRONG_HASH)


def _subject(claims: Mapping[str, Any]) -> str:
    told = claims.get("sub")
    if not isinstance(told, str) or not 0 < len(told) <= LONGEST_SUBJECT:
        raise Failed(Code.NO_SUBJECT)
    if not (told.isascii() and told.isprintable()):
        raise Failed(Code.NO_SUBJECT)
    return told


def _factor_words(claims: Mapping[str, Any]) -> set[str]:
    means = claims.get("amr")
    words = [*means, claims.get("acr")] if isinstance(means, list) else [claims.get("acr")]
    return {word for word in words if isinstance(word, str)}


def _said(claims: Mapping[str, Any], name: str) -> str:
    told = claims.get(name)
    return told if isinstance(told, str) and told.isprintable() else ""


def _instant(claims: Mapping[str, Any], name: str) -> datetime | None:
    told = claims.get(name)
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise Failed(Code.WRONG_TIME)
    if not 0 <= told <= _LAST_SECOND:  # what is no number (NaN) lies nowhere
        raise Failed(Code.WRONG_TIME)
    return datetime.fromtimestamp(told, UTC)


def _is_text(told: Any, expected: str) -> bool:
    return isinstance(told, str) and told.isascii() and compare_digest(told.encode(), expected.encode())
