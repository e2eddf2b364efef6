"""A pytest plugin: the machine's Chromium, driven by Playwright, against pytest-django's live server.

`page` is one visitor. `new_page(...)` gives more, each with cookies of its own and any option of a
Playwright context: `new_page(java_script_enabled=False)`, `new_page(color_scheme="dark")`. Pages reach the
live server only, and what `new_page(beside=["localhost:8081"])` names; a script error on any fails the test.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tools import chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    # Whatever is not this machine has no address: nothing is asked of strangers, and nothing need be held up.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
PATIENCE_MS = 15_000

NewPage = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test that uses the browser, so that none can be forgotten."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all journeys of this process."""
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium.find(), args=list(FLAGS))
        yield launched
        launched.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """Answers a function that opens a page for one more visitor."""
    problems: list[str] = []
    pages: list[Page] = []
    known = {urlsplit(live_server.url).netloc}

    def note_strangers(request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in {"http", "https"} and address.netloc not in known:
            problems.append(f"asked a stranger: {request.url}")

    def open_page(*, beside: Iterable[str] = (), **options: Any) -> Page:
        known.update(beside)
        context = browser.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(PATIENCE_MS)
        context.on("request", note_strangers)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.context.close()
    assert not problems


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One visitor: wide, light, with scripts."""
    return new_page()
