"""Going through the steps of the first sign-in by the pages."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.support import inviting

STEPS = ("terms", "password", "factor", "codes", "question")
ROUTES = ("home", "sign_in", "sign_in_code", "welcome", *(f"welcome_{step}" for step in (*STEPS, "finish")))
TYPED = {
    "agree": "on",
    "digest": "f" * 64,
    "password": "another walk around the lake",
    "code": "123456",
    "question": "heart",
    "answer": inviting.ANSWER,
}


def leads(answer: Any) -> str:
    """The route an answer leads to."""
    assert answer.status_code == 302, answer.content.decode()
    path = answer.headers["Location"].partition("?")[0]
    return next(name for name in ROUTES if reverse(name) == path)


def acts(browser: Client, digest: str) -> dict[str, Callable[[], Any]]:
    """How each step is done."""
    return {
        "terms": lambda: inviting.agree(browser, digest),
        "password": lambda: inviting.set_password(browser),
        "factor": lambda: inviting.set_factor(browser)[0],
        "codes": lambda: inviting.make_codes(browser),
        "question": lambda: inviting.answer(browser),
    }


def go_to(step: str, browser: Client, digest: str) -> None:
    """Does every step before this one."""
    for before in STEPS[: STEPS.index(step)]:
        acts(browser, digest)[before]()


def due(browser: Client) -> str:
    """The step that is due, as the browser is led to it."""
    return leads(browser.get(reverse("welcome"))).removeprefix("welcome_")
