"""The FHIR door: a token for a signed assertion, and interactions with it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

from django.test import Client

from tests.conformance import smart
from tests.support import programs
from tests.support.programs import Program

BASE = "/fhir"
AUDIENCE = "http://testserver/fhir/token"
FORM = "application/x-www-form-urlencoded"
_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_used = count(1)


def token(program: Program, *scopes: str) -> str:
    """An access token for these scopes, or for all the program may have."""
    answer = ask_for_token(program, *scopes)
    assert answer.status_code == 200, answer.content
    text: str = answer.json()["access_token"]
    return text


def ask_for_token(program: Program, *scopes: str) -> Any:
    """The answer of the token endpoint to an assertion made now."""
    assertion = smart.assertion(
        programs.KEY,
        client_id=program.name,
        audience=AUDIENCE,
        jti=f"assertion-{next(_used)}",
        at=datetime.now(UTC),
    )
    asked = {
        "grant_type": "client_credentials",
        "client_assertion_type": _ASSERTION,
        "client_assertion": assertion,
        "scope": " ".join(scopes or programs.SCOPES),
    }
    return Client().post(f"{BASE}/token", urlencode(asked), content_type=FORM)


def get(
    path: str, bearer: str = "", asked: Mapping[str, str] | None = None, *, client: Client | None = None
) -> Any:
    """The answer to a GET of what stands at `path` below the base."""
    return (client or Client()).get(f"{BASE}/{path}", asked or {}, headers=_headers(bearer))


def post(
    path: str, bearer: str = "", asked: Mapping[str, str] | None = None, *, client: Client | None = None
) -> Any:
    """The answer to a form posted there."""
    content = urlencode(asked or {})
    return (client or Client()).post(f"{BASE}/{path}", content, content_type=FORM, headers=_headers(bearer))


def resources(bundle: Mapping[str, Any], kind: str) -> list[dict[str, Any]]:
    """The resources of one kind in a bundle, in its order."""
    found = (entry["resource"] for entry in bundle.get("entry", ()))
    return [resource for resource in found if resource["resourceType"] == kind]


def _headers(bearer: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {bearer}"} if bearer else {}
