"""A whole life of a sign-in, and none of its secrets left behind: in rows, logs, addresses, cookies.

The secrets are a temporary password, passwords, an authenticator's key and code, recovery codes, the answer
to the recovery question, and what mailed links carry.
"""

import io
import re
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.urls import reverse

from portico.domains.accounts.second_factors import factors
from portico.edges.web import asking
from tests.support import inviting, mailing
from tests.support.tables import rows
from tests.support.world import World

NEW_PASSWORD = "a boat across the lake at dusk"
RECOVERY_CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b")


class Life:
    """What was secret on the way, and what everybody could see of it."""

    def __init__(self) -> None:
        self.secrets: dict[str, str] = {}
        self.seen: list[str] = []

    def note(self, answer: Any) -> Any:
        """Keep what stands in the open: the address asked for, where it leads, the cookies."""
        self.seen += [answer.request["PATH_INFO"], answer.headers.get("Location", ""), str(answer.cookies)]
        return answer


@pytest.fixture
def life(world: World, clock: time_machine.Traveller, logs: io.StringIO) -> Life:
    """Invited, activated, signed in by a code and by a recovery code, the password forgotten and set anew."""
    del world, logs
    told, browser = Life(), Client()
    _activate(told, browser)
    clock.shift(60)
    _sign_in(told, inviting.OWN_PASSWORD)
    _reset(told)
    clock.shift(60)
    _sign_in(told, NEW_PASSWORD)
    mailing.deliver()
    return told


def _activate(told: Life, browser: Client) -> None:
    digest = inviting.publish_terms()
    invited = inviting.invite()
    told.secrets["temporary password"] = invited.secret
    mailing.deliver()
    told.note(inviting.give(browser, invited))
    told.note(inviting.agree(browser, digest))
    told.note(inviting.set_password(browser))
    answer, key = inviting.set_factor(browser)
    told.note(answer)
    page = told.note(inviting.make_codes(browser)).content.decode()
    codes = list(dict.fromkeys(RECOVERY_CODE.findall(page)))
    assert len(codes) == 10
    told.note(inviting.answer(browser))
    told.secrets |= {"password": inviting.OWN_PASSWORD, "key": key, "answer": inviting.ANSWER}
    told.secrets |= {f"recovery code {number}": code for number, code in enumerate(codes)}
    told.note(browser.post(reverse("sign_out")))


def _sign_in(told: Life, password: str) -> None:
    browser = Client()
    form = {"username": inviting.USERNAME, "password": password}
    told.note(browser.post(reverse("sign_in"), form))
    code = factors.code_at(told.secrets["key"], asking.now())
    answer = told.note(browser.post(reverse("sign_in_code"), {"code": code}))
    assert answer.status_code == 302, answer.content.decode()
    told.note(browser.post(reverse("sign_out")))
    told.note(browser.post(reverse("sign_in"), form))
    spent = {"code": told.secrets[f"recovery code {len(password) % 10}"]}
    assert told.note(browser.post(reverse("sign_in_recovery"), spent)).status_code == 302


def _reset(told: Life) -> None:
    browser = Client()
    told.note(browser.post(reverse("forgot_password"), {"username": inviting.USERNAME}))
    [letter] = [each for each in mailing.deliver() if "?t=" in str(each.body)]
    token = mailing.link_in(letter).partition("?t=")[2]
    told.secrets |= {"link": token, "new password": NEW_PASSWORD}
    page = told.note(browser.post(reverse("reset"), {"t": token, "answer": inviting.ANSWER}))
    told.note(browser.post(reverse("reset"), {**page.context["form"].initial, "password": NEW_PASSWORD}))
    user = apps.get_model("accounts", "User").objects.get(username=inviting.USERNAME)
    assert user.check_password(NEW_PASSWORD)


def leaked(told: Life, text: str) -> list[str]:
    """The names of the secrets that stand in a text, as they are or without dashes and blanks."""
    lower = text.lower()
    bare = {name: secret.lower() for name, secret in told.secrets.items()}
    return [
        name
        for name, secret in bare.items()
        if secret in lower or re.sub(r"[- ]", "", secret) in lower or secret.encode().hex() in lower
    ]


def test_no_row_holds_a_secret(life: Life) -> None:
    assert len(life.secrets) == 16
    assert {table: leaked(life, text) for table, text in rows() if leaked(life, text)} == {}


def test_no_log_holds_a_secret(life: Life, logs: io.StringIO) -> None:
    assert leaked(life, logs.getvalue()) == []


def test_no_address_and_no_cookie_holds_a_secret(life: Life) -> None:
    assert len(life.seen) > 30
    assert leaked(life, "\n".join(life.seen)) == []


def test_a_secret_in_the_open_would_be_noticed(life: Life) -> None:
    assert leaked(life, f"x{life.secrets['link']}x") == ["link"]
    assert leaked(life, life.secrets["recovery code 3"].replace("-", "")) == ["recovery code 3"]
