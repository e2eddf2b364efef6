"""Nobody learns from the ways back in whether somebody has a name, however often and whatever happens."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests.security.alike import cost, whole
from tests.support import mailing
from tests.support import world as worlds
from tests.support.actors import NOW
from tests.support.world import World

KNOWN, UNKNOWN, LOCKED, DISABLED, INVITED, SUSPENDED = (
    *("front.desk", "nobody.here", "outsider", "disabled", "colleague", "suspended"),
)
NAMES = (
    KNOWN,
    UNKNOWN,
    LOCKED,
    DISABLED,
    INVITED,
    SUSPENDED,
    "no username at all",
    "x" * 254,
    "a@example.org",
)
ROUTES = ("forgot_password", "forgot_username")


def asked(route: str, name: str) -> Any:
    """The answer to somebody who forgot: of the password by the name, of the name by its address."""
    address = name if "@" in name else f"{name.replace(' ', '.')[:60]}@example.org"
    form = {"username": name} if route == "forgot_password" else {"email": address}
    return Client().post(reverse(route), form)


@pytest.mark.parametrize("route", ROUTES)
def test_more_than_may_be_asked_is_answered_and_costs_alike(
    crowd: World, route: str, hashes: list[str]
) -> None:
    first = whole(asked(route, KNOWN))
    names = (KNOWN, UNKNOWN, DISABLED)
    for name in names:
        for _ in range(3):
            asked(route, name)
    assert [whole(asked(route, name)) for name in names] == [first] * 3
    taken = [cost(lambda name=name: asked(route, name), hashes) for name in names]  # type: ignore[misc]
    assert taken == [taken[0]] * 3
    assert (taken[0].hashes, taken[0].jobs, taken[0].mails) == (0, 0, 0)


@pytest.mark.usefixtures("mail_server_down")
def test_what_could_not_be_sent_is_sent_when_the_server_is_back(
    crowd: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked("forgot_password", KNOWN)
    mailing.deliver()
    monkeypatch.undo()
    with time_machine.travel(NOW + timedelta(minutes=1), tick=False):
        assert [letter.to for letter in mailing.deliver()] == [[f"{KNOWN}@example.org"]]


def test_only_those_who_may_come_back_are_mailed(crowd: World) -> None:
    for route in ROUTES:
        for name in NAMES:
            asked(route, name)
    told = sorted((letter.to[0], letter.subject.rpartition(": ")[2]) for letter in mailing.deliver())
    may = (KNOWN, LOCKED, SUSPENDED)
    subjects = ("set a new password", "your username")
    assert told == sorted((f"{name}@example.org", subject) for name in may for subject in subjects)


def test_links_that_are_over_are_answered_alike_whoevers_they_were(crowd: World) -> None:
    asked("forgot_password", KNOWN)
    [letter] = mailing.deliver()
    ended = mailing.link_in(letter)
    worlds.disable(crowd["front_desk"])
    made_up = f"{reverse('reset')}?t={'A' * 43}"
    assert whole(Client().get(ended)) == whole(Client().get(made_up))


def test_neither_job_nor_audit_row_holds_what_was_typed(crowd: World) -> None:
    before = worlds.last_use()
    for route in ROUTES:
        for name in (KNOWN, UNKNOWN):
            asked(route, name)
    mailing.deliver()
    rows = [vars(row) for row in worlds.uses(pk__gt=before)]
    subjects = list(apps.get_model("audit", "Subject").objects.filter(entry_id__gt=before).values())
    jobs = list(apps.get_model("jobs", "Job").objects.values())
    kept = repr((rows, subjects, jobs))
    assert not [name for name in (KNOWN, UNKNOWN) if name in kept]
