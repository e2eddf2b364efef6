"""Coming back in: one answer whoever is named, mails that name nobody, and the way back of who is locked."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portico.domains.accounts.coming_back import reminders, resets
from tests.support import cast, mailing, visiting
from tests.support.world import World
from tests.web.ways_back import NEW, ask_for_link, ask_for_names, letter_for, link, secret, set_password


def test_a_forgotten_password_is_set_anew_by_a_mailed_link(world: World) -> None:
    del world
    answer = ask_for_link()
    assert "If somebody has this username" in visiting.seen(answer)
    browser = Client()
    [letter] = mailing.deliver()
    address = mailing.link_in(letter)
    assert "Set a new password" in visiting.seen(browser.get(address))
    done = set_password(address, browser=browser)
    assert done.headers["Location"] == reverse("sign_in")
    assert "Your new password is set. Sign in with it." in visiting.seen(browser.get(reverse("sign_in")))


def test_the_mail_of_a_reset_reads_well_and_names_nobody(world: World) -> None:
    del world
    letter = letter_for()
    body = str(letter.body)
    assert letter.to == ["front.desk@example.org"]
    assert letter.subject.endswith(": set a new password")
    assert "works for one hour, and once" in body
    assert not {"front.desk", "Front", "Tester", "Lakeside"} & set(body.replace(".", " . ").split())
    assert "front.desk" not in body


def test_the_mail_of_a_changed_password_holds_no_link(world: World) -> None:
    del world
    set_password(link())
    [letter] = mailing.deliver()
    assert letter.to == ["front.desk@example.org"]
    assert letter.subject.endswith(": your password was changed")
    assert "If it was not you, act now" in str(letter.body)
    assert "http" not in str(letter.body)
    assert "front.desk" not in str(letter.body)


def test_the_reminder_names_the_usernames_and_holds_no_link(world: World) -> None:
    del world
    assert "If any usernames belong to this mail address" in visiting.seen(
        ask_for_names("FRONT.desk@example.org")
    )
    [letter] = mailing.deliver()
    assert letter.to == ["front.desk@example.org"]
    assert "\n    front.desk\n" in str(letter.body)
    assert "http" not in str(letter.body)


def test_nobody_is_mailed_for_a_name_or_address_that_is_unknown(world: World) -> None:
    del world
    ask_for_link("nobody.here")
    ask_for_names("nobody@example.org")
    assert mailing.deliver() == []


def test_a_form_without_its_token_is_refused(world: World) -> None:
    del world
    browser = Client(enforce_csrf_checks=True)
    for route, form in (
        ("forgot_password", {"username": "x"}),
        ("forgot_username", {"email": "x@example.org"}),
    ):
        assert browser.post(reverse(route), form).status_code == 403
    assert set_password(link(), browser=browser).status_code == 403


def test_an_empty_form_says_what_to_enter(world: World) -> None:
    del world
    assert "Enter your username." in visiting.seen(ask_for_link(""))
    assert "Enter your mail address." in visiting.seen(ask_for_names(""))
    assert "Enter a whole mail address" in visiting.seen(ask_for_names("front.desk"))
    assert "Enter a new password." in visiting.seen(set_password(link(), ""))


def test_a_locked_person_comes_back_by_a_reset(world: World) -> None:
    for _ in range(5):
        locked = visiting.give_password(Client(), world["front_desk"], password="not the pass phrase at all")
    assert "choose Forgot your password?" in visiting.seen(locked)
    assert reverse("forgot_password") in locked.content.decode()
    set_password(link())
    assert visiting.give_password(Client(), world["front_desk"], password=NEW).status_code == 302


def test_the_sign_in_leads_to_both_ways_back(world: World) -> None:
    del world
    page = Client().get(reverse("sign_in")).content.decode()
    assert reverse("forgot_password") in page
    assert reverse("forgot_username") in page


def test_more_than_three_askings_an_hour_are_answered_alike_and_mailed_not(world: World) -> None:
    del world
    pages = {visiting.as_said(ask_for_link()) for _ in range(5)}
    assert len(pages) == 1
    assert len(mailing.deliver()) == 3


def test_whose_proxy_says_another_address_is_counted_by_what_our_proxy_says(
    world: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    del world
    seen: list[str] = []
    for module in (resets, reminders):
        monkeypatch.setattr(module, "ask", lambda *, address, **_: seen.append(address))
    settings.PROXY_COUNT = 1
    forged = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    Client().post(reverse("forgot_password"), {"username": "x"}, headers=forged)
    Client().post(reverse("forgot_username"), {"email": "x@example.org"}, headers=forged)
    assert seen == ["198.51.100.7"] * 2


def test_no_log_holds_a_name_a_secret_or_a_password(world: World, logs: Any) -> None:
    del world
    address = link()
    Client().get(address)
    set_password(address, cast.PASSWORD + " anew")
    ask_for_names("front.desk@example.org")
    mailing.deliver()
    said = logs.getvalue()
    assert not [each for each in (secret(address), "front.desk", cast.PASSWORD) if each in said]
