"""When a name is locked, what may be a username and a password, and which steps a code may belong to."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portico.domains.accounts import rules
from portico.domains.accounts.rules import PasswordFault, Tally

NOW = datetime(2026, 3, 12, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
COMMON = frozenset({"password", "password1", "dragon", "letmein"})


def missed(times: int, *, every: timedelta = MINUTE) -> Tally:
    tally = Tally()
    for place in range(times):
        tally = rules.after_miss(tally, NOW + place * every)
    return tally


@pytest.mark.parametrize(
    ("misses", "locked_for"),
    [
        (1, None),
        (4, None),
        (5, 15),
        (6, None),
        (9, None),
        (10, 30),
        (15, 60),
        (20, 60),
        (95, 60),
    ],
)
def test_each_fifth_miss_locks_longer_up_to_an_hour(misses: int, locked_for: int | None) -> None:
    tally = missed(misses)
    last_at = NOW + (misses - 1) * MINUTE
    assert tally.count == misses
    assert tally.locked_until == (None if locked_for is None else last_at + locked_for * MINUTE)


def test_a_lock_ends_with_its_last_instant() -> None:
    tally = Tally(5, NOW, NOW + 15 * MINUTE)
    assert rules.is_locked(tally, NOW)
    assert rules.is_locked(tally, NOW + 15 * MINUTE - timedelta(microseconds=1))
    assert not rules.is_locked(tally, NOW + 15 * MINUTE)


def test_a_name_never_missed_is_open() -> None:
    assert not rules.is_locked(Tally(), NOW)


def test_after_a_hundred_misses_no_day_unlocks() -> None:
    tally = missed(100)
    assert tally.locked_until is None
    assert rules.is_locked(tally, NOW + timedelta(days=400))
    assert not rules.is_locked(missed(99), NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("gap", "count"), [(timedelta(hours=24), 5), (timedelta(hours=24, microseconds=1), 1)]
)
def test_misses_are_forgotten_after_a_day_without_one(gap: timedelta, count: int) -> None:
    assert rules.after_miss(Tally(4, NOW, None), NOW + gap).count == count


@given(st.lists(st.integers(0, 7200), max_size=150))
def test_between_two_locks_there_are_five_tries_at_most(gaps: list[int]) -> None:
    tally, at, tries = Tally(), NOW, 0
    for gap in gaps:
        at += timedelta(seconds=gap)
        if rules.is_locked(tally, at):
            continue
        tally, tries = rules.after_miss(tally, at), tries + 1
        assert tries <= rules.MISSES_BEFORE_LOCK
        assert tally.count <= rules.MOST_MISSES
        tries = 0 if rules.is_locked(tally, at) else tries


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("fay", "fay"),
        ("  Fay.Desk ", "fay.desk"),
        ("A1_b-c.d", "a1_b-c.d"),
        ("x" * 60, "x" * 60),
        ("x" * 61, None),
        ("x", None),
        ("", None),
        (".fay", None),
        ("fay desk", None),
        ("fay@example.org", None),
        ("fay\x00", None),
        ("f%y", None),
        ("admın", None),  # a dotless i, which PostgreSQL folds to I
        ("\u212aay", None),  # the sign for kelvin, which folds to k
        ("f\u00e4y", None),
    ],
)
def test_a_username_has_one_key_whatever_its_case(typed: str, key: str | None) -> None:
    assert rules.username_key(typed) == key


@pytest.mark.parametrize(
    ("length", "has_factor", "is_long_enough"),
    [
        (14, False, False),
        (15, False, True),
        (11, True, False),
        (12, True, True),
        (64, False, True),
        (512, False, True),
    ],
)
def test_a_password_has_fifteen_characters_or_twelve_beside_a_factor(
    length: int, has_factor: bool, is_long_enough: bool
) -> None:
    password = ("violet harbor 7 seagulls over " * 20)[:length]
    faults = rules.password_faults(password, username="fay", has_factor=has_factor, common=COMMON)
    assert faults == (() if is_long_enough else (PasswordFault.TOO_SHORT,))


def test_a_password_of_more_than_512_characters_is_refused_unread() -> None:
    faults = rules.password_faults("é" * 1_000_000, username="fay", has_factor=True, common=COMMON)
    assert faults == (PasswordFault.TOO_LONG,)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword",
        "PasswordPassword",
        "password 2026 !!",
        "password1password1",
        "2026-dragon-2026",
        "aaaaaaaaaaaaaaaa",
        "abcabcabcabcabcab",
        "1234512345123451",
        "abcdefghijklmnop",
        "zyxwvutsrqponmlk",
        "1234567890123456",
        "qwertyuiopasdfgh",
        "fay.desk-fay.desk",
        "!!!fay.desk!!!!!",
        "deskdeskdeskdesk",
        "\uff50assword\uff50assword",  # full-width letters
    ],
)
def test_a_password_anybody_would_try_first_is_refused(password: str) -> None:
    faults = rules.password_faults(password, username="Fay.Desk", has_factor=False, common=COMMON)
    assert faults == (PasswordFault.GUESSABLE,)


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "lakeside-morning-coffee-41",
        "ich mag den see sehr",
        "密码也可以是一句很长的话吗当然可以",
    ],
)
def test_a_phrase_may_be_made_of_anything(password: str) -> None:
    assert rules.password_faults(password, username="fay", has_factor=False, common=COMMON) == ()


def test_one_keyboards_accent_is_anothers() -> None:
    assert rules.normal_password("cafe\u0301") == rules.normal_password("caf\u00e9")


@pytest.mark.parametrize(
    ("last_step", "usable"),
    [(0, [99, 100, 101]), (98, [99, 100, 101]), (99, [100, 101]), (100, [101]), (101, [])],
)
def test_a_code_may_be_one_step_old_or_early_but_none_used_before(last_step: int, usable: list[int]) -> None:
    now = datetime.fromtimestamp(100 * 30 + 29, UTC)
    assert list(rules.usable_steps(now, last_step)) == usable


@pytest.mark.parametrize(
    ("tally", "left"),
    [
        pytest.param(Tally(), 5, id="no miss"),
        pytest.param(Tally(1, NOW), 4, id="one miss"),
        pytest.param(Tally(4, NOW), 1, id="four"),
        pytest.param(Tally(5, NOW), 5, id="after a lock"),
        pytest.param(Tally(4, NOW - timedelta(hours=24)), 1, id="four, a day ago"),
        pytest.param(Tally(4, NOW - timedelta(hours=24, seconds=1)), 5, id="four, longer ago"),
        pytest.param(Tally(100, NOW - timedelta(days=9)), 0, id="a hundred"),
    ],
)
def test_how_many_tries_are_left_before_a_lock(tally: Tally, left: int) -> None:
    assert rules.tries_left(tally, NOW) == left
