"""How long an answer takes does not tell whether somebody has that name: 200 tries a side, ranked together.

The sides take turns, so that whatever else the machine does falls on both. Where nothing tells them apart,
a try of one side is slower than one of the other in half of all pairs; the standard error of that share is
0.029 at 200 a side, and 0.1 is more than three of it.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import transaction
from django.test import override_settings

from portico.domains.accounts import rules
from portico.domains.accounts.signing_in import misses
from tests.drills import serving
from tests.drills.browsing import Browser
from tests.drills.hashing_settings import PASSWORD_HASHERS
from tests.support import inviting
from tests.support import world as worlds

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "tests.drills.hashing_settings"
ACTIVATE = "/activate/"
TRIES, WARM_UP, MOST_APART = 200, 10, 0.1
KEYS = (
    "front_desk",
    "colleague",
    "outsider",
    "operations",
    "support",
    "administrator",
    "no_factor",
    "pending",
)


@dataclass(frozen=True, slots=True)
class Form:
    """A page that asks a stranger for a name: its path, the field, what stands in it, what else is sent."""

    path: str
    field: str
    value: Callable[[str], str]
    rest: tuple[tuple[str, str], ...] = ()


FORMS = {
    "sign-in": Form("/sign-in/", "username", str, (("password", "not the password"),)),
    "forgotten password": Form("/forgot-password/", "username", str),
    "forgotten username": Form("/forgot-username/", "email", "{}@example.org".format),
}


@pytest.fixture
def names() -> list[str]:
    """The usernames of people who are there, their passwords hashed as a plan's are."""
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        world = worlds.build()
        return [world[key].person.username for key in KEYS]


def apart(ask: Callable[[Browser, int, int], float], path: str) -> float:
    """How far from a half the share is in which one side's try was slower; `ask` takes turn and side."""
    sides: tuple[list[float], list[float]] = ([], [])
    with serving.web(DJANGO_SETTINGS_MODULE=SETTINGS, PORTICO_PROXY_COUNT="1") as (port, _):
        browser = Browser(port)
        browser.get(path)
        for turn in range(-WARM_UP, TRIES):
            for side in (0, 1):
                taken = ask(browser, turn, side)
                if turn >= 0:
                    sides[side].append(taken)
    return abs(_share_slower(*sides) - 0.5)


def _beside(known: str, side: int) -> str:
    """The name itself, or the one like it that nobody has: asked for as often, so its budget is as used."""
    return (known, f"{known[:-1]}0x")[side]


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_known_and_unknown_names_take_alike(names: list[str], form: Form) -> None:
    def ask(browser: Browser, turn: int, side: int) -> float:
        name = _beside(names[turn % len(names)], side)
        return _ask(browser, form, name, network=2 * turn + side)

    assert apart(ask, form.path) < MOST_APART


def test_locked_names_take_alike_whoever_has_them(names: list[str]) -> None:
    """Every known name, and one like each that nobody has, locked by five wrong passwords each."""
    form, at = FORMS["sign-in"], datetime.now(UTC)
    for name in (*names, *(_beside(name, 1) for name in names)):
        held = misses.index(misses.Step.PASSWORD, name)
        with transaction.atomic():
            for _ in range(rules.MISSES_BEFORE_LOCK):
                misses.add(held, misses.hold(held, at=at), at=at)

    def ask(browser: Browser, turn: int, side: int) -> float:
        name = _beside(names[turn % len(names)], side)
        return _ask(browser, form, name, network=2 * turn + side, says="locked until")

    assert apart(ask, form.path) < MOST_APART


@pytest.mark.parametrize("act", ["", "not_mine"], ids=["with a name", "sent back"])
def test_activation_links_that_are_over_and_those_that_never_were_take_alike(act: str) -> None:
    tokens = _links_that_are_over()

    def ask(browser: Browser, turn: int, side: int) -> float:
        token = tokens[turn % len(tokens)] if side == 0 else secrets.token_urlsafe(32)
        form = Form(ACTIVATE, "t", str, (("username", "ida.0"), ("act", act)))
        return _ask(browser, form, token, network=2 * turn + side)

    assert apart(ask, ACTIVATE) < MOST_APART


def test_an_open_activation_link_and_one_that_never_was_take_alike_with_a_wrong_name(
    names: list[str],
) -> None:
    """A link ends by five wrong names, so a fifth of the turns needs a link more."""
    with override_settings(FIRST_SIGN_IN="link"):
        tokens = [inviting.invite(f"ida.{number}").token for number in range((WARM_UP + TRIES) // 4 + 1)]

    def ask(browser: Browser, turn: int, side: int) -> float:
        token = tokens[(turn + WARM_UP) // 4] if side == 0 else secrets.token_urlsafe(32)
        form = Form(ACTIVATE, "t", str, (("username", names[turn % len(names)]),))
        return _ask(browser, form, token, network=2 * turn + side)

    assert apart(ask, ACTIVATE) < MOST_APART


def _links_that_are_over() -> list[str]:
    with override_settings(FIRST_SIGN_IN="link"):
        worlds.build()
        tokens = [inviting.invite(f"ida.{number}").token for number in range(8)]
    invitations = apps.get_model("accounts", "Invitation").objects
    invitations.update(ended_at=datetime.now(UTC), ending="replaced")
    return tokens


def _ask(browser: Browser, form: Form, name: str, *, network: int, says: str = "") -> float:
    """Seconds of the answer, asked from a network of its own, which no allowance has counted yet."""
    browser.headers["X-Forwarded-For"] = f"203.{(network >> 8) & 255}.{network & 255}.7"
    page = browser.post(form.path, **{form.field: form.value(name)}, **dict(form.rest))
    assert page.status in (200, 302, 422)
    assert says in page.text
    return page.seconds


def _share_slower(one: list[float], other: list[float]) -> float:
    """In which share of all pairs one side's try was slower than the other's (Mann and Whitney)."""
    pairs = [(a > b) + (a == b) / 2 for a in one for b in other]
    return sum(pairs) / len(pairs)


def test_sides_that_differ_are_told_apart() -> None:
    quick = [0.10 + n / 10_000 for n in range(TRIES)]
    assert abs(_share_slower(quick, [each + 0.01 for each in quick]) - 0.5) > MOST_APART
    assert abs(_share_slower(quick, list(quick)) - 0.5) < MOST_APART
