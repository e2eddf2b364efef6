"""A token for a signed assertion: every way to have none, each with its row; and an assertion works once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.apps import apps

from portico.domains.access import access_tokens, assertions, machines, models
from portico.domains.access.access_tokens import NoScope, Token
from portico.domains.access.assertions import Refusal, Refused
from portico.domains.access.tests import making, signing
from portico.domains.permits.actors import Actor, Door, visitor
from tests.support import actors as people

pytestmark = pytest.mark.django_db
COVERAGE = "system/Coverage.rs"
CLIENT = "records-of-lakeside"
NOW = making.NOW
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _house() -> None:
    making.a_plan()
    making.an_office()
    making.a_client(making.a_grant())
    models.Machine.objects.update(client_id=CLIENT)


def asking(after: timedelta = timedelta(0)) -> Actor:
    return visitor(asked_at=NOW + after, today=making.TODAY, door=Door.FHIR)


def give(assertion: str, *scopes: str, after: timedelta = timedelta(0), **more: Any) -> Token:
    return access_tokens.give(
        visitor=asking(after),
        assertion=assertion,
        audience=signing.AUDIENCE,
        scopes=scopes or (COVERAGE,),
        **more,
    )


def refused(assertion: str, **more: Any) -> Refusal:
    """Why there was no token; there is none, and one row says why."""
    before = uses().count()
    with pytest.raises(Refused) as caught:
        give(assertion, **more)
    assert not models.AccessToken.objects.exists()
    (use,) = uses()[before:]
    assert (use.function, use.outcome, use.conclusion) == ("sign_in", "allowed", caught.value.why)
    assert (use.actor_kind, use.door) == ("visitor", "fhir")
    return caught.value.why


def uses() -> Any:
    return apps.get_model("audit", "Entry").objects.order_by("pk")


def claims(**changes: Any) -> dict[str, Any]:
    return signing.claims(CLIENT, **changes)


def signed(**changes: Any) -> str:
    return signing.signed(claims(**changes))


def at(after: timedelta) -> int:
    return int((NOW + after).timestamp())


@pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
def test_a_client_that_signs_gets_a_token_for_five_minutes(algorithm: str) -> None:
    before = uses().count()
    made = give(signing.signed(claims(), algorithm=algorithm), COVERAGE, client_id=CLIENT)
    assert (made.scopes, made.seconds) == ((COVERAGE,), 300)
    assert len(made.text) == 43
    assert made.text not in repr(made)
    kept = models.AccessToken.objects.get()
    assert (kept.issued_at, kept.expires_at) == (NOW, NOW + timedelta(seconds=300))
    assert made.text.encode() not in bytes(kept.token_index)
    (use,) = uses()[before:]
    assert (use.function, use.conclusion) == ("sign_in", "token_given")
    assert [(each.kind, each.identifier) for each in use.subjects.order_by("pk")] == [
        ("machine", str(models.Machine.objects.get().pk))
    ]


def test_a_token_holds_no_more_than_was_asked_for_and_registered() -> None:
    assert give(signed(), "system/*.read", "system/Claim.rs").scopes == (
        "system/Coverage.rs",
        "system/Patient.rs",
    )


@pytest.mark.parametrize("scopes", [("system/Claim.rs",), ("system/Coverage.write",), ("openid", "*")])
def test_nothing_registered_is_no_scope_and_the_assertion_is_spent(scopes: tuple[str, ...]) -> None:
    assertion, before = signed(), uses().count()
    with pytest.raises(NoScope):
        give(assertion, *scopes)
    assert [use.conclusion for use in uses()[before:]] == ["token_scope_refused"]
    assert not models.AccessToken.objects.exists()
    assert refused(assertion) is Refusal.REPLAYED


def test_an_assertion_works_once() -> None:
    assertion = signed()
    give(assertion)
    models.AccessToken.objects.all().delete()
    assert refused(assertion) is Refusal.REPLAYED
    assert refused(signed(jti=claims_of(assertion)["jti"])) is Refusal.REPLAYED


def test_the_same_number_of_another_client_is_another_assertion() -> None:
    making.a_client()
    other = models.Machine.objects.exclude(client_id=CLIENT).get()
    give(signed(jti="same"))
    give(signing.signed(signing.claims(other.client_id or "", jti="same")))
    assert models.AccessToken.objects.count() == 2


def claims_of(assertion: str) -> dict[str, Any]:
    return jwt.decode(assertion, options={"verify_signature": False})


def public_pem(key: Any) -> bytes:
    found: bytes = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return found


RSA_HEADER = {"kid": signing.RSA_KID, "typ": "JWT"}
CONFUSED: dict[str, Callable[[], str]] = {
    "none": lambda: jwt.encode(claims(), "", algorithm="none", headers={"kid": signing.RSA_KID}),
    "None": lambda: signing.by_hand(claims(), {**RSA_HEADER, "alg": "None"}),
    "empty": lambda: signing.by_hand(claims(), {**RSA_HEADER, "alg": ""}),
    "left out": lambda: signing.by_hand(claims(), RSA_HEADER),
    "a list": lambda: signing.by_hand(claims(), {**RSA_HEADER, "alg": ["RS384"]}),
    "HS384 by the public key": lambda: signing.by_hand(
        claims(), {**RSA_HEADER, "alg": "HS384"}, public_pem(signing.rsa_key())
    ),
    "HS256": lambda: jwt.encode(claims(), "k" * 64, algorithm="HS256", headers=RSA_HEADER),
    "RS256": lambda: signing.signed(claims(), algorithm="RS256"),
    "RS512": lambda: signing.signed(claims(), algorithm="RS512"),
    "PS384": lambda: signing.signed(claims(), algorithm="PS384"),
    "ES256": lambda: signing.signed(claims(), algorithm="ES256", key=signing.ec_key("secp256r1")),
}


@pytest.mark.parametrize("how", CONFUSED)
def test_no_other_algorithm_is_believed_whatever_the_key(how: str) -> None:
    assert refused(CONFUSED[how]()) is Refusal.WRONG_ALGORITHM


@pytest.mark.parametrize(
    ("algorithm", "kid"), [("RS384", signing.EC_KID), ("ES384", signing.RSA_KID), ("ES384", "unknown")]
)
def test_a_key_is_for_its_own_algorithm(algorithm: str, kid: str) -> None:
    assert refused(signing.signed(claims(), algorithm=algorithm, kid=kid)) is Refusal.UNKNOWN_KEY


def test_a_hashed_signature_under_an_allowed_name_is_not_believed() -> None:
    for algorithm, kid, key in (
        ("RS384", signing.RSA_KID, signing.rsa_key()),
        ("ES384", signing.EC_KID, signing.ec_key()),
    ):
        header = {"alg": algorithm, "kid": kid}
        assert refused(signing.by_hand(claims(), header, public_pem(key))) is Refusal.BAD_SIGNATURE
        assert refused(signing.by_hand(claims(), header)) is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize("algorithm", ["RS384", "ES384"])
def test_a_foreign_key_is_not_believed_though_it_says_so_itself(algorithm: str) -> None:
    key: Any = signing.rsa_key(number=9) if algorithm == "RS384" else signing.ec_key(number=9)
    assert refused(signing.signed(claims(), algorithm=algorithm, key=key)) is Refusal.BAD_SIGNATURE
    own = signing.public(key, "mine")
    assert refused(signing.signed(claims(), algorithm=algorithm, key=key, jwk=own)) is Refusal.BAD_SIGNATURE
    named = signing.signed(claims(), algorithm=algorithm, key=key, kid="mine", jwk=own)
    assert refused(named) is Refusal.UNKNOWN_KEY


def test_the_key_of_another_client_is_not_believed() -> None:
    others = {"keys": [signing.public(signing.ec_key(number=5), "others")]}
    making.a_client(key_set=others)
    assert (
        refused(signing.signed(claims(), key=signing.ec_key(number=5), kid="others")) is Refusal.UNKNOWN_KEY
    )


def test_an_address_of_keys_that_was_not_registered_is_not_believed() -> None:
    assertion = signing.signed(claims(), jku="https://keys.example.org/keys.json")
    assert refused(assertion) is Refusal.UNKNOWN_KEY


@pytest.mark.parametrize("kid", [None, 7, ["ec-1"], {"a": 1}])
def test_a_key_is_named_by_a_text(kid: Any) -> None:
    assert refused(signing.by_hand(claims(), {"alg": "ES384", "kid": kid})) is Refusal.UNKNOWN_KEY


def test_a_changed_assertion_is_not_believed() -> None:
    head, _, signature = signed().split(".")
    other = signed(sub="somebody-else").split(".")[1]
    assert refused(f"{head}.{other}.{signature}") is Refusal.BAD_SIGNATURE
    assert refused(f"{head}.{other}.") is Refusal.BAD_SIGNATURE


@pytest.mark.parametrize(
    "assertion",
    [
        "",
        "x",
        "a.b",
        "a.b.c",
        "a.b.c.d",
        "é.é.é",
        "x" * 8_193,
        ".".join(["x" * 100] * 3),
        signing.by_hand(b"[" * 2_000, b"[" * 2_000),
        signing.by_hand(b"[]", b"[]"),
        signing.by_hand({}, b'{"alg": "RS384"'),
        signing.by_hand(b"nothing", {"alg": "RS384"}),
        signing.by_hand(b"\xff\xfe", {"alg": "RS384"}),
        signing.by_hand(b'{"exp": ' + b"9" * 5_000 + b"}", {"alg": "RS384"}),
        signing.by_hand({}, {"alg": "RS384", "crit": ["exp"], "exp": 1}),
        signing.by_hand({}, {"alg": "RS384", "b64": False}),
        signing.by_hand({}, {"alg": "RS384", "typ": "at+jwt"}),
    ],
    ids=lambda assertion: assertion[:20],
)
def test_what_is_no_assertion_is_refused(assertion: str) -> None:
    assert refused(assertion) is Refusal.MALFORMED


@pytest.mark.parametrize("issuer", [None, "", "nobody", 7, [CLIENT], "\ud800", "nobody\x00", "x" * 5_000])
def test_a_client_nobody_registered_is_refused(issuer: Any) -> None:
    header = {"alg": "ES384", "kid": signing.EC_KID}
    assert refused(signing.by_hand(claims(iss=issuer), header)) is Refusal.UNKNOWN_CLIENT


def test_a_trading_partner_is_no_client() -> None:
    partner = making.a_partner().machine.row.sign_in_name
    assert refused(signing.signed(signing.claims(partner))) is Refusal.UNKNOWN_CLIENT


@pytest.mark.parametrize("subject", [None, "", "somebody-else", [CLIENT], CLIENT.upper()])
def test_a_client_speaks_for_itself_alone(subject: Any) -> None:
    assert refused(signed(sub=subject)) is Refusal.WRONG_SUBJECT


def test_a_request_that_names_another_client_is_refused() -> None:
    assert refused(signed(), client_id="somebody-else") is Refusal.WRONG_SUBJECT


@pytest.mark.parametrize(
    "audience",
    [
        None,
        "",
        signing.AUDIENCE + "/",
        signing.AUDIENCE.upper(),
        signing.AUDIENCE.replace("https", "http"),
        signing.AUDIENCE.removesuffix("/token"),
        "https://other.example.org/fhir/token",
        [],
        [signing.AUDIENCE, "https://other.example.org/fhir/token"],
        [signing.AUDIENCE, signing.AUDIENCE],
    ],
)
def test_an_assertion_is_meant_for_this_token_endpoint_alone(audience: Any) -> None:
    assert refused(signed(aud=audience)) is Refusal.WRONG_AUDIENCE


def test_an_audience_may_stand_in_a_list_by_itself() -> None:
    assert give(signed(aud=[signing.AUDIENCE])).text


@pytest.mark.parametrize(
    ("ends_after", "why"),
    [
        (timedelta(days=-365), Refusal.EXPIRED),
        (-SECOND, Refusal.EXPIRED),
        (timedelta(0), Refusal.EXPIRED),
        (SECOND, None),
        (timedelta(minutes=5), None),
        (timedelta(seconds=310), None),
        (timedelta(seconds=311), Refusal.LIVES_TOO_LONG),
        (timedelta(hours=1), Refusal.LIVES_TOO_LONG),
        (timedelta(days=36_500), Refusal.LIVES_TOO_LONG),
    ],
)
def test_an_assertion_ends_within_five_minutes(ends_after: timedelta, why: Refusal | None) -> None:
    assertion = signed(exp=at(ends_after))
    if why is None:
        assert give(assertion).text
    else:
        assert refused(assertion) is why


@pytest.mark.parametrize("end", [None, "soon", True, [1], 1e300, -1e300, float("nan"), float("inf"), 10**400])
def test_an_assertion_ends_at_an_instant(end: Any) -> None:
    said = claims() | {"exp": end}
    header = {"alg": "ES384", "kid": signing.EC_KID}
    assert refused(resigned(said, header)) is Refusal.WRONG_TIME


def resigned(said: Any, header: dict[str, Any]) -> str:
    """What another library would refuse to write, signed all the same."""
    content = signing.by_hand(said, header).removesuffix(".")
    signature = jwt.algorithms.ECAlgorithm(jwt.algorithms.ECAlgorithm.SHA384).sign(
        content.encode(), signing.ec_key()
    )
    return f"{content}.{jwt.utils.base64url_encode(signature).decode()}"


@pytest.mark.parametrize(
    ("claim", "after", "why"),
    [
        ("iat", timedelta(seconds=-311), Refusal.WRONG_TIME),
        ("iat", timedelta(seconds=-310), None),
        ("iat", timedelta(seconds=10), None),
        ("iat", timedelta(seconds=11), Refusal.WRONG_TIME),
        ("nbf", timedelta(days=-1), None),
        ("nbf", timedelta(seconds=10), None),
        ("nbf", timedelta(seconds=11), Refusal.WRONG_TIME),
    ],
)
def test_an_assertion_was_made_just_now(claim: str, after: timedelta, why: Refusal | None) -> None:
    assertion = signed(**{claim: at(after)})
    if why is None:
        assert give(assertion).text
    else:
        assert refused(assertion) is why


def test_seconds_may_be_broken() -> None:
    assert give(signed(exp=NOW.timestamp() + 0.5, iat=NOW.timestamp() - 0.5)).text


@pytest.mark.parametrize("number", [None, "", "x" * 256, "a\x00b", "\u202e"])
def test_an_assertion_has_a_number(number: Any) -> None:
    assert refused(signed(jti=number)) is Refusal.NO_ID


def test_an_assertion_has_a_number_that_is_a_text() -> None:
    header = {"alg": "ES384", "kid": signing.EC_KID}
    assert refused(resigned(claims() | {"jti": 7}, header)) is Refusal.NO_ID


def test_headers_that_mean_nothing_to_us_are_no_fault() -> None:
    assert give(signing.signed(claims(), x5c=["x" * 600], cty="JWT", typ="jwt")).text


def test_a_revoked_client_gets_no_token() -> None:
    machine = models.Machine.objects.get()
    machines.revoke(actor=people.plan_staff(), public_id=machine.public_id)
    assert refused(signed()) is Refusal.CLIENT_REVOKED


def test_a_client_revoked_while_its_signature_was_looked_at_gets_no_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    spend = assertions.spend

    def revoked_meanwhile(proof: assertions.Proof) -> bool:
        models.Machine.objects.update(revoked_at=NOW)
        return spend(proof)

    monkeypatch.setattr("portico.domains.access.assertions.spend", revoked_meanwhile)
    assert refused(signed()) is Refusal.CLIENT_REVOKED


def test_keys_taken_back_are_believed_no_more() -> None:
    machine = models.Machine.objects.get()
    others = {"keys": [signing.public(signing.ec_key(number=2), signing.EC_KID)]}
    machines.set_keys(actor=people.plan_staff(), public_id=machine.public_id, key_set=others)
    assert refused(signed()) is Refusal.BAD_SIGNATURE
    assert give(signing.signed(claims(), key=signing.ec_key(number=2))).text


def test_a_refused_assertion_is_not_used_up() -> None:
    assertion = signed(exp=at(timedelta(seconds=320)))
    assert refused(assertion) is Refusal.LIVES_TOO_LONG
    assert give(assertion, after=timedelta(seconds=10)).text


def test_a_row_says_when_somebody_asked_in_a_way_that_is_none() -> None:
    access_tokens.note_bad_request(visitor=asking())
    assert uses().last().conclusion == "token_request_refused"


def test_tokens_and_assertions_are_forgotten_an_hour_after_their_end() -> None:
    give(signed(exp=at(timedelta(seconds=300))))
    before, after = (
        replace(people.system("token-tidier"), asked_at=NOW + timedelta(seconds=seconds))
        for seconds in (3_900, 3_901)
    )
    assert access_tokens.forget(actor=before) == 0
    assert uses().last().conclusion == "nothing_old"
    assert access_tokens.forget(actor=after) == 2
    assert uses().last().conclusion == "forgotten"
    assert not models.AccessToken.objects.exists()
    assert not models.Assertion.objects.exists()
