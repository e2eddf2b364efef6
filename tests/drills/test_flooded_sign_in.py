"""Sign-in under a flood: what a hash costs, two at a time, 429 beyond, and other pages as fast as before."""

import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth import hashers
from django.test import override_settings

from portico.domains.accounts.credentials.hashing import Argon2
from tests.drills import serving
from tests.drills.browsing import Browser
from tests.drills.hashing_settings import PASSWORD_HASHERS
from tests.support import cast
from tests.support import world as worlds

pytestmark = [pytest.mark.drill, pytest.mark.django_db(transaction=True)]
HASHING = {"DJANGO_SETTINGS_MODULE": "tests.drills.hashing_settings"}
FLOOD, SECONDS = 8, 6.0


@pytest.fixture
def name() -> str:
    """Somebody whose password is hashed as a plan's is."""
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        return worlds.build()["front_desk"].person.username


def test_a_hash_costs_what_it_should() -> None:
    with override_settings(PASSWORD_HASHERS=PASSWORD_HASHERS):
        assert hashers.get_hasher().__class__ is Argon2
        taken = []
        for _ in range(11):
            began = time.process_time()
            hashers.make_password(cast.PASSWORD)
            taken.append(time.process_time() - began)
    assert 0.05 <= statistics.median(taken) <= 0.15


def test_two_hash_at_a_time_and_the_others_are_told_to_come_back(name: str) -> None:
    with serving.web(threads=12, **HASHING) as (port, _):
        browsers = [Browser(port) for _ in range(10)]
        for browser in browsers:
            browser.get("/sign-in/")
        with ThreadPoolExecutor(len(browsers)) as pool:
            tries = [
                pool.submit(each.post, "/sign-in/", username=f"{name}{number}", password="wrong")
                for number, each in enumerate(browsers)
            ]
            answers = [each.result() for each in tries]
    told = Counter(answer.status for answer in answers)
    assert told.keys() == {422, 429}
    assert told[422] >= 2
    assert {answer.headers["retry-after"] for answer in answers if answer.status == 429} == {"1"}


def test_other_pages_are_unharmed_while_sign_ins_flood_in(name: str) -> None:
    with serving.web(threads=12, **HASHING) as (port, _):
        quiet = _pages(port, 3.0)
        stop = threading.Event()
        flood = [threading.Thread(target=_flood, args=(port, f"{name}{n}", stop)) for n in range(FLOOD)]
        for each in flood:
            each.start()
        flooded = _pages(port, SECONDS)
        stop.set()
        for each in flood:
            each.join()
    assert {status for status, _ in flooded} == {200}
    slowest = statistics.quantiles([seconds for _, seconds in flooded], n=20)[-1]
    assert slowest < max(0.3, 20 * statistics.median(seconds for _, seconds in quiet))


def _pages(port: int, seconds: float) -> list[tuple[int, float]]:
    """Status and seconds of a page that needs no sign-in, asked for again and again."""
    browser, until, found = Browser(port), time.monotonic() + seconds, []
    while time.monotonic() < until:
        page = browser.get("/support/")
        found.append((page.status, page.seconds))
    return found


def _flood(port: int, name: str, stop: threading.Event) -> None:
    browser = Browser(port)
    browser.get("/sign-in/")
    while not stop.is_set():
        browser.post("/sign-in/", username=name, password="wrong")
