"""Which public keys may be kept, and how those at an address are fetched, kept and fetched again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm
from pytest_django import Settings

from portico.domains.access import client_keys, models
from portico.domains.access.client_keys import AGAIN_AFTER, KEPT_FOR, BadKeys
from portico.domains.access.tests import making, signing
from portico.shared import outgoing

NOW, SECOND = making.NOW, timedelta(seconds=1)
URL = "https://keys.example.org/keys.json"
RSA, EC = signing.public(signing.rsa_key(), "r"), signing.public(signing.ec_key(), "e")


@pytest.fixture(autouse=True)
def _nothing_fetched(settings: Settings) -> Iterator[None]:
    settings.KEY_SET_HOSTS = ["keys.example.org"]
    client_keys._FETCHED.clear()
    yield
    client_keys._FETCHED.clear()


def keys(*held: Any) -> dict[str, Any]:
    return {"keys": list(held)}


def test_public_keys_of_both_kinds_are_kept_without_what_is_not_needed() -> None:
    kept = client_keys.check(keys({**RSA, "use": "sig", "alg": "RS384", "x5c": ["…"]}, EC))
    assert kept == keys(RSA, EC)


def test_keys_for_other_purposes_are_left_out() -> None:
    p256 = signing.public(signing.ec_key("secp256r1"), "p256")
    others = [
        p256,
        {**RSA, "kid": "a", "alg": "RS256"},
        {**RSA, "kid": "b", "use": "enc"},
        {**EC, "kid": "c", "key_ops": ["deriveKey"]},
        {**EC, "kid": "d", "alg": "ES256"},
        {"kty": "OKP", "crv": "Ed25519", "x": "x", "kid": "f"},
    ]
    assert client_keys.check(keys(*others, EC)) == keys(EC)
    with pytest.raises(BadKeys, match="no key of the set can be used"):
        client_keys.check(keys(*others))


@pytest.mark.parametrize("private", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
def test_a_private_part_is_refused_in_words(private: str) -> None:
    with pytest.raises(BadKeys, match="private key"):
        client_keys.check(keys(EC, {**RSA, private: "x"}))


@pytest.mark.parametrize("algorithm", [RSAAlgorithm, ECAlgorithm])
def test_a_whole_private_key_is_refused(algorithm: Any) -> None:
    key: Any = signing.rsa_key() if algorithm is RSAAlgorithm else signing.ec_key()
    with pytest.raises(BadKeys, match="private key"):
        client_keys.check(keys({**algorithm.to_jwk(key, as_dict=True), "kid": "x"}))


def test_a_shared_secret_is_refused_in_words() -> None:
    with pytest.raises(BadKeys, match="shared secret"):
        client_keys.check(keys(EC, {"kty": "oct", "kid": "x"}))


@pytest.mark.parametrize("bits", [1024, 2040])
def test_rsa_under_2048_bits_is_refused(bits: int) -> None:
    with pytest.raises(BadKeys, match="not as strong"):
        client_keys.check(keys(signing.public(signing.rsa_key(bits), "short")))


def test_rsa_that_would_take_long_to_verify_is_refused() -> None:
    huge = rsa.RSAPublicNumbers(65537, (1 << 8_192) + 1)
    slow = rsa.RSAPublicNumbers((1 << 33) + 1, signing.rsa_key().public_key().public_numbers().n)
    for numbers in (huge, slow):
        encoded = {
            name: signing._text(number.to_bytes((number.bit_length() + 7) // 8))
            for name, number in (("n", numbers.n), ("e", numbers.e))
        }
        with pytest.raises(BadKeys, match="is larger"):
            client_keys.check(keys({"kty": "RSA", "kid": "x", **encoded}))


# Keys are drawn anew in each process, where a test must have the same name: so these go by their numbers.
NO_GOOD_KEYS = [
    {},
    {"keys": []},
    {"keys": {}},
    {"keys": "RSA"},
    keys("RSA"),
    keys(*[{**EC, "kid": str(number)} for number in range(11)]),
    keys(EC, EC),
    keys(EC, {**RSA, "kid": "e"}),
    keys({**EC, "kid": None}),
    keys({**EC, "kid": ""}),
    keys({**EC, "kid": 7}),
    keys({**EC, "kid": "x" * 201}),
    keys({**EC, "kid": "a\x00b"}),
    keys({name: part for name, part in EC.items() if name != "y"}),
    keys({**EC, "x": EC["y"], "y": EC["x"]}),
    keys({**EC, "x": "?"}),
    keys({**EC, "x": 7}),
    keys({**EC, "x": "é"}),
    keys({**RSA, "n": ""}),
    keys({**RSA, "n": "A"}),
    keys({**RSA, "n": "é"}),
    keys({**RSA, "e": "AA"}),
    keys({**RSA, "e": "Ag"}),
    keys({**EC, "key_ops": 7}),
]


@pytest.mark.parametrize("key_set", NO_GOOD_KEYS, ids=range(len(NO_GOOD_KEYS)))
def test_what_is_no_set_of_good_keys_is_refused(key_set: Any) -> None:
    with pytest.raises(BadKeys):
        client_keys.check(key_set)


def test_ten_keys_are_no_fault() -> None:
    many = [{**EC, "kid": str(number)} for number in range(10)]
    assert len(client_keys.check(keys(*many))["keys"]) == 10


class Host:
    """Where keys stand, and how often they were asked for."""

    def __init__(self, *held: Any) -> None:
        self.answer: Any = keys(*held)
        self.asked = 0

    def __call__(self, url: str, **limits: Any) -> bytes:
        assert (url, limits["allowed_hosts"]) == (URL, ["keys.example.org"])
        self.asked += 1
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer if isinstance(self.answer, bytes) else json.dumps(self.answer).encode()


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Host:
    made = Host(EC)
    monkeypatch.setattr(outgoing, "fetch", made)
    return made


def found(kid: str, after: timedelta = timedelta(0)) -> bool:
    machine = models.Machine(client_id="x", key_set_url=URL)
    return client_keys.key(machine, kid, algorithm="ES384", at=NOW + after) is not None


def test_fetched_keys_are_kept_for_ten_minutes(host: Host) -> None:
    assert found("e")
    assert found("e", KEPT_FOR - SECOND)
    assert host.asked == 1
    assert found("e", KEPT_FOR)
    assert host.asked == 2


def test_a_key_taken_back_at_its_address_is_believed_for_ten_minutes_at_most(host: Host) -> None:
    assert found("e")
    host.answer = keys({**EC, "kid": "new"})
    assert found("e", KEPT_FOR - SECOND)
    assert not found("e", KEPT_FOR)


def test_an_unknown_name_is_looked_for_again_once_a_minute(host: Host) -> None:
    assert found("e")
    assert not found("new", SECOND)
    assert host.asked == 1
    assert not found("new", AGAIN_AFTER)
    assert host.asked == 2
    host.answer = keys(EC, {**EC, "kid": "new"})
    assert not found("new", AGAIN_AFTER + SECOND)
    assert found("new", 2 * AGAIN_AFTER)
    assert host.asked == 3


def test_a_host_that_does_not_answer_is_asked_once_a_minute(host: Host) -> None:
    host.answer = outgoing.Unreachable("gone")
    with pytest.raises(BadKeys, match="cannot be fetched"):
        found("e")
    assert not found("e", SECOND)
    assert host.asked == 1
    host.answer = keys(EC)
    assert found("e", AGAIN_AFTER)


@pytest.mark.parametrize(
    "answer",
    [b"", b"[]", b"{}", b"\xff", b"[" * 60_000, b'{"keys": [{"kty": "oct"}]}', outgoing.NotAllowed("inside")],
    ids=lambda answer: str(answer)[:20],
)
def test_an_answer_that_is_no_set_of_good_keys_is_refused(host: Host, answer: Any) -> None:
    host.answer = answer
    with pytest.raises(BadKeys):
        found("e")


def test_keys_that_were_handed_in_are_never_fetched(host: Host) -> None:
    machine = models.Machine(client_id="x", key_set=keys(EC))
    assert client_keys.key(machine, "e", algorithm="ES384", at=NOW) is not None
    assert client_keys.key(machine, "other", algorithm="ES384", at=NOW) is None
    assert client_keys.key(machine, "e", algorithm="RS384", at=NOW) is None
    assert host.asked == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://keys.example.org/k",
        "https://other.example.org/k",
        "https://127.0.0.1/k",
        "keys.example.org",
        "",
    ],
)
def test_an_address_that_may_not_be_asked_is_not_kept(url: str) -> None:
    with pytest.raises(BadKeys):
        client_keys.check_url(url)
    assert client_keys.check_url(URL) == URL
