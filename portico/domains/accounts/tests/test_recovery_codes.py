"""Recovery codes: ten that nobody guesses, kept as hashes, each letting in once instead of the factor."""

import pytest
from django.apps import apps

from portico.domains.accounts import models
from portico.domains.accounts.second_factors import recovery_codes
from portico.domains.accounts.second_factors.factors import Way
from portico.domains.accounts.signing_in import sign_in
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.accounts.tests import people
from portico.domains.permits.actors import Actor
from portico.shared import identifiers
from tests.support import actors

pytestmark = pytest.mark.django_db


def owner(user: models.User) -> Actor:
    return actors.front_desk(user_id=user.pk)


@pytest.fixture
def user() -> models.User:
    made = people.make(secret=people.SECRET)
    models.User.objects.update(email="fay@example.org")
    return made


@pytest.fixture
def codes(user: models.User) -> tuple[str, ...]:
    return recovery_codes.renew(actor=owner(user))


def entered(user: models.User, code: str, *, minutes: float = 0, epoch: int = 1) -> Attempt:
    return sign_in.with_recovery_code(actor=people.at(minutes), user_id=user.pk, epoch=epoch, code=code)


def uses() -> list[str]:
    return list(apps.get_model("audit", "Entry").objects.order_by("pk").values_list("conclusion", flat=True))


def test_there_are_ten_of_sixty_bits_in_groups_of_four(codes: tuple[str, ...]) -> None:
    assert len(set(codes)) == 10
    for code in codes:
        groups = code.split("-")
        assert [len(group) for group in groups] == [4, 4, 4]
        assert set("".join(groups)) <= set(identifiers.CROCKFORD)


def test_they_are_kept_as_hashes_that_differ_by_user(user: models.User, codes: tuple[str, ...]) -> None:
    kept = [bytes(index) for index in models.RecoveryCode.objects.values_list("code_index", flat=True)]
    assert {len(index) for index in kept} == {16}
    assert not any(code.replace("-", "").encode() in b"".join(kept) for code in codes)
    assert recovery_codes.unused(actor=owner(people.make("other")), codes=codes) == ()


def test_a_code_signs_in_instead_of_the_other_factor(user: models.User, codes: tuple[str, ...]) -> None:
    half = sign_in.with_password(actor=people.visitor(), username=people.NAME, password=people.PASSWORD)
    assert half.ways == (Way.CODE, Way.RECOVERY_CODE)
    whole = entered(user, codes[3])
    assert (whole.outcome, whole.second_factor) == (Outcome.SIGNED_IN, True)
    assert uses()[-1] == "recovery_code_signed_in"


def test_a_code_lets_in_once(user: models.User, codes: tuple[str, ...]) -> None:
    assert [entered(user, codes[0]).outcome for _ in range(2)] == [Outcome.SIGNED_IN, Outcome.REFUSED]
    assert uses()[-1] == "recovery_code_refused"


def test_a_code_is_typed_as_people_like(user: models.User, codes: tuple[str, ...]) -> None:
    typed = codes[0].replace("-", " ").replace("1", "l").replace("0", "o").lower()
    assert entered(user, f" {typed} ").outcome is Outcome.SIGNED_IN


@pytest.mark.parametrize("code", ["", "0000-0000-0000", "x" * 500, "é", "123456"])
def test_what_is_no_code_is_refused(user: models.User, codes: tuple[str, ...], code: str) -> None:
    assert entered(user, code) == Attempt(Outcome.REFUSED)


def test_anothers_code_is_refused(user: models.User) -> None:
    other = people.make("other", secret=people.SECRET)
    [first, *_] = recovery_codes.renew(actor=owner(other))
    assert entered(user, first).outcome is Outcome.REFUSED
    assert entered(other, first).outcome is Outcome.SIGNED_IN


def test_new_codes_end_the_ones_before(user: models.User, codes: tuple[str, ...]) -> None:
    again = recovery_codes.renew(actor=owner(user))
    assert entered(user, codes[0]).outcome is Outcome.REFUSED
    assert entered(user, again[0]).outcome is Outcome.SIGNED_IN


def test_wrong_codes_lock_by_themselves(user: models.User, codes: tuple[str, ...]) -> None:
    wrong = [entered(user, "0000-0000-0000", minutes=minute) for minute in range(5)]
    assert [attempt.outcome for attempt in wrong] == [Outcome.REFUSED] * 4 + [Outcome.LOCKED]
    assert entered(user, codes[0], minutes=5) == Attempt(Outcome.LOCKED, locked_until=people.instant(4 + 15))
    assert uses()[-1] == "recovery_code_locked"
    half = sign_in.with_password(actor=people.at(6), username=people.NAME, password=people.PASSWORD)
    assert half.outcome is Outcome.FACTOR_NEEDED
    assert entered(user, codes[0], minutes=19).outcome is Outcome.SIGNED_IN


def test_sessions_ended_after_the_password_end_the_sign_in(user: models.User, codes: tuple[str, ...]) -> None:
    assert entered(user, codes[0], epoch=2) == Attempt(Outcome.REFUSED)
    assert models.RecoveryCode.objects.filter(used_at__isnull=True).count() == 10


def test_a_use_is_told_with_how_many_are_left(user: models.User, codes: tuple[str, ...]) -> None:
    for code in codes[:2]:
        entered(user, code)
    kept = apps.get_model("notifications", "Message").objects.filter(template="recovery_code_used")
    assert [each.context["count"] for each in kept.order_by("pk")] == [9, 8]
    assert {each.to for each in kept} == {"fay@example.org"}
    kinds = apps.get_model("notifications", "Notice").objects.values_list("kind", flat=True)
    assert list(kinds).count("recovery_code_used") == 2


def test_without_a_factor_there_is_nothing_to_stand_in_for() -> None:
    user = people.make()
    assert recovery_codes.renew(actor=owner(user)) == ()
    assert uses()[-1] == "no_factor"


def test_codes_alone_ask_for_no_second_step(user: models.User, codes: tuple[str, ...]) -> None:
    models.Factor.objects.all().delete()
    attempt = sign_in.with_password(actor=people.visitor(), username=people.NAME, password=people.PASSWORD)
    assert (attempt.outcome, attempt.second_factor) == (Outcome.SIGNED_IN, False)


def test_a_file_is_made_of_ones_own_unused_codes_alone(user: models.User, codes: tuple[str, ...]) -> None:
    entered(user, codes[0])
    asked = (*codes, "ABCD-EFGH-JKMN", "<script>")
    assert recovery_codes.unused(actor=owner(user), codes=asked) == codes[1:]
    assert uses()[-1] == "recovery_codes_taken_home"
    assert recovery_codes.unused(actor=owner(user), codes=["nothing"]) == ()
    assert uses()[-1] == "not_found"
