"""What the sign-in page says when a process hashes enough already, and when a lock does not end by itself."""

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.access import looking_after
from portico.domains.accounts.credentials import passwords
from tests.support import visiting
from tests.support.world import World, system


def test_a_busy_process_answers_429_and_when_to_come_back(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise passwords.Busy

    monkeypatch.setattr(passwords, "is_right", full)
    answer = visiting.give_password(Client(), world["front_desk"])
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "1")
    assert "Many people are signing in" in answer.content.decode()
    assert "user" not in answer.client.session


def test_a_hundred_misses_say_that_somebody_must_unlock(world: World) -> None:
    browser = Client()
    visiting.give_password(browser, world["front_desk"], password="wrong")
    apps.get_model("accounts", "Misses").objects.update(count=99)
    answer = visiting.give_password(browser, world["front_desk"], password="wrong")
    assert "is locked until somebody unlocks it" in answer.content.decode()


def test_sessions_ended_between_password_and_code_end_the_sign_in(world: World) -> None:
    browser = Client()
    assert visiting.give_password(browser, world["front_desk"]).url == reverse("sign_in_code")
    user_id, why = world["front_desk"].user_id, looking_after.Why.BY_MISTAKE
    looking_after.disable(actor=system(), user_id=user_id, why=why)
    looking_after.enable(actor=system(), user_id=user_id, why=why)
    assert visiting.give_code(browser).status_code == 422
