"""How passwords are kept and checked: the cost, the policy, and how many at a time."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from django.contrib.auth import hashers

from portico.domains.accounts.credentials import hashing, passwords
from portico.domains.accounts.rules import PasswordFault
from portico.domains.accounts.tests import spying
from portico.domains.accounts.tests.spying import Spy

PHRASE = "morning coffee by the lake"


@pytest.fixture
def _spy(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [spying.PATH]
    Spy.reset()


def test_argon2id_takes_46_mebibytes_two_passes_and_one_lane(settings: Any) -> None:
    settings.PASSWORD_HASHERS = [f"{hashing.Argon2.__module__}.{hashing.Argon2.__qualname__}"]
    kept = passwords.encoded(PHRASE, username="fay", has_factor=False)
    cost = extract_parameters(kept.removeprefix("argon2"))
    assert (cost.type, cost.memory_cost, cost.time_cost, cost.parallelism) == (Type.ID, 47_104, 2, 1)
    assert passwords.is_right(PHRASE, kept)
    assert not passwords.is_right(PHRASE + " ", kept)


def test_a_weak_password_is_refused_with_every_fault() -> None:
    with pytest.raises(passwords.WeakPassword) as refused:
        passwords.encoded("password1", username="fay", has_factor=False)
    assert refused.value.faults == (PasswordFault.TOO_SHORT, PasswordFault.GUESSABLE)
    assert "password1" not in str(refused.value)


def test_a_password_many_people_use_is_refused_however_long() -> None:
    with pytest.raises(passwords.WeakPassword):
        passwords.encoded("1q2w3e4r5t6y7u8i", username="fay", has_factor=False)


def test_an_accent_may_be_typed_either_way() -> None:
    kept = passwords.encoded("caf\u00e9 au lait tous les jours", username="fay", has_factor=False)
    assert passwords.is_right("cafe\u0301 au lait tous les jours", kept)


@pytest.mark.usefixtures("_spy")
@pytest.mark.parametrize("kept", [None, "", "!unusable", "gibberish$1$2", "right", "other"])
def test_every_check_costs_one_hash_whatever_is_kept(kept: str | None) -> None:
    if kept in ("right", "other"):
        kept = hashers.make_password(
            PHRASE if kept == "right" else "another phrase", salt="0123456789abcdefghijkl"
        )
    Spy.reset()
    passwords.is_right(PHRASE, kept)
    assert Spy.made == 1


@pytest.mark.usefixtures("_spy")
def test_two_are_hashed_at_once_and_the_third_is_told_so_at_once() -> None:
    Spy.reset(open_=False)
    with ThreadPoolExecutor(2) as pool:
        going_on: list[Future[bool]] = [pool.submit(passwords.is_right, PHRASE, None) for _ in range(2)]
        for _ in going_on:
            assert Spy.entered.acquire(timeout=20)
        with pytest.raises(passwords.Busy):
            passwords.is_right(PHRASE, None)
        Spy.open_gate.set()
        assert [one.result(timeout=20) for one in going_on] == [False, False]
    assert not passwords.is_right(PHRASE, None)
    assert (Spy.made, Spy.most_at_once) == (3, 2)


@pytest.mark.usefixtures("_spy")
def test_whoever_makes_a_password_waits_for_a_turn() -> None:
    Spy.reset(open_=False)
    with ThreadPoolExecutor(3) as pool:
        checked = [pool.submit(passwords.is_right, PHRASE, None) for _ in range(2)]
        for _ in checked:
            assert Spy.entered.acquire(timeout=20)
        made = pool.submit(passwords.encoded, PHRASE, username="fay", has_factor=False)
        threading.Event().wait(0.05)
        assert not made.done()
        Spy.open_gate.set()
        assert hashers.check_password(PHRASE, made.result(timeout=20))


@pytest.mark.usefixtures("_spy")
def test_a_hash_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bool:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(hashers, "check_password", fail)
        for _ in range(3):
            with pytest.raises(MemoryError):
                passwords.is_right(PHRASE, None)
    assert not passwords.is_right(PHRASE, None)
