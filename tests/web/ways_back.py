"""Coming back in as a browser does it: asking, the link in the mail, and the forms behind it."""

from typing import Any

from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.support import mailing

NEW = "rain on the tin roof at night"
ANSWER = "Sir Hopsalot"
OVER = "does not work any more"


def ask_for_link(username: str = "front.desk", browser: Client | None = None) -> Any:
    """The answer to a forgotten password."""
    return (browser or Client()).post(reverse("forgot_password"), {"username": username})


def ask_for_names(email: str) -> Any:
    """The answer to a forgotten username."""
    return Client().post(reverse("forgot_username"), {"email": email})


def letter_for(username: str = "front.desk") -> EmailMessage:
    """The mail with a link."""
    mailing.deliver()
    ask_for_link(username)
    [letter] = mailing.deliver()
    return letter


def link(username: str = "front.desk") -> str:
    """The address of a mailed link."""
    return mailing.link_in(letter_for(username))


def secret(address: str) -> str:
    """The secret in the address of a link."""
    return address.partition("?t=")[2]


def set_password(address: str, password: str = NEW, browser: Client | None = None, **more: str) -> Any:
    """The answer to a new password, sent from the page of the link."""
    form = {"t": secret(address), "password": password, **more}
    return (browser or Client()).post(reverse("reset"), form)


def give_answer(address: str, answer: str = ANSWER) -> Any:
    """The answer to what was sent as the answer to the question."""
    return Client().post(reverse("reset"), {"t": secret(address), "answer": answer})
