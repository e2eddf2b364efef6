"""How long an answer takes does not tell whether somebody has that name: 200 tries a side, ranked together.

The sides take turns, so that whatever else the machine does falls on both. Where nothing tells them apart,
a try of one side is slower than one of the other in half of all pairs; the standard error of that share is
0.029 at 200 a side, and 0.1 is more than three of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import override_settings

from tests.drills import serving
from tests.drills.browsing import Browser
from tests.drills.hashing_settings import PASSWORD_HASHERS
from tests.support import world as worlds

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
SETTINGS = "tests.drills.hashing_settings"
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


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_known_and_unknown_names_take_alike(names: list[str], form: Form) -> None:
    sides: tuple[list[float], list[float]] = ([], [])
    with serving.web(DJANGO_SETTINGS_MODULE=SETTINGS, PORTICO_PROXY_COUNT="1") as (port, _):
        browser = Browser(port)
        browser.get(form.path)
        for turn in range(-WARM_UP, TRIES):
            known = names[turn % len(names)]
            for side, name in enumerate((known, f"{known[:-1]}{turn % 7}x")):
                taken = _ask(browser, form, name, network=2 * turn + side)
                if turn >= 0:
                    sides[side].append(taken)
    assert abs(_share_slower(*sides) - 0.5) < MOST_APART


def _ask(browser: Browser, form: Form, name: str, *, network: int) -> float:
    """Seconds of the answer, asked from a network of its own, which no allowance has counted yet."""
    browser.headers["X-Forwarded-For"] = f"203.{(network >> 8) & 255}.{network & 255}.7"
    page = browser.post(form.path, **{form.field: form.value(name)}, **dict(form.rest))
    assert page.status in (200, 302, 422)
    return page.seconds


def _share_slower(one: list[float], other: list[float]) -> float:
    """In which share of all pairs one side's try was slower than the other's (Mann and Whitney)."""
    pairs = [(a > b) + (a == b) / 2 for a in one for b in other]
    return sum(pairs) / len(pairs)


def test_sides_that_differ_are_told_apart() -> None:
    quick = [0.10 + n / 10_000 for n in range(TRIES)]
    assert abs(_share_slower(quick, [each + 0.01 for each in quick]) - 0.5) > MOST_APART
    assert abs(_share_slower(quick, list(quick)) - 0.5) < MOST_APART
