"""The token endpoint as a client application meets it: OAuth's JSON, and one audit row for each request."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
import time_machine
from django.apps import apps
from django.db import OperationalError
from django.test import Client

from portico.domains.access import machines
from portico.domains.access.tests import making, signing
from portico.edges.fhir import token
from tests.support import actors as people

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
URL = "http://testserver/fhir/token"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(making.NOW, tick=False):
        yield


@pytest.fixture
def client_id() -> str:
    """A client that may ask for coverage and patients."""
    making.a_plan()
    making.an_office()
    return making.a_client(making.a_grant()).machine.row.sign_in_name


def fields(client_id: str, **changes: str | None) -> dict[str, str]:
    """What a client sends that is right; None leaves a field out."""
    said = {
        "grant_type": token.GRANT,
        "client_assertion_type": token.ASSERTION,
        "client_assertion": signing.signed(signing.claims(client_id, aud=URL)),
        "scope": "system/Coverage.rs system/Claim.rs",
        **changes,
    }
    return {name: value for name, value in said.items() if value is not None}


def ask(body: dict[str, str] | bytes, client: Client | None = None, **more: Any) -> Any:
    sent = body if isinstance(body, bytes) else urlencode(body)
    content = {"content_type": FORM, **more}
    return (client or Client(enforce_csrf_checks=True)).post("/fhir/token", sent, **content)


def rows() -> list[str]:
    uses = apps.get_model("audit", "Entry").objects.filter(function="sign_in").order_by("pk")
    return [use.conclusion for use in uses]


def test_a_client_gets_a_token(client_id: str) -> None:
    answer = ask(fields(client_id))
    assert answer.status_code == 200
    told = answer.json()
    assert told | {"access_token": ""} == {
        "access_token": "",
        "token_type": "bearer",
        "expires_in": 300,
        "scope": "system/Coverage.rs",
    }
    assert len(told["access_token"]) == 43
    assert answer.headers["Content-Type"] == "application/json"
    assert (answer.headers["Cache-Control"], answer.headers["Pragma"]) == ("no-store", "no-cache")
    assert not answer.cookies
    assert rows() == ["token_given"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": None}, "invalid_request"),
        ({"grant_type": ""}, "invalid_request"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": "authorization_code"}, "unsupported_grant_type"),
        ({"client_assertion_type": None}, "invalid_request"),
        ({"client_assertion_type": "jwt-bearer"}, "invalid_request"),
        ({"client_assertion": None}, "invalid_request"),
        ({"client_assertion": ""}, "invalid_request"),
        ({"scope": None}, "invalid_scope"),
        ({"scope": ""}, "invalid_scope"),
        ({"scope": "system/Claim.rs"}, "invalid_scope"),
        ({"scope": "openid fhirUser"}, "invalid_scope"),
    ],
    ids=str,
)
def test_a_request_that_asks_wrongly_is_refused(
    client_id: str, changes: dict[str, str | None], error: str
) -> None:
    answer = ask(fields(client_id, **changes))
    assert (answer.status_code, answer.json()["error"]) == (400, error)
    assert answer.headers["Cache-Control"] == "no-store"
    assert rows() == ["token_scope_refused" if error == "invalid_scope" else "token_request_refused"]


@pytest.mark.parametrize(
    ("body", "more"),
    [
        (b"", {}),
        (b"\xff\xfe=1", {}),
        (b"&".join(b"a%d=1" % number for number in range(21)), {}),
        (b"grant_type=client_credentials&grant_type=client_credentials", {}),
        (b"x=" + b"y" * token.MOST_BYTES, {}),
        (b"{}", {"content_type": "application/json"}),
        (b"a=b", {"content_type": "multipart/form-data; boundary=x"}),
        (b"a=b", {"content_type": ""}),
    ],
    ids=["nothing", "no text", "many fields", "twice", "large", "JSON", "multipart", "no type"],
)
def test_what_is_no_form_of_ours_is_refused(body: bytes, more: dict[str, Any]) -> None:
    answer = ask(body, **more)
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_request")
    assert rows() == ["token_request_refused"]


def test_a_large_body_is_not_read(client_id: str) -> None:
    long = fields(client_id, padding="x" * token.MOST_BYTES)
    assert ask(long).json()["error_description"] == f"a request has {token.MOST_BYTES} bytes at most"
    assert ask(fields(client_id, padding="x" * 1_000)).status_code == 200


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch", "options", "head"])
def test_tokens_are_asked_for_by_post_alone(method: str) -> None:
    answer = getattr(Client(), method)("/fhir/token")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert answer.headers["Content-Type"] == "application/json"
    assert rows() == []


def test_a_field_in_the_address_is_no_field(client_id: str) -> None:
    answer = Client().post(f"/fhir/token?{urlencode(fields(client_id))}", b"", content_type=FORM)
    assert answer.json()["error"] == "invalid_request"


def not_a_client(client_id: str) -> list[str]:
    """Assertions that prove nothing, of a client that is there and of one that is not."""
    key = signing.ec_key(number=9)
    return [
        "x",
        signing.signed(signing.claims("nobody", aud=URL)),
        signing.signed(signing.claims(client_id, aud=URL), key=key),
        signing.signed(signing.claims(client_id, aud=URL), kid="unknown"),
        signing.signed(signing.claims(client_id, aud=URL), algorithm="RS384", kid=signing.EC_KID),
    ]


def test_whoever_does_not_prove_to_be_a_client_reads_the_same(client_id: str) -> None:
    answers = [ask(fields(client_id, client_assertion=made)) for made in not_a_client(client_id)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}
    assert answers[0].json()["error"] == "invalid_client"
    assert answers[0].headers["WWW-Authenticate"] == "Bearer"
    assert rows() == [
        "assertion_malformed",
        "assertion_unknown_client",
        "assertion_bad_signature",
        "assertion_unknown_key",
        "assertion_unknown_key",
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"aud": "http://testserver/fhir/"}, "aud is the address of this token endpoint"),
        ({"aud": "https://testserver/fhir/token"}, "aud is the address of this token endpoint"),
        ({"sub": "somebody-else"}, "iss and sub are both your client ID"),
        ({"exp": int(making.NOW.timestamp())}, "has expired"),
        ({"exp": int((making.NOW + timedelta(hours=1)).timestamp())}, "at most five minutes"),
        ({"exp": None}, "are seconds since 1970"),
        ({"jti": None}, "jti is a text"),
    ],
    ids=str,
)
def test_a_client_that_proved_itself_is_told_what_to_mend(
    client_id: str, changes: dict[str, Any], words: str
) -> None:
    assertion = signing.signed(signing.claims(client_id, **{"aud": URL, **changes}))
    answer = ask(fields(client_id, client_assertion=assertion))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert words in answer.json()["error_description"]


def test_another_algorithm_is_told_to_be_mended(client_id: str) -> None:
    assertion = signing.signed(signing.claims(client_id, aud=URL), algorithm="RS256")
    assert "RS384 or ES384" in ask(fields(client_id, client_assertion=assertion)).json()["error_description"]


def test_an_assertion_works_once(client_id: str) -> None:
    form = fields(client_id)
    assert ask(form).status_code == 200
    again = ask(form)
    assert (again.status_code, again.json()["error"]) == (401, "invalid_client")
    assert "works once" in again.json()["error_description"]
    assert rows() == ["token_given", "assertion_replayed"]


def test_a_revoked_client_is_told_so(client_id: str) -> None:
    desk = people.plan_staff()
    machines.revoke(actor=desk, public_id=machines.named(actor=desk, sign_in_name=client_id))
    answer = ask(fields(client_id))
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert "no more" in answer.json()["error_description"]


def test_a_client_id_beside_the_assertion_must_be_the_same(client_id: str) -> None:
    assert ask(fields(client_id) | {"client_id": client_id}).status_code == 200
    assert ask(fields(client_id) | {"client_id": "somebody-else"}).status_code == 401


def test_where_the_database_is_gone_a_client_is_told_to_come_again(
    client_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(**_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr("portico.domains.access.access_tokens.give", gone)
    answer = ask(fields(client_id))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json()["error"] == "temporarily_unavailable"


@pytest.mark.parametrize(
    "address", ["/.well-known/smart-configuration", "/fhir/.well-known/smart-configuration"]
)
def test_what_a_client_reads_first_says_where_tokens_are_and_is_true(client_id: str, address: str) -> None:
    answer = Client().get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    told = answer.json()
    assert told["token_endpoint"] == URL
    assert told["grant_types_supported"] == ["client_credentials"]
    assert told["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert told["token_endpoint_auth_signing_alg_values_supported"] == ["RS384", "ES384"]
    assert {"system/Coverage.rs", "system/Patient.rs"} <= set(told["scopes_supported"])
    assert "client-confidential-asymmetric" in told["capabilities"]
    assertion = signing.signed(signing.claims(client_id, aud=told["token_endpoint"]))
    assert ask(fields(client_id, client_assertion=assertion)).status_code == 200
    assert Client().post(address).status_code == 405


def test_the_audience_is_the_address_the_client_asked_at(client_id: str) -> None:
    address = "https://testserver/fhir/token"
    told = Client().get("/.well-known/smart-configuration", secure=True).json()
    assert told["token_endpoint"] == address
    assertion = signing.signed(signing.claims(client_id, aud=address))
    form = fields(client_id, client_assertion=assertion)
    assert ask(form).status_code == 401
    assert ask(form, secure=True).status_code == 200
