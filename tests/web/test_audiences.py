"""Accounts of another audience at the providers' door: told after the right password, and no try is spent."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portico.domains.accounts import models
from portico.domains.accounts.signing_in import audiences, misses
from portico.domains.audit.models import Entry
from tests.support import cast, visiting
from tests.support.world import World

MEMBER, THEIRS = "mira.solberg", "sunflowers by the gate"


class Directory:
    """A plan's other sign-in that knows one member, and counts how often it was asked."""

    asked = 0

    def audience_of(self, username: str, password: str) -> str | None:
        """A member, by that password alone."""
        type(self).asked += 1
        return "member" if (username, password) == (MEMBER, THEIRS) else None


class Broken:
    """One that fails."""

    def audience_of(self, username: str, password: str) -> str | None:
        """Fails."""
        raise OSError("no route")


class Mad:
    """One that answers what is no audience."""

    def audience_of(self, username: str, password: str) -> str | None:
        """Nonsense."""
        return "provider"


@pytest.fixture(autouse=True)
def directory(settings: Settings) -> Iterator[None]:
    """The portal may ask the plan's members' site."""
    settings.AUDIENCE_DIRECTORY = f"{__name__}.Directory"
    Directory.asked = 0
    audiences._patience.cache_clear()
    yield
    audiences._patience.cache_clear()


def tried(browser: Client, username: str, password: str) -> Any:
    """The answer to a sign-in."""
    answer = browser.post(reverse("sign_in"), {"username": username, "password": password})
    return answer


def tallies() -> int:
    """How many misses are counted for the member's name."""
    of_name = models.Misses.objects.filter(name_index=misses.index(misses.Step.PASSWORD, MEMBER))
    return sum(of_name.values_list("count", flat=True))


def test_a_members_account_is_told_of_and_led_on_without_spending_a_try(world: World, client: Client) -> None:
    for _ in range(7):
        answer = tried(client, MEMBER, THEIRS)
    assert answer.status_code == 403
    assert answer.headers["X-Portico-Reason"] == "wrong_audience"
    assert "This is the account of a member" in visiting.seen(answer)
    assert tallies() == 0
    assert "user" not in client.session
    assert Entry.objects.latest("pk").conclusion == "wrong_audience"


def test_a_wrong_password_says_nothing_of_another_audience(world: World, client: Client) -> None:
    theirs, nobodys = tried(client, MEMBER, "not it"), tried(Client(), "nobody.at.all", "not it")
    assert visiting.seen(theirs) == visiting.seen(nobodys).replace("nobody.at.all", MEMBER)
    assert theirs.status_code == nobodys.status_code == 422
    assert tallies() > 0


def test_a_locked_name_is_locked_whatever_the_other_site_says(world: World, client: Client) -> None:
    for _ in range(5):
        tried(client, MEMBER, "not it")
    answer = tried(client, MEMBER, THEIRS)
    assert answer.status_code == 422
    assert "locked" in visiting.seen(answer)


def test_the_other_site_is_asked_for_known_and_unknown_names_alike_and_not_for_right_ones(
    world: World,
) -> None:
    tried(Client(), "front.desk", "not it")
    tried(Client(), "nobody.at.all", "not it")
    assert Directory.asked == 2
    tried(Client(), "front.desk", cast.PASSWORD)
    assert Directory.asked == 2


@pytest.mark.parametrize("broken", ["Broken", "Mad"])
def test_another_site_that_fails_or_raves_is_one_that_knows_nobody(
    world: World, client: Client, settings: Settings, broken: str
) -> None:
    settings.AUDIENCE_DIRECTORY = f"{__name__}.{broken}"
    assert tried(client, MEMBER, THEIRS).status_code == 422


def test_an_account_of_ours_for_another_audience_is_led_on_too(world: World, client: Client) -> None:
    models.User.objects.filter(username="front.desk").update(audience="broker")
    answer = tried(client, "front.desk", cast.PASSWORD)
    assert "This is the account of a broker" in visiting.seen(answer)
    assert "user" not in client.session
