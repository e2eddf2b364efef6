"""The lists of help ask the database the same whatever their length."""

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.support.tests import telling
from tests.support import looking, visiting
from tests.support import world as worlds
from tests.support.world import World
from tests.web.test_queries import ASKER, BEGIN, COMMIT, ROW, reasons_of

FURTHER = ("invitations", "failed tries", "persona", "grants and tax IDs")
LIST = ("user", *FURTHER)
# Who was made lately is asked for with the first use of each, which the audit knows.
LATELY = (ROW, *FURTHER)


@pytest.mark.parametrize("more", [1, 12])
def test_the_queue_of_cases_asks_the_same(world: World, more: int) -> None:
    for _ in range(more):
        telling.open_case(worlds.actor(world["front_desk"]))
    desk = visiting.sign_in(world["support"])
    names = ("user", "offices")
    found = reasons_of(lambda: desk.get(reverse("staff_cases")))
    assert found == (*ASKER, BEGIN, "cases", "cases", *names, ROW, COMMIT)


@pytest.mark.parametrize("more", [1, 12])
def test_ones_own_cases_ask_the_same(front_desk: Client, world: World, more: int) -> None:
    for _ in range(more):
        telling.open_case(worlds.actor(world["front_desk"]))
    assert reasons_of(lambda: front_desk.get(reverse("cases"))) == (*ASKER, BEGIN, "cases", ROW, COMMIT)


@pytest.mark.parametrize("more", [1, 12])
def test_onboarding_asks_the_same(operations: Client, world: World, more: int) -> None:
    for number in range(more):
        looking.invited(f"ivy.new{number}")
    operations.get(reverse("staff_onboarding"))
    found = reasons_of(lambda: operations.get(reverse("staff_onboarding")))
    assert found == (*ASKER, BEGIN, *LIST, *LATELY, ROW, COMMIT)
