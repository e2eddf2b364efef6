"""The mail of an invitation, to the letter; and that its secret stands nowhere else, before or after."""

import io
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from pytest_django import Settings

from tests.support import inviting, mailing
from tests.support.inviting import Invited
from tests.support.world import World

TEMPORARY = """You have been invited to the provider portal. Your temporary password is

    {secret}

Whoever invited you gives you your username; it is in no mail. Open the portal the way your office does, or \
by the plan's own website, and sign in with both. Small letters do, and the dashes may be left out.

The password works for 24 hours, and once: it leads to a password that you choose yourself. Finish in the \
browser you begin in. If it has ended, whoever invited you, or the plan, can send another one.

If you were not expecting this, delete this mail. Nobody can sign in with the password alone.
"""
LINK = """You have been invited to the provider portal. Set up your account here:

{secret}

The page asks for your username. Whoever invited you gives it to you; it is in no mail.

The link works for 24 hours, and once: it leads to a password that you choose yourself. Finish in the \
browser you begin in. If it has ended, whoever invited you, or the plan, can send another one.

If you were not expecting this, open the link and say that this mail was not meant for you. The link alone \
lets nobody in.
"""
KINDS = {
    "temporary_password": ("your temporary password", TEMPORARY),
    "link": ("set up your account", LINK),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest, settings: Settings, world: World) -> str:
    """Either way in."""
    del world
    settings.FIRST_SIGN_IN = request.param
    return str(request.param)


def everything_kept() -> str:
    """Every row of every table, as text."""
    return " ".join(str(row) for model in apps.get_models() for row in model._default_manager.values())


def opening(ida: Invited) -> list[str]:
    """What opens the account, in each form somebody could look for."""
    return [ida.secret, ida.secret.replace("-", ""), ida.token or ida.secret.lower()]


def test_the_mail_says_this_and_nothing_else(kind: str) -> None:
    ida = inviting.invite()
    [letter] = [letter for letter in mailing.deliver() if letter.to == [inviting.EMAIL]]
    subject, body = KINDS[kind]
    assert letter.subject == f"Northlake: {subject}"
    said = str(letter.body).partition("\nWe never send a link that signs you in")[0].rstrip() + "\n"
    assert said == body.format(secret=ida.secret)


def test_the_mail_names_neither_person_nor_username_nor_office(kind: str) -> None:
    del kind
    inviting.invite()
    [letter] = [letter for letter in mailing.deliver() if letter.to == [inviting.EMAIL]]
    whole = str(letter.message()).lower()
    for word in (inviting.USERNAME, "ida", "newcomer", "lakeside family", "front_desk", "171234567"):
        assert word not in whole.replace(inviting.EMAIL, "")


def test_the_mail_of_a_temporary_password_holds_no_address_of_the_portal(world: World) -> None:
    inviting.invite()
    [letter] = [letter for letter in mailing.deliver() if letter.to == [inviting.EMAIL]]
    assert "http" not in str(letter.body)
    assert "?t=" not in str(letter.body)


def test_no_table_holds_the_secret_before_it_was_sent_or_after(kind: str) -> None:
    del kind
    ida = inviting.invite()
    for _ in range(2):
        kept = everything_kept()
        assert inviting.EMAIL in kept
        assert [text for text in opening(ida) if text in kept] == []
        mailing.deliver()
    message = apps.get_model("notifications", "Message").objects.get(to=inviting.EMAIL)
    assert set(message.context.values()) == {""}


def test_nor_does_anything_once_it_was_used(kind: str, logs: io.StringIO) -> None:
    ida, browser = inviting.invite(), Client()
    mailing.deliver()
    begun: Any = inviting.open_link(browser, ida) if kind == "link" else inviting.give(browser, ida)
    assert begun.status_code == 302
    inviting.set_password(browser)
    _, secret = inviting.set_factor(browser)
    codes = list(inviting.make_codes(browser).context["codes"])
    inviting.answer(browser)
    assert browser.get("/patients/").status_code == 200
    kept = everything_kept() + logs.getvalue()
    found = [*opening(ida), inviting.OWN_PASSWORD, secret, inviting.ANSWER, *codes]
    assert [text for text in found if text in kept] == []


def test_a_mail_server_that_is_down_changes_nothing_for_whoever_invites(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", down)
    ida, browser = inviting.invite(), Client()
    mailing.deliver()
    message = apps.get_model("notifications", "Message").objects.get(to=inviting.EMAIL)
    assert (message.state, message.error) == ("queued", "ConnectionRefusedError")
    answer: Any = inviting.open_link(browser, ida) if kind == "link" else inviting.give(browser, ida)
    assert answer.status_code == 302
