"""Two libraries that know nothing of each other agree on the assertions and keys of machines."""

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import KeySet

from tests.conformance import smart
from tests.support.actors import NOW

ALGORITHMS = ["RS384", "ES384"]


def signed(algorithm: str, number: str = "1") -> str:
    key = smart.key(algorithm, number)
    return smart.assertion(
        key, client_id="lakeside-ehr", audience="https://plan.example.org/token", jti="7", at=NOW
    )


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_assertion_of_one_library_is_read_by_the_other(algorithm: str) -> None:
    keys = KeySet.import_key_set(smart.key(algorithm).key_set)  # type: ignore[arg-type]  # a key set read from JSON

    read = jwt.decode(signed(algorithm), keys, algorithms=[algorithm])

    assert read.header == {"alg": algorithm, "kid": "1", "typ": "JWT"}
    assert read.claims == {
        "iss": "lakeside-ehr",
        "sub": "lakeside-ehr",
        "aud": "https://plan.example.org/token",
        "jti": "7",
        "iat": int(NOW.timestamp()),
        "exp": int(NOW.timestamp()) + 300,
    }


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_strangers_key_does_not_do(algorithm: str) -> None:
    stranger = {**smart.key(algorithm, "2").public_jwk, "kid": "1"}
    keys = KeySet.import_key_set({"keys": [stranger]})

    with pytest.raises(BadSignatureError):
        jwt.decode(signed(algorithm), keys, algorithms=[algorithm])


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_registered_key_holds_no_secret(algorithm: str) -> None:
    assert smart.key(algorithm).public_jwk.keys() <= {
        "kty",
        "n",
        "e",
        "crv",
        "x",
        "y",
        "kid",
        "alg",
        "use",
        "key_ops",
    }
