"""Codes of an authenticator: RFC 6238's own vectors, the window, and that each works once."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.tests import people
from portico.shared.vault import CannotOpen

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
# RFC 6238, appendix B, SHA-1: Unix time and the eight digits; ours are the last six of them.
RFC_VECTORS = [
    (59, "94287082"),
    (1_111_111_109, "07081804"),
    (1_111_111_111, "14050471"),
    (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"),
    (20_000_000_000, "65353130"),
]


@pytest.mark.parametrize(("seconds", "digits"), RFC_VECTORS)
def test_codes_are_those_of_rfc_6238(seconds: int, digits: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert factors.code_at(RFC_SECRET, at) == digits[-6:]
    assert factors.matching_step(RFC_SECRET, digits[-6:], at=at) == seconds // 30


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_is_right_one_step_early_and_one_late(steps: int, is_right: bool) -> None:
    shown = factors.code_at(RFC_SECRET, people.NOW + timedelta(seconds=30 * steps))
    assert (factors.matching_step(RFC_SECRET, shown, at=people.NOW) is not None) is is_right


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "²³⁴⁵⁶⁷", "-12345", "000000\n0"]
)
def test_what_is_not_six_digits_is_no_code(code: str) -> None:
    assert factors.matching_step(RFC_SECRET, code, at=people.NOW) is None


def test_a_code_may_be_typed_in_two_groups() -> None:
    shown = factors.code_at(RFC_SECRET, people.NOW)
    assert factors.matching_step(RFC_SECRET, f" {shown[:3]} {shown[3:]}", at=people.NOW) is not None


def test_a_new_secret_has_160_bits_and_is_never_the_same() -> None:
    secrets = {factors.new_secret() for _ in range(50)}
    assert len(secrets) == 50
    assert {len(base64.b32decode(secret)) for secret in secrets} == {20}


def test_the_address_of_the_picture_names_the_plan_and_the_user() -> None:
    uri = factors.provisioning_uri(RFC_SECRET, username="fay.desk", issuer="Northlake Health Plan")
    assert uri.startswith("otpauth://totp/Northlake%20Health%20Plan:fay.desk?")
    assert f"secret={RFC_SECRET}" in uri
    assert "issuer=Northlake%20Health%20Plan" in uri


@pytest.mark.django_db
def test_a_code_works_once() -> None:
    user = people.make(secret=people.SECRET)
    shown = factors.code_at(people.SECRET, people.NOW)
    assert factors.spend(user.pk, shown, at=people.NOW)
    assert not factors.spend(user.pk, shown, at=people.NOW)
    assert not factors.spend(user.pk, shown, at=people.NOW + timedelta(seconds=30))


@pytest.mark.django_db
def test_a_used_code_bars_the_ones_before_it() -> None:
    user = people.make(secret=people.SECRET)
    before = factors.code_at(people.SECRET, people.NOW - timedelta(seconds=30))
    assert factors.spend(user.pk, factors.code_at(people.SECRET, people.NOW), at=people.NOW)
    assert not factors.spend(user.pk, before, at=people.NOW)


@pytest.mark.django_db
def test_a_user_without_an_authenticator_has_no_right_code() -> None:
    assert not factors.spend(people.make().pk, "123456", at=people.NOW)


@pytest.mark.django_db
def test_the_secret_is_sealed_and_opens_for_its_own_user_alone() -> None:
    first, second = people.make(secret=people.SECRET), people.make("other", secret=RFC_SECRET)
    sealed = models.Factor.objects.get(user=first).secret_sealed
    assert people.SECRET.encode() not in bytes(sealed)
    models.Factor.objects.filter(user=second).update(secret_sealed=sealed)
    with pytest.raises(CannotOpen):
        factors.spend(second.pk, factors.code_at(people.SECRET, people.NOW), at=people.NOW)
