"""Twenty browsers open one invitation at the same moment, twenty times over: one gets in, each time."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from tests.support import inviting
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.inviting import Invited
from tests.support.racing import together

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
ROUNDS = BROWSERS = 20
WAYS: dict[str, Callable[[Client, Invited, str], Any]] = {
    "temporary_password": lambda browser, ida, name: inviting.give(browser, ida, username=name),
    "link": lambda browser, ida, name: inviting.open_link(browser, ida, username=name),
}


def first_use(kind: str, ida: Invited, name: str) -> int:
    """The status of a first use; where too many passwords are hashed at once, it is tried again."""
    browser, status = Client(), 429
    while status == 429:
        status = WAYS[kind](browser, ida, name).status_code
    return status


@pytest.mark.parametrize("kind", WAYS)
def test_of_twenty_first_uses_one_wins_in_each_of_twenty_rounds(kind: str, settings: Settings) -> None:
    settings.FIRST_SIGN_IN = kind
    worlds.build()
    with time_machine.travel(NOW, tick=False):
        for number in range(ROUNDS):
            name = f"ida.{number}"
            use = partial(first_use, kind, inviting.invite(name), name)
            assert sorted(together([use] * BROWSERS)) == [302] + [422] * (BROWSERS - 1)
    taken = apps.get_model("accounts", "Invitation").objects.filter(taken_at__isnull=False)
    assert taken.count() == ROUNDS
    assert apps.get_model("accounts", "Session").objects.filter(user__isnull=False).count() == ROUNDS
