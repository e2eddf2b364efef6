"""The page of an activation link: opening it changes nothing, a username goes with it, and a way out."""

import io
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from portico.domains.accounts.joining.invitations import LINK_PATH
from tests.support import inviting, visiting
from tests.support.inviting import Invited
from tests.support.world import World

LATE = 24 * 60 * 60


@pytest.fixture
def ida(world: World, settings: Settings) -> Invited:
    """Somebody invited by a link."""
    del world
    settings.FIRST_SIGN_IN = "link"
    return inviting.invite()


def page(browser: Client, ida: Invited) -> Any:
    return browser.get(reverse("activate"), {"t": ida.token})


def invitation() -> Any:
    return apps.get_model("accounts", "Invitation").objects.latest("pk")


def test_the_mailed_address_is_this_page(ida: Invited) -> None:
    assert reverse("activate") + "?t=" == LINK_PATH
    assert LINK_PATH + ida.token in ida.secret


def test_opening_the_link_changes_nothing_and_asks_for_the_username(ida: Invited) -> None:
    before = list(apps.get_model("accounts", "Invitation").objects.values())
    shown = page(Client(), ida)
    assert shown.status_code == 200
    assert "Enter the username you were given" in visiting.seen(shown)
    assert f'name="t" value="{ida.token}"' in shown.content.decode()
    assert list(apps.get_model("accounts", "Invitation").objects.values()) == before


def test_the_page_is_kept_nowhere_and_its_address_goes_nowhere(ida: Invited) -> None:
    for shown in (page(Client(), ida), inviting.open_link(Client(), ida, username="nobody")):
        assert shown.headers["Cache-Control"] == "no-store"
        assert shown.headers["Referrer-Policy"] == "strict-origin"


def test_the_link_and_the_username_begin_the_steps(ida: Invited) -> None:
    browser = Client()
    answer = inviting.open_link(browser, ida)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/welcome/")
    assert inviting.set_password(browser).headers["Location"] == "/welcome/second-step/"


def test_a_pause_later_the_link_goes_on_in_the_same_browser(
    ida: Invited, clock: time_machine.Traveller
) -> None:
    browser = Client()
    inviting.open_link(browser, ida)
    clock.shift(16 * 60)
    assert inviting.open_link(Client(), ida).status_code == 422
    assert inviting.open_link(browser, ida).status_code == 302


@pytest.mark.parametrize("what", ["unknown", "used", "late", "replaced", "wrong name"])
def test_every_link_that_opens_nothing_says_the_same(
    what: str, ida: Invited, clock: time_machine.Traveller
) -> None:
    expected = visiting.as_said(inviting.open_link(Client(), Invited(0, "?t=never")))
    if what == "used":
        inviting.open_link(Client(), ida)
    elif what == "late":
        clock.shift(LATE)
    elif what == "replaced":
        apps.get_model("accounts", "Invitation").objects.update(
            ended_at=invitation().made_at, ending="replaced"
        )
    token = "never" if what == "unknown" else ida.token
    name = "nobody" if what == "wrong name" else inviting.USERNAME
    answer = inviting.open_link(Client(), Invited(0, f"?t={token}"), username=name)
    assert answer.status_code == 422
    said = (
        visiting.as_said(answer)
        .replace(token, "never")
        .replace('value="nobody"', f'value="{inviting.USERNAME}"')
    )
    assert said == expected
    assert "Whoever invited you" in visiting.seen(answer)


def test_a_link_without_its_secret_is_refused_like_any_other(ida: Invited) -> None:
    for typed in ({"username": inviting.USERNAME}, {"username": inviting.USERNAME, "t": "x" * 5000}):
        answer = Client().post(reverse("activate"), typed)
        assert answer.status_code == 422
        assert "This link and this username open no account" in visiting.seen(answer)


def test_without_a_username_it_is_asked_for_and_no_miss_is_counted(ida: Invited) -> None:
    answer = inviting.open_link(Client(), ida, username="")
    assert "Enter your username" in visiting.seen(answer)
    assert invitation().misses == 0


def test_whoever_it_is_not_meant_for_says_so(ida: Invited) -> None:
    answer = inviting.open_link(Client(), ida, act="not_mine")
    assert "The link works no more" in visiting.seen(answer)
    assert invitation().ending == "not_mine"
    assert inviting.open_link(Client(), ida).status_code == 422
    unknown = inviting.open_link(Client(), Invited(0, "?t=never"), act="not_mine")
    assert visiting.as_said(unknown) == visiting.as_said(answer)


def test_the_inviter_reads_about_it(ida: Invited, world: World) -> None:
    inviter = world["administrator"]
    apps.get_model("accounts", "Invitation").objects.update(invited_by=inviter.user_id)
    inviting.open_link(Client(), ida, act="not_mine")
    notices = visiting.sign_in(inviter).get(reverse("notices"))
    assert "An invitation reached somebody else" in visiting.seen(notices)
    others = visiting.sign_in(world["front_desk"]).get(reverse("notices"))
    assert "An invitation reached somebody else" not in visiting.seen(others)


def test_somebody_signed_in_is_told_so_and_may_sign_out_first(
    ida: Invited, front_desk: Client, world: World
) -> None:
    shown = page(front_desk, ida)
    assert "You are signed in as Front Tester" in visiting.seen(shown)
    assert inviting.USERNAME not in shown.content.decode()
    assert inviting.open_link(front_desk, ida).status_code == 200
    assert invitation().taken_at is None
    out = front_desk.post(reverse("activate"), {"t": ida.token, "act": "sign_out"})
    assert "Enter the username you were given" in visiting.seen(out)
    assert front_desk.get("/patients/").status_code == 302
    assert inviting.open_link(front_desk, ida).headers["Location"] == "/welcome/"


def test_no_log_holds_the_secret_or_the_username(ida: Invited, logs: io.StringIO) -> None:
    browser = Client()
    page(browser, ida)
    inviting.open_link(browser, ida, username="nobody")
    inviting.open_link(browser, ida)
    inviting.set_password(browser)
    for secret in (ida.token, inviting.USERNAME, inviting.OWN_PASSWORD):
        assert secret not in logs.getvalue()


@pytest.mark.parametrize("act", ["", "not_mine", "sign_out"])
def test_a_form_of_another_site_is_refused(act: str, ida: Invited) -> None:
    browser = Client(enforce_csrf_checks=True)
    assert inviting.open_link(browser, ida, act=act).status_code == 403
    assert invitation().ended_at is None
    assert invitation().taken_at is None
