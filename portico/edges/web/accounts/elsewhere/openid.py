"""OpenID Connect: the authorization code flow with PKCE (S256), state and nonce.

What comes back is compared with what this browser began; where the provider names itself in the answer
(RFC 9207) it has to be the one that was asked, so that no other provider's answer is taken for its own.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import quote_plus, urlencode

from django.conf import settings

from portico.domains.accounts.elsewhere import providers
from portico.domains.accounts.elsewhere.outside import Told
from portico.domains.accounts.elsewhere.providers import Provider
from portico.edges.web.accounts.elsewhere import id_tokens, known
from portico.edges.web.accounts.elsewhere.failing import Code, Failed
from portico.edges.web.accounts.elsewhere.pending import Pending
from portico.shared import outgoing

FIELDS: Final = {"state": 200, "code": 4_096, "iss": 300, "error": 100}
_SCOPE: Final = "openid profile email"
_JSON = frozenset({"application/json"})
_MOST_BYTES, _SECONDS = 131_072, 6.0


def leave(provider: Provider, pending: Pending, *, back: str, at: datetime) -> str:
    """The address of the provider's own sign-in. Raises Failed."""
    said = known.configuration(provider.details.issuer, at=at)
    digest = hashlib.sha256(pending.verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "scope": _SCOPE,
        "client_id": provider.details.client_id,
        "redirect_uri": back,
        "state": pending.state,
        "nonce": pending.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        "max_age": str(int(id_tokens.SHOWN_WITHIN.total_seconds())),
    }
    joined = "&" if "?" in said.authorization_endpoint else "?"
    return f"{said.authorization_endpoint}{joined}{urlencode(asked)}"


def believe(
    provider: Provider, pending: Pending, brought: Mapping[str, str], *, back: str, at: datetime
) -> Told:
    """Who somebody is, by what the browser brought back. Asks the provider; raises Failed."""
    said = known.configuration(provider.details.issuer, at=at)
    _check_origin(said, brought)
    if brought.get("error") or not brought.get("code"):
        raise Failed(Code.PROVIDER_REFUSED)
    tokens = _exchange(provider, pending, said, brought["code"], back)
    access_token = tokens.get("access_token")
    return id_tokens.read(
        str(tokens.get("id_token", "")),
        provider.details,
        nonce=pending.nonce,
        access_token=access_token if isinstance(access_token, str) else "",
        at=at,
    )


def _check_origin(said: known.Configuration, brought: Mapping[str, str]) -> None:
    named = brought.get("iss", "")
    if (named or said.names_itself) and named != said.issuer:
        raise Failed(Code.WRONG_ISSUER)


def _exchange(
    provider: Provider, pending: Pending, said: known.Configuration, code: str, back: str
) -> Mapping[str, Any]:
    """What the provider gives for the code."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": pending.verifier,
    }
    secret = providers.secret(provider.id)
    if not secret:
        form["client_id"] = provider.details.client_id
    try:
        body = outgoing.post(
            said.token_endpoint,
            form,
            allowed_hosts=settings.IDENTITY_HOSTS,
            local=settings.IDENTITY_LOCAL,
            content_types=_JSON,
            most_bytes=_MOST_BYTES,
            seconds=_SECONDS,
            headers=_basic(provider.details.client_id, secret) if secret else {},
        )
        read = json.loads(body)
    except (outgoing.NotAllowed, outgoing.Unreachable, ValueError, RecursionError) as error:
        raise Failed(Code.PROVIDER_REFUSED) from error
    if not isinstance(read, dict):
        raise Failed(Code.MALFORMED)
    return read


def _basic(client_id: str, secret: str) -> dict[str, str]:
    """The client's own sign-in, each part encoded as a form's field (RFC 6749, 2.3.1)."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}
