"""Signing in: who gets in, what everybody else is told, what is counted, and what the audit keeps."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from portico.domains.accounts import closing, models
from portico.domains.accounts.credentials import passwords
from portico.domains.accounts.second_factors import factors
from portico.domains.accounts.second_factors.factors import Way
from portico.domains.accounts.signing_in import known_devices, misses, sign_in
from portico.domains.accounts.signing_in.known_devices import Browser, Device
from portico.domains.accounts.signing_in.sign_in import Attempt, Outcome
from portico.domains.accounts.tests import people, spying
from portico.domains.accounts.tests.spying import Spy
from portico.domains.audit import reading
from portico.domains.permits.functions import Function
from portico.domains.permits.permit import permit
from tests.support import actors

pytestmark = pytest.mark.django_db
UNKNOWN, WRONG = "nobody.here", "not the right phrase"
REFUSED = Attempt(Outcome.REFUSED)


def tried(minutes: float = 0, *, username: str = people.NAME, password: str = people.PASSWORD) -> Attempt:
    return sign_in.with_password(actor=people.at(minutes), username=username, password=password)


def miss(times: int, *, username: str = people.NAME, first: float = 0) -> list[Outcome]:
    return [tried(first + place, username=username, password=WRONG).outcome for place in range(times)]


def entered(user: models.User, half: Attempt, *, minutes: float = 0, code: str | None = None) -> Attempt:
    shown = factors.code_at(people.SECRET, people.instant(minutes)) if code is None else code
    return sign_in.with_code(actor=people.at(minutes), user_id=user.pk, epoch=half.epoch, code=shown)


def close(user: models.User) -> None:
    with permit(actors.system(), Function.PROVISIONING) as given:
        closing.disable(given, user.pk)


def open_again(user: models.User) -> None:
    with permit(actors.system(), Function.PROVISIONING) as given:
        closing.enable(given, user.pk)


def uses() -> list[Any]:
    return list(apps.get_model("audit", "Entry").objects.order_by("pk"))


def test_the_right_password_signs_in_and_answers_the_epoch() -> None:
    user = people.make()
    assert tried() == Attempt(Outcome.SIGNED_IN, user.pk, epoch=1)
    user.refresh_from_db()
    assert user.last_login == people.NOW


@pytest.mark.parametrize("typed", ["fay.desk", "FAY.DESK", "  Fay.Desk\t"])
def test_a_name_is_the_same_in_any_case(typed: str) -> None:
    people.make()
    assert tried(username=typed).outcome is Outcome.SIGNED_IN


def test_with_an_authenticator_the_password_is_half_the_way() -> None:
    user = people.make(secret=people.SECRET)
    assert tried() == Attempt(Outcome.FACTOR_NEEDED, user.pk, epoch=1, ways=(Way.CODE,))
    user.refresh_from_db()
    assert user.last_login is None


@pytest.mark.parametrize(
    ("username", "password"),
    [
        (people.NAME, WRONG),
        (people.NAME, ""),
        (people.NAME, people.PASSWORD.upper()),
        (UNKNOWN, people.PASSWORD),
        ("", people.PASSWORD),
        ("no\x00body", people.PASSWORD),
        ("n" * 500, people.PASSWORD),
        ("disabled", people.PASSWORD),
        ("disabled", WRONG),
    ],
)
def test_wrong_unknown_and_disabled_are_told_the_same(username: str, password: str) -> None:
    people.make()
    people.make("disabled", state="disabled")
    assert tried(username=username, password=password) == REFUSED


@pytest.mark.parametrize("username", [people.NAME, UNKNOWN, "disabled"])
def test_five_misses_lock_a_name_that_exists_and_one_that_does_not(username: str) -> None:
    people.make()
    people.make("disabled", state="disabled")
    assert miss(5, username=username) == [Outcome.REFUSED] * 4 + [Outcome.LOCKED]
    locked = Attempt(Outcome.LOCKED, locked_until=people.instant(4 + 15))
    assert tried(5, username=username, password=WRONG) == locked
    assert tried(5, username=username) == locked


def test_a_lock_ends_by_itself_and_the_right_password_forgets_the_misses() -> None:
    people.make()
    miss(5)
    assert tried(18.9).outcome is Outcome.LOCKED
    assert tried(19).outcome is Outcome.SIGNED_IN
    assert miss(4, first=20) == [Outcome.REFUSED] * 4


def test_tries_while_locked_do_not_lengthen_the_lock() -> None:
    people.make()
    miss(5)
    miss(10, first=5)
    assert tried(19).outcome is Outcome.SIGNED_IN


def test_the_second_lock_is_twice_as_long() -> None:
    miss(5)
    miss(5, first=20)
    assert tried(30).locked_until == people.instant(24 + 30)


def test_misses_in_any_case_count_together() -> None:
    people.make()
    for place, typed in enumerate(("fay.desk", "Fay.Desk", "FAY.DESK", " fay.DESK", "fay.desk ")):
        last = tried(place, username=typed, password=WRONG)
    assert last.outcome is Outcome.LOCKED


def test_a_day_without_a_miss_forgets_them() -> None:
    people.make()
    miss(4)
    later = people.visitor(timedelta(days=1, minutes=4))
    again = sign_in.with_password(actor=later, username=people.NAME, password=WRONG)
    assert again.outcome is Outcome.REFUSED


def test_after_a_hundred_misses_only_an_unlocking_helps() -> None:
    user, held = people.make(), misses.index(misses.Step.PASSWORD, people.NAME)
    models.Misses.objects.create(name_index=held, count=99, last_at=people.NOW)
    assert tried(1, password=WRONG) == Attempt(Outcome.LOCKED)
    far = people.visitor(timedelta(days=30))
    assert sign_in.with_password(actor=far, username=people.NAME, password=people.PASSWORD) == Attempt(
        Outcome.LOCKED
    )
    with permit(actors.plan_staff(), Function.PROVISIONING) as given:
        assert closing.unlock(given, user.pk)
    assert tried(2).outcome is Outcome.SIGNED_IN


def test_names_long_forgotten_leave_the_table() -> None:
    for place in range(30):
        miss(1, username=f"made.up.{place}")
    miss(1, username="hundred", first=1)
    models.Misses.objects.filter(last_at=people.instant(1)).update(count=100)
    miss(1, username="next.day", first=24 * 60 + 5)
    assert models.Misses.objects.count() == 32 - misses.SWEPT_AT_ONCE
    miss(1, username="day.after", first=24 * 60 + 6)
    assert set(models.Misses.objects.values_list("count", flat=True)) == {1, 100}
    assert models.Misses.objects.count() == 3


@pytest.mark.parametrize("username", [people.NAME, UNKNOWN, "disabled", "locked", "odd name"])
@pytest.mark.parametrize("password", [people.PASSWORD, WRONG])
def test_every_attempt_costs_one_hash(settings: Any, username: str, password: str) -> None:
    settings.PASSWORD_HASHERS = [spying.PATH]
    Spy.reset()
    people.make()
    people.make("disabled", state="disabled")
    people.make("locked")
    miss(5, username="locked")
    Spy.reset()
    tried(5, username=username, password=password)
    assert Spy.made == 1


def test_a_miss_costs_the_same_queries_whoever_is_named() -> None:
    people.make()
    people.make("disabled", state="disabled")
    counts = set()
    for username in (people.NAME, UNKNOWN, "disabled"):
        with CaptureQueriesContext(connection) as queries:
            tried(username=username, password=WRONG)
        counts.add(len(queries))
    assert len(counts) == 1


def test_a_locked_name_costs_the_same_queries_whatever_the_password(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    people.make()
    miss(5)
    with CaptureQueriesContext(connection) as wrong:
        tried(5, password=WRONG)
    with django_assert_num_queries(len(wrong)):
        tried(5)


@pytest.fixture
def desk() -> Device:
    """A device that is known for `people.NAME`."""
    user = people.make(secret=people.SECRET)
    with permit(people.visitor(), Function.SIGN_IN) as given:
        return known_devices.passed(given, user, None, name="Firefox on Windows")


def on(desk: Device, minutes: float = 0, password: str = people.PASSWORD) -> Attempt:
    return sign_in.with_password(
        actor=people.at(minutes), username=people.NAME, password=password, browser=Browser((desk,))
    )


def test_a_stranger_locks_nobody_out_of_a_known_device(desk: Device) -> None:
    miss(5)
    assert tried(5).outcome is Outcome.LOCKED
    half = on(desk, 5)
    assert half.outcome is Outcome.FACTOR_NEEDED
    code = factors.code_at(people.SECRET, people.instant(5))
    whole = sign_in.with_code(
        actor=people.at(5), user_id=desk.user_id, epoch=half.epoch, code=code, browser=Browser((desk,))
    )
    assert whole.outcome is Outcome.SIGNED_IN
    assert tried(6).outcome is Outcome.LOCKED


def test_wrong_codes_elsewhere_lock_no_code_on_a_known_device(desk: Device) -> None:
    user = models.User.objects.get()
    half = tried()
    for minute in range(5):
        last = entered(user, half, minutes=minute, code="000000")
    assert last.outcome is Outcome.LOCKED
    code = factors.code_at(people.SECRET, people.instant(5))
    whole = sign_in.with_code(
        actor=people.at(5), user_id=user.pk, epoch=1, code=code, browser=Browser((desk,))
    )
    assert whole.outcome is Outcome.SIGNED_IN


def test_a_known_device_has_five_misses_of_its_own(desk: Device) -> None:
    missed = [on(desk, minute, WRONG).outcome for minute in range(5)]
    assert missed == [Outcome.REFUSED] * 4 + [Outcome.LOCKED]
    assert on(desk, 5).outcome is Outcome.LOCKED
    assert tried(5).outcome is Outcome.FACTOR_NEEDED


def test_a_device_that_missed_a_hundred_times_is_a_stranger(desk: Device) -> None:
    [counted_as] = known_devices.ids_of(desk.user_id)
    own = misses.index(misses.Step.PASSWORD, people.NAME, device=counted_as)
    models.Misses.objects.create(name_index=own, count=100, last_at=people.NOW)
    assert on(desk).outcome is Outcome.FACTOR_NEEDED
    miss(5)
    assert on(desk, 5).outcome is Outcome.LOCKED


def test_a_device_of_another_user_is_a_stranger(desk: Device) -> None:
    miss(5)
    assert on(replace(desk, user_id=desk.user_id + 1), 5).outcome is Outcome.LOCKED


def test_a_device_of_ended_sessions_is_a_stranger(desk: Device) -> None:
    models.User.objects.update(session_epoch=2)
    miss(5)
    assert on(desk, 5).outcome is Outcome.LOCKED


def test_a_process_that_hashes_enough_says_busy_and_records_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    people.make()
    monkeypatch.setattr(passwords, "is_right", full)
    before = len(uses())
    assert tried() == Attempt(Outcome.BUSY)
    assert len(uses()) == before
    assert not models.Misses.objects.exists()


def test_a_password_changed_while_it_was_hashed_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    user = people.make()

    def slowly(password: str, kept: str | None) -> bool:
        models.User.objects.filter(pk=user.pk).update(password="changed")
        return kept == user.password

    monkeypatch.setattr(passwords, "is_right", slowly)
    assert tried() == REFUSED


def test_a_code_completes_the_sign_in() -> None:
    user = people.make(secret=people.SECRET)
    miss(2)
    half = tried(3)
    whole = entered(user, half, minutes=3)
    assert (whole.outcome, whole.user_id, whole.epoch) == (Outcome.SIGNED_IN, user.pk, 1)
    assert (whole.second_factor, whole.is_proven) == (True, True)
    user.refresh_from_db()
    assert user.last_login == people.instant(3)
    assert not models.Misses.objects.exists()


def test_a_code_lets_in_once() -> None:
    user = people.make(secret=people.SECRET)
    assert entered(user, tried()).outcome is Outcome.SIGNED_IN
    assert entered(user, tried()).outcome is Outcome.REFUSED


def test_wrong_codes_lock_the_code_and_not_the_password() -> None:
    user = people.make(secret=people.SECRET)
    half = tried()
    wrong = [entered(user, half, minutes=m, code="000000").outcome for m in range(5)]
    assert wrong == [Outcome.REFUSED] * 4 + [Outcome.LOCKED]
    assert tried(6).outcome is Outcome.FACTOR_NEEDED
    assert entered(user, half, minutes=6) == Attempt(Outcome.LOCKED, locked_until=people.instant(19))
    assert entered(user, half, minutes=19).outcome is Outcome.SIGNED_IN


def test_the_password_again_does_not_give_new_tries_of_the_code() -> None:
    user = people.make(secret=people.SECRET)
    outcomes = [entered(user, tried(m), minutes=m, code="000000").outcome for m in range(5)]
    assert outcomes[-1] is Outcome.LOCKED


def test_half_a_sign_in_does_not_forget_the_misses() -> None:
    people.make(secret=people.SECRET)
    miss(4)
    tried(4)
    assert tried(5, password=WRONG).outcome is Outcome.LOCKED


def test_a_user_disabled_after_the_password_is_refused_at_the_code() -> None:
    user = people.make(secret=people.SECRET)
    half = tried()
    close(user)
    assert entered(user, half) == REFUSED


def test_sessions_ended_after_the_password_end_the_sign_in_under_way() -> None:
    user = people.make(secret=people.SECRET)
    half = tried()
    close(user)
    open_again(user)
    assert entered(user, half) == REFUSED
    assert entered(user, tried(1), minutes=1).outcome is Outcome.SIGNED_IN


def test_a_user_without_an_authenticator_passes_no_code() -> None:
    user = people.make()
    assert entered(user, tried(), code="123456").outcome is Outcome.REFUSED


def test_nobody_is_refused_at_the_code() -> None:
    answer = sign_in.with_code(actor=people.visitor(), user_id=10**9, epoch=1, code="123456")
    assert answer == REFUSED


def test_each_attempt_leaves_one_row_that_names_the_user_only_after_the_right_password() -> None:
    user = people.make(secret=people.SECRET)
    before = len(uses())
    miss(5)
    tried(6, username=UNKNOWN, password=WRONG)
    half = tried(20)
    entered(user, half, minutes=20, code="000000")
    entered(user, half, minutes=20)
    rows = uses()[before:]
    assert [row.conclusion for row in rows] == [
        *["refused"] * 4,
        "locked",
        "refused",
        "factor_needed",
        "code_refused",
        "code_signed_in",
    ]
    assert {row.outcome for row in rows} == {"allowed"}
    named = [[s.kind for s in row.subjects.order_by("pk")] for row in rows]
    assert named == [*[["sign_in_name"]] * 6, ["sign_in_name", "user"], ["user"], ["user"]]


def test_the_audit_finds_the_tries_of_one_name_and_keeps_no_name() -> None:
    people.make()
    miss(2)
    miss(1, username=UNKNOWN)
    index = misses.index(misses.Step.PASSWORD, people.NAME.upper()).hex()
    with permit(actors.system("reader"), Function.AUDIT_READING) as given:
        found = reading.about(given=given, kind="sign_in_name", identifier=index)
    assert len(found.rows) == 2
    kept = " ".join(s.identifier for row in uses() for s in row.subjects.order_by("pk"))
    assert UNKNOWN not in kept


@pytest.mark.parametrize("secret", [None, people.SECRET], ids=["no factor", "a factor"])
def test_sessions_ended_while_the_password_was_believed_end_the_sign_in_too(
    monkeypatch: pytest.MonkeyPatch, secret: str | None
) -> None:
    user = people.make(secret=secret)
    anew = sign_in._anew

    def then_ended(*arguments: Any, **named: Any) -> models.User | None:
        believed = anew(*arguments, **named)
        models.User.objects.filter(pk=user.pk).update(session_epoch=2)
        return believed

    monkeypatch.setattr(sign_in, "_anew", then_ended)
    assert tried() == REFUSED
    user.refresh_from_db()
    assert user.last_login is None


def test_sessions_ended_while_the_password_was_hashed_end_the_sign_in_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    user = people.make()

    def slowly(password: str, kept: str | None) -> bool:
        models.User.objects.filter(pk=user.pk).update(session_epoch=2)
        return kept == user.password

    monkeypatch.setattr(passwords, "is_right", slowly)
    assert tried() == REFUSED


class Dearer(MD5PasswordHasher):
    """Costs something else: what was hashed before is to be hashed anew."""

    def must_update(self, encoded: str) -> bool:
        return not encoded.endswith("$dearer")

    def encode(self, password: str, salt: str) -> str:
        return f"{super().encode(password, salt)}$dearer"

    def verify(self, password: str, encoded: str) -> bool:
        return super().encode(password, encoded.split("$")[1]) == encoded.removesuffix("$dearer")


@pytest.fixture
def _dearer(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.Dearer"]


@pytest.mark.parametrize("secret", [None, people.SECRET], ids=["no factor", "a factor"])
def test_the_right_password_is_hashed_anew_where_hashes_cost_something_else(
    request: pytest.FixtureRequest, secret: str | None
) -> None:
    user = people.make(secret=secret)
    request.getfixturevalue("_dearer")
    expected = Outcome.FACTOR_NEEDED if secret else Outcome.SIGNED_IN
    assert tried().outcome is expected
    after = models.User.objects.get()
    assert after.password.endswith("$dearer")
    assert (after.password_set_at, after.session_epoch) == (user.password_set_at, 1)
    assert uses()[-1].conclusion == "password_hashed_anew"
    assert tried(1).outcome is expected
    assert uses()[-1].conclusion == expected


@pytest.mark.parametrize("name", [people.NAME, "nobody"])
def test_a_wrong_one_costs_one_hash_as_before(
    request: pytest.FixtureRequest, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = people.make()
    request.getfixturevalue("_dearer")
    made: list[str] = []
    monkeypatch.setattr(passwords, "hashed", made.append)
    miss_of = sign_in.with_password(actor=people.visitor(), username=name, password="wrong")
    assert miss_of == REFUSED
    assert (made, models.User.objects.get().password) == ([], user.password)


def test_a_right_one_on_a_locked_name_is_not_hashed_anew(request: pytest.FixtureRequest) -> None:
    user = people.make()
    miss(5)
    request.getfixturevalue("_dearer")
    assert tried(1).outcome is Outcome.LOCKED
    assert models.User.objects.get().password == user.password
