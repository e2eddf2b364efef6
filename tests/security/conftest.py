"""People who stand in every way before the sign-in, what they hash, and a mail server that is down."""

from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.security import alike
from tests.support import visiting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """The instant it is; tests move it on."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def crowd(db: None, clock: time_machine.Traveller) -> World:
    """One person there, one locked, one disabled, one still invited, one suspended."""
    del db, clock
    world = worlds.build()
    users = apps.get_model("accounts", "User").objects
    worlds.disable(world["disabled"])
    users.filter(pk=world["colleague"].user_id).update(activated_at=None)
    users.filter(pk=world["suspended"].user_id).update(state="suspended", suspended_at=NOW)
    for _ in range(5):
        visiting.give_password(Client(), world["outsider"], password="not the pass phrase at all")
    Client().post(reverse("forgot_password"), {"username": "first.of.this.process"})
    world["front_desk"]
    return world


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each password that was hashed."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(salt)
        return str(encode(self, password, salt))

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    return made


@pytest.fixture
def mail_server_down(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every mail that is sent fails."""
    monkeypatch.setattr(EmailMessage, "send", alike.refuse_mail)
