"""Signed assertions: a FHIR client proves that it holds the private part of a key it registered.

A JSON Web Token (RFC 7523, and SMART's backend services): the header names the algorithm (RS384 or ES384, no
other, whatever the key) and the key (`kid`); `iss` and `sub` are the client's ID, `aud` is this token
endpoint and nothing else, `exp` lies within five minutes, `jti` is used once. What the header says of keys by
itself (`jwk`, `x5c`) is not looked at; `jku` must be the address that was registered.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from joserfc import jws
from joserfc.errors import JoseError

from portico.domains.access import client_keys, models

LIFE: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=10)
LONGEST: Final = 8_192
_LONGEST_ID = 255
_HEADER_BYTES = 6_144


class Refusal(StrEnum):
    """Why an assertion was refused; stable codes. Up to BAD_SIGNATURE nobody has proven to be the client."""

    MALFORMED = "assertion_malformed"
    WRONG_ALGORITHM = "assertion_wrong_algorithm"
    UNKNOWN_CLIENT = "assertion_unknown_client"
    UNKNOWN_KEY = "assertion_unknown_key"
    KEYS_UNAVAILABLE = "assertion_keys_unavailable"
    BAD_SIGNATURE = "assertion_bad_signature"
    CLIENT_REVOKED = "assertion_client_revoked"
    WRONG_SUBJECT = "assertion_wrong_subject"
    WRONG_AUDIENCE = "assertion_wrong_audience"
    WRONG_TIME = "assertion_wrong_time"
    EXPIRED = "assertion_expired"
    LIVES_TOO_LONG = "assertion_lives_too_long"
    NO_ID = "assertion_has_no_id"
    REPLAYED = "assertion_replayed"


class Refused(Exception):
    """The assertion proves nothing; `machine_id` is the client it named, where there is one."""

    def __init__(self, why: Refusal, machine_id: int | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.machine_id = machine_id


@dataclass(frozen=True, slots=True)
class Proof:
    """A client proved itself, by an assertion that must not be used again."""

    machine: models.Machine
    assertion_id: str
    expires_at: datetime


def verify(assertion: str, *, audience: str, at: datetime, client_id: str = "") -> Proof:
    """Who signed the assertion, to this audience, at this instant, as `client_id` where that is named beside.

    Raises Refused. Keys may be fetched from their address, so no transaction may be open. `spend` is next.
    """
    header, claims = _read(assertion)
    machine = _client(claims)
    try:
        _check_signature(assertion, header, machine, at)
        _check_claims(claims, machine, audience)
        if client_id not in ("", machine.client_id):
            raise Refused(Refusal.WRONG_SUBJECT)
        return Proof(machine, _id(claims), _check_times(claims, at))
    except Refused as refused:
        raise Refused(refused.why, machine.pk) from refused


def spend(proof: Proof) -> bool:
    """Use the assertion up, in the transaction that is open; False when somebody did so before."""
    index = settings.PORTICO_VAULT.index(proof.assertion_id, purpose="assertion")
    try:
        with transaction.atomic():
            models.Assertion.objects.create(
                machine=proof.machine, assertion_index=index, expires_at=proof.expires_at
            )
    except IntegrityError:
        return False
    return True


def _read(assertion: str) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Header and claims, not yet believed."""
    parts = assertion.split(".")
    if len(assertion) > LONGEST or not assertion.isascii() or len(parts) != 3:
        raise Refused(Refusal.MALFORMED)
    header, claims = _opened(parts[0]), _opened(parts[1])
    if header.get("alg") not in (client_keys.RSA, client_keys.EC):
        raise Refused(Refusal.WRONG_ALGORITHM)
    if not {"crit", "b64"}.isdisjoint(header) or str(header.get("typ", "JWT")).upper() != "JWT":
        raise Refused(Refusal.MALFORMED)
    return header, claims


def _opened(part: str) -> Mapping[str, Any]:
    try:
        read = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError) as error:
        raise Refused(Refusal.MALFORMED) from error
    if not isinstance(read, dict):
        raise Refused(Refusal.MALFORMED)
    return read


def _client(claims: Mapping[str, Any]) -> models.Machine:
    named = claims.get("iss")
    if not isinstance(named, str) or not (named.isascii() and named.isprintable()):
        raise Refused(Refusal.UNKNOWN_CLIENT)
    machine = models.Machine.objects.filter(client_id=named).first()
    if machine is None:
        raise Refused(Refusal.UNKNOWN_CLIENT)
    return machine


def _check_signature(
    assertion: str, header: Mapping[str, Any], machine: models.Machine, at: datetime
) -> None:
    algorithm, kid = str(header["alg"]), header.get("kid")
    if not isinstance(kid, str) or header.get("jku", machine.key_set_url) != machine.key_set_url:
        raise Refused(Refusal.UNKNOWN_KEY)
    try:
        key = client_keys.key(machine, kid, algorithm=algorithm, at=at)
    except client_keys.BadKeys as error:
        raise Refused(Refusal.KEYS_UNAVAILABLE) from error
    if key is None:
        raise Refused(Refusal.UNKNOWN_KEY)
    try:
        jws.deserialize_compact(assertion, key, registry=_only(algorithm))
    except (JoseError, ValueError, TypeError) as error:
        raise Refused(Refusal.BAD_SIGNATURE) from error


def _only(algorithm: str) -> jws.JWSRegistry:
    """Nothing but that algorithm; header members that mean nothing to us are no fault."""
    registry = jws.JWSRegistry(algorithms=[algorithm], strict_check_header=False)
    registry.max_header_length = _HEADER_BYTES
    return registry


def _check_claims(claims: Mapping[str, Any], machine: models.Machine, audience: str) -> None:
    if machine.revoked_at is not None:
        raise Refused(Refusal.CLIENT_REVOKED)
    if claims.get("sub") != machine.client_id:
        raise Refused(Refusal.WRONG_SUBJECT)
    if claims.get("aud") not in (audience, [audience]):
        raise Refused(Refusal.WRONG_AUDIENCE)


def _id(claims: Mapping[str, Any]) -> str:
    named = claims.get("jti")
    if not isinstance(named, str) or not 0 < len(named) <= _LONGEST_ID or not named.isprintable():
        raise Refused(Refusal.NO_ID)
    return named


def _check_times(claims: Mapping[str, Any], at: datetime) -> datetime:
    """Until when the assertion would hold. It has ended at `exp` itself; clocks may differ by ten seconds."""
    ends_at = _instant(claims, "exp")
    if ends_at is None:
        raise Refused(Refusal.WRONG_TIME)
    if ends_at <= at:
        raise Refused(Refusal.EXPIRED)
    if ends_at > at + LIFE + SKEW:
        raise Refused(Refusal.LIVES_TOO_LONG)
    begins_at, issued_at = _instant(claims, "nbf"), _instant(claims, "iat")
    if begins_at is not None and begins_at > at + SKEW:
        raise Refused(Refusal.WRONG_TIME)
    if issued_at is not None and not at - LIFE - SKEW <= issued_at <= at + SKEW:
        raise Refused(Refusal.WRONG_TIME)
    return ends_at


def _instant(claims: Mapping[str, Any], name: str) -> datetime | None:
    """The instant of that claim, in whole or broken seconds; None where it is left out."""
    told = claims.get(name)
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float):
        raise Refused(Refusal.WRONG_TIME)
    try:
        return datetime.fromtimestamp(told, UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise Refused(Refusal.WRONG_TIME) from error
